// Completion in zsh: a function for each command, with what its options mean.

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/completion.h"

namespace loadgate::cli {
namespace {

std::string function_of(const OfferedCommand& command) {
  std::string name = "_" + command.path;
  std::replace(name.begin(), name.end(), ' ', '_');
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// In the specifications of _arguments these have a meaning.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view("[]:\\").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string action_of(const OfferedOption& option) {
  switch (option.takes) {
    case Takes::choice:
      return fmt::format("({})", joined_words(option.choices, " "));
    case Takes::plan:
      return "_files -g \"*.(yaml|yml)(-.)\"";
    case Takes::result:
      return "_files -g \"*.json(-.)\"";
    case Takes::file:
      return "_files";
    case Takes::folder:
      return "_files -/";
    case Takes::commit:
      return "_loadgate_refs";
    case Takes::word:
    case Takes::nothing:
      break;
  }
  return " ";
}

std::string message_of(const OfferedOption& option) {
  const bool is_argument = !option.names.front().starts_with('-');
  return escaped(lower(is_argument                     ? option.names.front()
                       : option.takes == Takes::choice ? "value"
                                                       : option.value));
}

// A line for each name: one excludes the others, unless it may be given again.
std::string option_specs(const OfferedOption& option) {
  std::string text;
  for (const std::string& name : option.names) {
    std::string spec = option.repeats ? "*" : fmt::format("({})", joined_words(option.names, " "));
    spec += name;
    const bool has_value = option.takes != Takes::nothing;
    if (has_value && name.starts_with("--")) spec += "=";
    spec += fmt::format("[{}]", escaped(option.description));
    if (has_value) spec += fmt::format(":{}:{}", message_of(option), action_of(option));
    text += "    " + quoted(spec) + " \\\n";
  }
  return text;
}

std::string argument_spec(const OfferedOption& argument) {
  std::string spec = argument.repeats ? "*:" : argument.is_required ? ":" : "::";
  spec += message_of(argument) + ":" + action_of(argument);
  return "    " + quoted(spec) + " \\\n";
}

bool is_among(const OfferedOption& option, const std::vector<OfferedOption>& options) {
  return std::any_of(options.begin(), options.end(),
                     [&](const OfferedOption& one) { return one.names == option.names; });
}

std::string arguments_of(const OfferedCommand& root, const OfferedCommand& command) {
  std::string text;
  for (const OfferedOption& option : command.options) text += option_specs(option);
  if (&root != &command) {
    for (const OfferedOption& option : root.options) {
      if (!is_among(option, command.options)) text += option_specs(option);
    }
  }
  for (const OfferedOption& argument : command.arguments) text += argument_spec(argument);
  return text;
}

std::string leaf_function(const OfferedCommand& root, const OfferedCommand& command) {
  return fmt::format("\n{}() {{\n  _arguments -s \\\n{}    && return\n}}\n", function_of(command),
                     arguments_of(root, command));
}

std::string group_function(const OfferedCommand& root, const OfferedCommand& command) {
  std::string commands, cases;
  for (const OfferedCommand& below : command.commands) {
    commands += fmt::format("    {}\n", quoted(below.name + ":" + escaped(below.description)));
    cases += fmt::format("        {}) {} ;;\n", below.name, function_of(below));
  }
  return fmt::format(
      R"(
{}() {{
  local context state state_descr line
  local -A opt_args
  local -a commands=(
{}  )
  _arguments -C -s \
{}    '1: :->command' '*:: :->rest' && return
  case $state in
    command) _describe -t commands command commands ;;
    rest)
      case $line[1] in
{}      esac ;;
  esac
}}
)",
      function_of(command), commands, arguments_of(root, command), cases);
}

constexpr std::string_view kHead = R"sh(#compdef loadgate
# Completion of loadgate in zsh, written by `loadgate completion zsh`.

_loadgate_refs() {
  compadd -- ${(f)"$(git for-each-ref --format='%(refname:short)' 2>/dev/null)"}
}
)sh";

// Read from $fpath the file is the function; sourced it only defines it.
constexpr std::string_view kTail = R"sh(
if [[ $funcstack[1] == _loadgate ]]; then
  _loadgate "$@"
else
  compdef _loadgate loadgate
fi
)sh";

}  // namespace

std::string zsh_completion(const OfferedCommand& root) {
  std::string text(kHead);
  for (const OfferedCommand* command : flattened(root)) {
    text +=
        command->commands.empty() ? leaf_function(root, *command) : group_function(root, *command);
  }
  return text + std::string(kTail);
}

}  // namespace loadgate::cli
