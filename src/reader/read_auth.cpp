#include "reader/read_auth.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "reader/compile.h"
#include "reader/key_tables.h"
#include "reader/read_secrets.h"
#include "reader/request_headers.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using Form = plan::Header::Form;

struct BasicDraft {
  const plan::Names& names;
  const Entry* user = nullptr;
  const Entry* password = nullptr;
};

struct AuthDraft {
  const plan::Names& names;
  const Entry* bearer = nullptr;
  const Entry* basic = nullptr;
  std::optional<plan::Header> header{};
};

// What the plan's file shows in clear is no secret.
void keep_secret(const YamlNode& text, const plan::Template& made, Draft& draft) {
  plan::Plan& plan = draft.plan;
  for (const std::size_t slot : made.slots()) add_once(slot, plan.secret_slots);
  for (const plan::DataField& field : made.data_fields()) add_once(field, plan.secret_fields);
  if (text.is_replaced && made.is_constant() && !made.constant().empty()) {
    add_once(made.constant(), plan.secrets);
  }
}

plan::Template compile_secret(const Entry& entry, TextKind kind, const plan::Names& names,
                              Draft& draft) {
  plan::Template made = compile(entry, kind, names, draft);
  keep_secret(entry.value, made, draft);
  return made;
}

void read_bearer(const Field& field, AuthDraft& auth) {
  auth.bearer = &field.entry;
  if (!read_text(field) || !is_one_line(field.value(), field.draft)) return;
  plan::Header header{"Authorization", {}, Form::plain};
  header.value.append("Bearer ");
  header.value.append(compile_secret(field.entry, TextKind::header, auth.names, field.draft));
  auth.header = std::move(header);
}

void read_user(const Field& field, BasicDraft& basic) {
  basic.user = &field.entry;
  const YamlNode& value = field.value();
  const std::size_t colon = value.text.find(':');
  if (colon == std::string::npos || value.text.find("{{") != std::string::npos) return;
  // RFC 7617, section 2: the first colon ends the user's name.
  field.draft.problems.add(field.draft.problems.inside(value, colon, 1),
                           "a user's name cannot hold \":\"", "the password can");
}
void read_password(const Field& field, BasicDraft& basic) { basic.password = &field.entry; }

constexpr std::array<Key<BasicDraft>, 2> kBasicKeys{{
    {{"user", "a text", "", "The user's name, without \":\".", "user: ada"}, read_user},
    {{"password", "a text", "", "The user's password.", "password: \"{{ password }}\""},
     read_password},
}};

void read_basic(const Field& field, AuthDraft& auth) {
  auth.basic = &field.entry;
  BasicDraft basic{auth.names};
  if (!read_object(field.value(), "\"basic\"", kBasicKeys, basic, field.draft)) return;
  if (basic.user == nullptr || basic.password == nullptr) {
    field.complain(fmt::format("\"basic\" has no {}", basic.user == nullptr ? "user" : "password"),
                   fmt::format("for example {}", field.key.example));
    return;
  }
  plan::Header header{"Authorization", {}, Form::basic_auth};
  header.value.append(compile(*basic.user, TextKind::body, auth.names, field.draft));
  header.value.append(":");
  header.value.append(compile_secret(*basic.password, TextKind::body, auth.names, field.draft));
  auth.header = std::move(header);
}

constexpr std::array<Key<AuthDraft>, 2> kAuthKeys{{
    {{"bearer", "a text", "", "A token, sent as `Authorization: Bearer …`.",
      "bearer: \"{{ token }}\""},
     read_bearer},
    {{"basic", "a map of user and password", "", "A user and a password, sent as HTTP's Basic.",
      "basic: { user: ada, password: \"{{ password }}\" }"},
     read_basic},
}};

}  // namespace

std::optional<plan::Header> read_auth(const Field& field, const plan::Names& names) {
  AuthDraft auth{names};
  if (!read_object(field.value(), "\"auth\"", kAuthKeys, auth, field.draft)) return std::nullopt;
  if (auth.bearer != nullptr && auth.basic != nullptr) {
    field.draft.problems.add(auth.basic->key_span, "a request has one kind of auth",
                             "\"bearer\" is given too");
  } else if (field.value().entries.empty()) {
    field.complain("\"auth\" is empty", fmt::format("for example {}", field.key.example));
  }
  return std::move(auth.header);
}

KeyTexts auth_keys() { return texts_of(kAuthKeys); }
KeyTexts basic_keys() { return texts_of(kBasicKeys); }

}  // namespace loadgate::reader
