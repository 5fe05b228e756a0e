#include "metrics/histogram.h"

#include <cassert>
#include <cmath>
#include <limits>

namespace loadgate::metrics {

Histogram::Histogram(const Histogram& other) : count_(other.count_) {
  for (std::size_t i = 0; i < kOctaves; ++i) {
    if (other.octaves_[i]) octaves_[i] = std::make_unique<Octave>(*other.octaves_[i]);
  }
}

Histogram& Histogram::operator=(const Histogram& other) {
  if (this != &other) *this = Histogram(other);
  return *this;
}

Histogram::Histogram(Histogram&& other) noexcept
    : octaves_(std::move(other.octaves_)), count_(std::exchange(other.count_, 0)) {}

Histogram& Histogram::operator=(Histogram&& other) noexcept {
  octaves_ = std::move(other.octaves_);
  count_ = std::exchange(other.count_, 0);
  return *this;
}

Histogram::Bin Histogram::bounds_of(std::uint32_t bin) {
  const std::size_t octave = bin / kHalf;
  const std::size_t shift = octave == 0 ? 0 : octave - 1;
  const auto lowest = static_cast<Nanoseconds::rep>((bin - shift * kHalf) << shift);
  const auto width = static_cast<Nanoseconds::rep>(std::size_t{1} << shift);
  return {.lowest = Nanoseconds(lowest), .highest = Nanoseconds(lowest + width - 1), .count = 0};
}

Nanoseconds Histogram::middle_of(std::uint32_t bin) {
  const Bin bounds = bounds_of(bin);
  return bounds.lowest + (bounds.highest - bounds.lowest + Nanoseconds(1)) / 2;
}

void Histogram::merge(const Histogram& other) {
  for (std::size_t i = 0; i < kOctaves; ++i) {
    if (!other.octaves_[i]) continue;
    if (!octaves_[i]) octaves_[i] = std::make_unique<Octave>();
    for (std::size_t bin = 0; bin < kHalf; ++bin) (*octaves_[i])[bin] += (*other.octaves_[i])[bin];
  }
  count_ += other.count_;
}

void Histogram::merge(const Packed& packed) {
  for (const auto& [bin, count] : packed) add(bin, count);
}

void Histogram::clear() {
  for (const std::unique_ptr<Octave>& octave : octaves_) {
    if (octave) octave->fill(0);
  }
  count_ = 0;
}

Nanoseconds Histogram::quantile(double share) const {
  assert(share >= 0 && share <= 1);
  // A hair below `share`, as HdrHistogram does: 0.95 · 100 must not round up to rank 96.
  const double exact = std::nextafter(share, 0.0) * static_cast<double>(count_);
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(std::ceil(exact)));
  std::uint64_t seen = 0;
  std::uint32_t found = 0;
  each_bin([&](std::uint32_t bin, std::uint64_t count) {
    found = bin;
    seen += count;
    return seen < rank;
  });
  return middle_of(found);
}

Nanoseconds Histogram::min() const { return quantile(0); }

Nanoseconds Histogram::max() const {
  std::uint32_t last = 0;
  each_bin([&](std::uint32_t bin, std::uint64_t) {
    last = bin;
    return true;
  });
  return middle_of(last);
}

Nanoseconds Histogram::mean() const {
  if (empty()) return {};
  double sum = 0;
  each_bin([&](std::uint32_t bin, std::uint64_t count) {
    sum += static_cast<double>(middle_of(bin).count()) * static_cast<double>(count);
    return true;
  });
  return Nanoseconds(std::llround(sum / static_cast<double>(count_)));
}

std::vector<Histogram::Bin> Histogram::bins() const {
  std::vector<Bin> found;
  each_bin([&](std::uint32_t bin, std::uint64_t count) {
    found.push_back(bounds_of(bin));
    found.back().count = count;
    return true;
  });
  return found;
}

Histogram::Packed Histogram::pack() const {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  Packed packed;
  each_bin([&](std::uint32_t bin, std::uint64_t count) {
    packed.emplace_back(bin, static_cast<std::uint32_t>(std::min(count, kMost)));
    return true;
  });
  return packed;
}

Histogram Histogram::coarsened(std::size_t most) const {
  assert(most >= kOctaves);
  for (std::uint32_t group = 16;; group *= 2) {
    Histogram coarse;
    each_bin([&](std::uint32_t bin, std::uint64_t count) {
      coarse.add(bin / group * group + group / 2, count);
      return true;
    });
    if (group >= kHalf || coarse.bins().size() <= most) return coarse;
  }
}

bool Histogram::operator==(const Histogram& other) const {
  static constexpr Octave kNothing{};
  if (count_ != other.count_) return false;
  for (std::size_t i = 0; i < kOctaves; ++i) {
    const Octave& mine = octaves_[i] ? *octaves_[i] : kNothing;
    const Octave& theirs = other.octaves_[i] ? *other.octaves_[i] : kNothing;
    if (mine != theirs) return false;
  }
  return true;
}

}  // namespace loadgate::metrics
