#include "server/shop.h"

#include <gtest/gtest.h>

namespace loadgate::server {
namespace {

using namespace std::chrono_literals;
using Query = std::vector<std::pair<std::string, std::string>>;

std::string text(const Response& response) {
  return std::to_string(response.status) + " " + response.body;
}

std::string get(Shop& shop, const std::string& path, const Query& query = {}) {
  return text(shop.answer({.method = "GET", .path = path, .query = query}));
}

std::string post(Shop& shop, const std::string& path, const std::string& body = {}) {
  return text(shop.answer({.method = "POST", .path = path, .body = body}));
}

TEST(Shop, ListsTwentyProductsOfACollection) {
  Shop shop;
  const std::string list = get(shop, "/products", {{"collection", "3"}});
  EXPECT_TRUE(list.starts_with(R"(200 {"collection":3,"products":[{"id":41,"name":"Product 41",)"));
  EXPECT_TRUE(list.find(R"({"id":60,)") != std::string::npos);
  EXPECT_TRUE(list.find(R"({"id":61,)") == std::string::npos);
  EXPECT_TRUE(get(shop, "/products").starts_with(R"(200 {"collection":1,)"));
  EXPECT_TRUE(get(shop, "/products", {{"collection", "50"}}).ends_with(R"("price":55.00}]})"));
}

TEST(Shop, ShowsTheProductThatTheListNames) {
  Shop shop;
  const std::string seven = R"({"id":7,"name":"Product 7","price":12.49})";
  EXPECT_EQ(get(shop, "/products/7"), "200 " + seven);
  EXPECT_TRUE(get(shop, "/products").find(seven) != std::string::npos);
  EXPECT_TRUE(get(shop, "/products/1000").starts_with("200 "));
}

TEST(Shop, NumbersItsCartsAndCountsTheirItems) {
  Shop shop;
  EXPECT_EQ(post(shop, "/carts"), R"(201 {"id":1})");
  EXPECT_EQ(post(shop, "/carts"), R"(201 {"id":2})");
  EXPECT_EQ(post(shop, "/carts/2/items", R"({"product_id": 7, "quantity": 3})"),
            R"(201 {"cart":2,"product_id":7,"quantity":3,"items":3})");
  EXPECT_EQ(post(shop, "/carts/2/items", R"({"product_id": 8})"),
            R"(201 {"cart":2,"product_id":8,"quantity":1,"items":4})");
}

TEST(Shop, RefusesWhatItCannotServe) {
  Shop shop;
  post(shop, "/carts");
  EXPECT_EQ(get(shop, "/"), R"(404 {"error":"no such page"})");
  EXPECT_EQ(get(shop, ""), R"(404 {"error":"no such page"})");
  EXPECT_EQ(get(shop, "/carts"), R"(404 {"error":"no such page"})");
  EXPECT_EQ(post(shop, "/products"), R"(404 {"error":"no such page"})");
  for (const char* id : {"0", "1001", "x", "-1", "7x", "", "007", "99999999999999"}) {
    EXPECT_EQ(get(shop, std::string("/products/") + id), R"(404 {"error":"no such product"})")
        << id;
  }
  EXPECT_EQ(get(shop, "/products", {{"collection", "51"}}),
            R"(404 {"error":"no such collection"})");
  EXPECT_EQ(get(shop, "/products", {{"collection", "x"}}),
            R"(400 {"error":"collection is not a number"})");
}

TEST(Shop, RefusesItemsThatAreNotItems) {
  Shop shop;
  post(shop, "/carts");
  const std::vector<std::pair<std::string, std::string>> table = {
      {"", "the body is not a JSON object"},
      {"{", "the body is not a JSON object"},
      {"[1]", "the body is not a JSON object"},
      {"{}", "product_id is not a product's number"},
      {R"({"product_id":"7"})", "product_id is not a product's number"},
      {R"({"product_id":1001})", "product_id is not a product's number"},
      {R"({"product_id":-7})", "product_id is not a product's number"},
      {R"({"product_id":7.5})", "product_id is not a product's number"},
      {R"({"product_id":7,"quantity":0})", "quantity is not a number from 1 to 100"},
      {R"({"product_id":7,"quantity":null})", "quantity is not a number from 1 to 100"},
  };
  for (const auto& [body, error] : table) {
    EXPECT_EQ(post(shop, "/carts/1/items", body), R"(400 {"error":")" + error + R"("})") << body;
  }
  for (const char* cart : {"2", "0", "x", "-1"}) {
    EXPECT_EQ(post(shop, std::string("/carts/") + cart + "/items", R"({"product_id":7})"),
              R"(404 {"error":"no such cart"})");
  }
}

TEST(Shop, EachPageHasItsTime) {
  Shop shop;
  const auto time = [&](const char* method, const char* path) {
    return shop.answer({.method = method, .path = path}).service_time;
  };
  EXPECT_EQ(time("GET", "/products"), 8ms);
  EXPECT_EQ(time("GET", "/products/7"), 4ms);
  EXPECT_EQ(time("POST", "/carts"), 5ms);
  EXPECT_EQ(time("POST", "/carts/1/items"), 5ms);
}

}  // namespace
}  // namespace loadgate::server
