#pragma once

// Every key of the plan language, object by object, as the readers' own tables have it:
// what the schema and the reference are made from. Any thread.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "reader/keys.h"

namespace loadgate::reader {

using KeyTexts = std::vector<KeyText>;

// What a table says about the keys that may be written today.
template <class Target, std::size_t N>
KeyTexts texts_of(const std::array<Key<Target>, N>& keys) {
  KeyTexts texts;
  for (const Key<Target>& key : keys) {
    if (key.read != nullptr) texts.push_back(key.text);
  }
  return texts;
}

// Each stands in the file of its reader.
KeyTexts plan_keys();
KeyTexts start_keys();
KeyTexts ready_keys();
KeyTexts watch_keys();
KeyTexts http_keys();
KeyTexts tls_keys();
KeyTexts data_keys();
KeyTexts stage_keys();
KeyTexts profile_keys();
KeyTexts scenario_keys();
KeyTexts task_keys();     // That a task has besides those of a request.
KeyTexts step_keys();     // That a step has besides those of a request.
KeyTexts request_keys();  // Of tasks and steps.
KeyTexts auth_keys();
KeyTexts basic_keys();
KeyTexts part_keys();
KeyTexts expect_keys();
KeyTexts json_check_keys();
KeyTexts header_check_keys();
KeyTexts threshold_keys();
KeyTexts gate_keys();
KeyTexts detect_keys();
KeyTexts stored_keys();
KeyTexts detect_duet_keys();
KeyTexts floor_keys();
KeyTexts rating_keys();
KeyTexts duet_keys();

struct KeyTable {
  std::string name;     // "stage"
  std::string_view at;  // Where it stands in a plan: "`stages`, each one".
  KeyTexts keys;
  std::vector<std::string_view> required = {};
};

// In the order of the reference.
std::vector<KeyTable> key_tables();

}  // namespace loadgate::reader
