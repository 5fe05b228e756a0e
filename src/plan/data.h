#pragma once

// Rows of test data that users are handed, read from CSV or JSON while the plan is read.
// Plain values, immutable, any thread.

#include <cstdint>
#include <string>
#include <vector>

#include "base/place.h"
#include "plan/value.h"

namespace loadgate::plan {

struct Row {
  std::vector<Value> fields;  // By column of Data::columns.
  Value whole;                // The row as JSON: {{ data.NAME }}.
};

struct Data {
  enum class Order : std::uint8_t { sequential, random, shuffle };
  enum class Share : std::uint8_t { all_users, each_user };
  enum class Exhausted : std::uint8_t { stop_user, stop_run };

  std::string name;
  // CSV: the header's names. JSON: the keys of the rows' objects, those of inner objects
  // joined by dots ("address.city"). A field that a row lacks is JSON null.
  std::vector<std::string> columns;
  std::vector<Row> rows;  // Not empty.
  Order order = Order::sequential;
  bool reuse = true;               // False: each row is handed out once (`random` then: shuffle).
  Share share = Share::all_users;  // Each user's own: every user sees every row.
  Exhausted when_exhausted = Exhausted::stop_user;
  Place place;
};

}  // namespace loadgate::plan
