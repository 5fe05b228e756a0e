#include "reader/read_status.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

std::string status(std::string_view expect) {
  return with_request("expect: " + std::string(expect)).requests[0].expect.status.text();
}

TEST(Status, IsOneAClassOrAnyOfAList) {
  EXPECT_EQ(status("{ status: 201 }"), "201");
  EXPECT_EQ(status("{ status: 2xx }"), "2xx");
  EXPECT_EQ(status("{ status: '3XX' }"), "3xx");
  EXPECT_EQ(status("{ status: [200, 201] }"), "200 or 201");
  EXPECT_EQ(status("{ status: [2xx, 304, 404] }"), "2xx, 304 or 404");
  EXPECT_EQ(status("{}"), "below 400");
}

}  // namespace
}  // namespace loadgate::reader
