#include "live/page_events.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "made_progress.h"
#include "support/sample_plan.h"

namespace loadgate::live {
namespace {

using namespace std::chrono_literals;
using metrics::ErrorKind;
using nlohmann::json;

// The data of an event, which is one line.
json data_of(const std::string& text, const std::string& name) {
  const std::string head = "event: " + name + "\ndata: ";
  EXPECT_TRUE(text.starts_with(head)) << text;
  EXPECT_EQ(text.find('\n', head.size()), text.size() - 2) << text;
  return json::parse(text.substr(head.size()));
}

const Outline kOutline{.plan = "shop",
                       .target = "http://127.0.0.1:8000",
                       .names = {"GET /", "GET /<b>"},
                       .stages = {{"steady", 0s, 100s, false}}};

TEST(PageEvents, StateHoldsEverything) {
  MadeRun run(2);
  RunSoFar so_far(2);
  so_far.add(run.answered(0, 10ms).failed(1, ErrorKind::timed_out, "late").second());
  const json state =
      data_of(state_event(kOutline, so_far, {.notes = {"waiting"}, .end = {}}), "state");

  EXPECT_EQ(state["plan"], "shop");
  EXPECT_EQ(state["names"], json({"GET /", "GET /<b>"}));
  EXPECT_EQ(state["stages"],
            json::parse(R"([{"name":"steady","from":0,"to":100,"warmup":false}])"));
  EXPECT_EQ(state["points"], json::parse("[[1.0,0.0,0.0,2.0,1.0,7.0,5.0,20.0]]"));
  EXPECT_EQ(state["rows"].size(), 2u);
  EXPECT_EQ(state["rows"][0].dump().substr(0, 10), "[0,1,0,1.0");
  EXPECT_EQ(state["failures"][0]["detail"], "late");
  EXPECT_EQ(state["failures"][0]["kind"], "timed out");
  EXPECT_EQ(state["now"]["stage"], "steady");
  EXPECT_EQ(state["now"]["sides"], 1);
  EXPECT_EQ(state["notes"], json({"waiting"}));
  EXPECT_EQ(state["stopping"], false);
  EXPECT_FALSE(state.contains("end"));
}

TEST(PageEvents, StateBeforeTheRunHasNoNumbers) {
  const json state = data_of(state_event(kOutline, RunSoFar(2), {}), "state");
  EXPECT_FALSE(state.contains("now"));
  EXPECT_TRUE(state["rows"].empty());
}

TEST(PageEvents, SecondHoldsWhatHasChanged) {
  MadeRun run(2);
  RunSoFar so_far(2);
  so_far.add(run.answered(0, 10ms).answered(1, 10ms).second());
  so_far.add(run.second());
  so_far.add(run.answered(1, 10ms).second());
  const json second = data_of(second_event(so_far), "second");
  ASSERT_EQ(second["rows"].size(), 1u);
  EXPECT_EQ(second["rows"][0][0], 1);
  EXPECT_EQ(second["rows"][0][1], 2);
  EXPECT_EQ(second["now"]["point"][0], 3);
}

// What a page is sent in a second stays small, whatever a plan and its target do.
TEST(PageEvents, SecondOfAHugePlanStaysSmall) {
  constexpr std::uint32_t kNames = 500;
  MadeRun run(kNames);
  RunSoFar so_far(kNames);
  for (int second = 0; second < 20; ++second) {
    for (std::uint32_t name = 0; name < kNames; ++name) {
      run.answered(name, 1234ms)
          .failed(name, ErrorKind::check_failed, std::string(200, 'd'), std::string(2000, 'b'));
    }
    so_far.add(run.second());
    EXPECT_LT(second_event(so_far).size(), 12'000u);
  }
}

TEST(PageEvents, TextFromElsewhereStaysOneLineOfJson) {
  const std::string hostile = "\n\ndata: {}\r\nevent: end </script>\xff\u2028";
  EXPECT_EQ(data_of(note_event(hostile), "note"),
            "\n\ndata: {}\r\nevent: end </script>\uFFFD\u2028");
}

TEST(PageEvents, EndSaysWhetherThereIsAReport) {
  const End end{.sign = "✓",
                .headline = "Passed",
                .sentence = "all held",
                .exit_code = 0,
                .report_file = "/out/report.html",
                .report_html = "<!doctype html>"};
  const json with = data_of(end_event(end), "end");
  EXPECT_EQ(with["has_report"], true);
  EXPECT_EQ(with["file"], "/out/report.html");
  EXPECT_FALSE(with.dump().find("doctype") != std::string::npos);
}

TEST(Outline, HasNamesAndStagesOfThePlan) {
  plan::Plan plan;
  plan.name = "shop";
  plan.target = "http://sample.test";
  plan.request_names = {{.text = "GET /", .load_hash = {}}};
  plan.stages = {support::stage(1, 10s, {}, "warm"), support::stage(2, 20s, {}, "peak")};
  plan.stages[0].is_warmup = true;
  const Outline outline = outline_of(plan);
  EXPECT_EQ(outline.names, std::vector<std::string>{"GET /"});
  ASSERT_EQ(outline.stages.size(), 2u);
  EXPECT_TRUE(outline.stages[0].is_warmup);
  EXPECT_EQ(outline.stages[1].name, "peak");
  EXPECT_EQ(outline.stages[1].from, 10s);
  EXPECT_EQ(outline.stages[1].to, 30s);
}

}  // namespace
}  // namespace loadgate::live
