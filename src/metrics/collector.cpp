#include <algorithm>
#include <cassert>
#include <functional>
#include <iterator>
#include <map>
#include <utility>

#include "metrics/recorder.h"

namespace loadgate::metrics {

namespace {

using Packed = Histogram::Packed;

Packed joined(const Packed& left, const Packed& right) {
  Packed both;
  both.reserve(std::max(left.size(), right.size()));
  auto a = left.begin();
  auto b = right.begin();
  while (a != left.end() && b != right.end()) {
    if (a->first != b->first) {
      both.push_back(a->first < b->first ? *a++ : *b++);
      continue;
    }
    both.emplace_back(a->first, a->second + b->second);
    ++a, ++b;
  }
  both.insert(both.end(), a, left.end());
  both.insert(both.end(), b, right.end());
  both.shrink_to_fit();
  return both;
}

void merge(Window& into, const Window& from) {
  into.requests += from.requests;
  into.failures += from.failures;
  into.response_times = joined(into.response_times, from.response_times);
}

// The window number `index`, made where it is missing. Looks from the end: batches
// come nearly in order.
Window& window_at(std::vector<Window>& windows, std::uint32_t index) {
  auto behind = windows.end();
  while (behind != windows.begin() && std::prev(behind)->index > index) --behind;
  if (behind != windows.begin() && std::prev(behind)->index == index) return *std::prev(behind);
  return *windows.insert(behind, Window{.index = index, .response_times = {}});
}

void halve(std::vector<Window>& windows) {
  std::vector<Window> wider;
  for (Window& window : windows) {
    window.index /= 2;
    if (!wider.empty() && wider.back().index == window.index) {
      merge(wider.back(), window);
    } else {
      wider.push_back(std::move(window));
    }
  }
  windows = std::move(wider);
}

// What was never sent has but its reason to show.
bool says_nothing_new(const FailureSample& sample, const std::vector<FailureSample>& known) {
  return sample.request.start_line.empty() &&
         std::ranges::find(known, sample.detail, &FailureSample::detail) != known.end();
}

}  // namespace

Collector::Collector(std::size_t stages, std::size_t request_names, std::size_t window_budget)
    : request_names_(request_names),
      window_budget_(window_budget),
      series_index_(stages * request_names) {
  assert(window_budget >= 1);
}

Series& Collector::series_of(std::uint16_t stage, std::uint32_t request_name) {
  std::uint32_t& index = series_index_[(stage * request_names_) + request_name];
  if (index == 0) {
    series_.emplace_back().key = {.stage = stage, .request_name = request_name};
    index = static_cast<std::uint32_t>(series_.size());
  }
  return series_[index - 1];
}

void Collector::add(Batch batch) {
  const std::uint32_t window = window_of(batch.second);
  for (const Batch::Cell& cell : batch.cells) add_cell(window, cell);
  for (FailureGroup& group : batch.failures) add_failures(group);
  for (SlowGroup& group : batch.slowest) add_slowest(group);
  loop_lag_.merge(batch.loop_lag);
}

void Collector::add_cell(std::uint32_t window, const Batch::Cell& cell) {
  Series& series = series_of(cell.stage, cell.request_name);
  series.all.merge(cell.tally);
  if (cell.held) series.held.merge(cell.tally);
  if (cell.tally.requests == 0) return;  // Cancelled ones only.
  merge(window_at(series.windows, window),
        Window{.index = window,
               .requests = cell.tally.requests,
               .failures = cell.tally.failures(),
               .response_times = cell.tally.response_times.pack()});
}

void Collector::add_failures(FailureGroup& group) {
  const auto found = std::ranges::find_if(failures_, [&](const FailureGroup& known) {
    return known.request_name == group.request_name && known.kind == group.kind;
  });
  if (found == failures_.end()) {
    failures_.push_back(std::move(group));
    return;
  }
  for (FailureSample& sample : group.samples) {
    if (found->samples.size() == kSamplesPerKind) return;
    if (!says_nothing_new(sample, found->samples)) found->samples.push_back(std::move(sample));
  }
}

void Collector::add_slowest(SlowGroup& group) {
  const auto found = std::ranges::find(slowest_, group.request_name, &SlowGroup::request_name);
  SlowGroup& known = found == slowest_.end() ? slowest_.emplace_back() : *found;
  known.request_name = group.request_name;
  std::ranges::move(group.samples, std::back_inserter(known.samples));
  std::ranges::stable_sort(known.samples, std::ranges::greater(), &FailureSample::response_time);
  if (known.samples.size() > kSlowSamples) known.samples.resize(kSlowSamples);
}

std::uint32_t Collector::window_of(std::uint32_t second) {
  const auto index = [&] {
    return static_cast<std::uint32_t>(std::chrono::seconds(second) / window_width_);
  };
  while (index() >= window_budget_) halve_windows();
  return index();
}

void Collector::halve_windows() {
  window_width_ *= 2;
  for (Series& series : series_) halve(series.windows);
}

// Every failure is counted in a tally; samples only of some are kept.
std::vector<FailureGroup> Collector::counted_failures() {
  std::map<std::pair<std::uint32_t, ErrorKind>, FailureGroup> groups;
  for (const Series& series : series_) {
    for (std::size_t i = 0; i < kErrorKinds; ++i) {
      if (series.all.errors[i] == 0) continue;
      const auto kind = static_cast<ErrorKind>(i);
      FailureGroup& group = groups[{series.key.request_name, kind}];
      group.request_name = series.key.request_name;
      group.kind = kind;
      group.count += series.all.errors[i];
    }
  }
  for (FailureGroup& kept : failures_) {
    const auto group = groups.find({kept.request_name, kept.kind});
    assert(group != groups.end());
    if (group == groups.end()) continue;
    std::ranges::sort(kept.samples, {}, &FailureSample::at);
    group->second.samples = std::move(kept.samples);
  }
  std::vector<FailureGroup> sorted;
  sorted.reserve(groups.size());
  for (auto& [key, group] : groups) sorted.push_back(std::move(group));
  return sorted;
}

void Collector::finish(RunResult& result) {
  result.window_width = window_width_;
  result.failures = counted_failures();
  std::ranges::sort(slowest_, {}, &SlowGroup::request_name);
  result.slowest = std::move(slowest_);
  std::ranges::sort(series_, {}, &Series::key);
  result.series = std::move(series_);
}

}  // namespace loadgate::metrics
