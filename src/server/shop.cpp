#include "server/shop.h"

#include <fmt/format.h>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "base/text.h"

namespace loadgate::server {
namespace {

// Long enough that a slower page stands out from the noise of a shared machine, short
// enough that a few users make hundreds of requests a second.
constexpr Nanoseconds kListTime = std::chrono::milliseconds(8);
constexpr Nanoseconds kProductTime = std::chrono::milliseconds(4);
constexpr Nanoseconds kCartTime = std::chrono::milliseconds(5);

Response refuse(unsigned status, std::string_view why, Nanoseconds time = {}) {
  return {.status = status, .body = fmt::format(R"({{"error":"{}"}})", why), .service_time = time};
}

// A number from 1 up, without sign or leading zero.
std::optional<std::uint32_t> parse_id(std::string_view text) {
  std::uint32_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, trouble] = std::from_chars(text.data(), end, id);
  if (trouble != std::errc() || stop != end || text.starts_with('0')) return std::nullopt;
  return id;
}

std::string product(std::uint32_t id) {
  return fmt::format(R"({{"id":{},"name":"Product {}","price":{}.{:02}}})", id, id, 5 + id % 95,
                     id * 7 % 100);
}

Response list_of(std::uint32_t collection) {
  std::string products;
  const std::uint32_t first = (collection - 1) * Shop::kProductsPerCollection + 1;
  for (std::uint32_t offset = 0; offset < Shop::kProductsPerCollection; ++offset) {
    if (offset > 0) products += ',';
    products += product(first + offset);
  }
  return {
      .body = fmt::format(R"({{"collection":{},"products":[{}]}})", collection, products),
      .service_time = kListTime,
  };
}

Response list_products(const Request& request) {
  std::optional<std::uint32_t> collection = 1;
  for (const auto& [name, value] : request.query) {
    if (name == "collection") collection = parse_id(value);
  }
  if (!collection) return refuse(400, "collection is not a number", kListTime);
  if (*collection > Shop::kCollections) return refuse(404, "no such collection", kListTime);
  return list_of(*collection);
}

Response show_product(std::string_view text) {
  const std::optional<std::uint32_t> id = parse_id(text);
  if (!id || *id > Shop::kProducts) return refuse(404, "no such product", kProductTime);
  return {.body = product(*id), .service_time = kProductTime};
}

// The whole number from 1 to `highest` in this field, or `missing` where there is none.
std::optional<std::uint32_t> whole_number(const nlohmann::json& item, const char* field,
                                          std::uint32_t highest,
                                          std::optional<std::uint32_t> missing) {
  const auto found = item.find(field);
  if (found == item.end()) return missing;
  if (!found->is_number_unsigned()) return std::nullopt;
  const auto value = found->get<std::uint64_t>();
  if (value < 1 || value > highest) return std::nullopt;
  return static_cast<std::uint32_t>(value);
}

}  // namespace

Response Shop::answer(const Request& request) {
  const std::string_view path = request.path;
  const bool is_get = request.method == "GET";
  const bool is_post = request.method == "POST";
  const std::vector<std::string_view> parts =
      split(path.substr(path.starts_with('/') ? 1 : 0), '/');
  if (is_get && path == "/products") return list_products(request);
  if (is_get && parts.size() == 2 && parts[0] == "products") return show_product(parts[1]);
  if (is_post && path == "/carts") return add_cart();
  if (is_post && parts.size() == 3 && parts[0] == "carts" && parts[2] == "items") {
    return add_item(parse_id(parts[1]).value_or(0), request.body);
  }
  return refuse(404, "no such page");
}

Response Shop::add_cart() {
  carts_.push_back(0);
  return {.status = 201,
          .body = fmt::format(R"({{"id":{}}})", carts_.size()),
          .service_time = kCartTime};
}

Response Shop::add_item(std::uint32_t cart, const std::string& body) {
  if (cart == 0 || cart > carts_.size()) return refuse(404, "no such cart", kCartTime);
  const nlohmann::json item = nlohmann::json::parse(body, nullptr, false);
  if (!item.is_object()) return refuse(400, "the body is not a JSON object", kCartTime);
  const auto product_id = whole_number(item, "product_id", kProducts, std::nullopt);
  if (!product_id) return refuse(400, "product_id is not a product's number", kCartTime);
  const auto quantity = whole_number(item, "quantity", 100, 1);
  if (!quantity) return refuse(400, "quantity is not a number from 1 to 100", kCartTime);
  carts_[cart - 1] += *quantity;
  return {.status = 201,
          .body = fmt::format(R"({{"cart":{},"product_id":{},"quantity":{},"items":{}}})", cart,
                              *product_id, *quantity, carts_[cart - 1]),
          .service_time = kCartTime};
}

}  // namespace loadgate::server
