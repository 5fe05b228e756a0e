#pragma once

// The rows of a data file. Pure functions of its content.

#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "plan/data.h"

namespace loadgate::reader {

struct DataRows {
  std::vector<std::string> columns;
  std::vector<plan::Row> rows;
};

// What is wrong with the file, and where: both count from 1; 0 where it is all of it.
struct DataError {
  std::size_t line = 0, column = 0;
  std::string text, hint;
};

// RFC 4180 with a header line; LF for CRLF, a byte order mark and empty lines are borne.
tl::expected<DataRows, DataError> read_csv(std::string_view content);

// A list of objects, or of any values.
tl::expected<DataRows, DataError> read_json_list(std::string_view content);

// A value a line; empty lines are borne.
tl::expected<DataRows, DataError> read_json_lines(std::string_view content);

}  // namespace loadgate::reader
