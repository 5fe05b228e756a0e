#include "server/demo_target.h"

#include <utility>

#include "server/http_server.h"
#include "server/shop.h"

namespace loadgate::server {
namespace {

constexpr std::uint64_t kSeed = 2026;  // Any: each start behaves as the one before.

// Everything behind the sockets; used by the server's thread only.
class Pages {
 public:
  explicit Pages(const Faults& faults) : weather_(kSeed) { weather_.set(faults); }

  Response answer(const Request& request) {
    if (request.path == "/health") return {.body = R"({"status":"ok"})"};
    if (request.path == "/faults") return set_faults(request);
    return weather_.over(shop_.answer(request));
  }

 private:
  Response set_faults(const Request& request) {
    const auto text = [](unsigned status, const std::string& line) {
      return Response{.status = status, .body = line + "\n", .content_type = "text/plain"};
    };
    if (request.method != "POST") return text(405, "faults are set with POST");
    const Result<Faults> faults = parse_faults(request.query);
    if (!faults) return text(400, faults.error().text);
    weather_.set(*faults);
    return text(200, format_faults(*faults));
  }

  Shop shop_;
  Weather weather_;
};

class ShopTarget final : public DemoTarget {
 public:
  ShopTarget(std::unique_ptr<Pages> pages, std::unique_ptr<HttpServer> server)
      : pages_(std::move(pages)), server_(std::move(server)) {}

  std::uint16_t port() const override { return server_->port(); }

 private:
  std::unique_ptr<Pages> pages_;  // Outlives the server, which calls it.
  std::unique_ptr<HttpServer> server_;
};

}  // namespace

Result<std::unique_ptr<DemoTarget>> DemoTarget::start(std::uint16_t port, const Faults& faults) {
  auto pages = std::make_unique<Pages>(faults);
  Result<std::unique_ptr<HttpServer>> server = HttpServer::start(
      port, [pages = pages.get()](const Request& request) { return pages->answer(request); });
  if (!server) return failure(server.error());
  return std::make_unique<ShopTarget>(std::move(pages), std::move(*server));
}

}  // namespace loadgate::server
