#include "reader/yaml_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "environment.h"
#include "reader/yaml_tree.h"

namespace loadgate::reader {
namespace {

// One a line would be a page.
// clang-format off
const std::vector<std::string> kTexts{
    "plain", "two words", "/a/b", "5", "1.5", "-1", ".5", "0x1F", "1e3", "true", "No", "null", "~",
    "", " ", " x", "x ", "a: b", "a:", ":a", "a #b", "#a", "- a", "-", "?", "? a", "[a]", "{a}",
    "{{ a }}", "a, b", "*a", "&a", "!a", "|", ">", "'a'", "\"a\"", "a\"b", "a\\b", "%a", "@a",
    "`a", "a\nb", "a\tb", "\r\n", "\x01\x7F", "\xC2\x85", "\xE2\x80\xA8", "\xEF\xBB\xBF", "$.a",
    "$$x", "2026-01-31", "12:30:00", "\xC3\xA9", "\xF0\x9F\x90\xB6", "<<", "=", "---", "...",
    "--- a"};
// clang-format on

// The value of `key: SCALAR` as the reader sees it.
YamlNode read_back(const std::string& scalar) {
  const std::string text = "key: " + scalar + "\n";
  ProblemList problems(text, "plan.yaml");
  const auto root = read_yaml(problems.text(), problems);
  EXPECT_TRUE(root && root->find("key")) << scalar;
  return root && root->find("key") ? root->find("key")->value : YamlNode();
}

TEST(YamlWriter, EveryTextReadsBackAsItWas) {
  for (const std::string& text : kTexts) {
    const YamlNode value = read_back(yaml_scalar(text));
    EXPECT_EQ(value.kind, YamlNode::Kind::scalar) << text;
    EXPECT_EQ(value.text, text) << yaml_scalar(text);
  }
}

TEST(YamlWriter, InJsonNoTextLooksLikeANumberOrATruthValue) {
  for (const std::string text : {"5", "1.5", ".5", "-1", "0x1F", "1e3", "true", "null", "~"}) {
    EXPECT_FALSE(read_back(yaml_scalar(text, ScalarPlace::json)).is_plain) << text;
  }
}

TEST(YamlWriter, ItemsAndKeysStandWhereTheyBelong) {
  YamlWriter yaml;
  yaml.open("a");
  yaml.item();
  yaml.entry("b", "1: 2");
  yaml.open("c");
  yaml.item();
  yaml.line("d");
  yaml.close();
  yaml.close();
  yaml.close();
  yaml.close();
  EXPECT_EQ(yaml.take(), "a:\n  - b: \"1: 2\"\n    c:\n      - d\n");
}

TEST(YamlWriter, CommentsAreOneLineAndKeepTheirShape) {
  YamlWriter yaml;
  yaml.comment("two\nlines");
  yaml.commented();
  yaml.open("a");
  yaml.entry("b", "c");
  yaml.uncommented();
  EXPECT_EQ(yaml.take(), "# two?lines\n# a:\n#   b: c\n");
}

}  // namespace
}  // namespace loadgate::reader
