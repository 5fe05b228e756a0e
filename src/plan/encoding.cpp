#include "plan/encoding.h"

namespace loadgate::plan {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_hex_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

void append_percent(char c, std::string& out) {
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += kDigits[byte >> 4U];
  out += kDigits[byte & 0xFU];
}

// RFC 3986: unreserved characters stay.
void append_path(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (is_alphanumeric(c) || is_one_of(c, "-._~")) {
      out += c;
    } else {
      append_percent(c, out);
    }
  }
}

// WHATWG URL, section 5.2.
void append_form(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (is_alphanumeric(c) || is_one_of(c, "*-._")) {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      append_percent(c, out);
    }
  }
}

void append_json(std::string_view text, std::string& out) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 0xFU];
    } else {
      out += c;
    }
  }
}

void append_header(std::string_view text, std::string& out) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += (byte < 0x20 && c != '\t') || byte == 0x7F ? ' ' : c;
  }
}

}  // namespace

void append_encoded(std::string_view text, Encoding encoding, std::string& out) {
  switch (encoding) {
    case Encoding::none:
      out += text;
      return;
    case Encoding::header:
      append_header(text, out);
      return;
    case Encoding::path:
      append_path(text, out);
      return;
    case Encoding::form:
      append_form(text, out);
      return;
    case Encoding::json:
      append_json(text, out);
      return;
  }
}

void append_path_literal(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool encodes =
        c == '%' && i + 2 < text.size() && is_hex_digit(text[i + 1]) && is_hex_digit(text[i + 2]);
    if (is_alphanumeric(c) || is_one_of(c, "-._~!$&'()*+,;=:@/?[]") || encodes) {
      out += c;
    } else {
      append_percent(c, out);
    }
  }
}

}  // namespace loadgate::plan
