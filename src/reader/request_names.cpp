#include "reader/request_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

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

// A row of this name, beside `not_this`, or nullptr.
template <class Named>
const plan::RequestName* other_row(const plan::RequestName& not_this, const plan::Plan& plan,
                                   Named is_named) {
  const auto found = std::find_if(
      plan.request_names.begin(), plan.request_names.end(), [&](const plan::RequestName& one) {
        return &one != &not_this && one.role == not_this.role && is_named(one);
      });
  return found == plan.request_names.end() ? nullptr : &*found;
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
    const plan::RequestName& name = names[i];
    const auto complain = [&](std::string text, std::string hint) {
      draft.problems.add(was->value.span, std::move(text), std::move(hint));
    };
    if (name.was == name.text) {
      complain("the request is called so still", "\"was\" is its name before a renaming");
    } else if (other_row(name, draft.plan, [&](const auto& one) { return one.text == name.was; })) {
      complain(fmt::format("another request is called \"{}\" now", was->value.written),
               "a name that is still in use has its own history");
    } else if (const auto* twin = other_row(name, draft.plan,
                                            [&](const auto& one) { return one.was == name.was; });
               twin != nullptr && twin < &name) {
      complain(fmt::format("\"{}\" was called so too", twin->text),
               "one older name has one new name");
    }
  }
}

}  // namespace loadgate::reader
