#include "metrics/run_result.h"

#include <gtest/gtest.h>

#include "support/sample_result.h"

namespace loadgate::metrics {
namespace {

TEST(Environment, ReadsAsASentence) {
  EXPECT_EQ(support::sample_environment().text(),
            "AMD EPYC 7B13, 2 cores, 8 GB, debian 12, container");
  Environment bare;
  bare.cores = 1;
  EXPECT_EQ(bare.text(), "unknown CPU, 1 core, 0 GB, unknown system");
}

TEST(Environment, TheFingerprintLooksAtWhatMakesThingsFast) {
  const Environment one = support::sample_environment();
  const auto differs = [&](auto change) {
    Environment other = one;
    change(other);
    return other.fingerprint() != one.fingerprint();
  };
  EXPECT_TRUE(differs([](Environment& other) { other.cpu_model = "Intel"; }));
  EXPECT_TRUE(differs([](Environment& other) { other.cores = 4; }));
  EXPECT_TRUE(differs([](Environment& other) { other.memory_gb = 16; }));
  EXPECT_TRUE(differs([](Environment& other) { other.os = "ubuntu 24"; }));
  EXPECT_TRUE(differs([](Environment& other) { other.in_container = false; }));
  EXPECT_FALSE(differs([](Environment& other) { other.boot = "another"; }));
  EXPECT_FALSE(differs([](Environment& other) { other.hostname_hash = "another"; }));
}

TEST(StageInfo, IsJudgedWhereSomethingWasHeldBehindTheWarmUp) {
  StageInfo stage;
  EXPECT_FALSE(stage.is_judged());
  stage.held = {.from = std::chrono::seconds(1), .to = std::chrono::seconds(2)};
  EXPECT_TRUE(stage.is_judged());
  stage.is_warmup = true;
  EXPECT_FALSE(stage.is_judged());
}

}  // namespace
}  // namespace loadgate::metrics
