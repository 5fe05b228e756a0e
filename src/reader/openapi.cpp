#include "reader/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reader/openapi_document.h"
#include "reader/openapi_operation.h"
#include "reader/url.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;
using plan::Method;

constexpr std::string_view kLocal = "http://127.0.0.1:8000";

// In the order of tasks: what reads comes first.
constexpr std::array<std::pair<std::string_view, Method>, 6> kMethods{{{"get", Method::get},
                                                                       {"head", Method::head},
                                                                       {"post", Method::post},
                                                                       {"put", Method::put},
                                                                       {"patch", Method::patch},
                                                                       {"delete", Method::del}}};

// What is wrong with the description; empty if nothing is.
std::string wrong_with(const Json& document) {
  if (document.is_object() && document.contains("swagger")) {
    return "this is Swagger 2.0; loadgate reads OpenAPI 3.0 and 3.1: convert it first, for "
           "example with swagger2openapi";
  }
  const std::string version = text_member(document, "openapi", document);
  const Json& unquoted = member(document, "openapi", document);  // "openapi: 3.1" is a number.
  const std::string written = unquoted.is_number() ? unquoted.dump() : version;
  if (written.empty()) return "this is no OpenAPI description: it has no \"openapi: 3.…\"";
  if (!written.starts_with("3.")) {
    return fmt::format("this is OpenAPI {}; loadgate reads 3.0 and 3.1", printable(written));
  }
  const Json& paths = member(document, "paths", document);
  if (!paths.is_object() || paths.empty()) return "the description has no paths";
  return {};
}

// The first server, its {variables} replaced by their defaults.
std::string server_of(const Json& document) {
  const Json& servers = member(document, "servers", document);
  if (!servers.is_array() || servers.empty()) return {};
  const Json& server = resolved(servers.front(), document);
  std::string url = text_member(server, "url", document);
  const Json& variables = member(server, "variables", document);
  if (!variables.is_object()) return url;
  for (const auto& [name, variable] : variables.items()) {
    const std::string braces = "{" + name + "}";
    const std::size_t at = url.find(braces);
    if (at == std::string::npos) continue;
    url.replace(at, braces.size(), text_member(variable, "default", document));
  }
  return url;
}

void take_target(const Json& document, Sketch& sketch) {
  const std::string url = server_of(document);
  const bool is_relative = url.empty() || url.starts_with('/');
  const auto target = parse_target(is_relative ? std::string(kLocal) + url : url);
  sketch.target = target ? *target : std::string(kLocal);
  if (target) return;
  sketch.remarks.push_back("The server of the description cannot be a target: " + url);
}

std::vector<SketchRequest> requests_of(const Json& document, SecretBox& secrets) {
  std::vector<SketchRequest> requests;
  for (const auto& [word, method] : kMethods) {
    for (const auto& [path, entry] : member(document, "paths", document).items()) {
      const Json& shared = resolved(entry, document);
      const Json& description = member(shared, word, document);
      if (!description.is_object() || !path.starts_with('/')) continue;
      requests.push_back(request_of({method, path, &shared, &description}, document, secrets));
    }
  }
  return requests;
}

// A plan needs a request: where nothing only reads, all are taken.
void keep_some(std::vector<SketchRequest>& requests) {
  const auto is_left_out = [](const SketchRequest& request) { return request.is_left_out; };
  if (!std::all_of(requests.begin(), requests.end(), is_left_out)) return;
  for (SketchRequest& request : requests) request.is_left_out = false;
}

}  // namespace

Result<Sketch> read_openapi(std::string_view text, const std::string& file) {
  const Result<Json> document = read_openapi_document(text, file);
  if (!document) return failure(document.error());
  if (const std::string wrong = wrong_with(*document); !wrong.empty()) {
    return failure(file + ": " + wrong);
  }
  const Json& info = member(*document, "info", *document);
  const std::string title = text_member(info, "title", *document);
  Sketch sketch;
  sketch.order = Sketch::Order::tasks;
  sketch.name = file_name(lower(title.empty() ? "api" : title));
  sketch.remarks.push_back(
      fmt::format("Written by `loadgate init --from-openapi {}`: one task for each operation.",
                  std::filesystem::path(file).filename().string()));
  sketch.remarks.emplace_back("Set weights as your visitors would, then try it.");
  take_target(*document, sketch);
  SecretBox secrets;
  std::vector<SketchRequest> requests = requests_of(*document, secrets);
  if (requests.empty()) return failure(file + ": the description has no operations");
  keep_some(requests);
  for (SketchRequest& request : requests) sketch.steps.emplace_back(std::move(request));
  sketch.secrets = std::move(secrets.secrets());
  return sketch;
}

}  // namespace loadgate::reader
