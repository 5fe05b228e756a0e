#include "load/failure_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "load/response_head.h"
#include "plan/encoding.h"

namespace loadgate::load {
namespace {

constexpr std::string_view kMasked = "***";
// A shorter beginning of a secret at the end of a cut text gives nothing away.
constexpr std::size_t kTellingBytes = 3;

// As the plan itself would send it.
std::string encoded(std::string_view secret, plan::Encoding encoding) {
  std::string text;
  plan::append_encoded(secret, encoding, text);
  return text;
}

// As others may write what is percent-encoded; in it each "%" begins two digits.
std::string with_lower_digits(std::string text) {
  for (std::size_t at = text.find('%'); at != std::string::npos; at = text.find('%', at + 3)) {
    text.replace(at, 3, lower(std::string_view(text).substr(at, 3)));
  }
  return text;
}

std::string with_plus_for_blanks(std::string text) {
  constexpr std::string_view kBlank = "%20";
  for (std::size_t at = text.find(kBlank); at != std::string::npos; at = text.find(kBlank, at)) {
    text.replace(at, kBlank.size(), 1, '+');
  }
  return text;
}

// As within a JSON string; what dump() writes for quotes, backslashes and controls.
std::string json_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '"':
        escaped += "\\\"";
        break;
      case '\\':
        escaped += "\\\\";
        break;
      case '\n':
        escaped += "\\n";
        break;
      case '\r':
        escaped += "\\r";
        break;
      case '\t':
        escaped += "\\t";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

void mask_tail(std::string& text, const std::string& secret) {
  for (std::size_t length = std::min(text.size(), secret.size() - 1); length >= kTellingBytes;
       --length) {
    if (!text.ends_with(std::string_view(secret).substr(0, length))) continue;
    text.replace(text.size() - length, length, kMasked);
    return;
  }
}

std::string_view version_of(plan::Protocol protocol) {
  return protocol == plan::Protocol::h1 ? "HTTP/1.1" : "HTTP/2";
}

metrics::HttpMessage request_of(const transport::Exchange& exchange, const SampleRules& rules,
                                const Mask& mask) {
  metrics::HttpMessage request;
  request.start_line = valid_utf8(mask.over(fmt::format("{} {} {}", plan::name_of(exchange.method),
                                                        exchange.url, version_of(rules.protocol))));
  for (const std::string& line : exchange.headers->lines) {
    request.headers.push_back(valid_utf8(mask.over_header(line)));
  }
  if (!exchange.has_body) return request;
  request.body_size = exchange.body.size();
  if (rules.bodies == Bodies::hidden) return request;
  request.body = mask.over_beginning(exchange.body, metrics::kSampleBytes, Mask::Is::whole);
  return request;
}

metrics::HttpMessage response_of(const transport::Exchange& exchange, const SampleRules& rules,
                                 const Mask& mask) {
  const transport::Response& got = exchange.response;
  metrics::HttpMessage response;
  if (got.status == 0) return response;
  response.start_line = std::to_string(got.status);
  const std::vector<std::string_view> lines = lines_of(got.head);
  if (!lines.empty()) {
    response.start_line = valid_utf8(mask.over(lines.front()));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      response.headers.push_back(valid_utf8(mask.over_header(lines[i])));
    }
  }
  response.body_size = got.body_size;
  if (rules.bodies == Bodies::hidden) return response;
  const bool is_cut = got.body.size() < got.body_size;
  response.body = mask.over_beginning(got.body, metrics::kSampleBytes,
                                      is_cut ? Mask::Is::cut : Mask::Is::whole);
  return response;
}

}  // namespace

Mask::Mask(const std::vector<std::string>& secrets) { add(secrets); }

Mask Mask::with(const std::vector<std::string>& secrets) const {
  Mask more = *this;
  more.add(secrets);
  return more;
}

void Mask::add(const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    forms_.push_back(secret);
    forms_.push_back(json_escaped(secret));
    forms_.push_back(encoded(secret, plan::Encoding::json));
    const std::string in_path = encoded(secret, plan::Encoding::path);
    for (const std::string& form :
         {in_path, with_plus_for_blanks(in_path), encoded(secret, plan::Encoding::form)}) {
      forms_.push_back(form);
      forms_.push_back(with_lower_digits(form));
    }
  }
  std::sort(forms_.begin(), forms_.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  forms_.erase(std::unique(forms_.begin(), forms_.end()), forms_.end());
}

std::string Mask::over(std::string_view text) const {
  std::string masked(text);
  for (const std::string& form : forms_) {
    for (std::size_t at = masked.find(form); at != std::string::npos;
         at = masked.find(form, at + kMasked.size())) {
      masked.replace(at, form.size(), kMasked);
    }
  }
  return masked;
}

std::string Mask::over_beginning(std::string_view text, std::size_t bytes, Is is) const {
  // A secret that reaches over the cut must be seen whole to be masked.
  const std::size_t longest = forms_.empty() ? 0 : forms_.front().size();
  const std::string_view seen = text.substr(0, bytes + longest);
  std::string masked = over(seen);
  if (is == Is::cut || seen.size() < text.size()) {
    for (const std::string& form : forms_) mask_tail(masked, form);
  }
  return valid_utf8(truncated(masked, bytes));
}

std::string Mask::over_header(std::string_view line) const {
  const std::string_view name = line.substr(0, line.find(':'));
  if (is_private_header(trimmed(name))) return fmt::format("{}: {}", name, kMasked);
  return over(line);
}

std::string excerpt(const std::string& text, std::size_t bytes, const Mask& mask) {
  return mask.over_beginning(text, bytes, Mask::Is::whole) + (text.size() > bytes ? "…" : "");
}

metrics::FailureSample failure_sample(const transport::Exchange& exchange, TimePoint due,
                                      const std::string& detail, const SampleRules& rules,
                                      const Mask& mask) {
  metrics::FailureSample sample;
  sample.at = exchange.moments.sent - rules.run_start;
  sample.response_time = exchange.moments.finished - due;
  sample.detail = valid_utf8(mask.over(detail));
  sample.request = request_of(exchange, rules, mask);
  sample.response = response_of(exchange, rules, mask);
  return sample;
}

}  // namespace loadgate::load
