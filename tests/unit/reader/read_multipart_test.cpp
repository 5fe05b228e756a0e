#include "reader/read_multipart.h"

#include <set>

#include "plans.h"

namespace loadgate::reader {
namespace {

// The body with its boundary shown as B.
std::string parts_of(std::string_view multipart, std::string_view more = "") {
  const plan::Plan plan = with_request("multipart: " + std::string(multipart), more);
  const std::string type = header(plan, "Content-Type");
  const std::string start = "multipart/form-data; boundary=";
  EXPECT_TRUE(type.starts_with(start)) << type;
  const std::string boundary = type.substr(start.size());
  EXPECT_EQ(boundary.size(), std::string("loadgate-").size() + 16);
  std::string body = filled(plan, *plan.requests[0].body);
  for (std::size_t at = body.find(boundary); at != std::string::npos; at = body.find(boundary)) {
    body.replace(at, boundary.size(), "B");
  }
  return body;
}

TEST(Multipart, HasAPartForEachTextAndFile) {
  EXPECT_EQ(parts_of("{ title: 'a {{ v }}', pic: { file: pic.png } }", "variables: { v: 'é\"' }"),
            "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na é\"\r\n"
            "--B\r\nContent-Disposition: form-data; name=\"pic\"; filename=\"pic.png\"\r\n"
            "Content-Type: image/png\r\n\r\n\x89PNG\r\n--B--\r\n");
}

TEST(Multipart, NamesFilesAndTypesAsAsked) {
  EXPECT_EQ(parts_of("{ pic: { file: pic.png, type: image/x, name: 'o\"ther.png' } }"),
            "--B\r\nContent-Disposition: form-data; name=\"pic\"; filename=\"o%22ther.png\"\r\n"
            "Content-Type: image/x\r\n\r\n\x89PNG\r\n--B--\r\n");
}

TEST(Multipart, EscapesTheNamesOfFields) {
  EXPECT_EQ(parts_of("{ \"a\\r\\n\\\"b\": '' }"),
            "--B\r\nContent-Disposition: form-data; name=\"a%0D%0A%22b\"\r\n\r\n\r\n--B--\r\n");
}

TEST(Multipart, HasOneBoundaryForOneContent) {
  const auto type = [](std::string_view parts) {
    return header(with_request("multipart: " + std::string(parts)), "Content-Type");
  };
  EXPECT_EQ(type("{ a: b }"), type("{ a: b }"));
  EXPECT_NE(type("{ a: b }"), type("{ a: c }"));
  EXPECT_NE(type("{ a: { file: pic.png } }"),
            type("{ a: { file: order.xml, name: pic.png, type: image/png } }"));
}

TEST(Multipart, SaysItsTypeOverTheCommonOne) {
  const plan::Plan plan =
      with_request("multipart: { a: b }", "http: { headers: { content-type: text/plain } }");
  std::set<std::string> types;
  for (const plan::Header& one : plan.requests[0].headers) {
    if (one.name.size() == 12) types.insert(one.value.constant().substr(0, 19));
  }
  EXPECT_EQ(types, std::set<std::string>{"multipart/form-data"});
}

}  // namespace
}  // namespace loadgate::reader
