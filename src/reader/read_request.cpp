#include "reader/read_request.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "reader/read_auth.h"
#include "reader/read_body.h"
#include "reader/read_capture.h"
#include "reader/read_expect.h"
#include "reader/request_headers.h"
#include "reader/request_names.h"
#include "reader/request_url.h"
#include "reader/values.h"

namespace loadgate::reader {
namespace {

// The entry if it is there and holds a map; complains about another value.
const Entry* map_of(const Entry* entry, Draft& draft) {
  if (entry == nullptr) return nullptr;
  return expect(field_of(*entry, draft), YamlNode::Kind::map) ? entry : nullptr;
}

void add_sources(const plan::Template& made, std::vector<std::size_t>& sources) {
  for (const plan::DataField& field : made.data_fields()) {
    if (std::find(sources.begin(), sources.end(), field.source) == sources.end()) {
      sources.push_back(field.source);
    }
  }
}

// The data that any template of the request reads.
std::vector<std::size_t> data_of(const plan::Request& request) {
  std::vector<std::size_t> sources;
  add_sources(request.url, sources);
  if (request.body) add_sources(*request.body, sources);
  for (const plan::Header& header : request.headers) add_sources(header.value, sources);
  for (const plan::JsonCheck& check : request.expect.json) {
    if (const auto* made = std::get_if<plan::Template>(&check.wanted)) add_sources(*made, sources);
  }
  for (const plan::HeaderCheck& check : request.expect.headers) {
    if (const auto* made = std::get_if<plan::Template>(&check.wanted)) add_sources(*made, sources);
  }
  for (const plan::Template& text : request.expect.contains) add_sources(text, sources);
  return sources;
}

class RequestReader {
 public:
  RequestReader(const Item& item, plan::Role role, const plan::Names& names, Draft& draft)
      : item_(item), names_(names), draft_(draft) {
    request_.role = role;
  }

  std::size_t add() {
    check_methods();
    const MethodLine& line = item_.methods.front();
    request_.id = draft_.plan.requests.size();
    request_.method = line.method;
    request_.place = draft_.problems.place(line.entry->value.span);
    request_.timeout = draft_.plan.http.timeout;
    request_.url = compile_url(*line.entry, map_of(item_.query, draft_), names_, draft_);
    Body body = read_body(item_, names_, draft_);
    request_.body = std::move(body.text);
    read_headers(body.type);
    read_answer();
    request_.data = data_of(request_);
    request_.name_id = name_request(item_, request_.role, body.files, draft_);
    draft_.plan.requests.push_back(std::move(request_));
    return draft_.plan.requests.size() - 1;
  }

 private:
  void check_methods() {
    if (item_.methods.size() == 1) return;
    draft_.problems.add(item_.methods[1].entry->key_span, "a request has one method",
                        fmt::format("\"{}\" is given too", item_.methods[0].entry->key));
  }

  void read_headers(const ContentType& type) {
    const Entry* own = map_of(item_.headers, draft_);
    const YamlNode* map = own == nullptr ? nullptr : &own->value;
    request_.headers = compile_headers(map, type, names_, draft_);
    if (item_.auth == nullptr) return;
    if (map != nullptr && find_header(*map, "Authorization") != nullptr) {
      draft_.problems.add(item_.auth->key_span, "the request has an Authorization header already",
                          "write one of them");
    }
    auto header = read_auth(field_of(*item_.auth, draft_), names_);
    if (header) set_header(std::move(*header), request_.headers);
  }

  void read_answer() {
    if (item_.capture != nullptr) {
      request_.captures = read_captures(field_of(*item_.capture, draft_), names_);
    }
    if (item_.expect != nullptr) {
      request_.expect = read_expect(field_of(*item_.expect, draft_), request_.timeout, names_);
    }
    if (request_.method != plan::Method::head || !request_.reads_body()) return;
    const Entry* reader = request_.expect.reads_body() ? item_.expect : item_.capture;
    assert(reader != nullptr);  // Whichever reads the body was just read from there.
    draft_.problems.add(reader->key_span, "the answer to a HEAD request has no body",
                        "only its headers are there");
  }

  const Item& item_;
  const plan::Names& names_;
  Draft& draft_;
  plan::Request request_;
};

}  // namespace

std::size_t add_request(const Item& item, plan::Role role, const plan::Names& names, Draft& draft) {
  return RequestReader(item, role, names, draft).add();
}

}  // namespace loadgate::reader
