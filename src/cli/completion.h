#pragma once

// Completion scripts, written from what the command line offers. Pure.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_tree.h"

namespace loadgate::cli {

enum class Shell : std::uint8_t { bash, zsh, fish };

std::string render_completion(const OfferedCommand& root, Shell shell);

// What the three have in common.

std::string bash_completion(const OfferedCommand& root);
std::string zsh_completion(const OfferedCommand& root);
std::string fish_completion(const OfferedCommand& root);

// The command and all below it, parents first.
std::vector<const OfferedCommand*> flattened(const OfferedCommand& root);
// "'it'\''s'": one word to each of the shells' POSIX quoting.
std::string quoted(std::string_view text);
std::string joined_words(const std::vector<std::string>& words, std::string_view separator);

}  // namespace loadgate::cli
