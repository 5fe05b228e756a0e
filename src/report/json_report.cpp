#include <cstdint>
#include <nlohmann/json.hpp>
#include <utility>

#include "gate/verdict_json.h"
#include "metrics/json_cursor.h"
#include "metrics/json_text.h"
#include "metrics/run_result_json.h"
#include "report/formats.h"
#include "report/stored_result.h"

namespace loadgate::report {
namespace {

constexpr std::string_view kFormat = "loadgate-result";
constexpr std::uint64_t kVersion = 1;

class JsonReport final : public Report {
 public:
  std::string render(const Material& material) const override {
    return to_json(*material.run, material.summary->verdict);
  }
};

// The part of a stored result called `name`; an object, or a complaint was made.
const nlohmann::json& part_of(const nlohmann::json& document, const char* name,
                              metrics::Complaint& complaint) {
  static const nlohmann::json kNothing;
  if (!complaint.empty()) return kNothing;
  const auto part = document.find(name);
  if (part != document.end() && part->is_object()) return *part;
  complaint = std::string(name) + (part == document.end() ? ": missing" : ": expected an object");
  return kNothing;
}

}  // namespace

std::unique_ptr<Report> make_json_report() { return std::make_unique<JsonReport>(); }

std::string to_json(const metrics::RunResult& run, const gate::Verdict& verdict) {
  return metrics::pretty({{"format", kFormat},
                          {"version", kVersion},
                          {"run", metrics::json_of(run)},
                          {"verdict", gate::json_of(verdict)}});
}

Result<StoredResult> parse_stored_result(std::string_view json) {
  const Result<nlohmann::json> document = metrics::parse_json(json);
  if (!document) return failure(document.error());

  metrics::Complaint complaint;
  metrics::expect_format(metrics::JsonCursor(*document, "", complaint), kFormat, kVersion);
  const nlohmann::json& run_part = part_of(*document, "run", complaint);
  const nlohmann::json& verdict_part = part_of(*document, "verdict", complaint);
  if (!complaint.empty()) return failure(std::move(complaint));

  Result<metrics::RunResult> run = metrics::run_result_of(run_part, "run");
  if (!run) return failure(run.error());
  Result<gate::Verdict> verdict = gate::verdict_of(verdict_part);
  if (!verdict) return failure(verdict.error());
  return StoredResult{std::move(*run), std::move(*verdict)};
}

}  // namespace loadgate::report
