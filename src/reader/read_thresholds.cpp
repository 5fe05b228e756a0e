#include "reader/read_thresholds.h"

#include <fmt/format.h>

#include "base/text.h"
#include "reader/key_tables.h"
#include "reader/read_stages.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

struct ThresholdDraft {
  plan::Threshold threshold;  // All but what its `limit` says.
  const YamlNode* limit = nullptr;
  const Entry* after = nullptr;
};

void take_limit(const Field& field, ThresholdDraft& draft) {
  if (expect(field, YamlNode::Kind::scalar)) draft.limit = &field.value();
}

void read_request(const Field& field, ThresholdDraft& draft) {
  if (!read_text(field)) return;
  const auto name = find_request_name(field.value(), field.draft);
  if (name) draft.threshold.request = *name;
}

void read_stage(const Field& field, ThresholdDraft& draft) {
  const auto name = read_text(field);
  if (!name) return;
  std::vector<std::string> known;
  for (const plan::Stage& stage : field.draft.plan.stages) {
    known.push_back(stage.name);
    if (stage.name != *name) continue;
    draft.threshold.stage = *name;
    if (field.draft.has_sound_stages && !holds_something(stage, field.draft)) {
      field.complain(fmt::format("nothing of the stage \"{}\" is judged", *name),
                     stage.is_warmup ? "it is a warmup" : "it never holds its load");
    }
    return;
  }
  const auto meant = closest(*name, known);
  field.complain(fmt::format("no stage is called \"{}\"", field.value().written),
                 meant ? fmt::format("did you mean \"{}\"?", *meant)
                       : fmt::format("there are: {}", fmt::join(known, ", ")));
}

void read_abort(const Field& field, ThresholdDraft& draft) {
  draft.threshold.aborts = read_bool(field).value_or(false);
}

void read_after(const Field& field, ThresholdDraft& draft) {
  draft.after = &field.entry;
  draft.threshold.after = read_duration(field).value_or(Nanoseconds{});
}

constexpr std::array<Key<ThresholdDraft>, 5> kThresholdKeys{{
    {{"limit", "a metric, a comparison and a limit", "", "What must hold.", "limit: p95 < 200ms"},
     take_limit},
    {{"request", "the name of a request", "all requests", "Which requests it is about.",
      "request: GET /products/"},
     read_request},
    {{"stage", "the name of a stage", "every judged stage", "Which stage it is about.",
      "stage: peak"},
     read_stage},
    {{"abort", "true or false", "false", "Whether a miss ends the run at once.", "abort: true"},
     read_abort},
    {{"after", "a duration", "0s", "How long a run lasts at least before it is aborted.",
      "after: 10s"},
     read_after},
}};

void check_abort(const ThresholdDraft& found, Draft& draft) {
  if (found.after != nullptr && !found.threshold.aborts) {
    draft.problems.add(found.after->key_span, "\"after\" has no meaning without \"abort: true\"");
  }
}

// The limit's text with everything around it.
void add_threshold(const ThresholdDraft& found, Draft& draft) {
  const YamlNode& limit = *found.limit;
  auto parsed = plan::parse_threshold(limit.text);
  if (!parsed) {
    plan::ThresholdError& wrong = parsed.error();
    draft.problems.add(draft.problems.inside(limit, wrong.offset, wrong.length),
                       std::move(wrong.text), std::move(wrong.hint));
    return;
  }
  plan::Threshold threshold = found.threshold;
  threshold.text = parsed->text;
  threshold.metric = parsed->metric;
  threshold.comparison = parsed->comparison;
  threshold.limit = parsed->limit;
  threshold.relative_to_baseline = parsed->relative_to_baseline;
  threshold.place = draft.problems.place(limit.span);
  // The stage it is about is not run, once the command line has its own.
  if (!threshold.stage.empty() && draft.overrides.any_stage()) return;
  draft.plan.thresholds.push_back(std::move(threshold));
}

void read_threshold(const YamlNode& node, Draft& draft) {
  ThresholdDraft found;
  if (node.kind == YamlNode::Kind::scalar) {
    found.limit = &node;
  } else if (node.kind == YamlNode::Kind::sequence || node.kind == YamlNode::Kind::empty) {
    draft.problems.add(node.span, "a threshold is a text or a map of keys",
                       "for example p95 < 200ms");
    return;
  } else if (!read_object(node, "a threshold", kThresholdKeys, found, draft)) {
    return;
  }
  check_abort(found, draft);
  if (found.limit != nullptr) {
    add_threshold(found, draft);
  } else if (node.find("limit") == nullptr) {
    draft.problems.add(node.span, "the threshold has no limit", "for example limit: p95 < 200ms");
  }
}

}  // namespace

std::optional<std::string> find_request_name(const YamlNode& node, Draft& draft) {
  std::vector<std::string> judged, with_path;
  bool is_unjudged = false;
  for (const plan::RequestName& name : draft.plan.request_names) {
    if (name.role != plan::Role::task) {
      is_unjudged = is_unjudged || name.text == node.text;
      continue;
    }
    if (name.text == node.text) return name.text;
    judged.push_back(name.text);
    if (name.text.ends_with(" " + node.text) && node.text.starts_with('/')) {
      with_path.push_back(name.text);
    }
  }
  if (with_path.size() == 1) return with_path.front();
  const auto meant = closest(node.text, judged);
  std::string hint = fmt::format("there are: {}", fmt::join(judged, ", "));
  if (meant) hint = fmt::format("did you mean \"{}\"?", *meant);
  if (with_path.size() > 1) hint = fmt::format("which of {}?", fmt::join(with_path, ", "));
  draft.problems.add(
      node.span,
      is_unjudged ? fmt::format("\"{}\" is not one of the tasks, so not judged", node.written)
                  : fmt::format("no request is called \"{}\"", node.written),
      is_unjudged || judged.empty() ? "" : std::move(hint));
  return std::nullopt;
}

void read_thresholds(const Field& field, Draft& draft) {
  if (!expect(field, YamlNode::Kind::sequence)) return;
  for (const YamlNode& item : field.value().items) read_threshold(item, draft);
}

KeyTexts threshold_keys() { return texts_of(kThresholdKeys); }

}  // namespace loadgate::reader
