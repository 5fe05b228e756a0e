#pragma once

// YAML written so that reading it gives the same texts back. Not thread-safe.

#include <optional>
#include <string>
#include <string_view>

namespace loadgate::reader {

// Where a scalar stands: in a JSON body 5 is a number and "5" text, elsewhere both are
// the same.
enum class ScalarPlace { untyped, json };

// `text` as one scalar, in quotes where it needs them.
std::string yaml_scalar(std::string_view text, ScalarPlace place = ScalarPlace::untyped);

// Lines with indentation; the first line behind item() begins with "- ".
class YamlWriter {
 public:
  void line(std::string_view text = {});
  void comment(std::string_view text);
  // "key: value", the value in quotes where it needs them.
  void entry(std::string_view key, std::string_view value);
  void open(std::string_view key);  // "key:", and what follows stands deeper.
  void item();                      // Begins an item of a list, deeper as well.
  void close();                     // Ends what open() or item() began.

  // What is written until uncommented() is a comment, its "#" in one column.
  void commented() { comment_depth_ = depth_; }
  void uncommented() { comment_depth_.reset(); }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  std::size_t depth_ = 0;
  std::size_t dashes_ = 0;  // Items begun whose first line is not written yet.
  std::optional<std::size_t> comment_depth_;
};

}  // namespace loadgate::reader
