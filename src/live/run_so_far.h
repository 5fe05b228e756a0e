#pragma once

// What the live page shows of a run, second by second: points of the charts, rows of the
// table, failures. Bounded in memory, and in time: of many request names only some are
// looked at each second, in turn. One thread at a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "live/history.h"
#include "load/runner.h"
#include "metrics/sample.h"

namespace loadgate::live {

// Of one request name on one side; of its latest look.
struct Row {
  std::uint64_t requests = 0, failures = 0;
  double per_second = 0;  // Since the look before.
  Nanoseconds p50{}, p95{}, p99{}, highest{};
  std::array<std::uint64_t, metrics::kErrorKinds> errors{};
  Nanoseconds looked_at{};
};

// Requests of a row that failed in the same way.
struct FailedRow {
  std::size_t row = 0;
  metrics::ErrorKind kind = metrics::ErrorKind::none;
  std::uint64_t count = 0;
  std::string detail, answer;  // Of the first one; its answer cut short.
};

class RunSoFar {
 public:
  static constexpr std::size_t kRowsASecond = 50;
  static constexpr std::size_t kFailures = 10;
  static constexpr std::size_t kAnswerBytes = 300;

  explicit RunSoFar(std::size_t names) : names_(names) {}

  void add(const load::Progress& now);

  const std::optional<load::Progress>& now() const { return now_; }  // Its so_far leads nowhere.
  const History& history() const { return history_; }
  const Point& last_second() const { return last_second_; }  // REQUIRES: now().
  // Row `side · names + name`; sides as the run has them, base before head.
  const std::vector<Row>& rows() const { return rows_; }
  const std::vector<std::size_t>& rows_changed() const {
    return rows_changed_;
  }                                         // By the last add.
  std::vector<FailedRow> failures() const;  // The most frequent ones, falling.

 private:
  struct Found {
    std::size_t turn;  // Of its row, among those looked at.
    const metrics::Series* series;
  };
  struct Detail {
    std::size_t row;
    metrics::ErrorKind kind;
    std::string text, answer;
  };

  void begin_anew(const load::Progress& now);
  void look_at_rows(const load::Progress& now);
  std::vector<Found> series_in_turn(const load::Progress& now, std::size_t most) const;
  bool look_at(Row& known, std::span<const Found> found, Nanoseconds elapsed);
  void remember_details(const load::Progress& now);

  std::size_t names_;
  std::optional<load::Progress> now_;
  Nanoseconds before_{};  // What earlier runs of this invocation took: the page goes on.
  Point last_second_;
  History history_;
  std::vector<Row> rows_;
  std::vector<std::size_t> rows_changed_;
  std::size_t next_row_ = 0;
  std::vector<Detail> details_;
  std::vector<std::size_t> groups_seen_;  // Of failures, by side.
  metrics::Histogram scratch_;
};

}  // namespace loadgate::live
