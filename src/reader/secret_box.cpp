#include "reader/secret_box.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "plan/encoding.h"

namespace loadgate::reader {
namespace {

// Shorter ones are parts of ordinary words: hidden only where they are a whole value.
constexpr std::size_t kShortestHidden = 6;

// "X-Api-Key" and "apiKey" are "apikey".
std::string letters_of(std::string_view name) {
  std::string letters = lower(name);
  std::erase_if(letters, [](char c) { return !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'); });
  return letters;
}

// "apiKey" and "X-Api-Key" are "api_key" and "x_api_key".
std::string variable_name(std::string_view name) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto is_other = [&](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool begins_word = is_upper(name[i]) && i > 0 && is_other(name[i - 1]);
    const bool is_gap = !is_upper(name[i]) && !is_other(name[i]);
    if ((begins_word || is_gap) && !out.empty() && out.back() != '_') out += '_';
    if (!is_gap) out += name[i];
  }
  while (out.ends_with('_')) out.pop_back();
  out = lower(out);
  const bool is_word = !out.empty() && !(out.front() >= '0' && out.front() <= '9');
  return is_word ? out : "secret_" + out;
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace

bool is_secret_name(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kParts{
      "password", "passwd",     "passphrase", "passwort",   "token",        "secret",
      "apikey",   "credential", "accesskey",  "privatekey", "authorization"};
  static constexpr std::array<std::string_view, 11> kWhole{
      "pwd", "pass", "pin", "otp", "cvv", "cvc", "jwt", "auth", "sid", "sessionid", "session"};
  const std::string letters = letters_of(name);
  const auto holds = [&](std::string_view part) { return letters.find(part) != std::string::npos; };
  return std::any_of(kParts.begin(), kParts.end(), holds) ||
         std::find(kWhole.begin(), kWhole.end(), letters) != kWhole.end();
}

// Where a secret begins in a text, and what stands there.
struct SecretBox::Hit {
  std::size_t at = std::string_view::npos;
  std::size_t length = 0;
  std::size_t secret = 0;
};

std::size_t SecretBox::declare(std::string_view name) {
  const std::string wanted = variable_name(name);
  std::string variable = wanted;
  const auto is_taken = [&](const SketchSecret& one) { return one.variable == variable; };
  for (int i = 2; std::any_of(secrets_.begin(), secrets_.end(), is_taken); ++i) {
    variable = fmt::format("{}_{}", wanted, i);
  }
  secrets_.push_back({variable, upper(variable)});
  return secrets_.size() - 1;
}

std::string SecretBox::placeholder_of(std::size_t secret) const {
  return "{{ " + secrets_[secret].variable + " }}";
}

void SecretBox::add(std::string_view name, std::string_view value) {
  if (value.empty() || find(value)) return;
  known_.push_back({std::string(value), declare(name)});
}

std::string SecretBox::placeholder(std::string_view name) {
  const std::string wanted = variable_name(name);
  const auto known = std::find_if(secrets_.begin(), secrets_.end(),
                                  [&](const SketchSecret& one) { return one.variable == wanted; });
  if (known != secrets_.end()) {
    return placeholder_of(static_cast<std::size_t>(known - secrets_.begin()));
  }
  return placeholder_of(declare(name));
}

std::optional<std::size_t> SecretBox::find(std::string_view value) const {
  const auto known = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& one) { return one.value == value; });
  if (known == known_.end()) return std::nullopt;
  return known->secret;
}

SecretBox::Hit SecretBox::next_secret(std::string_view raw, std::size_t from) const {
  Hit best;
  const auto consider = [&](std::string_view value, std::size_t secret) {
    const std::size_t at = raw.find(value, from);
    const bool is_better = at < best.at || (at == best.at && value.size() > best.length);
    if (at != std::string_view::npos && is_better) best = {at, value.size(), secret};
  };
  for (const Known& known : known_) {
    if (known.value.size() < kShortestHidden) continue;
    consider(known.value, known.secret);
    for (const plan::Encoding encoding : {plan::Encoding::path, plan::Encoding::form}) {
      std::string encoded;  // As URLs hold it.
      plan::append_encoded(known.value, encoding, encoded);
      consider(encoded, known.secret);
    }
  }
  return best;
}

std::string SecretBox::text(std::string_view raw) const {
  if (const auto whole = find(raw)) return placeholder_of(*whole);
  std::string out;
  std::size_t at = 0;
  for (Hit hit = next_secret(raw, 0); hit.length > 0; hit = next_secret(raw, at)) {
    out += literal_before_placeholder(raw.substr(at, hit.at - at));
    out += placeholder_of(hit.secret);
    at = hit.at + hit.length;
  }
  return out + literal_text(raw.substr(at));
}

}  // namespace loadgate::reader
