#pragma once

// What one subject of a watcher has spent until now. One thread.

#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "monitor/process_table.h"
#include "monitor/watcher.h"

namespace loadgate::monitor {

struct Use {
  Nanoseconds cpu{};         // Since the first reading. Never falls.
  std::uint64_t memory = 0;  // Bytes.
  unsigned processes = 0;
};

class Gauge {
 public:
  virtual ~Gauge() = default;
  // `table` was read just now. An error says in the user's words what is missing.
  virtual Result<Use> read(const ProcessTable& table) = 0;

  // Whose use that was, rising; none where the kernel counts for us.
  virtual std::vector<pid_t> processes() const { return {}; }
};

std::unique_ptr<Gauge> make_gauge(const Subject& subject);

}  // namespace loadgate::monitor
