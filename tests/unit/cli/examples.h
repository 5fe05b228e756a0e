#pragma once

// The examples of help texts, as words that a shell would hand to loadgate.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "cli/command_tree.h"

namespace loadgate::cli {

// Up to a comment or what follows for the shell.
inline std::vector<std::string> shell_words(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool is_begun = false;
  for (const char c : line) {
    if (quote == 0 && (c == '#' || c == '>' || c == '|') && !is_begun) break;
    if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
      quote = quote == 0 ? c : '\0';
      is_begun = true;
    } else if (c == ' ' && quote == 0) {
      if (is_begun) words.push_back(word);
      word.clear();
      is_begun = false;
    } else {
      word += c;
      is_begun = true;
    }
  }
  if (is_begun) words.push_back(word);
  return words;
}

// Lines such as "  loadgate run plan.yaml".
inline std::vector<std::vector<std::string>> examples_of(const OfferedCommand& command) {
  std::vector<std::vector<std::string>> examples;
  for (const std::string_view line : split(command.footer, '\n')) {
    if (line.starts_with("  loadgate ")) examples.push_back(shell_words(trimmed(line)));
  }
  return examples;
}

}  // namespace loadgate::cli
