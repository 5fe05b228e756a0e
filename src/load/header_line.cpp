#include "load/header_line.h"

#include <algorithm>

#include "metrics/base64.h"

namespace loadgate::load {

void write_line(const plan::Header& header, const plan::Scope& scope, std::string& line) {
  line.assign(header.name).append(": ");
  if (header.form == plan::Header::Form::basic_auth) {
    std::string user_and_password;
    header.value.fill(scope, user_and_password);
    line.append("Basic ").append(metrics::to_base64(user_and_password));
    return;
  }
  header.value.fill(scope, line);
  const auto breaks_lines = [](char c) { return c == '\r' || c == '\n' || c == '\0'; };
  std::replace_if(line.begin(), line.end(), breaks_lines, ' ');
}

std::string constant_line(const plan::Header& header) {
  std::string line;
  write_line(header, {}, line);
  return line;
}

}  // namespace loadgate::load
