#include "reader/yaml_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace loadgate::reader {
namespace {

constexpr std::string_view kPlainFirst =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.$";
constexpr std::string_view kPlainRest =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_.-+$=&%~@;()";

// Words that YAML takes for something else than text.
bool is_word_of_yaml(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords{"null", "true", "false", "yes", "no",
                                                   "on",   "off",  "y",     "n"};
  return std::find(kWords.begin(), kWords.end(), lower(text)) != kWords.end();
}

// Cautious: whatever is not surely one plain word or phrase gets quotes.
bool is_plain(std::string_view text, ScalarPlace place) {
  if (text.empty() || kPlainFirst.find(text.front()) == std::string_view::npos) return false;
  if (is_word_of_yaml(text)) return false;
  const bool may_be_number = text.front() == '.' || (text.front() >= '0' && text.front() <= '9');
  if (place == ScalarPlace::json && may_be_number) return false;
  const bool has_only_plain = std::all_of(text.begin(), text.end(), [](char c) {
    return c == ' ' || c == ':' || kPlainRest.find(c) != std::string_view::npos;
  });
  return has_only_plain && !text.ends_with(' ') && !text.ends_with(':') &&
         text.find(": ") == std::string_view::npos;
}

// Characters that a YAML reader would refuse, or take for a line break.
std::string escaped(std::string_view character) {
  const auto byte = static_cast<unsigned char>(character.front());
  if (character == "\"") return "\\\"";
  if (character == "\\") return "\\\\";
  if (character == "\n") return "\\n";
  if (character == "\t") return "\\t";
  if (character == "\r") return "\\r";
  if (byte < 0x20 || byte == 0x7F) return fmt::format("\\x{:02X}", byte);
  if (byte == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0) {
    return fmt::format("\\x{:02X}", static_cast<unsigned char>(character[1]));
  }
  if (character == "\xE2\x80\xA8") return "\\u2028";
  if (character == "\xE2\x80\xA9") return "\\u2029";
  if (character == "\xEF\xBB\xBF") return "\\uFEFF";
  return std::string(character);
}

std::size_t length_of_character(char first) {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0x80) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

std::string yaml_scalar(std::string_view text, ScalarPlace place) {
  if (is_plain(text, place)) return std::string(text);
  const std::string valid = valid_utf8(text);
  std::string out = "\"";
  for (std::size_t at = 0; at < valid.size();) {
    const std::size_t length = length_of_character(valid[at]);
    out += escaped(std::string_view(valid).substr(at, length));
    at += length;
  }
  return out + '"';
}

void YamlWriter::line(std::string_view text) {
  if (text.empty()) {
    out_ += '\n';
    return;
  }
  const std::size_t indent = 2 * (depth_ - dashes_);
  const std::size_t outside = comment_depth_ ? 2 * *comment_depth_ : indent;
  out_ += std::string(outside, ' ');
  if (comment_depth_) out_ += "# ";
  out_ += std::string(indent - outside, ' ');
  for (; dashes_ > 0; --dashes_) out_ += "- ";
  out_ += text;
  out_ += '\n';
}

void YamlWriter::comment(std::string_view text) {
  // One line, whatever a foreign file holds.
  out_ += std::string(2 * (depth_ - dashes_), ' ') + "# " + printable(text) + "\n";
}

void YamlWriter::entry(std::string_view key, std::string_view value) {
  line(fmt::format("{}: {}", yaml_scalar(key), yaml_scalar(value)));
}

void YamlWriter::open(std::string_view key) {
  line(yaml_scalar(key) + ":");
  ++depth_;
}

void YamlWriter::item() {
  ++depth_;
  ++dashes_;
}

void YamlWriter::close() { --depth_; }

}  // namespace loadgate::reader
