#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "report/text_table.h"

namespace loadgate::cli {
namespace {

constexpr std::size_t kWidth = 80;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kWidestNames = 26;

struct Entry {
  std::string names, description;
};

struct Group {
  std::string title;
  std::vector<Entry> entries;
  bool is_of_commands = false;
};

std::string description_of(const OfferedOption& option) {
  if (option.standard.empty()) return option.description;
  return fmt::format("{} [{}]", option.description, option.standard);
}

void add_to(std::vector<Group>& groups, const std::string& title, Entry entry) {
  auto group = std::find_if(groups.begin(), groups.end(),
                            [&](const Group& one) { return one.title == title; });
  if (group == groups.end()) group = groups.insert(groups.end(), Group{title, {}, false});
  group->entries.push_back(std::move(entry));
}

bool is_root(const OfferedCommand& command) { return command.path == command.name; }

std::vector<Group> groups_of(const OfferedCommand& command) {
  std::vector<Group> groups;
  for (const OfferedCommand& below : command.commands) {
    add_to(groups, below.group, {below.name, below.description});
    groups.back().is_of_commands = true;
  }
  for (const OfferedOption& argument : command.arguments) {
    add_to(groups, "Arguments", {shown_names(argument), description_of(argument)});
  }
  for (const OfferedOption& option : command.options) {
    const bool is_said_below = !is_root(command) && option.names.back() == "--help";
    if (!is_said_below) add_to(groups, option.group, {shown_names(option), description_of(option)});
  }
  return groups;
}

// One for all commands, one for all options.
std::size_t names_width(const std::vector<Group>& groups, bool of_commands) {
  std::size_t width = 0;
  for (const Group& group : groups) {
    if (group.is_of_commands != of_commands) continue;
    for (const Entry& entry : group.entries) {
      const std::size_t length = characters(entry.names);
      if (length <= kWidestNames) width = std::max(width, length);
    }
  }
  return width;
}

std::string entry_text(const Entry& entry, std::size_t names_width) {
  const std::size_t column = kIndent + names_width + 2;
  const std::string description = report::wrapped(entry.description, column, kWidth);
  const std::string names = std::string(kIndent, ' ') + entry.names;
  if (description.empty()) return names + "\n";
  if (characters(names) + 2 > column) return names + "\n" + description;
  return fmt::format("{:<{}}", names, column) + description.substr(column);
}

std::string usage_of(const OfferedCommand& command) {
  std::string text = "Usage: " + command.path;
  if (!command.commands.empty()) return text + " COMMAND [OPTIONS]";
  for (const OfferedOption& argument : command.arguments) {
    const std::string name = argument.names.front() + (argument.repeats ? "..." : "");
    text += argument.is_required ? " " + name : " [" + name + "]";
  }
  return text + " [OPTIONS]";
}

}  // namespace

std::string render_help(const OfferedCommand& command) {
  std::string text = command.description + "\n" + usage_of(command) + "\n";
  const std::vector<Group> groups = groups_of(command);
  for (const Group& group : groups) {
    const std::size_t width = names_width(groups, group.is_of_commands);
    text += "\n" + group.title + ":\n";
    for (const Entry& entry : group.entries) text += entry_text(entry, width);
  }
  if (!is_root(command)) {
    text += "\nEverywhere: --quiet, --color WHEN, --help; exit codes: see `loadgate --help`.\n";
  }
  return command.footer.empty() ? text : text + "\n" + command.footer + "\n";
}

}  // namespace loadgate::cli
