// Text from servers can never break out of a report.

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

#include "base/text.h"
#include "report/console_report.h"
#include "report/report.h"
#include "support/sample_summary.h"

namespace loadgate::report {
namespace {

std::string render(std::string_view format) {
  const gate::Summary summary = support::hostile_summary();
  const metrics::RunResult run;
  return make_report(format)->render({&run, &summary});
}

void expect_no_controls(const std::string& text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    ASSERT_TRUE(byte >= 0x20 || c == '\n') << static_cast<int>(byte);
    ASSERT_NE(byte, 0x7F);
  }
  EXPECT_EQ(valid_utf8(text), text);
  for (const char* control : {"\xe2\x80\xae", "\xc2\x9b"}) {
    EXPECT_EQ(text.find(control), std::string::npos);
  }
}

TEST(Hostile, GivesTheTerminalNoOrders) {
  expect_no_controls(render_console(support::hostile_summary(), {support::hostile_text()}, {}));
}

TEST(Hostile, GivesTheCiRunnerNoOrders) {
  gate::Summary summary = support::hostile_summary();
  summary.failures[0].samples[0].detail = "::error::forged";
  summary.verdict.sentence = "##[error]forged ##[add-mask]x";
  summary.rows[0].request = "::warning file=a::forged";
  const std::string text = render_console(summary, {"::error::path"}, {});
  EXPECT_EQ(text.find("##["), std::string::npos);
  for (const std::string_view line : split(text, '\n')) {
    EXPECT_FALSE(trimmed(line).starts_with("::")) << line;
  }
}

TEST(Hostile, OnlyOurOwnTagsReachThePage) {
  const std::string html = render("html");
  const std::size_t end = html.find("</main>");  // Our scripts and their licence stand behind.
  EXPECT_GT(html.find("<script"), end);
  EXPECT_GT(html.find("<!--"), end);
  EXPECT_NE(html.find("&lt;script&gt;alert(1)&lt;/script&gt;"), std::string::npos);
  EXPECT_NE(html.find("{{{css}}}"), std::string::npos);
  expect_no_controls(html);
}

TEST(Hostile, XmlStaysWellFormed) {
  const std::string xml = render("junit");
  expect_no_controls(xml);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(xml.c_str()));
  const std::string name = document.child("testsuites").attribute("name").value();
  EXPECT_TRUE(name.starts_with("<script>alert(1)</script>]]>&amp;\"'`--><!--[31mred]0;title\n"));
}

TEST(Hostile, AMegabyteDoesNotReachTheReader) {
  EXPECT_LT(render("html").size(), 400'000u);  // 150 kB of it are ours.
  EXPECT_LT(render("junit").size(), 150'000u);
  EXPECT_LT(render_console(support::hostile_summary(), {}, {}).size(), 20'000u);
}

}  // namespace
}  // namespace loadgate::report
