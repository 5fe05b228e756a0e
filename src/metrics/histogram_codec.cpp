// HdrHistogram's V2 encoding, as its Java original writes it: a header of 40 bytes, then
// counts from bin 0 on as ZigZag LEB128, a negative number standing for so many empty
// bins; all big-endian, packed with zlib behind a header of 8 bytes, then base64.
// https://github.com/HdrHistogram/HdrHistogram/blob/master/src/main/java/org/HdrHistogram/AbstractHistogram.java

#include <bit>
#include <cmath>
#include <limits>
#include <optional>
#include <span>

#include <fmt/format.h>

#include "metrics/base64.h"
#include "metrics/deflate.h"
#include "metrics/histogram.h"

namespace loadgate::metrics {

namespace {

// The low byte holds the word size, which V2 leaves at 1 (0x10).
constexpr std::uint32_t kCookie = 0x1c849313;
constexpr std::uint32_t kCompressedCookie = 0x1c849314;
constexpr std::size_t kHeaderBytes = 40;
constexpr std::size_t kCompressedHeaderBytes = 8;
constexpr std::uint32_t kDigits = 3;
constexpr std::uint64_t kUnit = 1;
constexpr auto kRatio = std::bit_cast<std::uint64_t>(1.0);  // Of integers to doubles.
// hdr-histogram-js 3 writes an offset of 1 where none is meant (real ones are multiples
// of 1024), and the ratio as the integer 1.
constexpr std::uint64_t kOffsetOfJs = 1;
constexpr std::uint64_t kRatioOfJs = 1;
constexpr std::size_t kLongestCount = 9;  // Bytes of one encoded count.
constexpr std::uint64_t kMostCounts = std::uint64_t{1} << 53U;

class ByteWriter {
 public:
  explicit ByteWriter(std::size_t expected) { bytes_.reserve(expected); }

  void word(std::uint64_t value, unsigned size) {
    for (unsigned i = size; i-- > 0;) bytes_ += static_cast<char>(value >> (8 * i) & 255U);
  }

  // ZigZag LEB128: seven bits a byte, low ones first, the ninth byte takes eight.
  void number(std::int64_t value) {
    auto rest = static_cast<std::uint64_t>(value) << 1U ^ static_cast<std::uint64_t>(value >> 63);
    for (std::size_t i = 1; i < kLongestCount && rest > 127; ++i) {
      bytes_ += static_cast<char>(rest | 128U);
      rest >>= 7U;
    }
    bytes_ += static_cast<char>(rest);
  }

  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  // REQUIRES: remaining() >= size.
  std::uint64_t word(unsigned size) {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < size; ++i) value = value << 8U | byte();
    return value;
  }

  std::optional<std::int64_t> number() {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kLongestCount; ++i) {
      if (remaining() == 0) return std::nullopt;
      const std::uint64_t next = byte();
      const bool is_last = next < 128 || i + 1 == kLongestCount;
      value |= (i + 1 == kLongestCount ? next : next & 127U) << (7 * i);
      if (is_last) break;
    }
    return static_cast<std::int64_t>(value >> 1U ^ (0 - (value & 1U)));
  }

  std::size_t remaining() const { return bytes_.size() - at_; }

 private:
  std::uint64_t byte() { return static_cast<unsigned char>(bytes_[at_++]); }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

void write_header(ByteWriter& out, std::size_t payload) {
  out.word(kCookie, 4);
  out.word(payload, 4);
  out.word(0, 4);  // Normalizing index offset: for shifted histograms, which ours never are.
  out.word(kDigits, 4);
  out.word(kUnit, 8);
  out.word(static_cast<std::uint64_t>(Histogram::kHighest.count()), 8);
  out.word(kRatio, 8);
}

void write_gap(ByteWriter& out, std::uint32_t bins) {
  // One empty bin is a count of 0; so does the original.
  if (bins == 1) out.number(0);
  if (bins > 1) out.number(-static_cast<std::int64_t>(bins));
}

// `counts`: (bin, count), rising.
template <class Counts>
std::string encoded(const Counts& counts, Packing packing) {
  ByteWriter payload(counts.size() * 4);
  std::uint32_t next = 0;
  for (const auto& [bin, count] : counts) {
    write_gap(payload, bin - next);
    payload.number(static_cast<std::int64_t>(count));
    next = bin + 1;
  }
  ByteWriter plain(kHeaderBytes + payload.bytes().size());
  write_header(plain, payload.bytes().size());
  plain.bytes() += payload.bytes();
  const std::string packed = deflated(plain.bytes(), packing);
  ByteWriter whole(kCompressedHeaderBytes + packed.size());
  whole.word(kCompressedCookie, 4);
  whole.word(packed.size(), 4);
  whole.bytes() += packed;
  return to_base64(whole.bytes());
}

// The header of 8 bytes and zlib off.
Result<std::string> unpacked(std::string_view base64, std::size_t most) {
  const std::optional<std::string> bytes = from_base64(base64);
  if (!bytes) return failure("not a histogram: not base64");
  ByteReader in(*bytes);
  if (in.remaining() < kCompressedHeaderBytes || in.word(4) != kCompressedCookie) {
    return failure("not a histogram: not compressed HdrHistogram V2");
  }
  if (in.word(4) != in.remaining()) return failure("a damaged histogram: its length is wrong");
  std::optional<std::string> plain =
      inflated(std::string_view(*bytes).substr(kCompressedHeaderBytes), most);
  if (!plain) return failure("a damaged histogram: its compressed part does not unpack");
  return *std::move(plain);
}

// Empty where the header is one of ours.
std::string complaint_about_header(ByteReader& in) {
  if (in.remaining() < kHeaderBytes) return "a damaged histogram: its header is cut off";
  if (in.word(4) != kCookie) return "not a histogram: not HdrHistogram V2";
  const std::uint64_t payload = in.word(4);
  if (payload != in.remaining() - (kHeaderBytes - 8)) {
    return "a damaged histogram: its length is wrong";
  }
  if (in.word(4) > kOffsetOfJs) return "a foreign histogram: its bins are shifted";
  const std::uint64_t digits = in.word(4);
  if (digits != kDigits) {
    return fmt::format("a foreign histogram: {} significant digits, not {}", digits, kDigits);
  }
  const std::uint64_t unit = in.word(8);
  if (unit != kUnit) {
    return fmt::format("a foreign histogram: its smallest value is {} ns, not {} ns", unit, kUnit);
  }
  in.word(8);  // The highest value decides only how many bins may follow.
  const std::uint64_t ratio = in.word(8);
  if (ratio != kRatio && ratio != kRatioOfJs) {
    return "a foreign histogram: its values are not nanoseconds";
  }
  return {};
}

}  // namespace

std::string Histogram::encode() const {
  Counts counts;
  each_bin([&](std::uint32_t bin, std::uint64_t count) {
    counts.emplace_back(bin, count);
    return true;
  });
  return encoded(counts, Packing::smallest);
}

// A result has thousands of windows: squeezing each would save a fifth of the text and
// take five times as long.
std::string Histogram::encode(const Packed& packed) { return encoded(packed, Packing::stored); }

Result<Histogram::Counts> Histogram::decode_counts(std::string_view base64) {
  const Result<std::string> plain = unpacked(base64, kHeaderBytes + kBins * kLongestCount);
  if (!plain) return failure(plain.error());
  ByteReader in(*plain);
  if (std::string complaint = complaint_about_header(in); !complaint.empty()) {
    return failure(std::move(complaint));
  }
  Counts counts;
  std::uint64_t bin = 0;
  std::uint64_t total = 0;
  while (in.remaining() > 0) {
    const std::optional<std::int64_t> number = in.number();
    if (!number) return failure("a damaged histogram: its last count is cut off");
    if (*number < 0) {
      // Larger gaps than there are bins end beyond them all the same.
      bin += std::min<std::uint64_t>(0 - static_cast<std::uint64_t>(*number), kBins);
      continue;
    }
    if (*number > 0) {
      if (bin >= kBins) return failure("a foreign histogram: it holds times above 1 h");
      total += static_cast<std::uint64_t>(*number);
      if (total > kMostCounts) return failure("a damaged histogram: its counts are too large");
      counts.emplace_back(static_cast<std::uint32_t>(bin), static_cast<std::uint64_t>(*number));
    }
    ++bin;
  }
  return counts;
}

Result<Histogram> Histogram::decode(std::string_view base64) {
  const Result<Counts> counts = decode_counts(base64);
  if (!counts) return failure(counts.error());
  Histogram histogram;
  for (const auto& [bin, count] : *counts) histogram.add(bin, count);
  return histogram;
}

Result<Histogram::Packed> Histogram::decode_packed(std::string_view base64) {
  const Result<Counts> counts = decode_counts(base64);
  if (!counts) return failure(counts.error());
  Packed packed;
  packed.reserve(counts->size());
  for (const auto& [bin, count] : *counts) {
    if (count > std::numeric_limits<std::uint32_t>::max()) {
      return failure("a damaged histogram: its counts are too large");
    }
    packed.emplace_back(bin, static_cast<std::uint32_t>(count));
  }
  return packed;
}

}  // namespace loadgate::metrics
