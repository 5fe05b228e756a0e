#include "reader/read_start.h"

#include <fmt/format.h>

#include "plan/encoding.h"
#include "reader/key_tables.h"
#include "reader/named_file.h"
#include "reader/port_placeholder.h"
#include "reader/url.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

// Of the plan, so also where the command line replaces the target.
void set_target(std::string target, Draft& draft) {
  draft.plan.origins = {origin_of(target)};
  draft.plan.target = std::move(target);
}

std::string read_command_line(const Field& field) {
  if (!read_text(field)) return {};
  return with_port(field.value(), field.draft).value_or("");
}

void read_prepare(const Field& field, plan::Start& start) {
  start.prepare = read_command_line(field);
}

void read_command(const Field& field, plan::Start& start) {
  start.command = read_command_line(field);
}

std::string directory_at(std::string path) {
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path.empty() ? "." : path;
}

void read_directory(const Field& field, plan::Start& start) {
  if (auto path = read_path(field)) start.directory = directory_at(std::move(*path));
}

bool is_good_name(const Entry& entry, Draft& draft) {
  std::string text, hint;
  if (entry.key == "PORT") {
    text = "PORT is set by loadgate";
    hint = "it is what {{ port }} stands for";
  } else if (entry.key.empty() || entry.key.find_first_of("= ") != std::string::npos) {
    text = fmt::format("\"{}\" is not the name of an environment variable", entry.key);
    hint = "names have letters, digits and \"_\"";
  } else {
    return true;
  }
  draft.problems.add(entry.key_span, std::move(text), std::move(hint));
  return false;
}

void read_environment_variable(const Entry& entry, plan::Start& start, Draft& draft) {
  const YamlNode& value = entry.value;
  if (!is_good_name(entry, draft) || value.kind == YamlNode::Kind::broken) return;
  if (value.kind != YamlNode::Kind::scalar) {
    draft.problems.add(value.span,
                       value.kind == YamlNode::Kind::empty
                           ? fmt::format("\"{}\" has no value", entry.key)
                           : fmt::format("\"{}\" holds more than one value", entry.key),
                       "write one text or number; \"\" is an empty text");
    return;
  }
  if (auto text = with_port(value, draft)) {
    start.environment.emplace_back(entry.key, std::move(*text));
  }
}

void read_environment(const Field& field, plan::Start& start) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry& entry : field.value().entries) {
    read_environment_variable(entry, start, field.draft);
  }
}

constexpr std::array<Key<plan::Start>, 4> kStartKeys{{
    {{"prepare", "a command", "", "Run to its end before the service is started first.",
      "prepare: python manage.py migrate"},
     read_prepare},
    {{"command", "a command", "",
      "Starts the service, in the foreground; {{ port }} is a free port, as is $PORT.",
      "command: ./server --port {{ port }}"},
     read_command},
    {{"directory", "a path of a folder", "the plan's", "Where the commands run.",
      "directory: ../app"},
     read_directory},
    {{"env", "a map of names and texts", "", "Variables of the commands' environment.",
      "env: { DEBUG: \"0\" }"},
     read_environment},
}};

// A path on the target, or a whole URL.
std::optional<std::string> ready_url(const YamlNode& value, std::string text, Draft& draft) {
  const auto complain = [&](std::string problem, std::string hint) {
    draft.problems.add(value.span, std::move(problem), std::move(hint));
    return std::nullopt;
  };
  std::string url = draft.plan.target;
  if (is_absolute_url(text)) {
    if (const auto wrong = wrong_with_origin(text, "the URL")) {
      return complain(wrong->text, wrong->hint);
    }
    url = origin_of(text);
    text = without_origin(text);
  } else if (!text.starts_with('/')) {
    return complain("a path begins with \"/\"", fmt::format("write /{}", value.written));
  }
  plan::append_path_literal(text.empty() ? "/" : text, url);
  return url;
}

void read_get(const Field& field, plan::Ready& ready) {
  if (!read_text(field)) return;
  auto text = with_port(field.value(), field.draft);
  if (!text) return;
  ready.url = ready_url(field.value(), std::move(*text), field.draft).value_or("");
}

void read_within(const Field& field, plan::Ready& ready) {
  if (const auto within = read_positive_duration(field)) ready.within = *within;
}

constexpr std::array<Key<plan::Ready>, 2> kReadyKeys{{
    {{"get", "a path", "",
      "What answers below 400 once the service is ready; without it a "
      "connection is enough.",
      "get: /status"},
     read_get},
    {{"within", "a duration", "30s", "How long the service may take to become ready.",
      "within: 1m"},
     read_within},
}};

}  // namespace

void read_host(Draft& draft) {
  if (!draft.overrides.host) return;
  auto target = parse_target(*draft.overrides.host);
  if (target) {
    set_target(std::move(*target), draft);
  } else {
    draft.problems.add_on_command_line("--host: " + target.error().text, target.error().hint);
  }
}

void read_start(const Field& field, Draft& draft) {
  draft.has_start = true;
  const unsigned short port = draft.around.free_port;
  const YamlNode& map = field.value();
  plan::Start start;
  start.directory = directory_at(path_from(draft.problems.file_of(field.entry.key_span), "."));
  start.port = port;
  start.place = draft.problems.place(field.entry.key_span);
  if (draft.overrides.host) {
    read_object(map, "\"start\"", kStartKeys, start, draft);
    return;
  }
  // What the plan says itself comes later, and counts.
  set_target(fmt::format("http://127.0.0.1:{}", port), draft);
  draft.plan.ready = plan::Ready{.url = {}, .place = start.place};
  if (port == 0) draft.problems.add(field.entry.key_span, "this machine has no free port");
  if (!read_object(map, "\"start\"", kStartKeys, start, draft)) return;
  if (map.find("command") == nullptr) {
    draft.problems.add(field.entry.key_span, "\"start\" has no \"command\"",
                       "for example command: ./server --port {{ port }}");
  }
  draft.plan.start = std::move(start);
}

void read_target(const Field& field, Draft& draft) {
  if (draft.overrides.host || !read_text(field)) return;
  const auto text = with_port(field.value(), draft);
  if (!text) return;
  auto target = parse_target(*text);
  if (target) {
    set_target(std::move(*target), draft);
  } else {
    field.complain(std::move(target.error().text), std::move(target.error().hint));
  }
}

void read_ready(const Field& field, Draft& draft) {
  plan::Ready ready;
  ready.place = draft.problems.place(field.entry.key_span);
  if (read_object(field.value(), "\"ready\"", kReadyKeys, ready, draft)) {
    draft.plan.ready = std::move(ready);
  }
}

KeyTexts start_keys() { return texts_of(kStartKeys); }
KeyTexts ready_keys() { return texts_of(kReadyKeys); }

}  // namespace loadgate::reader
