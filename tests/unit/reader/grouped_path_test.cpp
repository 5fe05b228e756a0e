#include "reader/grouped_path.h"

#include <gtest/gtest.h>

namespace loadgate::reader {
namespace {

TEST(GroupedPath, NumbersUuidsAndLongHexAreIds) {
  EXPECT_EQ(grouped_path("/items/42"), "/items/:id");
  EXPECT_EQ(grouped_path("/users/7/items/42/"), "/users/:id/items/:id/");
  EXPECT_EQ(grouped_path("/carts/6f9619ff-8b86-D011-b42d-00cf4fc964ff"), "/carts/:id");
  EXPECT_EQ(grouped_path("/films/507f1f77bcf86cd799439011"), "/films/:id");
}

TEST(GroupedPath, WordsAndVersionsStay) {
  for (const char* path : {"/", "/api/v2/items", "/cafe/facade/deadbeef", "/2fa/setup",
                           "/effaceeffaced", "/a-1/b_2", "//x"}) {
    EXPECT_EQ(grouped_path(path), path);
  }
}

}  // namespace
}  // namespace loadgate::reader
