#include "gate/stored_units.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "gate/statistics.h"

namespace loadgate::gate {
namespace {

// From here on the head run's own boot says enough by itself.
constexpr std::size_t kEnoughOfOneBoot = 3;

std::size_t runs_of_boot(std::span<const UnitRun> runs, const std::string& boot) {
  return static_cast<std::size_t>(std::count_if(runs.begin(), runs.end(), [&](const UnitRun& run) {
    return !boot.empty() && run.boot == boot;
  }));
}

// The series of this stage, load and request name, or nullptr.
const metrics::DigestSeries* find(const metrics::RunDigest& run, const metrics::DigestSeries& like,
                                  const std::string& request) {
  const auto found =
      std::find_if(run.series.begin(), run.series.end(), [&](const metrics::DigestSeries& series) {
        return series.stage == like.stage && series.request == request &&
               series.load_hash == like.load_hash;
      });
  return found == run.series.end() ? nullptr : &*found;
}

}  // namespace

int Units::runs() const {
  return std::accumulate(groups.begin(), groups.end(), 0, [](int sum, const auto& group) {
    return sum + static_cast<int>(group.size());
  });
}

Units group_into_units(std::span<const UnitRun> runs, const std::string& head_boot) {
  Units units;
  const std::size_t of_head = runs_of_boot(runs, head_boot);
  units.is_same_boot = of_head > 0 && (of_head >= kEnoughOfOneBoot || of_head == runs.size());
  std::map<std::string, std::size_t> places;
  for (const UnitRun& run : runs) {
    if (units.is_same_boot && run.boot != head_boot) continue;
    const auto [place, is_new] = places.emplace(run.boot, units.groups.size());
    if (is_new || units.is_same_boot) {
      units.groups.push_back({run.series});
    } else {
      units.groups[place->second].push_back(run.series);
    }
  }
  return units;
}

WallTime counts_from(std::span<const metrics::RunDigest> runs) {
  WallTime from = WallTime::min();
  for (const metrics::RunDigest& run : runs) {
    if (!run.accepted.empty()) from = std::max(from, run.started);
  }
  return from;
}

std::vector<const metrics::RunDigest*> runs_like(const metrics::Environment& environment,
                                                 std::span<const metrics::RunDigest> runs) {
  const std::string fingerprint = environment.fingerprint();
  const WallTime from = counts_from(runs);
  std::vector<const metrics::RunDigest*> like;
  for (const metrics::RunDigest& run : runs) {
    if (run.started >= from && run.environment.fingerprint() == fingerprint) like.push_back(&run);
  }
  std::sort(like.begin(), like.end(), [](const auto* a, const auto* b) {
    return std::tie(a->started, a->file, a->commit, a->seed) <
           std::tie(b->started, b->file, b->commit, b->seed);
  });
  return like;
}

const metrics::DigestSeries* series_like(const metrics::DigestSeries& like,
                                         const metrics::RunDigest& run) {
  const metrics::DigestSeries* found = find(run, like, like.request);
  return found != nullptr || like.was.empty() ? found : find(run, like, like.was);
}

std::vector<double> unit_levels(const Units& units, const Level& level) {
  std::vector<double> levels;
  for (const auto& group : units.groups) {
    std::vector<double> of_unit;
    for (const metrics::DigestSeries* series : group) {
      if (const std::optional<double> found = level(*series)) of_unit.push_back(*found);
    }
    if (of_unit.empty()) continue;
    std::sort(of_unit.begin(), of_unit.end());
    levels.push_back(mean(of_unit));
  }
  std::sort(levels.begin(), levels.end());
  return levels;
}

}  // namespace loadgate::gate
