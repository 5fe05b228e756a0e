#include "cli/harmless_stream.h"

namespace loadgate::cli {
namespace {

bool ends_line(char c) { return c == '\n' || c == '\r'; }

// The runner trims what .NET calls white space, which is more than ASCII's: all bytes of
// other characters count.
bool may_be_blank(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= 0x20 || byte >= 0x7F;
}

}  // namespace

bool HarmlessBuffer::is_order(char next) const {
  const bool is_command = next == ':' && is_at_begin_ && last_ == ':';
  const bool is_old_command = next == '[' && last_ == '#' && before_last_ == '#';
  return is_command || is_old_command;
}

HarmlessBuffer::int_type HarmlessBuffer::overflow(int_type next) {
  if (traits_type::eq_int_type(next, traits_type::eof())) return traits_type::not_eof(next);
  const char c = traits_type::to_char_type(next);
  if (is_order(c)) out_.put(' ');
  out_.put(c);
  const bool begins_order = c == ':' && last_ != ':';
  is_at_begin_ = ends_line(c) || (is_at_begin_ && (may_be_blank(c) || begins_order));
  before_last_ = last_;
  last_ = c;
  return out_ ? next : traits_type::eof();
}

int HarmlessBuffer::sync() {
  out_.flush();
  return out_ ? 0 : -1;
}

}  // namespace loadgate::cli
