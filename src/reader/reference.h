#pragma once

// The reference of all keys as Markdown, made from the readers' key tables. Any thread.

#include <string>

namespace loadgate::reader {

std::string plan_reference();

}  // namespace loadgate::reader
