#include "session/suspects.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/hash.h"
#include "load/runner.h"
#include "metrics/json_cursor.h"
#include "metrics/json_text.h"

namespace loadgate::session {
namespace {

using nlohmann::json;

constexpr std::string_view kFormat = "loadgate-suspects";
constexpr std::uint64_t kVersion = 1;

std::string load_hash_of(const metrics::Judging& judging) {
  std::string text;
  for (const metrics::StageInfo& stage : judging.stages) text += stage.name + stage.load_hash;
  for (const plan::RequestName& request : judging.requests) text += request.load_hash;
  return fingerprint_of(text);
}

json json_of(const metrics::Suspect& suspect) {
  return {{"stage", suspect.stage}, {"request", suspect.request}, {"metric", suspect.metric}};
}

Result<Suspects> parse(std::string_view text) {
  const Result<json> document = metrics::parse_json(text);
  if (!document) return failure(document.error());
  metrics::Complaint complaint;
  const metrics::JsonCursor at(*document, "", complaint);
  metrics::expect_format(at, kFormat, kVersion);
  Suspects suspects;
  suspects.plan_name = at["plan_name"].text();
  suspects.load_hash = at["load_hash"].text();
  suspects.commit = at["commit"].text();
  suspects.list = at["suspects"].list([](const metrics::JsonCursor& one) {
    return metrics::Suspect{one["stage"].text(), one["request"].text(), one["metric"].text()};
  });
  if (!complaint.empty()) return failure(complaint);
  return suspects;
}

}  // namespace

Suspects suspects_of(const metrics::RunResult& run, const gate::Verdict& verdict) {
  Suspects suspects{run.info.plan_name, load_hash_of(run.judging), run.info.commit, {}};
  if (verdict.conclusion != gate::Conclusion::regression) return suspects;
  for (const gate::ComparisonFinding& one : verdict.comparisons) {
    if (one.outcome != gate::Outcome::fail) continue;
    suspects.list.push_back({one.stage, one.request, std::string(name_of(one.metric))});
  }
  return suspects;
}

Result<void> write_suspects(const std::filesystem::path& file, const Suspects& suspects) {
  json list = json::array();
  for (const metrics::Suspect& one : suspects.list) list.push_back(json_of(one));
  const Result<void> written = write_file(file, metrics::pretty({{"format", kFormat},
                                                                 {"version", kVersion},
                                                                 {"plan_name", suspects.plan_name},
                                                                 {"load_hash", suspects.load_hash},
                                                                 {"commit", suspects.commit},
                                                                 {"suspects", std::move(list)}}));
  if (!written) return failure(written.error().during("writing the suspects"));
  return {};
}

Result<Suspects> read_suspects(const std::filesystem::path& file, const plan::Plan& plan) {
  const Result<std::string> text = read_file(file);
  if (!text) return failure(text.error().during("reading the suspects"));
  Result<Suspects> suspects = parse(*text);
  if (!suspects) {
    return failure(fmt::format("{} holds no suspects: {}", file.string(), suspects.error().text));
  }
  if (suspects->plan_name != plan.name) {
    return failure(fmt::format("{} holds suspects of the plan \"{}\", not of \"{}\"", file.string(),
                               suspects->plan_name, plan.name));
  }
  if (suspects->load_hash != load_hash_of(load::judging_of(plan))) {
    return failure(
        fmt::format("the suspects in {} were found with another load than this plan's: "
                    "give both jobs the same plan, profile and flags",
                    file.string()));
  }
  return suspects;
}

}  // namespace loadgate::session
