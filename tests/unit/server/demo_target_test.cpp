#include "server/demo_target.h"

#include <gtest/gtest.h>

#include "support/raw_http.h"

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using test::RawHttp;

std::unique_ptr<DemoTarget> start(const Faults& faults = {}) {
  Result<std::unique_ptr<DemoTarget>> target = DemoTarget::start(0, faults);
  EXPECT_TRUE(target) << target.error().text;
  return std::move(*target);
}

TEST(DemoTarget, IsAShopOnAFreePort) {
  const auto target = start();
  const auto other = start();
  EXPECT_NE(target->port(), other->port());
  RawHttp client(target->port());
  EXPECT_EQ(client.ask("GET", "/health"), R"(200 {"status":"ok"})");
  EXPECT_EQ(client.ask("GET", "/products/7"), R"(200 {"id":7,"name":"Product 7","price":12.49})");
  EXPECT_EQ(client.ask("POST", "/carts"), R"(201 {"id":1})");
  EXPECT_EQ(client.ask("POST", "/carts/1/items", R"({"product_id":7})"),
            R"(201 {"cart":1,"product_id":7,"quantity":1,"items":1})");
}

TEST(DemoTarget, TakesItsTimeForAPage) {
  const auto target = start();
  RawHttp client(target->port());
  const SteadyClock clock;
  const TimePoint sent = clock.now();
  client.ask("GET", "/products?collection=2");
  EXPECT_GE(clock.now() - sent, 7ms);
}

TEST(DemoTarget, StartsWithFaultsAndHasThemSwitchedWhileItRuns) {
  const auto target = start({.error_share = 1});
  RawHttp client(target->port());
  const std::string failed = R"(500 {"error":"the demo was told to fail"})";
  EXPECT_EQ(client.ask("GET", "/products/7"), failed);
  EXPECT_EQ(client.ask("GET", "/health"), R"(200 {"status":"ok"})");
  EXPECT_EQ(client.ask("POST", "/faults"), "200 slower=0%&delayed=0%&delay=0s&errors=0%\n");
  EXPECT_TRUE(client.ask("GET", "/products/7").starts_with("200 "));
  EXPECT_EQ(client.ask("POST", "/faults?slower=20%&delayed=1%&delay=200ms&errors=100%"),
            "200 slower=20%&delayed=1%&delay=200ms&errors=100%\n");
  EXPECT_EQ(client.ask("GET", "/products/7"), failed);
}

TEST(DemoTarget, RefusesFaultsItDoesNotKnowAndKeepsThoseItHas) {
  const auto target = start({.error_share = 1});
  RawHttp client(target->port());
  EXPECT_EQ(client.ask("POST", "/faults?slower=x"),
            "400 slower=x is not a share, for example 20%\n");
  EXPECT_EQ(client.ask("GET", "/faults"), "405 faults are set with POST\n");
  EXPECT_TRUE(client.ask("GET", "/products/7").starts_with("500 "));
}

}  // namespace
}  // namespace loadgate::server
