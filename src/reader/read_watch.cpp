#include "reader/read_watch.h"

#include <fmt/format.h>

#include "base/units.h"
#include "reader/key_tables.h"
#include "reader/port_placeholder.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

using plan::Watch;

// The kernel keeps so many characters of a process's name.
constexpr std::size_t kLongestProcessName = 15;
constexpr const char* kHowNamed = "write it as `ps -o comm` shows it";
constexpr std::string_view kControlGroups = "/sys/fs/cgroup";
constexpr std::string_view kStarted = "service";  // How results call what `start` starts.

struct WatchDraft {
  Watch watch;
  const Entry* said = nullptr;  // The key that says what is watched.
};

// False where another key has said it already.
bool is_first(const Field& field, Watch::By by, WatchDraft& draft) {
  if (draft.said != nullptr) {
    field.draft.problems.add(
        field.entry.key_span,
        fmt::format("\"{}\" and \"{}\" both say what is watched", draft.said->key, field.key.name),
        "keep one, or watch two things under two names");
    return false;
  }
  draft.said = &field.entry;
  draft.watch.by = by;
  return true;
}

void read_port(const Field& field, WatchDraft& draft) {
  if (!is_first(field, Watch::By::port, draft)) return;
  const YamlNode& value = field.value();
  if (value.kind != YamlNode::Kind::scalar || value.text.find("{{") == std::string::npos) {
    draft.watch.port = static_cast<unsigned short>(read_whole_number(field, 1, 65535).value_or(0));
    return;
  }
  const auto text = with_port(value, field.draft);
  if (!text) return;
  const auto port = parse_number(*text);
  if (port && *port >= 1 && *port <= 65535) {
    draft.watch.port = static_cast<unsigned short>(*port);
  } else {
    field.complain(fmt::format("\"{}\" is not a port", value.written), "for example port: 8000");
  }
}

// A text with the port of the service, so that each side of a duet can have its own.
std::optional<std::string> read_text_with_port(const Field& field) {
  if (!read_text(field)) return std::nullopt;
  return with_port(field.value(), field.draft);
}

void read_pid_file(const Field& field, WatchDraft& draft) {
  if (!is_first(field, Watch::By::pid_file, draft)) return;
  if (const auto text = read_text_with_port(field)) {
    draft.watch.text = path_from(field.draft.problems.file_of(field.value().span), *text);
  }
}

void read_process(const Field& field, WatchDraft& draft) {
  if (!is_first(field, Watch::By::process, draft)) return;
  const auto name = read_text_with_port(field);
  if (!name) return;
  const std::string_view written = field.value().written;
  if (name->find('/') != std::string::npos) {
    field.complain(fmt::format("\"{}\" is not the name of a process", written), kHowNamed);
  } else if (name->size() > kLongestProcessName) {
    field.complain(
        fmt::format("\"{}\" is longer than the names of processes are", written),
        fmt::format("{}, which ends after {} characters", kHowNamed, kLongestProcessName));
  } else {
    draft.watch.text = *name;
  }
}

// By its path below kControlGroups, however it was written.
void read_cgroup(const Field& field, WatchDraft& draft) {
  if (!is_first(field, Watch::By::cgroup, draft)) return;
  const auto text = read_text_with_port(field);
  if (!text) return;
  std::string_view path = *text;
  if (path.starts_with(kControlGroups)) path.remove_prefix(kControlGroups.size());
  while (path.starts_with('/')) path.remove_prefix(1);
  while (path.ends_with('/')) path.remove_suffix(1);
  const std::string around = fmt::format("/{}/", path);
  if (path.empty() || around.find("/../") != std::string::npos) {
    field.complain(fmt::format("\"{}\" is not a control group", field.value().written),
                   fmt::format("write its path below {}", kControlGroups));
  } else {
    draft.watch.text = path;
  }
}

constexpr std::array<Key<WatchDraft>, 4> kWatchKeys{{
    {{"port", "a port", "",
      "Who listens on this TCP port of this machine, and all it starts; {{ port }} is the port "
      "that `start` gives.",
      "port: 8000"},
     read_port},
    {{"pid_file", "a path of a file", "",
      "The process whose number stands in the file, and all it starts.", "pid_file: run/app.pid"},
     read_pid_file},
    {{"process", "the name of a process", "",
      "All processes of this name, as `ps -o comm` shows it, and all they start.",
      "process: postgres"},
     read_process},
    {{"cgroup", "a path of a control group", "",
      "All of a control group, by its path below /sys/fs/cgroup.",
      "cgroup: system.slice/postgresql.service"},
     read_cgroup},
}};

bool is_good_name(const Entry& entry, Draft& draft) {
  if (entry.key.empty()) {
    draft.problems.add(entry.key_span, "what is watched has no name", "for example db");
  } else if (entry.key == kStarted) {
    draft.problems.add(entry.key_span,
                       fmt::format("\"{}\" is what \"start\" starts, always watched", kStarted),
                       "choose another name");
  } else {
    return true;
  }
  return false;
}

void read_one(const Entry& entry, Draft& draft) {
  if (!is_good_name(entry, draft)) return;
  WatchDraft found;
  const std::size_t before = draft.problems.size();
  const bool is_map =
      read_object(entry.value, fmt::format("\"{}\"", entry.key), kWatchKeys, found, draft);
  if (is_map && found.said == nullptr && draft.problems.size() == before) {
    draft.problems.add(entry.key_span, fmt::format("\"{}\" names nothing to watch", entry.key),
                       "give it port, pid_file, process or cgroup");
  }
  found.watch.name = entry.key;
  found.watch.place = draft.problems.place(entry.key_span);
  draft.plan.watches.push_back(std::move(found.watch));
}

}  // namespace

void read_watch(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::map)) return;
  for (const Entry& entry : field.value().entries) read_one(entry, draft);
}

KeyTexts watch_keys() { return texts_of(kWatchKeys); }

}  // namespace loadgate::reader
