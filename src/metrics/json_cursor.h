#pragma once

// Reads values out of a JSON document that someone else may have damaged. A cursor is
// a place in the document and knows its path. Nothing throws: what is missing or of
// the wrong kind leaves a complaint and gives an empty value, so a reader is written
// as if all were well and asks once, at the end. Any thread, one document each.

#include <cstdint>
#include <limits>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace loadgate::metrics {

// The first thing found wrong, as one sentence; empty while all is well.
using Complaint = std::string;

class JsonCursor {
 public:
  // Two of them may be added without overflow.
  static constexpr Nanoseconds kLongestTime{std::int64_t{1} << 61};

  // `path` stands before the names of fields in complaints. `value` and `complaint`
  // outlive the cursor and all it gives.
  JsonCursor(const nlohmann::json& value, std::string path, Complaint& complaint)
      : value_(&value), path_(std::move(path)), complaint_(&complaint) {}

  JsonCursor operator[](std::string_view field) const;
  JsonCursor operator[](std::size_t element) const;  // REQUIRES: element < size().
  std::size_t size() const;                          // Of a list.

  bool has(std::string_view field) const;  // Of an object; false of anything else.
  bool is_null() const;
  std::string text() const;
  bool flag() const;
  double number() const;
  Nanoseconds time() const;  // A whole number from 0 to kLongestTime, 73 years.
  std::vector<std::string> texts() const;

  // A whole number from 0 to `most`.
  std::uint64_t count(std::uint64_t most = std::numeric_limits<std::uint64_t>::max()) const;
  template <class Whole>
  Whole count_as() const {
    return static_cast<Whole>(count(static_cast<std::uint64_t>(std::numeric_limits<Whole>::max())));
  }

  template <class Read>
  auto list(Read read) const {
    std::vector<decltype(read(*this))> items;
    const std::size_t length = size();
    items.reserve(length);
    for (std::size_t i = 0; i < length && complaint_->empty(); ++i) {
      items.push_back(read((*this)[i]));
    }
    return items;
  }

  // Calls read(name, cursor) for every field of an object.
  template <class Read>
  void each_field(Read read) const {
    for (const std::string& name : field_names()) read(name, (*this)[name]);
  }

  void complain(std::string_view what) const;

 private:
  std::vector<std::string> field_names() const;

  const nlohmann::json* value_;
  std::string path_;
  Complaint* complaint_;
};

// Complains unless this document says it is of `format` and of a version we know.
void expect_format(const JsonCursor& document, std::string_view format, std::uint64_t version);

}  // namespace loadgate::metrics
