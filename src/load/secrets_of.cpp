#include "load/secrets_of.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace loadgate::load {
namespace {

// These stand in nearly every answer and give nothing away.
bool tells_nothing(const plan::Value& value) {
  static constexpr std::array<std::string_view, 3> kWords = {"null", "true", "false"};
  return value.text.empty() ||
         (value.kind == plan::Value::Kind::json &&
          std::find(kWords.begin(), kWords.end(), value.text) != kWords.end());
}

bool carries_credentials(std::string_view line) {
  const std::string name = lower(trimmed(line.substr(0, line.find(':'))));
  return name == "authorization" || name == "proxy-authorization";
}

}  // namespace

std::vector<std::string> secrets_of(const plan::Plan& plan, std::span<const plan::Value> variables,
                                    std::span<const plan::Row* const> rows) {
  std::vector<std::string> secrets;
  const auto add = [&](const plan::Value& value) {
    if (!tells_nothing(value)) secrets.push_back(value.text);
  };
  for (const std::size_t slot : plan.secret_slots) add(variables[slot]);
  for (const plan::DataField& field : plan.secret_fields) {
    if (rows[field.source] != nullptr) add(plan::value_of(field, *rows[field.source]));
  }
  return secrets;
}

void add_credentials(const std::vector<std::string>& header_lines,
                     std::vector<std::string>& secrets) {
  for (const std::string& line : header_lines) {
    if (!carries_credentials(line)) continue;
    const std::string_view value = trimmed(std::string_view(line).substr(line.find(':') + 1));
    const std::string_view credentials = trimmed(value.substr(value.rfind(' ') + 1));
    if (!credentials.empty()) secrets.emplace_back(credentials);
  }
}

}  // namespace loadgate::load
