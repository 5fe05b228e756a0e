#include "cli/commands.h"
#include "reader/reference.h"
#include "reader/schema.h"

namespace loadgate::cli {

ExitCode print_schema(SchemaForm form, const Terminal& terminal) {
  terminal.out << (form == SchemaForm::json ? reader::plan_schema() : reader::plan_reference());
  return ExitCode::passed;
}

}  // namespace loadgate::cli
