#include "reader/include.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "reader/load_document.h"
#include "reader/named_file.h"

namespace loadgate::reader {
namespace {

constexpr std::array<KeyName, 4> kIncludedKeys{
    {{"include"}, {"scenarios"}, {"variables"}, {"data"}}};
constexpr KeyText kFile{"include", "a path of a file", {}, {}, "include: [auth.yaml]"};

std::string normal(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

Entry* find(YamlNode& map, std::string_view key) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  return found == map.entries.end() ? nullptr : &*found;
}

class Includer {
 public:
  explicit Includer(Draft& draft) : draft_(draft) {}

  // `file` is the one that `root` stands in.
  void merge(YamlNode& root, const std::string& file) {
    const Entry* include = root.find("include");
    if (include == nullptr) return;
    if (include->value.kind != YamlNode::Kind::sequence) {
      if (include->value.kind != YamlNode::Kind::broken) {
        draft_.problems.add(include->value.span, "\"include\" is a list of paths of files",
                            fmt::format("for example {}", kFile.example));
      }
      return;
    }
    chain_.push_back(normal(file));
    // A copy: merging adds entries, which moves those that are there.
    const Entry list = *include;
    for (const YamlNode& item : list.value.items)
      include_file({list.key, list.key_span, item}, root);
    chain_.pop_back();
  }

  bool has_all() const { return has_all_; }

 private:
  void include_file(const Entry& item, YamlNode& root) {
    const Field field{kFile, item, draft_};
    const auto path = read_path(field);
    if (!path || is_circle(field, *path)) return;
    if (std::find(done_.begin(), done_.end(), *path) != done_.end()) return;
    auto file = read_named_file(field);
    has_all_ = has_all_ && file;
    if (!file) return;
    done_.push_back(*path);
    std::string& text = draft_.texts[*path];
    text = std::move(file->content);
    auto document = load_document(draft_.problems.add_text(text, *path), draft_);
    has_all_ = has_all_ && document;
    if (!document) return;
    complain_about_unknown_keys(*document, kIncludedKeys, draft_);
    merge(*document, *path);
    take_all(*document, root);
  }

  bool is_circle(const Field& field, const std::string& path) const {
    const auto begin = std::find(chain_.begin(), chain_.end(), path);
    if (begin == chain_.end()) return false;
    std::string way;
    for (auto file = begin; file != chain_.end(); ++file) way += *file + " includes ";
    field.complain("files include each other in a circle", way + path);
    return true;
  }

  void take_all(YamlNode& from, YamlNode& into) {
    take_map("variables", "variables", from, into);
    take_map("data", "sources of data", from, into);
    take_scenarios(from, into);
  }

  // What both hold under `key`, or nullptrs where there is nothing to merge: one of them
  // holds nothing there, or no value of this kind.
  std::pair<Entry*, Entry*> both(std::string_view key, YamlNode::Kind kind, YamlNode& from,
                                 YamlNode& into) {
    Entry* source = find(from, key);
    Entry* target = find(into, key);
    if (source == nullptr) return {};
    if (target == nullptr) {
      into.entries.push_back(std::move(*source));
      return {};
    }
    if (source->value.kind != kind && source->value.kind != YamlNode::Kind::broken) {
      draft_.problems.add(
          source->value.span,
          fmt::format("\"{}\" is a {}", key, kind == YamlNode::Kind::map ? "map" : "list"));
    }
    // What is wrong with the target's kind its own reader says.
    if (source->value.kind != kind || target->value.kind != kind) return {};
    return {source, target};
  }

  void take_map(std::string_view key, std::string_view what, YamlNode& from, YamlNode& into) {
    const auto [source, target] = both(key, YamlNode::Kind::map, from, into);
    if (source == nullptr) return;
    for (Entry& entry : source->value.entries) {
      if (const Entry* first = target->value.find(entry.key)) {
        complain_about_clash(what, entry.key, entry.key_span, first->key_span);
      } else {
        target->value.entries.push_back(std::move(entry));
      }
    }
  }

  void take_scenarios(YamlNode& from, YamlNode& into) {
    const auto [source, target] = both("scenarios", YamlNode::Kind::sequence, from, into);
    if (source == nullptr) return;
    std::vector<YamlNode>& known = target->value.items;
    for (YamlNode& scenario : source->value.items) {
      const Entry* name = scenario.find("name");
      const YamlNode* first = name == nullptr ? nullptr : name_in(known, name->value.text);
      if (first != nullptr) {
        complain_about_clash("scenarios", name->value.text, name->value.span, first->span);
      } else {
        known.push_back(std::move(scenario));
      }
    }
  }

  static const YamlNode* name_in(const std::vector<YamlNode>& scenarios, const std::string& name) {
    for (const YamlNode& scenario : scenarios) {
      const Entry* other = scenario.find("name");
      if (other != nullptr && !name.empty() && other->value.text == name) return &other->value;
    }
    return nullptr;
  }

  void complain_about_clash(std::string_view what, const std::string& name, Span second,
                            Span first) {
    const Place place = draft_.problems.place(first);
    draft_.problems.add(second, fmt::format("there are two {} called \"{}\"", what, name),
                        fmt::format("the first stands in {}, line {}", place.file, place.line));
  }

  Draft& draft_;
  std::vector<std::string> chain_;  // From the plan to the file being merged.
  std::vector<std::string> done_;
  bool has_all_ = true;
};

}  // namespace

bool merge_included(YamlNode& root, Draft& draft) {
  Includer includer(draft);
  includer.merge(root, draft.plan.file);
  return includer.has_all();
}

}  // namespace loadgate::reader
