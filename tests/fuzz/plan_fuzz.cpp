// Any bytes are a plan or a list of problems, and both can be shown.

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reader/reader.h"

namespace {

std::optional<std::string> environment(const std::string& name) {
  if (name == "WORD") return "hunter2";
  if (name == "NUMBER") return "7";
  return std::nullopt;
}

// One file a kind that a plan may name.
loadgate::Result<std::string> read_file(const std::string& path) {
  if (path == "part.yaml") return "scenarios: [{ name: part, tasks: [{ get: /part }] }]\n";
  if (path == "rows.csv") return "name,age\r\nada,36\r\n\"b,\"\"c\",7\r\n";
  if (path == "rows.json") return R"([{"name": "ada", "home": {"city": "London"}}, {"age": 7}])";
  if (path == "body.bin") return std::string("\0\xFF{{ v }}", 9);
  return loadgate::failure("no such file");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loadgate::reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Reading reading = read_plan(text, "plan.yaml", {}, {environment, read_file, 41234});
  const std::string shown = render(reading.problems, reading.texts);
  // Either a plan or the reason why there is none, never both.
  assert(reading.plan.has_value() == shown.empty());
  return 0;
}
