#include "load/judging.h"

#include <gtest/gtest.h>

#include <utility>

#include "load/runner.h"
#include "support/sample_plan.h"

namespace loadgate::load {
namespace {

using namespace std::chrono_literals;
using support::fixed;
using support::plain_plan;
using support::stage;

TEST(Judging, PlacesStagesAndTheirHeldParts) {
  plan::Plan plan = plain_plan(stage(5, 10s, 2s, "warm up"), fixed(1s)).plan();
  plan.stages[0].is_warmup = true;
  plan.stages.push_back(stage(9, 20s, 20s, "climb"));
  plan.stages.push_back(stage(9, 30s, 0s, "peak"));
  const metrics::Judging judging = judging_of(plan);
  ASSERT_EQ(judging.stages.size(), 3U);
  EXPECT_TRUE(judging.stages[0].is_warmup);
  EXPECT_EQ(judging.stages[0].users, 5U);
  EXPECT_EQ(judging.stages[0].held.from, 2s);
  EXPECT_EQ(judging.stages[0].held.to, 10s);
  EXPECT_EQ(judging.stages[1].held.length(), 0s);
  EXPECT_FALSE(judging.stages[1].is_judged());
  EXPECT_EQ(judging.stages[2].name, "peak");
  EXPECT_EQ(judging.stages[2].planned.from, 30s);
  EXPECT_EQ(judging.stages[2].planned.to, 60s);
  EXPECT_EQ(judging.stages[2].held.from, 30s);
  EXPECT_EQ(judging.requests.size(), 1U);
}

TEST(Judging, CutsWhatWasHeldWhereTheRunEndedEarly) {
  plan::Plan plan = plain_plan(stage(5, 10s)).plan();
  plan.stages.push_back(stage(9, 20s, 5s));
  plan.stages.push_back(stage(9, 20s));
  metrics::Judging judging = judging_of(plan);
  cut_held(judging, 21s);
  EXPECT_EQ(judging.stages[0].held.to, 10s);
  EXPECT_EQ(judging.stages[1].held.from, 15s);
  EXPECT_EQ(judging.stages[1].held.to, 21s);
  EXPECT_EQ(judging.stages[2].held.length(), 0s);

  judging = judging_of(plan);
  cut_held(judging, 12s);
  EXPECT_EQ(judging.stages[1].held.length(), 0s);
}

TEST(Judging, CallsAPlanSaturatedWhereNobodyEverRests) {
  EXPECT_TRUE(is_saturated(judging_of(plain_plan(stage(5, 10s)).plan())));
  EXPECT_FALSE(is_saturated(judging_of(plain_plan(stage(5, 10s), fixed(1ms)).plan())));

  plan::Plan with_step = plain_plan(stage(5, 10s)).plan();
  with_step.scenarios[0].tasks[0].steps.emplace_back(fixed(1s));
  EXPECT_FALSE(is_saturated(judging_of(with_step)));

  plan::Plan nothing_held = plain_plan(stage(5, 10s, 10s)).plan();
  EXPECT_FALSE(is_saturated(judging_of(nothing_held)));
}

TEST(Judging, CallsPacingARestAndOpenStagesNeverSaturated) {
  const plan::Wait pacing{1s, 1s, plan::Wait::Kind::pacing};
  EXPECT_FALSE(is_saturated(judging_of(plain_plan(stage(5, 10s), pacing).plan())));
  EXPECT_FALSE(is_saturated(judging_of(plain_plan(support::rate_stage(5, 10s)).plan())));
}

TEST(Judging, HoldsWholeStagesWhereAllIsJudged) {
  plan::Plan plan = plain_plan(stage(5, 10s, 10s), fixed(1s)).plan();
  plan.judges_ramps = true;
  EXPECT_EQ(judging_of(plan).stages[0].held.length(), 10s);
  EXPECT_TRUE(judging_of(plan).stages[0].is_judged());
}

TEST(Judging, KnowsARateByItsLevelAndNotByItsPool) {
  const plan::Plan base = plain_plan(support::rate_stage(5, 10s, 1s), fixed(1s)).plan();
  const metrics::StageInfo info = judging_of(base).stages[0];
  EXPECT_EQ(info.load, plan::Load::rate);
  EXPECT_EQ(info.rate, 5);
  EXPECT_EQ(info.max_users, 1000U);
  const auto hash = [](const plan::Plan& plan) { return judging_of(plan).stages[0].load_hash; };
  plan::Plan changed = base;
  changed.stages[0].max_users = 10;
  changed.scenarios[0].wait = fixed(2s);  // Not used there.
  EXPECT_EQ(hash(changed), info.load_hash);
  changed.stages[0].rate = 6;
  EXPECT_NE(hash(changed), info.load_hash);
  EXPECT_NE(hash(plain_plan(stage(5, 10s, 1s), fixed(1s)).plan()), info.load_hash);
}

TEST(Judging, TellsKindsOfWaitsApart) {
  const auto hash = [](plan::Wait wait) {
    return judging_of(plain_plan(stage(5, 10s), wait).plan()).stages[0].load_hash;
  };
  EXPECT_NE(hash({1s, 1s}), hash({1s, 1s, plan::Wait::Kind::pacing}));
  EXPECT_NE(hash({1s, 1s}), hash({1s, 1s, plan::Wait::Kind::exponential}));
}

TEST(Judging, GivesUnlikeLoadsUnlikeHashes) {
  const plan::Plan base = plain_plan(stage(5, 10s, 1s), fixed(1s)).plan();
  const auto hash = [](const plan::Plan& plan) { return judging_of(plan).stages[0].load_hash; };
  EXPECT_EQ(hash(base), hash(plan::Plan(base)));

  plan::Plan renamed = base;
  renamed.stages[0].name = "another name";
  EXPECT_EQ(hash(renamed), hash(base));

  std::vector<plan::Plan> changed(6, base);
  changed[0].stages[0].users = 6;
  changed[1].stages[0].duration = 11s;
  changed[2].stages[0].ramp = 2s;
  changed[3].scenarios[0].wait = fixed(2s);
  changed[4].scenarios[0].weight = 2;
  changed[5].scenarios[0].tasks[0].weight = 3;
  for (std::size_t i = 0; i < changed.size(); ++i) EXPECT_NE(hash(changed[i]), hash(base)) << i;
}

// GET /start, then an iteration of GET /a, a second, GET /b; with hashes that tell them apart.
plan::Plan sequence_plan(plan::Wait rest = fixed(1s)) {
  support::SamplePlan sample;
  plan::Scenario scenario;
  scenario.on_start = {sample.get("/start", plan::Role::on_start)};
  scenario.tasks.push_back({1, {sample.get("/a"), rest, sample.get("/b")}});
  sample.with(stage(5, 10s)).with(std::move(scenario));
  for (plan::RequestName& name : sample.plan().request_names)
    name.load_hash = "hash of " + name.text;
  return sample.plan();
}

std::string hash_of(const plan::Plan& plan) { return judging_of(plan).stages[0].load_hash; }

TEST(Judging, KeepsTheHashOfASequenceOverARenaming) {
  const plan::Plan base = sequence_plan();
  plan::Plan renamed = base;
  renamed.scenarios[0].name = "another name";
  for (plan::RequestName& name : renamed.request_names) {
    name.was = std::exchange(name.text, "new " + name.text);
  }
  EXPECT_EQ(hash_of(renamed), hash_of(base));
}

TEST(Judging, TellsSequencesApartByTheirSteps) {
  const plan::Plan base = sequence_plan();
  std::vector<plan::Plan> changed(7, base);
  changed[0] = sequence_plan(fixed(2s));
  changed[1] = sequence_plan({1s, 1s, plan::Wait::Kind::exponential});
  changed[2].request_names[1].load_hash = "hash of another";
  auto& steps = changed[3].scenarios[0].tasks[0].steps;
  std::swap(steps.front(), steps.back());
  changed[4].scenarios[0].tasks[0].steps.pop_back();
  changed[5].scenarios[0].on_start.clear();
  changed[6].scenarios[0].on_stop = base.scenarios[0].on_start;
  for (std::size_t i = 0; i < changed.size(); ++i)
    EXPECT_NE(hash_of(changed[i]), hash_of(base)) << i;
}

TEST(Judging, TellsASequenceFromTasksOfItsRequests) {
  plan::Plan tasks = sequence_plan();
  const std::vector<plan::Step> steps = tasks.scenarios[0].tasks[0].steps;
  tasks.scenarios[0].tasks = {{1, {steps.front()}}, {1, {steps.back()}}};
  EXPECT_NE(hash_of(tasks), hash_of(sequence_plan()));
}

TEST(Judging, LeavesWaitsBetweenIterationsOutOfRatesOfSequences) {
  plan::Plan base = sequence_plan();
  base.stages = {support::rate_stage(5, 10s)};
  plan::Plan changed = base;
  changed.scenarios[0].wait = fixed(2s);
  EXPECT_EQ(hash_of(changed), hash_of(base));
  changed.scenarios[0].tasks[0].steps[1] = fixed(3s);
  EXPECT_NE(hash_of(changed), hash_of(base));
}

// Baselines in people's repositories hang on it.
TEST(Judging, KeepsTheHashOfPlainPlansOverVersions) {
  EXPECT_EQ(hash_of(plain_plan(stage(5, 10s, 1s), fixed(1s)).plan()), "59eef71cb968f528");
}

}  // namespace
}  // namespace loadgate::load
