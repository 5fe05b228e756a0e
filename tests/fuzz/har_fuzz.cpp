// Any bytes are a recording or no recording; a plan made from one can be read.

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "reader/har.h"
#include "reader/reader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loadgate::reader;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto sketch = read_har(text, "recording.har");
  if (!sketch) return 0;
  const std::string written = write_plan(*sketch);
  const auto environment = [](const std::string& name) {
    return name == "TARGET" ? std::nullopt : std::optional<std::string>("secret");
  };
  const auto read_file = [](const std::string&) -> loadgate::Result<std::string> {
    return loadgate::failure("no such file");
  };
  const Reading reading = read_plan(written, "plan.yaml", {}, {environment, read_file, 41234});
  if (reading.plan) return 0;
  std::fprintf(stderr, "%s\n%s\n", written.c_str(),
               render(reading.problems, reading.texts).c_str());
  std::abort();
}
