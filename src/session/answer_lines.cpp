#include "session/answer_lines.h"

#include <fmt/format.h>

#include "base/text.h"
#include "base/units.h"
#include "load/answer_body.h"
#include "load/captures.h"
#include "load/checks.h"

namespace loadgate::session {
namespace {

constexpr std::size_t kLongestValue = 200;

// The rest of a sentence that begins with what is looked at: "is 5".
class Wish {
 public:
  explicit Wish(const plan::Scope& scope) : scope_(scope) {}
  std::string operator()(const plan::Exists&) const { return "is there"; }
  std::string operator()(const plan::Template& wanted) const {
    return "is " + wanted.filled(scope_);
  }
  std::string operator()(const plan::LessThan& wanted) const {
    return fmt::format("is less than {}", wanted.limit);
  }
  std::string operator()(const plan::GreaterThan& wanted) const {
    return fmt::format("is greater than {}", wanted.limit);
  }
  std::string operator()(const plan::Regex& wanted) const { return "matches " + wanted.source(); }

 private:
  const plan::Scope& scope_;
};

struct Source {
  std::string operator()(const plan::JsonPath& path) const { return path.source(); }
  std::string operator()(const plan::FromHeader& header) const { return "header " + header.name; }
  std::string operator()(const plan::FromCookie& cookie) const { return "cookie " + cookie.name; }
  std::string operator()(const plan::Regex& regex) const { return "regex " + regex.source(); }
};

class Reader {
 public:
  Reader(const transport::Exchange& exchange, const plan::Scope& scope, TimePoint due,
         const load::Mask& mask)
      : exchange_(exchange),
        scope_(scope),
        due_(due),
        mask_(mask),
        body_(exchange.response.body),
        variables_(scope.variables.begin(), scope.variables.end()) {}

  void read(const plan::StatusRule& rule) {
    const int status = exchange_.response.status;
    if (rule.accepts(status)) return add(true, fmt::format("status {}", status));
    add(false, fmt::format("status {}, expected {}", status, rule.text()));
  }

  void read(const plan::Expectations& expect) {
    using plan::Expectations;
    for (const plan::JsonCheck& one : expect.json) {
      look(only(&Expectations::json, one), one.path.source() + " " + wish(one.wanted));
    }
    for (const plan::HeaderCheck& one : expect.headers) {
      look(only(&Expectations::headers, one), "header " + one.name + " " + wish(one.wanted));
    }
    for (const plan::Template& one : expect.contains) {
      look(only(&Expectations::contains, one),
           fmt::format("the body contains \"{}\"", one.filled(scope_)));
    }
    for (const plan::Regex& one : expect.matches) {
      look(only(&Expectations::matches, one), "the body matches " + one.source());
    }
    if (!expect.within) return;
    Expectations in_time;
    in_time.within = expect.within;
    look(in_time, "answered within " + format_duration(*expect.within));
  }

  void read(const plan::Capture& capture) {
    plan::Request only;
    only.captures = {capture};
    const plan::Capture* missing = load::capture(only, exchange_.response, body_, variables_);
    if (missing != nullptr) {
      return add(false, fmt::format("{} not captured: {}", capture.variable,
                                    load::explain_missing(*missing, exchange_.response.body, mask_,
                                                          load::Bodies::shown)));
    }
    const std::string value = mask_.over(variables_[capture.slot].text);
    add(true,
        fmt::format("captured {} = {}{} from {}", capture.variable, truncated(value, kLongestValue),
                    value.size() > kLongestValue ? "…" : "", std::visit(Source(), capture.from)));
  }

  std::vector<AnswerLine> take() { return std::move(lines_); }

 private:
  void add(bool holds, std::string text) { lines_.push_back({holds, std::move(text)}); }

  template <class Check>
  static plan::Expectations only(std::vector<Check> plan::Expectations::*kind, const Check& one) {
    plan::Expectations expect;
    (expect.*kind).push_back(one);
    return expect;
  }

  template <class Wanted>
  std::string wish(const Wanted& wanted) const {
    return std::visit(Wish(scope_), wanted);
  }

  // `sentence` says what is expected, where it is so.
  void look(const plan::Expectations& expect, const std::string& sentence) {
    const auto failed = load::first_failed(expect, exchange_, body_, scope_, due_);
    if (!failed) return add(true, mask_.over(sentence));
    add(false, load::explain(*failed, mask_, load::Bodies::shown));
  }

  const transport::Exchange& exchange_;
  const plan::Scope& scope_;
  const TimePoint due_;
  const load::Mask& mask_;
  load::AnswerBody body_;
  std::vector<plan::Value> variables_;
  std::vector<AnswerLine> lines_;
};

}  // namespace

std::vector<AnswerLine> answer_lines(const plan::Request& request,
                                     const transport::Exchange& exchange, const plan::Scope& scope,
                                     TimePoint due, const load::Mask& mask) {
  Reader reader(exchange, scope, due, mask);
  reader.read(request.expect.status);
  reader.read(request.expect);
  for (const plan::Capture& capture : request.captures) reader.read(capture);
  return reader.take();
}

}  // namespace loadgate::session
