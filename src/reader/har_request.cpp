#include "reader/har_request.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "reader/grouped_path.h"
#include "reader/request_headers.h"
#include "reader/sketch_json.h"

namespace loadgate::reader {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kFormType = "application/x-www-form-urlencoded";
constexpr std::string_view kBearer = "bearer ";

// What a browser adds by itself, or loadgate does.
bool is_of_browser(const std::string& name, const std::string& value) {
  static constexpr std::array<std::string_view, 22> kNames{"user-agent",
                                                           "referer",
                                                           "origin",
                                                           "host",
                                                           "connection",
                                                           "cookie",
                                                           "pragma",
                                                           "priority",
                                                           "content-length",
                                                           "content-type",
                                                           "cache-control",
                                                           "dnt",
                                                           "te",
                                                           "if-none-match",
                                                           "if-modified-since",
                                                           "authorization",
                                                           "keep-alive",
                                                           "purpose",
                                                           "x-client-data",
                                                           "proxy-connection",
                                                           "save-data",
                                                           "upgrade-insecure-requests"};
  if (name.starts_with(':') || name.starts_with("sec-") || name.starts_with("accept-")) return true;
  // A script asks for one type; a list is the browser's own.
  if (name == "accept") return value == "*/*" || value.find(',') != std::string::npos;
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

std::string bearer_of(const std::string& authorization) {
  if (!lower(authorization).starts_with(kBearer)) return {};
  return std::string(trimmed(std::string_view(authorization).substr(kBearer.size())));
}

SketchFields form_of(const HarEntry& entry) {
  return entry.body.empty() ? entry.form : decode_form(entry.body);
}

// Whether a plan's map can hold them: each name once, no placeholder in it.
bool fits_map(const SketchFields& fields) {
  std::set<std::string> names;
  return std::all_of(fields.begin(), fields.end(), [&](const auto& field) {
    return names.insert(field.first).second && !field.first.empty() &&
           field.first.find("{{") == std::string::npos;
  });
}

std::optional<Json> json_of(const HarEntry& entry) {
  const bool may_be_json = entry.body_type.ends_with("json") || entry.body.starts_with('{') ||
                           entry.body.starts_with('[');
  if (!may_be_json || entry.body.empty()) return std::nullopt;
  Json json = Json::parse(entry.body, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

void collect_fields(const SketchFields& fields, SecretBox& secrets) {
  for (const auto& [name, value] : fields) {
    if (is_secret_name(name)) secrets.add(name, value);
  }
}

SketchFields written(const SketchFields& fields, const SecretBox& secrets) {
  SketchFields out;
  for (const auto& [name, value] : fields) out.emplace_back(name, secrets.text(value));
  return out;
}

// Whether text that is no form and no JSON speaks of secrets.
bool is_suspicious(const std::string& body) {
  const std::string text = lower(body);
  return std::any_of(text.begin(), text.end(), [](char c) { return c != ' '; }) &&
         (is_secret_name(text) || text.find("pwd") != std::string::npos);
}

class RequestSketch {
 public:
  RequestSketch(const HarEntry& entry, const std::set<std::string>& cookies_set,
                const SecretBox& secrets)
      : entry_(entry), cookies_set_(cookies_set), secrets_(secrets) {}

  SketchRequest make() {
    request_.method = *method_of(entry_);
    take_path();
    take_headers();
    if (!entry_.body.empty() || !entry_.form.empty()) take_body();
    if (entry_.status >= 400 && entry_.status <= 599) {
      request_.status = entry_.status;
      request_.remarks.emplace_back("It answered with this status while it was recorded.");
    }
    return std::move(request_);
  }

 private:
  void take_path() {
    request_.path = secrets_.text(entry_.path);
    const SketchFields query = decode_form(entry_.query);
    const bool is_map = fits_map(query);
    if (is_map) {
      request_.query = written(query, secrets_);
    } else {
      request_.path.append("?").append(secrets_.text(entry_.query));
    }
    const std::string group = grouped_path(entry_.path);
    if (group == entry_.path && is_map) return;
    request_.name = std::string(plan::name_of(request_.method)) + " " + secrets_.text(group);
  }

  void take_headers() {
    const std::string authorization = entry_.header("authorization");
    if (const std::string token = bearer_of(authorization); !token.empty()) {
      request_.auth.bearer = secrets_.text(token);
    } else if (!authorization.empty()) {
      add_header("Authorization", authorization);
    }
    for (const auto& [name, value] : entry_.headers) {
      if (!is_of_browser(lower(name), value)) add_header(name, value);
    }
    const std::string cookies = foreign_cookies(entry_, cookies_set_);
    if (!cookies.empty()) add_header("Cookie", cookies);
  }

  // Recordings are edited by hand and made by tools: what no request can carry is dropped.
  void add_header(const std::string& name, const std::string& value) {
    const bool is_there =
        std::any_of(request_.headers.begin(), request_.headers.end(),
                    [&](const auto& header) { return lower(header.first) == lower(name); });
    if (is_there || !is_header_name(name) || !is_header_value(value)) return;
    request_.headers.emplace_back(name, secrets_.text(value));
  }

  void take_body() {
    if (entry_.body_type == "multipart/form-data") {
      request_.remarks.emplace_back(
          "The recording had a multipart body here: files are not in recordings, so it is left "
          "out.");
      return;
    }
    if (entry_.body_type == kFormType && fits_map(form_of(entry_))) {
      request_.form = written(form_of(entry_), secrets_);
      return;
    }
    if (const auto json = json_of(entry_)) request_.json = sketch_value(*json, secrets_);
    if (!request_.json) take_plain_body();
    const std::string type = entry_.header("content-type");
    const bool is_implied = request_.json && entry_.body_type == "application/json";
    if (!type.empty() && !is_implied) add_header("Content-Type", type);
  }

  void take_plain_body() {
    if (is_suspicious(entry_.body)) {
      request_.remarks.emplace_back("The body may hold a secret, so it is left out: write body:.");
    } else {
      request_.body = secrets_.text(entry_.body);
    }
  }

  const HarEntry& entry_;
  const std::set<std::string>& cookies_set_;
  const SecretBox& secrets_;
  SketchRequest request_;
};

}  // namespace

std::optional<plan::Method> method_of(const HarEntry& entry) {
  using plan::Method;
  for (const Method method : {Method::get, Method::head, Method::post, Method::put, Method::patch,
                              Method::del, Method::options}) {
    if (plan::name_of(method) == entry.method) return method;
  }
  return std::nullopt;
}

std::string foreign_cookies(const HarEntry& entry, const std::set<std::string>& cookies_set) {
  std::string foreign;
  const std::string cookies = entry.header("cookie");
  for (const std::string_view pair : split(cookies, ';')) {
    const std::string_view cookie = trimmed(pair);
    const std::string name(cookie.substr(0, cookie.find('=')));
    if (name.empty() || cookies_set.contains(name)) continue;
    foreign += (foreign.empty() ? "" : "; ") + std::string(cookie);
  }
  return foreign;
}

void collect_secrets(const HarEntry& entry, const std::set<std::string>& cookies_set,
                     SecretBox& secrets) {
  const std::string authorization = entry.header("authorization");
  const std::string token = bearer_of(authorization);
  secrets.add(token.empty() ? "authorization" : "token", token.empty() ? authorization : token);
  secrets.add("cookie", foreign_cookies(entry, cookies_set));
  for (const auto& [name, value] : entry.headers) {
    if (is_secret_name(name) && !is_of_browser(lower(name), value)) secrets.add(name, value);
  }
  collect_fields(decode_form(entry.query), secrets);
  if (entry.body_type == kFormType) collect_fields(form_of(entry), secrets);
  if (const auto json = json_of(entry)) collect_secrets(*json, secrets);
}

SketchRequest request_of(const HarEntry& entry, const std::set<std::string>& cookies_set,
                         const SecretBox& secrets) {
  return RequestSketch(entry, cookies_set, secrets).make();
}

}  // namespace loadgate::reader
