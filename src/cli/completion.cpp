#include "cli/completion.h"

namespace loadgate::cli {
namespace {

void flatten(const OfferedCommand& command, std::vector<const OfferedCommand*>& all) {
  all.push_back(&command);
  for (const OfferedCommand& below : command.commands) flatten(below, all);
}

}  // namespace

std::string render_completion(const OfferedCommand& root, Shell shell) {
  switch (shell) {
    case Shell::bash:
      return bash_completion(root);
    case Shell::zsh:
      return zsh_completion(root);
    case Shell::fish:
      break;
  }
  return fish_completion(root);
}

std::vector<const OfferedCommand*> flattened(const OfferedCommand& root) {
  std::vector<const OfferedCommand*> all;
  flatten(root, all);
  return all;
}

std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string joined_words(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace loadgate::cli
