#include "metrics/sample.h"

#include <gtest/gtest.h>

#include <set>

namespace loadgate::metrics {
namespace {

TEST(ErrorKind, NamesAreDistinctAndReadBack) {
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kErrorKinds; ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(error_kind_named(name_of(kind)), kind);
    names.insert(name_of(kind));
  }
  EXPECT_EQ(names.size(), kErrorKinds);
}

TEST(ErrorKind, NamesAreWhatReportsPrint) {
  EXPECT_EQ(name_of(ErrorKind::could_not_connect), "could not connect");
  EXPECT_EQ(name_of(ErrorKind::unexpected_status), "unexpected status");
  EXPECT_EQ(name_of(ErrorKind::cancelled), "cancelled");
}

TEST(ErrorKind, UnknownNamesAreNone) {
  EXPECT_EQ(error_kind_named("bad luck"), ErrorKind::none);
  EXPECT_EQ(error_kind_named(""), ErrorKind::none);
}

Sample sample_of(std::uint16_t status, ErrorKind error) {
  Sample sample;
  sample.status = status;
  sample.error = error;
  return sample;
}

TEST(Sample, HasAResponseTimeWhereAResponseOrAFullWaitWas) {
  EXPECT_TRUE(sample_of(200, ErrorKind::none).has_response_time());
  EXPECT_TRUE(sample_of(500, ErrorKind::unexpected_status).has_response_time());
  EXPECT_TRUE(sample_of(0, ErrorKind::timed_out).has_response_time());
  EXPECT_FALSE(sample_of(0, ErrorKind::could_not_connect).has_response_time());
  EXPECT_FALSE(sample_of(200, ErrorKind::connection_lost).has_response_time());
  EXPECT_FALSE(sample_of(0, ErrorKind::cancelled).has_response_time());
}

TEST(Sample, CancelledIsNotFailed) {
  EXPECT_FALSE(sample_of(0, ErrorKind::cancelled).failed());
  EXPECT_FALSE(sample_of(200, ErrorKind::none).failed());
  EXPECT_TRUE(sample_of(404, ErrorKind::unexpected_status).failed());
}

}  // namespace
}  // namespace loadgate::metrics
