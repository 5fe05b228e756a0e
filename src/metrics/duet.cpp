#include "metrics/duet.h"

#include <map>
#include <utility>

#include "metrics/run_result.h"

namespace loadgate::metrics {

namespace {

// Where a window begins is a time too, of at most 73 years.
constexpr std::uint64_t kLastWindow = (std::uint64_t{1} << 61) / 1'000'000'000;

void merge(Window& window, Window other) {
  if (window.requests == 0) {
    window = std::move(other);
    return;
  }
  Histogram times;
  times.merge(window.response_times);
  times.merge(other.response_times);
  window.requests += other.requests;
  window.failures += other.failures;
  window.response_times = times.pack();
}

struct Joined {
  Tally all, held;
  // An epoch's last requests may finish when the next one's first do by this count.
  std::map<std::uint32_t, Window> windows;
};

class Join {
 public:
  void add(const std::vector<Series>& side, std::uint64_t first_window) {
    for (const Series& series : side) {
      Joined& joined = series_[series.key];
      joined.all.merge(series.all);
      joined.held.merge(series.held);
      for (const Window& window : series.windows) {
        const std::uint64_t index = first_window + window.index;
        if (index > kLastWindow) break;  // Only where a file was made up.
        Window moved = window;
        moved.index = static_cast<std::uint32_t>(index);
        Window& place = joined.windows[moved.index];
        merge(place, std::move(moved));
      }
    }
  }

  std::vector<Series> take() {
    std::vector<Series> all;
    for (auto& [key, joined] : series_) {
      Series& series = all.emplace_back();
      series.key = key;
      series.all = std::move(joined.all);
      series.held = std::move(joined.held);
      for (auto& [index, window] : joined.windows) series.windows.push_back(std::move(window));
    }
    return all;
  }

 private:
  std::map<SeriesKey, Joined> series_;
};

}  // namespace

void join_epochs(RunResult& result) {
  const Duet& duet = *result.duet;
  const auto length = static_cast<std::uint64_t>(
      std::chrono::floor<std::chrono::seconds>(duet.epoch_length).count());
  Join join;
  for (const Epoch& epoch : duet.epochs) {
    if (!epoch.counts()) continue;
    join.add(epoch.base.series, epoch.number * length);
    join.add(epoch.head.series, epoch.number * length);
  }
  result.window_width = std::chrono::seconds(1);
  result.series = join.take();
}

}  // namespace loadgate::metrics
