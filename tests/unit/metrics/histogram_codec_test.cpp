#include <gtest/gtest.h>

#include <bit>
#include <cmath>

#include "base/random.h"
#include "metrics/base64.h"
#include "metrics/deflate.h"
#include "metrics/histogram.h"

namespace loadgate::metrics {
namespace {

using namespace std::chrono_literals;

Histogram drawn(std::uint64_t seed, int count, double spread) {
  Random random(seed);
  Histogram histogram;
  for (int i = 0; i < count; ++i) {
    histogram.record(Nanoseconds(std::llround(1e3 * std::exp(spread * random.unit()))));
  }
  return histogram;
}

std::string word(std::uint64_t value, unsigned size) {
  std::string bytes;
  for (unsigned i = size; i-- > 0;) bytes += static_cast<char>(value >> (8 * i) & 255U);
  return bytes;
}

struct Header {
  std::uint64_t cookie = 0x1c849313;
  std::uint64_t offset = 0;
  std::uint64_t digits = 3;
  std::uint64_t unit = 1;
  double ratio = 1.0;
  int length_error = 0;
};

std::string plain(const std::string& payload, const Header& header = {}) {
  return word(header.cookie, 4) +
         word(payload.size() + static_cast<std::uint64_t>(header.length_error), 4) +
         word(header.offset, 4) + word(header.digits, 4) + word(header.unit, 8) +
         word(3'600'000'000'000, 8) + word(std::bit_cast<std::uint64_t>(header.ratio), 8) + payload;
}

std::string packed(const std::string& bytes) {
  const std::string zlib = deflated(bytes, Packing::smallest);
  return to_base64(word(0x1c849314, 4) + word(zlib.size(), 4) + zlib);
}

TEST(HistogramCodec, WhatIsWrittenReadsBackTheSame) {
  for (const int count : {0, 1, 2, 100, 100'000}) {
    const Histogram histogram = drawn(7, count, 22);
    const Result<Histogram> back = Histogram::decode(histogram.encode());
    ASSERT_TRUE(back) << back.error().text;
    EXPECT_EQ(*back, histogram);
  }
}

TEST(HistogramCodec, TheEndsOfTheRangeReadBack) {
  Histogram histogram;
  histogram.record(0ns);
  histogram.record(1ns, 4'000'000'000);
  histogram.record(1h, 3);
  EXPECT_EQ(Histogram::decode(histogram.encode()), histogram);
}

TEST(HistogramCodec, PackedWindowsReadBackAsTheyWere) {
  for (const int count : {0, 1, 300}) {
    const Histogram histogram = drawn(8, count, 3);
    const std::string text = Histogram::encode(histogram.pack());
    EXPECT_EQ(Histogram::decode_packed(text).value(), histogram.pack());
    EXPECT_EQ(Histogram::decode(text).value(), histogram) << "one format for both";
  }
}

TEST(HistogramCodec, WritesTheBytesOfTheSpecification) {
  // Bins 2 and 4 hold 1 and 300: two empty bins, 1, one empty bin, 300 in two bytes.
  Histogram histogram;
  histogram.record(2ns);
  histogram.record(4ns, 300);
  const std::string payload = {'\x03', '\x02', '\x00', '\xd8', '\x04'};
  EXPECT_EQ(histogram.encode(), packed(plain(payload)));
}

TEST(HistogramCodec, RefusesWhatIsForeignOrDamagedAndSaysWhy) {
  struct Case {
    std::string text;
    std::string error;
  };
  const std::string largest(9, '\xff');  // The most negative number there is.
  const std::string beyond = std::string("\xff\xff\x7f", 3) + "\x02";
  const std::string count62 = std::string(8, '\x80') + '\x40';
  const Case cases[] = {
      {"", "not a histogram: not compressed HdrHistogram V2"},
      {"%%%", "not a histogram: not base64"},
      {"HISTFAAAACJ4", "a damaged histogram: its length is wrong"},
      {to_base64(word(0x1c849303, 4) + word(0, 4)),
       "not a histogram: not compressed HdrHistogram V2"},
      {to_base64(word(0x1c849314, 4) + word(5, 4) + "abcd"),
       "a damaged histogram: its length is wrong"},
      {to_base64(word(0x1c849314, 4) + word(4, 4) + "abcd"),
       "a damaged histogram: its compressed part does not unpack"},
      {packed(std::string(400'000, '\0')),
       "a damaged histogram: its compressed part does not unpack"},
      {packed("short"), "a damaged histogram: its header is cut off"},
      {packed(plain("", {.cookie = 0x1c849301})), "not a histogram: not HdrHistogram V2"},
      {packed(plain("\x02", {.length_error = 1})), "a damaged histogram: its length is wrong"},
      {packed(plain("", {.offset = 1024})), "a foreign histogram: its bins are shifted"},
      {packed(plain("", {.digits = 2})), "a foreign histogram: 2 significant digits, not 3"},
      {packed(plain("", {.unit = 1000})),
       "a foreign histogram: its smallest value is 1000 ns, not 1 ns"},
      {packed(plain("", {.ratio = 0.5})), "a foreign histogram: its values are not nanoseconds"},
      {packed(plain("\x82")), "a damaged histogram: its last count is cut off"},
      {packed(plain(beyond)), "a foreign histogram: it holds times above 1 h"},
      {packed(plain(largest + "\x02")), "a foreign histogram: it holds times above 1 h"},
      {packed(plain(count62)), "a damaged histogram: its counts are too large"},
  };
  for (const Case& wrong : cases) {
    const Result<Histogram> result = Histogram::decode(wrong.text);
    ASSERT_FALSE(result) << wrong.error;
    EXPECT_EQ(result.error().text, wrong.error);
  }
}

TEST(HistogramCodec, RefusesCountsThatPackedWindowsCannotHold) {
  Histogram histogram;
  histogram.record(1ms, 4'000'000'000);
  histogram.record(1ms, 4'000'000'000);
  const Result<Histogram::Packed> result = Histogram::decode_packed(histogram.encode());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().text, "a damaged histogram: its counts are too large");
}

TEST(HistogramCodec, EmptyBinsBehindTheLastCountAreBorne) {
  EXPECT_EQ(Histogram::decode(packed(plain(std::string(9, '\xff')))).value(), Histogram());
}

TEST(HistogramCodec, SurvivesAnyDamage) {
  const std::string valid = plain("\x03\x02\xff\xff\x01\x04\x80\x80\x02");
  Random random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = valid.substr(0, random.below(3) == 0 ? random.below(valid.size()) : 99);
    for (std::uint64_t flips = random.below(4); flips > 0 && !bytes.empty(); --flips) {
      char& hit = bytes[random.below(bytes.size())];
      hit = static_cast<char>(hit ^ static_cast<char>(1U << random.below(8)));
    }
    const Result<Histogram> result = Histogram::decode(packed(bytes));
    if (result) {
      EXPECT_LE(result->quantile(1), Histogram::kHighest * 2);
    }
  }
}

}  // namespace
}  // namespace loadgate::metrics
