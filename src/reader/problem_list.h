#pragma once

// Collects what is wrong with a plan while reading goes on. One thread.

#include <string>

#include "base/place.h"
#include "reader/plan_text.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

class ProblemList {
 public:
  ProblemList(const PlanText& text, std::string file) : text_(text), file_(std::move(file)) {}

  void add(Span span, std::string text, std::string hint = {});
  void add_on_command_line(std::string text, std::string hint = {});

  Place place(Span span) const { return text_.place(span, file_); }

  // Where part of a scalar's text stands: exact where the text stands in the file as it
  // is (no escapes, no line breaks, nothing replaced), else the whole scalar.
  Span inside(const YamlNode& scalar, std::size_t offset, std::size_t length) const;

  bool is_empty() const { return problems_.empty(); }
  std::size_t size() const { return problems_.size(); }

  // In order of their places, each once.
  Problems take();

 private:
  const PlanText& text_;
  std::string file_;
  Problems problems_;
};

}  // namespace loadgate::reader
