#include "reader/sketch.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/units.h"
#include "reader/yaml_writer.h"

namespace loadgate::reader {
namespace {

void write_value(YamlWriter& yaml, const SketchValue& value);

bool is_scalar(const SketchValue& value) {
  return value.kind == SketchValue::Kind::bare || value.kind == SketchValue::Kind::text;
}

std::string scalar_of(const SketchValue& value) {
  return value.kind == SketchValue::Kind::bare ? value.text
                                               : yaml_scalar(value.text, ScalarPlace::json);
}

// What fits behind a key or a dash; empty where it needs lines of its own.
std::string in_one_line(const SketchValue& value) {
  if (is_scalar(value)) return scalar_of(value);
  if (value.items.empty() && value.members.empty()) {
    return value.kind == SketchValue::Kind::list ? "[]" : "{}";
  }
  return {};
}

void write_member(YamlWriter& yaml, std::string_view key, const SketchValue& value) {
  if (const std::string text = in_one_line(value); !text.empty()) {
    yaml.line(fmt::format("{}: {}", yaml_scalar(key), text));
    return;
  }
  yaml.open(key);
  write_value(yaml, value);
  yaml.close();
}

void write_item(YamlWriter& yaml, const SketchValue& value) {
  yaml.item();
  const std::string text = in_one_line(value);
  if (text.empty()) {
    write_value(yaml, value);
  } else {
    yaml.line(text);
  }
  yaml.close();
}

// REQUIRES: a list or a map that is not empty.
void write_value(YamlWriter& yaml, const SketchValue& value) {
  for (const SketchValue& item : value.items) write_item(yaml, item);
  for (const auto& [key, member] : value.members) write_member(yaml, key, member);
}

void write_fields(YamlWriter& yaml, std::string_view key, const SketchFields& fields) {
  if (fields.empty()) return;
  yaml.open(key);
  for (const auto& [name, value] : fields) yaml.entry(name, value);
  yaml.close();
}

void write_auth(YamlWriter& yaml, const SketchAuth& auth) {
  if (!auth.bearer.empty()) write_fields(yaml, "auth", {{"bearer", auth.bearer}});
  if (auth.user.empty()) return;
  yaml.open("auth");
  write_fields(yaml, "basic", {{"user", auth.user}, {"password", auth.password}});
  yaml.close();
}

void write_request(YamlWriter& yaml, const SketchRequest& request) {
  for (const std::string& remark : request.remarks) yaml.comment(remark);
  if (request.is_left_out) yaml.commented();
  yaml.item();
  yaml.entry(lower(plan::name_of(request.method)), request.path);
  if (!request.name.empty()) yaml.entry("name", request.name);
  write_fields(yaml, "query", request.query);
  write_auth(yaml, request.auth);
  write_fields(yaml, "headers", request.headers);
  if (request.json) write_member(yaml, "json", *request.json);
  write_fields(yaml, "form", request.form);
  if (request.body) yaml.entry("body", *request.body);
  if (request.status != 0) {
    write_fields(yaml, "expect", {{"status", std::to_string(request.status)}});
  }
  write_fields(yaml, "capture", request.captures);
  yaml.close();
  yaml.uncommented();
}

enum class Mention { never, left_out, sent };

Mention mention_of(const SketchSecret& secret, const Sketch& sketch) {
  Mention found = Mention::never;
  for (const SketchStep& step : sketch.steps) {
    const auto* request = std::get_if<SketchRequest>(&step);
    if (request == nullptr || !mentions(*request, "{{ " + secret.variable + " }}")) continue;
    if (!request->is_left_out) return Mention::sent;
    found = Mention::left_out;
  }
  return found;
}

// Variables of requests that are comments are comments too: else a run would ask for them.
void write_secrets(YamlWriter& yaml, const Sketch& sketch) {
  SketchFields variables, later;
  std::vector<std::string> names;
  for (const SketchSecret& secret : sketch.secrets) {
    const Mention mention = mention_of(secret, sketch);
    std::string value = fmt::format("${{{0}:?set {0}}}", secret.environment);
    if (mention == Mention::sent) names.push_back(secret.variable);
    if (mention == Mention::never || secret.is_captured) continue;
    (mention == Mention::sent ? variables : later).emplace_back(secret.variable, std::move(value));
  }
  write_fields(yaml, "variables", variables);
  if (variables.empty() && !later.empty()) yaml.line("# variables:");
  for (const auto& [name, value] : later) {
    yaml.line(fmt::format("#   {}: {}", yaml_scalar(name), yaml_scalar(value)));
  }
  if (!names.empty()) {
    yaml.line(
        fmt::format("secrets: [{}]   # shown as *** in every output", fmt::join(names, ", ")));
  }
  if (!names.empty() || !later.empty()) yaml.line();
}

void write_scenario(YamlWriter& yaml, const Sketch& sketch) {
  yaml.open("scenarios");
  yaml.item();
  yaml.entry("name", "visitor");
  yaml.open(sketch.order == Sketch::Order::sequence ? "sequence" : "tasks");
  for (const SketchStep& step : sketch.steps) {
    if (const auto* request = std::get_if<SketchRequest>(&step)) {
      write_request(yaml, *request);
    } else {
      yaml.line("- wait: " + format_duration(std::get<Nanoseconds>(step)));
    }
  }
  yaml.close();
  yaml.close();
  yaml.close();
}

}  // namespace

std::string literal_text(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("{{")) {
      // Placeholders have no escape; one that always gives "{{" stands for it.
      out += "{{ random_choice('{{') }}";
      ++i;
    } else {
      const bool is_special = rest.starts_with("$$") || rest.starts_with("${");
      out += is_special ? "$$" : std::string(1, text[i]);
    }
  }
  return out;
}

std::string literal_before_placeholder(std::string_view text) {
  if (text.ends_with('{')) {
    return literal_text(text.substr(0, text.size() - 1)) + "{{ random_choice('{') }}";
  }
  return literal_text(text) + (text.ends_with('$') ? "$" : "");
}

bool mentions(const SketchRequest& request, std::string_view text) {
  YamlWriter yaml;
  write_request(yaml, request);
  return yaml.take().find(text) != std::string::npos;
}

std::string write_plan(const Sketch& sketch) {
  YamlWriter yaml;
  for (const std::string& remark : sketch.remarks) yaml.comment(remark);
  yaml.entry("name", sketch.name);
  yaml.comment("Put load on a service of your own only: set TARGET to one.");
  yaml.line(fmt::format("target: ${{TARGET:-{}}}", sketch.target));
  yaml.line();
  write_secrets(yaml, sketch);
  yaml.line("# Small to begin with: raise `users` once the plan does what it should.");
  yaml.open("stages");
  yaml.line("- { name: warm up, for: 10s, users: 5, spawn_rate: 1/s, warmup: true }");
  yaml.line("- { name: steady, for: 1m, users: 5 }");
  yaml.close();
  yaml.line();
  write_scenario(yaml, sketch);
  yaml.line();
  yaml.open("thresholds");
  yaml.line("- p95 < 500ms");
  yaml.line("- error_rate < 1%");
  yaml.close();
  return yaml.take();
}

}  // namespace loadgate::reader
