#pragma once

// Collects what is wrong with a plan while reading goes on. One thread.

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "reader/plan_text.h"
#include "reader/yaml_node.h"

namespace loadgate::reader {

class ProblemList {
 public:
  // The plan's own text, which must live as long as this.
  ProblemList(std::string_view text, std::string file) { add_text(text, std::move(file)); }

  // Another one, whose spans can be complained about from now on.
  const PlanText& add_text(std::string_view text, std::string file);
  const PlanText& text() const { return sources_.front().text; }

  void add(Span span, std::string text, std::string hint = {});
  void add_on_command_line(std::string text, std::string hint = {});

  Place place(Span span) const;
  const std::string& file_of(Span span) const { return sources_.at(span.text).file; }

  // Where part of a scalar's text stands: exact where the text stands in the file as it
  // is (no escapes, no line breaks, nothing replaced), else the whole scalar.
  Span inside(const YamlNode& scalar, std::size_t offset, std::size_t length) const;

  bool is_empty() const { return found_.empty(); }
  std::size_t size() const { return found_.size(); }

  // In order of their places, each once; those of the command line first.
  Problems take();

 private:
  struct Source {
    PlanText text;
    std::string file;
  };
  struct Found {
    std::size_t source = 0;
    Problem problem;
  };

  std::deque<Source> sources_;  // By PlanText::number; they never move.
  std::vector<Found> found_;
};

}  // namespace loadgate::reader
