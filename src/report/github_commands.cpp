#include "report/github_commands.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/foreign_text.h"

namespace loadgate::report {
namespace {

constexpr std::size_t kLongestTitle = 200;
constexpr std::size_t kLongestMessage = 2000;

enum class Part : std::uint8_t { message, property };

// As @actions/core escapes them (packages/core/src/command.ts).
std::string escaped(std::string_view text, Part part) {
  std::string out;
  for (const char c : text) {
    const bool is_special =
        c == '%' || c == '\r' || c == '\n' || (part == Part::property && (c == ':' || c == ','));
    if (is_special) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

std::string_view name_of(Annotation::Level level) {
  switch (level) {
    case Annotation::Level::error:
      return "error";
    case Annotation::Level::warning:
      return "warning";
    case Annotation::Level::notice:
      break;
  }
  return "notice";
}

std::string place_of(const Annotation& annotation) {
  if (annotation.file.empty()) return {};
  // No name of a file is cut: it would be another file.
  std::string text = fmt::format("file={},", escaped(printable(annotation.file), Part::property));
  if (annotation.line > 0) text += fmt::format("line={},", annotation.line);
  if (annotation.column > 0) text += fmt::format("col={},", annotation.column);
  if (annotation.end_column > 0) text += fmt::format("endColumn={},", annotation.end_column);
  return text;
}

bool is_fold(std::string_view line) {
  return line.starts_with("::group::") || line.starts_with("::endgroup::");
}

}  // namespace

std::string command_of(const Annotation& annotation) {
  return fmt::format("::{} {}title={}::{}\n", name_of(annotation.level), place_of(annotation),
                     escaped(terminal_line(annotation.title, kLongestTitle), Part::property),
                     escaped(page_text(annotation.message, kLongestMessage), Part::message));
}

std::string fenced(std::string_view page, std::string_view token) {
  const std::string stop = fmt::format("::stop-commands::{}\n", token);
  const std::string resume = fmt::format("::{}::\n", token);
  std::string out = stop;
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size() - 1) + 1;
    const std::string_view line = page.substr(0, end);
    page.remove_prefix(end);
    if (is_fold(line)) out += resume;
    out += line;
    if (!line.ends_with('\n')) out += '\n';
    if (is_fold(line)) out += stop;
  }
  return out + resume;
}

std::string outputs_text(std::span<const JobOutput> outputs, std::string_view delimiter) {
  std::string text;
  for (const JobOutput& output : outputs) {
    text += fmt::format("{}<<{}\n{}\n{}\n", output.name, delimiter, output.value, delimiter);
  }
  return text;
}

}  // namespace loadgate::report
