#include "reader/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "reader/scalar_span.h"

namespace loadgate::reader {
namespace {

constexpr std::size_t kHeaviest = 100'000;  // See YamlNode::weight.
constexpr std::size_t kDeepest = 64;

// Ends the parse at once: what follows would only be noise.
struct Stop {
  Span span;
  std::string text;
  std::string hint;
};

class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const PlanText& text, ProblemList& problems) : text_(text), problems_(problems) {}

  std::optional<YamlNode> take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(has_document_, true)) {
      throw Stop{span_at(mark), "a second document begins here", "a plan is one document"};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node;
    node.span = empty_span(mark);
    finish(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      throw Stop{word_at(mark), "an alias cannot stand inside what it repeats", {}};
    }
    count(known->second.weight, mark);
    finish(known->second, 0);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const std::size_t weight = 1 + value.size() / 64;
    count(weight, mark);
    const auto span = scalar_span(text_.text(), offset(mark), value);
    if (!span) throw Stop{span_at(mark), "the quote is never closed", {}};
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.weight = weight;
    node.is_plain = tag == "?";  // yaml-cpp's word for no tag, no quotes.
    node.text = node.written = value;
    node.span = text_.span(span->offset, span->length);
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::sequence, mark, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::map, mark, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  // A sequence or map that is not finished.
  struct Frame {
    YamlNode node;
    YAML::anchor_t anchor = 0;
    std::optional<Entry> entry = std::nullopt;  // Of a map: the key that waits for its value.
    std::unordered_map<std::string, Span> keys{};
    bool is_broken = false;
  };

  std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.text().size());
  }
  Span span_at(const YAML::Mark& mark) const { return text_.span(offset(mark), 1); }
  Span word_at(const YAML::Mark& mark) const {
    const std::string_view rest = text_.text().substr(offset(mark));
    return text_.span(offset(mark), std::min(rest.find_first_of(" \t\r\n,]}"), rest.size()));
  }

  // Where nothing is written the mark is that of the next token, often on another line.
  Span empty_span(const YAML::Mark& mark) const {
    const Span word = word_at(mark);
    const std::string_view written = text_.text().substr(word.offset, word.length);
    if (written == "~" || lower(written) == "null") return word;
    const bool is_value = !frames_.empty() && frames_.back().entry.has_value();
    return is_value ? frames_.back().entry->key_span : span_at(mark);
  }

  void count(std::size_t weight, const YAML::Mark& mark) {
    total_ += weight;
    if (total_ > kHeaviest) {
      throw Stop{word_at(mark), fmt::format("the plan grows beyond {} values here", kHeaviest),
                 "aliases repeat what they name: use fewer"};
    }
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    count(1, mark);
    if (frames_.size() == kDeepest) {
      throw Stop{
          span_at(mark), fmt::format("values are nested more than {} levels deep", kDeepest), {}};
    }
    Frame frame{.node = {}, .anchor = anchor};
    frame.node.kind = kind;
    frame.node.span = text_.span(skip_properties(text_.text(), offset(mark)), 1);
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.is_broken) frame.node.kind = YamlNode::Kind::broken;
    finish(std::move(frame.node), frame.anchor);
  }

  void finish(YamlNode node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_.insert_or_assign(anchor, node);
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& parent = frames_.back();
    if (parent.node.kind == YamlNode::Kind::sequence) {
      parent.node.weight += node.weight;
      parent.node.items.push_back(std::move(node));
    } else if (!parent.entry) {
      begin_entry(parent, node);
    } else {
      parent.entry->value = std::move(node);
      end_entry(parent);
    }
  }

  void begin_entry(Frame& map, const YamlNode& key) {
    if (key.kind == YamlNode::Kind::scalar || key.kind == YamlNode::Kind::empty) {
      map.entry = Entry{key.kind == YamlNode::Kind::empty ? "null" : key.text, key.span, {}};
      if (map.node.entries.empty() && text_.text()[map.node.span.offset] != '{') {
        map.node.span = key.span;
      }
      return;
    }
    complain_about_key(map, key);
    map.is_broken = true;
    map.entry = Entry{{}, key.span, {}};
  }

  void complain_about_key(const Frame& map, const YamlNode& key) {
    if (map.is_broken || key.kind == YamlNode::Kind::broken) return;
    const std::string_view rest = text_.text().substr(map.node.span.offset);
    if (rest.starts_with("{{")) {
      const std::size_t end = std::min(rest.find("}}"), rest.find('\n'));
      const std::size_t length = end == std::string_view::npos ? 2 : end + 2;
      problems_.add(text_.span(map.node.span.offset, length),
                    "YAML reads \"{{\" without quotes as a map", "quote it: \"{{ … }}\"");
    } else {
      problems_.add(key.span, "a key is one word or text", {});
    }
  }

  void end_entry(Frame& map) {
    Entry entry = std::move(*map.entry);
    map.entry.reset();
    if (map.is_broken) return;
    if (entry.key == "<<") {
      problems_.add(entry.key_span, "\"<<\" (merging maps) is not supported",
                    "write the keys out; an alias may stand for a whole value");
      return;
    }
    const auto [first, is_new] = map.keys.emplace(entry.key, entry.key_span);
    if (!is_new) {
      problems_.add(entry.key_span, fmt::format("duplicate key \"{}\"", entry.key),
                    fmt::format("first given in line {}", problems_.place(first->second).line));
      return;
    }
    map.node.weight += entry.value.weight;
    map.node.entries.push_back(std::move(entry));
  }

  const PlanText& text_;
  ProblemList& problems_;
  std::optional<YamlNode> root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  std::size_t total_ = 0;
  bool has_document_ = false;
};

// Whether `line` holds `what` outside quotes.
bool holds_unquoted(std::string_view line, std::string_view what) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote == 0 && line.substr(i).starts_with(what)) return true;
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '"' || c == '\'')) {
      quote = c;
    }
  }
  return false;
}

bool is_indented_by_tab(std::string_view line) {
  const std::string_view indentation = line.substr(0, line.find_first_not_of(" \t"));
  return indentation.find('\t') != std::string_view::npos;
}

// Whether a second ": " of the line begins at `rest`, as in "command: sh -c 'a: b'".
bool is_within_value(std::string_view line, std::string_view rest) {
  const std::size_t behind = rest.substr(0, rest.find('\n')).size();
  return rest.starts_with(": ") && behind <= line.size() &&
         line.substr(0, line.size() - behind).find(": ") != std::string_view::npos;
}

// `rest` is what the parser could not read, and all behind it.
std::string hint_for(std::string_view line, std::string_view rest) {
  // First: what stands behind it may be right.
  if (is_indented_by_tab(line)) return "YAML takes no tabs here: indent with blanks";
  for (const std::string_view what : {"{{", "$.", "*/*"}) {
    if (holds_unquoted(line, what)) return fmt::format("quote it: YAML reads {} its own way", what);
  }
  if (holds_unquoted(line, "${")) return "within { } and [ ], quote it: \"${…}\"";
  if (is_within_value(line, rest)) return "quote the whole value: YAML reads \": \" its own way";
  if (rest.starts_with('?')) return "quote it: YAML reads ? its own way";
  return {};
}

// yaml-cpp would change broken bytes, and every place behind them.
bool is_clean(const PlanText& text, ProblemList& problems) {
  const std::string_view bytes = text.text();
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
  };
  const auto control = std::find_if(bytes.begin(), bytes.end(), is_control);
  if (control != bytes.end()) {
    problems.add(text.span(static_cast<std::size_t>(control - bytes.begin()), 1),
                 "the plan holds a control character", "in quotes, write it as \\x1B");
    return false;
  }
  const std::string valid = valid_utf8(bytes);
  if (valid == bytes) return true;
  const auto broken = std::mismatch(bytes.begin(), bytes.end(), valid.begin(), valid.end()).first;
  problems.add(text.span(static_cast<std::size_t>(broken - bytes.begin()), 1),
               "the plan is not UTF-8 here", "save it as UTF-8");
  return false;
}

void complain_about_syntax(const YAML::Exception& error, const PlanText& text,
                           ProblemList& problems) {
  const std::size_t offset =
      std::min(static_cast<std::size_t>(std::max(error.mark.pos, 0)), text.text().size());
  const Span span = text.span(offset, 1);
  problems.add(span, fmt::format("this is not YAML: {}", error.msg),
               hint_for(text.line(problems.place(span).line), text.text().substr(offset)));
}

}  // namespace

std::optional<YamlNode> read_yaml(const PlanText& text, ProblemList& problems) {
  if (!is_clean(text, problems)) return std::nullopt;
  TreeBuilder builder(text, problems);
  try {
    std::istringstream stream{std::string(text.text())};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop& stop) {
    problems.add(stop.span, stop.text, stop.hint);
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    // Where "{{" without quotes is reported, what YAML makes of the rest is noise.
    if (problems.is_empty()) complain_about_syntax(error, text, problems);
    return std::nullopt;
  }
  std::optional<YamlNode> root = builder.take();
  const bool is_plan = text.number() == 0;
  const std::string hint =
      is_plan ? "it begins with name: and target:" : "it holds scenarios, variables or data";
  if (!root || root->kind == YamlNode::Kind::empty) {
    problems.add(text.span(0, 1), is_plan ? "the plan is empty" : "the file is empty", hint);
    return std::nullopt;
  }
  if (root->kind == YamlNode::Kind::broken) return std::nullopt;
  if (root->kind != YamlNode::Kind::map) {
    problems.add(root->span, is_plan ? "a plan is a map of keys" : "a file is a map of keys", hint);
    return std::nullopt;
  }
  return root;
}

}  // namespace loadgate::reader
