#include "base/hash.h"

#include <gtest/gtest.h>

namespace loadgate {
namespace {

// Values from the authors' test vectors (FNV-1a, 64 bits).
TEST(Fingerprint, AgreesWithThePublishedVectors) {
  EXPECT_EQ(fingerprint_of(""), "cbf29ce484222325");
  EXPECT_EQ(fingerprint_of("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(fingerprint_of("foobar"), "85944171f73967e8");
}

}  // namespace
}  // namespace loadgate
