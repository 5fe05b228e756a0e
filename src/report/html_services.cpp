#include "report/html_parts.h"
#include "report/wording.h"

namespace loadgate::report {
namespace {

Fields service_row(const gate::ServiceRow& service, Against against) {
  return Fields()
      .text("name", name_of(service, against))
      .text("cpu_per_request", cpu_per_request_text(service))
      .text("cpu_share", cpu_share_text(service))
      .text("memory_begin", memory_text(service.memory_begin))
      .text("memory_end", memory_text(service.memory_end))
      .text("memory_max", memory_text(service.memory_max))
      .text("trouble", service.trouble);
}

}  // namespace

void add_services(Fields& page, const gate::Summary& summary) {
  const Against against = against_of(summary.verdict);
  page.list("services", parts_of(summary.services,
                                 [&](const gate::ServiceRow& service) {
                                   return service_row(service, against);
                                 }))
      .flag("is_duet", against == Against::base_build);
}

}  // namespace loadgate::report
