#include "reader/read_wait.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/text.h"
#include "base/units.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

class WaitReader {
 public:
  WaitReader(const Field& field, Resting where) : field_(field), where_(where) {}

  plan::Wait read() const {
    using Kind = plan::Wait::Kind;
    const std::string_view text = trimmed(field_.value().text);
    const std::size_t blank = text.find(' ');
    const std::string_view word = text.substr(0, blank);
    const std::string_view rest = blank == std::string_view::npos ? "" : text.substr(blank + 1);
    if (word == "exponential") return mean(trimmed(rest), Kind::exponential);
    if (word != "pacing") return range(text);
    if (where_ == Resting::between_iterations) return mean(trimmed(rest), Kind::pacing);
    field_.complain("\"pacing\" times whole iterations, not the rest between two steps",
                    "write it as the scenario's wait; here 2s, 1s..5s or exponential 2s");
    return {};
  }

 private:
  plan::Wait mean(std::string_view text, plan::Wait::Kind kind) const {
    const auto time = duration(text);
    if (!time) return {};
    if (time->count() > 0) return {*time, *time, kind};
    field_.complain(fmt::format("\"{}\" is no rest at all", field_.value().written),
                    "write 0s, or remove it");
    return {};
  }

  plan::Wait range(std::string_view text) const {
    const std::size_t dots = text.find("..");
    const auto shortest = duration(trimmed(text.substr(0, dots)));
    if (!shortest || dots == std::string_view::npos) return fixed(shortest);
    const auto longest = duration(trimmed(text.substr(dots + 2)));
    if (!longest) return {};
    if (*longest < *shortest) {
      field_.complain(
          fmt::format("from {} to {} there is nothing to choose", format_duration(*shortest),
                      format_duration(*longest)),
          fmt::format("write {}..{}", format_duration(*longest), format_duration(*shortest)));
    }
    return {*shortest, *longest};
  }

  static plan::Wait fixed(std::optional<Nanoseconds> time) {
    return time ? plan::Wait{*time, *time} : plan::Wait{};
  }

  std::optional<Nanoseconds> duration(std::string_view text) const {
    const auto time = parse_duration(text);
    if (time) return time;
    const YamlNode& value = field_.value();
    // A value of the environment is shown only as the plan names it.
    const std::string_view shown = value.is_replaced ? std::string_view(value.written) : text;
    field_.complain(parse_number(text) ? fmt::format("{} has no unit", shown)
                                       : fmt::format("\"{}\" is not a rest", value.written),
                    where_ == Resting::between_iterations
                        ? "write 2s, 1s..5s, exponential 2s or pacing 10s"
                        : "write 2s, 1s..5s or exponential 2s");
    return std::nullopt;
  }

  const Field& field_;
  Resting where_;
};

}  // namespace

plan::Wait read_wait(const Field& field, Resting where) {
  if (!expect(field, YamlNode::Kind::scalar)) return {};
  return WaitReader(field, where).read();
}

}  // namespace loadgate::reader
