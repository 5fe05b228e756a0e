#include "reader/read_expect.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/units.h"
#include "reader/compile.h"
#include "reader/key_tables.h"
#include "reader/read_json_check.h"
#include "reader/read_status.h"
#include "reader/request_headers.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

struct ExpectDraft {
  Nanoseconds timeout;
  const plan::Names& names;
  plan::Expectations expect{};
};

void read_status_of(const Field& field, ExpectDraft& draft) {
  if (auto rule = read_status(field)) draft.expect.status = std::move(*rule);
}

void read_json(const Field& field, ExpectDraft& draft) {
  draft.expect.json = read_json_checks(field, draft.names);
}

struct HeaderDraft {
  std::optional<plan::Regex> matches;
};

void read_header_matches(const Field& field, HeaderDraft& draft) {
  if (expect(field, YamlNode::Kind::scalar)) {
    draft.matches = compile_regex(field.value(), field.value().text, field.draft);
  }
}

constexpr std::array<Key<HeaderDraft>, 1> kHeaderCheckKeys{{
    {{"matches", "a regular expression", "", "What stands somewhere in the header's value.",
      "matches: ^text/"},
     read_header_matches},
}};

void add_header_check(const Entry& entry, ExpectDraft& draft, Draft& all) {
  const YamlNode& value = entry.value;
  if (value.kind == YamlNode::Kind::map) {
    HeaderDraft found;
    read_object(value, "a check", kHeaderCheckKeys, found, all);
    if (found.matches) draft.expect.headers.push_back({entry.key, std::move(*found.matches)});
  } else if (value.is_plain && value.text == "exists") {
    draft.expect.headers.push_back({entry.key, plan::Exists{}});
  } else {
    draft.expect.headers.push_back({entry.key, compile(entry, TextKind::body, draft.names, all)});
  }
}

void read_header(const Field& field, ExpectDraft& draft) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry* entry : sound_headers(field.value(), field.draft)) {
    add_header_check(*entry, draft, field.draft);
  }
}

// Hands out the one text, or each of the list.
template <class Use>
void for_each_text(const Field& field, Use use) {
  const YamlNode& value = field.value();
  const auto take = [&](const YamlNode& text) {
    if (text.kind == YamlNode::Kind::broken) return;
    if (text.kind == YamlNode::Kind::scalar && !text.text.empty()) return use(text);
    field.draft.problems.add(text.span,
                             text.kind == YamlNode::Kind::scalar
                                 ? fmt::format("\"{}\" holds an empty text", field.key.name)
                                 : fmt::format("\"{}\" is {}", field.key.name, field.key.type),
                             fmt::format("for example {}", field.key.example));
  };
  if (value.kind != YamlNode::Kind::sequence) return take(value);
  for (const YamlNode& text : value.items) take(text);
  if (value.items.empty()) {
    field.complain(fmt::format("\"{}\" names nothing", field.key.name),
                   fmt::format("for example {}", field.key.example));
  }
}

void read_contains(const Field& field, ExpectDraft& draft) {
  for_each_text(field, [&](const YamlNode& text) {
    draft.expect.contains.push_back(
        compile(text, text.text, TextKind::body, draft.names, field.draft));
  });
}

void read_matches(const Field& field, ExpectDraft& draft) {
  for_each_text(field, [&](const YamlNode& text) {
    auto regex = compile_regex(text, text.text, field.draft);
    if (regex) draft.expect.matches.push_back(std::move(*regex));
  });
}

void read_within(const Field& field, ExpectDraft& draft) {
  const auto within = read_positive_duration(field);
  if (!within) return;
  draft.expect.within = within;
  if (*within < draft.timeout) return;
  field.complain(fmt::format("no answer can take longer than {}: the timeout is {}",
                             format_duration(*within), format_duration(draft.timeout)),
                 "write less than the timeout under http, or raise that");
}

constexpr std::array<Key<ExpectDraft>, 6> kExpectKeys{{
    {{"status", "a status, a class of them, or a list", "below 400", "The statuses that are right.",
      "status: [201, 3xx]"},
     read_status_of},
    {{"json", "a map of JSON paths and checks", "",
      "What the JSON body holds at each path: a value, `exists`, or a map of less_than, "
      "greater_than and matches. The text \"exists\" is quoted.",
      "json: { \"$.quantity\": 1, \"$.id\": exists, \"$.price\": { less_than: 5 } }"},
     read_json},
    {{"header", "a map of names and checks", "",
      "What each header of the response is: a text, `exists`, or a map of matches.",
      "header: { Content-Type: { matches: json }, ETag: exists }"},
     read_header},
    {{"contains", "a text or a list of texts", "", "What stands somewhere in the body.",
      "contains: Welcome"},
     read_contains},
    {{"matches", "a regular expression or a list of them", "",
      "What stands somewhere in the body (RE2).", "matches: 'order \\d+'"},
     read_matches},
    {{"within", "a duration", "", "The longest response time that is right; less than the timeout.",
      "within: 500ms"},
     read_within},
}};

}  // namespace

plan::Expectations read_expect(const Field& field, Nanoseconds timeout, const plan::Names& names) {
  ExpectDraft draft{timeout, names};
  read_object(field.value(), "\"expect\"", kExpectKeys, draft, field.draft);
  return std::move(draft.expect);
}

KeyTexts expect_keys() { return texts_of(kExpectKeys); }
KeyTexts header_check_keys() { return texts_of(kHeaderCheckKeys); }

}  // namespace loadgate::reader
