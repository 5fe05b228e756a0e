#include <exception>
#include <iostream>
#include <span>

#include "cli/command_line.h"

int main(int argc, char** argv) {
  using loadgate::cli::ExitCode;
  try {
    const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
    return static_cast<int>(loadgate::cli::run(arguments, std::cout, std::cerr));
  } catch (const std::exception& bug) {
    std::cerr << "loadgate: internal error: " << bug.what()
              << "\nThis is a bug in loadgate; please report it with the command you ran.\n";
    return static_cast<int>(ExitCode::internal_error);
  }
}
