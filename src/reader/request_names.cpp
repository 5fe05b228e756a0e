#include "reader/request_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.h"
#include "reader/load_hash.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

std::string name_of(const Item& item, Draft& draft) {
  if (item.name != nullptr) return read_text(field_of(*item.name, draft)).value_or("");
  const MethodLine& line = item.methods.front();
  return fmt::format("{} {}", plan::name_of(line.method), line.entry->value.written);
}

void read_was(const Entry& was, std::size_t name_id, Draft& draft) {
  auto text = read_text(field_of(was, draft));
  if (!text) return;
  plan::RequestName& name = draft.plan.request_names[name_id];
  const Entry* earlier = draft.older_names[name_id];
  if (earlier != nullptr && earlier->value.text != *text) {
    draft.problems.add(
        was.value.span,
        fmt::format("\"{}\" was called \"{}\" already", name.text, earlier->value.written),
        "one name has one older name");
    return;
  }
  draft.older_names[name_id] = &was;
  name.was = std::move(*text);
}

struct Wrong {
  std::string text, hint;
};

// What is wrong with the older name of a row, if anything is.
std::optional<Wrong> wrong_with(const plan::RequestName& name, const std::string& written,
                                const std::vector<plan::RequestName>& rows) {
  if (name.was == name.text) {
    return Wrong{"the request is called so still", "\"was\" is its name before a renaming"};
  }
  for (const plan::RequestName& other : rows) {
    if (&other == &name || other.role != name.role) continue;
    if (other.text == name.was) {
      return Wrong{fmt::format("another request is called \"{}\" now", written),
                   "a name that is still in use has its own history"};
    }
    if (other.was == name.was && &other < &name) {
      return Wrong{fmt::format("\"{}\" was called so too", other.text),
                   "one older name has one new name"};
    }
  }
  return std::nullopt;
}

}  // namespace

// The name's hash covers all requests of it, in the plan's order.
std::size_t name_request(const Item& item, plan::Role role, std::string_view files, Draft& draft) {
  const std::string text = name_of(item, draft);
  auto& names = draft.plan.request_names;
  auto known = std::find_if(names.begin(), names.end(), [&](const plan::RequestName& one) {
    return one.text == text && one.role == role;
  });
  if (known == names.end()) known = names.insert(known, {text, role, {}});
  known->load_hash = fingerprint_of(known->load_hash + load_text_of(item, draft) +
                                    (files.empty() ? "" : fingerprint_of(files)));
  const auto id = static_cast<std::size_t>(known - names.begin());
  draft.older_names.resize(names.size(), nullptr);
  if (item.was != nullptr) read_was(*item.was, id, draft);
  return id;
}

void check_older_names(Draft& draft) {
  const auto& names = draft.plan.request_names;
  for (std::size_t i = 0; i < draft.older_names.size(); ++i) {
    const Entry* was = draft.older_names[i];
    if (was == nullptr) continue;
    auto wrong = wrong_with(names[i], was->value.written, names);
    if (wrong) draft.problems.add(was->value.span, std::move(wrong->text), std::move(wrong->hint));
  }
}

}  // namespace loadgate::reader
