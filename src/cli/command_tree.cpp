#include "cli/command_tree.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <string_view>

#include "base/text.h"

namespace loadgate::cli {
namespace {

Takes takes_of(const std::string& value) {
  static const std::map<std::string, Takes> kKinds = {
      {"PLAN", Takes::plan},   {"RESULT", Takes::result}, {"BASE", Takes::result},
      {"HEAD", Takes::result}, {"FILE", Takes::file},     {"DIR", Takes::folder},
      {"REF", Takes::commit}};
  // A value that may be left out is no reason to offer nothing but values.
  if (value.empty() || value.starts_with('[')) return Takes::nothing;
  if (value.find('|') != std::string::npos) return Takes::choice;
  const auto kind = kKinds.find(value);
  return kind == kKinds.end() ? Takes::word : kind->second;
}

std::vector<std::string> names_of(const CLI::Option& option) {
  if (!option.nonpositional()) return {option.get_name(true)};
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

// CLI11 adds what validators say of themselves behind a colon.
std::string value_of(const CLI::Option& option) {
  if (option.get_items_expected_max() == 0) return {};
  const std::string type = option.get_type_name();
  return type.substr(0, type.find(':'));
}

OfferedOption read_option(const CLI::Option& option) {
  OfferedOption read;
  read.names = names_of(option);
  read.value = value_of(option);
  read.description = option.get_description();
  read.group = option.get_group();
  read.standard = option.get_default_str();
  read.takes = takes_of(read.value);
  // An argument is called by what it is.
  if (read.takes == Takes::word && !option.nonpositional()) read.takes = takes_of(read.names[0]);
  if (read.takes == Takes::choice) {
    for (const std::string_view choice : split(read.value, '|')) read.choices.emplace_back(choice);
  }
  read.is_required = option.get_required();
  read.repeats = option.get_items_expected_max() > 1;
  return read;
}

OfferedCommand read_command(const CLI::App& app, const std::string& parent) {
  OfferedCommand read;
  read.name = app.get_name();
  read.path = parent.empty() ? read.name : parent + " " + read.name;
  read.group = app.get_group();
  read.description = app.get_description();
  read.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // Hidden.
    (option->nonpositional() ? read.options : read.arguments).push_back(read_option(*option));
  }
  for (const CLI::App* command : app.get_subcommands(nullptr)) {
    read.commands.push_back(read_command(*command, read.path));
  }
  return read;
}

}  // namespace

OfferedCommand read_tree(const CLI::App& app) {
  const CLI::App* parent = app.get_parent();
  std::string path;
  for (; parent != nullptr; parent = parent->get_parent()) {
    if (!path.empty()) path.insert(0, " ");
    path.insert(0, parent->get_name());
  }
  return read_command(app, path);
}

std::string shown_names(const OfferedOption& option) {
  std::string text;
  for (const std::string& name : option.names) text += (text.empty() ? "" : ", ") + name;
  const bool is_argument = !option.names.front().starts_with('-');
  return is_argument || option.value.empty() ? text : text + " " + option.value;
}

}  // namespace loadgate::cli
