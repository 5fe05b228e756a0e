#pragma once

// One item of on_start, tasks, sequence, steps or on_stop as it stands in the plan: a request, a
// rest, or a task of several requests. Entries point into the tree.

#include <string_view>
#include <vector>

#include "plan/scenario.h"
#include "reader/keys.h"

namespace loadgate::reader {

struct MethodLine {
  plan::Method method;
  const Entry* entry;
};

struct Item {
  const YamlNode* node = nullptr;
  std::vector<MethodLine> methods;
  const Entry* name = nullptr;
  const Entry* was = nullptr;
  const Entry* query = nullptr;
  const Entry* headers = nullptr;
  const Entry* auth = nullptr;
  const Entry* json = nullptr;
  const Entry* form = nullptr;
  const Entry* body = nullptr;
  const Entry* file = nullptr;
  const Entry* multipart = nullptr;
  const Entry* capture = nullptr;
  const Entry* expect = nullptr;
  const Entry* weight = nullptr;  // Of tasks.
  const Entry* steps = nullptr;   // Of tasks.
  const Entry* wait = nullptr;    // Of steps.
  unsigned weight_value = 1;

  bool is_request() const { return !methods.empty(); }
  // The first key that only a request has, or nullptr.
  const Entry* request_entry() const;
  std::vector<const Entry*> bodies() const;  // Those that are given.
};

enum class ItemKind {
  task,  // Of `tasks`.
  step,  // Of on_start, on_stop, sequence and steps.
};

// Reads which keys are there; false where it is no map. Their values are read later.
bool read_item(const YamlNode& node, ItemKind kind, Item& item, Draft& draft);

// One of an item's entries with what its key means. REQUIRES: read_item() found it.
Field field_of(const Entry& entry, Draft& draft);

}  // namespace loadgate::reader
