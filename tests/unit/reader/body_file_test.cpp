#include "reader/body_file.h"

#include <gtest/gtest.h>

namespace loadgate::reader {
namespace {

TEST(ContentType, GoesByTheExtension) {
  EXPECT_EQ(content_type_of("a.json"), "application/json");
  EXPECT_EQ(content_type_of("a.xml"), "application/xml");
  EXPECT_EQ(content_type_of("a.txt"), "text/plain");
  EXPECT_EQ(content_type_of("a.csv"), "text/csv");
  EXPECT_EQ(content_type_of("a.html"), "text/html");
  EXPECT_EQ(content_type_of("dir.x/a.PNG"), "image/png");
  EXPECT_EQ(content_type_of("a.jpg"), "image/jpeg");
  EXPECT_EQ(content_type_of("a.jpeg"), "image/jpeg");
  EXPECT_EQ(content_type_of("a.gif"), "image/gif");
  EXPECT_EQ(content_type_of("a.pdf"), "application/pdf");
}

TEST(ContentType, OfOtherFilesIsBytes) {
  EXPECT_EQ(content_type_of("a.bin"), "application/octet-stream");
  EXPECT_EQ(content_type_of("json"), "application/octet-stream");
  EXPECT_EQ(content_type_of(""), "application/octet-stream");
}

}  // namespace
}  // namespace loadgate::reader
