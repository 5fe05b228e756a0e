// Completion in fish: a line for each command, option and argument.

#include <fmt/format.h>

#include "cli/completion.h"

namespace loadgate::cli {
namespace {

constexpr std::string_view kHead =
    R"fish(# Completion of loadgate in fish, written by `loadgate completion fish`.

function __loadgate_files --description 'Folders, and files with one of these endings'
    set -l endings (string join '|' '/' '\.'$argv)
    __fish_complete_path (commandline -ct) | string match --entire --regex "($endings)(\t|\$)"
end

complete -c loadgate -f
)fish";

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string names_of(const std::vector<OfferedCommand>& commands) {
  std::string names;
  for (const OfferedCommand& command : commands) names += (names.empty() ? "" : " ") + command.name;
  return names;
}

// When the line is at `command`: its name was seen, and that of the group it is in.
std::string condition_of(const OfferedCommand& root, const OfferedCommand& group,
                         const OfferedCommand& command) {
  const std::string seen = "__fish_seen_subcommand_from " + command.name;
  return &root == &group ? seen : "__fish_seen_subcommand_from " + group.name + "; and " + seen;
}

std::string values_of(const OfferedOption& option) {
  switch (option.takes) {
    case Takes::choice:
      return " -x -a " + fish_quoted(joined_words(option.choices, " "));
    case Takes::plan:
      return " -x -a '(__loadgate_files yaml yml)'";
    case Takes::result:
      return " -x -a '(__loadgate_files json)'";
    case Takes::file:
      return " -r -F";
    case Takes::folder:
      return " -x -a '(__fish_complete_directories (commandline -ct))'";
    case Takes::commit:
      return " -x -a \"(git for-each-ref --format='%(refname:short)' 2>/dev/null)\"";
    case Takes::word:
      return " -x";
    case Takes::nothing:
      break;
  }
  return {};
}

std::string option_line(const OfferedOption& option, const std::string& condition) {
  std::string line = "complete -c loadgate";
  if (!condition.empty()) line += " -n " + fish_quoted(condition);
  for (const std::string& name : option.names) {
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  }
  return line + values_of(option) + " -d " + fish_quoted(option.description) + "\n";
}

std::string argument_line(const OfferedOption& argument, const std::string& condition) {
  if (argument.takes == Takes::word) return {};
  return "complete -c loadgate -n " + fish_quoted(condition) + values_of(argument) + "\n";
}

std::string lines_of(const OfferedCommand& root, const OfferedCommand& group);

std::string command_lines(const OfferedCommand& root, const OfferedCommand& group,
                          const OfferedCommand& command) {
  const std::string condition = condition_of(root, group, command);
  std::string text;
  for (const OfferedOption& option : command.options) {
    if (option.names.back() != "--help") text += option_line(option, condition);
  }
  for (const OfferedOption& argument : command.arguments) {
    text += argument_line(argument, condition);
  }
  return text + lines_of(root, command);
}

// The commands that `group` offers, then what each of them does.
std::string lines_of(const OfferedCommand& root, const OfferedCommand& group) {
  const std::string none_yet = &root == &group ? "__fish_use_subcommand"
                                               : fmt::format(
                                                     "__fish_seen_subcommand_from {}; and not "
                                                     "__fish_seen_subcommand_from {}",
                                                     group.name, names_of(group.commands));
  std::string text;
  for (const OfferedCommand& command : group.commands) {
    text += fmt::format("complete -c loadgate -n {} -a {} -d {}\n", fish_quoted(none_yet),
                        command.name, fish_quoted(command.description));
  }
  for (const OfferedCommand& command : group.commands) text += command_lines(root, group, command);
  return text;
}

}  // namespace

std::string fish_completion(const OfferedCommand& root) {
  std::string text(kHead);
  for (const OfferedOption& option : root.options) text += option_line(option, "");
  return text + lines_of(root, root);
}

}  // namespace loadgate::cli
