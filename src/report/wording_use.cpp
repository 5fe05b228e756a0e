// What services and the machine spent, in words.

#include <fmt/format.h>

#include "base/units.h"
#include "report/wording.h"

namespace loadgate::report {

std::string name_of(const gate::ServiceRow& service, Against against) {
  std::string name = service.name;
  if (against == Against::base_build) {
    name += service.side == metrics::Side::base ? ", base" : ", head";
  }
  return service.is_judged ? name : name + " (not judged)";
}

std::string cpu_per_request_text(const gate::ServiceRow& service) {
  return service.cpu_per_request ? format_latency(*service.cpu_per_request) : "–";
}

std::string cpu_share_text(const gate::ServiceRow& service) {
  return service.cpu_share ? format_share(*service.cpu_share) : "–";
}

std::string memory_text(std::uint64_t bytes) { return bytes == 0 ? "–" : format_size(bytes); }

std::string use_text(const gate::ServiceRow& service) {
  std::string text = fmt::format(
      "{} CPU per request, {} of the machine's CPU, memory {} at the beginning, {} at the end, {} "
      "at most",
      cpu_per_request_text(service), cpu_share_text(service), memory_text(service.memory_begin),
      memory_text(service.memory_end), memory_text(service.memory_max));
  if (!service.trouble.empty()) text += fmt::format(" ({})", service.trouble);
  return text;
}

std::string machine_text(const metrics::MachineShares& machine) {
  return fmt::format(
      "{} busy ({} by loadgate), {} taken by other guests, a task waited for a CPU {} of the time",
      format_share(machine.busy), format_share(machine.own), format_share(machine.stolen),
      format_share(machine.pressure));
}

}  // namespace loadgate::report
