#include "metrics/base64.h"

#include <gtest/gtest.h>

namespace loadgate::metrics {
namespace {

struct Case {
  std::string_view bytes, text;
};

// The test vectors of RFC 4648, and bytes that use the whole alphabet's end.
constexpr Case kCases[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
    {"\xff\xef\xbe", "/+++"},
};

TEST(Base64, WritesAndReadsTheTestVectors) {
  for (const auto& [bytes, text] : kCases) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, RefusesWhatIsNotWhole) {
  for (const std::string_view text :
       {"Z", "Zg", "Zg=", "Zg===", "====", "Zm9v\n", "Zm 9", "Z=g="}) {
    EXPECT_EQ(from_base64(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace loadgate::metrics
