// Completion in bash, without the package bash-completion.

#include <fmt/format.h>

#include "cli/completion.h"

namespace loadgate::cli {
namespace {

constexpr std::string_view kHead =
    R"(# Completion of loadgate in bash, written by `loadgate completion bash`.
)";

constexpr std::string_view kTail = R"sh(
_loadgate_files() {  # word, endings...
  local word=$1 ending
  shift
  COMPREPLY=()
  for ending; do
    mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -X "!*.$ending" -- "$word")
  done
  mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$word")
}

_loadgate_reply() {  # word, kind, choices...
  local word=$1 kind=$2 refs
  shift 2
  case $kind in
    choice) mapfile -t COMPREPLY < <(compgen -W "$*" -- "$word"); return ;;
    commit)
      refs=$(git for-each-ref --format='%(refname:short)' 2>/dev/null)
      mapfile -t COMPREPLY < <(compgen -W "$refs" -- "$word")
      return ;;
    plan) _loadgate_files "$word" yaml yml ;;
    result) _loadgate_files "$word" json ;;
    file) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    folder) mapfile -t COMPREPLY < <(compgen -d -- "$word") ;;
    *) return ;;
  esac
  compopt -o filenames 2>/dev/null
}

_loadgate() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
  local path=loadgate takes last='' i
  COMPREPLY=()
  # --option=value comes as three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $before == = ]]; then
    before=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    if ! _loadgate_takes "$path" "$last" >/dev/null && _loadgate_is "$path ${COMP_WORDS[i]}"; then
      path+=" ${COMP_WORDS[i]}"
    fi
    last=${COMP_WORDS[i]}
  done
  if takes=$(_loadgate_takes "$path" "$before"); then
    # shellcheck disable=SC2086  # Words.
    _loadgate_reply "$word" $takes
  elif [[ $word == -* ]]; then
    _loadgate_reply "$word" choice "$(_loadgate_options "$path")"
  else
    # shellcheck disable=SC2046  # Words.
    _loadgate_reply "$word" $(_loadgate_arguments "$path")
  fi
}
complete -F _loadgate loadgate
)sh";

std::string kind_of(const OfferedOption& option) {
  switch (option.takes) {
    case Takes::choice:
      return "choice " + joined_words(option.choices, " ");
    case Takes::plan:
      return "plan";
    case Takes::result:
      return "result";
    case Takes::file:
      return "file";
    case Takes::folder:
      return "folder";
    case Takes::commit:
      return "commit";
    case Takes::word:
    case Takes::nothing:
      break;
  }
  return "word";
}

// Options of the root may stand behind any command.
std::string pattern_of(const OfferedCommand& root, const OfferedCommand& command,
                       const std::string& name) {
  return &root == &command ? "*:" + name : quoted(command.path + ":" + name);
}

std::string takes_function(const OfferedCommand& root) {
  std::string text = "\n_loadgate_takes() {  # path, option\n  case \"$1:$2\" in\n";
  for (const OfferedCommand* command : flattened(root)) {
    for (const OfferedOption& option : command->options) {
      if (option.takes == Takes::nothing) continue;
      std::string patterns;
      for (const std::string& name : option.names) {
        if (!patterns.empty()) patterns += '|';
        patterns += pattern_of(root, *command, name);
      }
      text += fmt::format("    {}) echo {} ;;\n", patterns, quoted(kind_of(option)));
    }
  }
  return text + "    *) return 1 ;;\n  esac\n}\n";
}

std::string is_function(const OfferedCommand& root) {
  std::string paths;
  for (const OfferedCommand* command : flattened(root)) {
    if (command == &root) continue;
    if (!paths.empty()) paths += '|';
    paths += quoted(command->path);
  }
  return "\n_loadgate_is() {  # path\n  case $1 in\n    " + paths +
         ") return 0 ;;\n  esac\n  return 1\n}\n";
}

std::string option_names(const OfferedCommand& command) {
  std::vector<std::string> names;
  for (const OfferedOption& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return joined_words(names, " ");
}

std::string options_function(const OfferedCommand& root) {
  std::string text = "\n_loadgate_options() {  # path\n  case $1 in\n";
  for (const OfferedCommand* command : flattened(root)) {
    if (command == &root) continue;
    text +=
        fmt::format("    {}) echo {} ;;\n", quoted(command->path), quoted(option_names(*command)));
  }
  // Those of the root last, without what each command has of its own.
  return text + "  esac\n  echo " + quoted(option_names(root)) + "\n}\n";
}

std::string arguments_function(const OfferedCommand& root) {
  std::string text = "\n_loadgate_arguments() {  # path\n  case $1 in\n";
  for (const OfferedCommand* command : flattened(root)) {
    std::string kind = "word";
    if (!command->commands.empty()) {
      kind = "choice";
      for (const OfferedCommand& below : command->commands) kind += " " + below.name;
    } else if (!command->arguments.empty()) {
      kind = kind_of(command->arguments.front());
    }
    text += fmt::format("    {}) echo {} ;;\n", quoted(command->path), quoted(kind));
  }
  return text + "  esac\n}\n";
}

}  // namespace

std::string bash_completion(const OfferedCommand& root) {
  return std::string(kHead) + takes_function(root) + is_function(root) + options_function(root) +
         arguments_function(root) + std::string(kTail);
}

}  // namespace loadgate::cli
