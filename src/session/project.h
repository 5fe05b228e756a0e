#pragma once

// What kind of service lies in a folder: a guess from the files there, for a starter plan.
// Main thread.

#include <filesystem>
#include <optional>
#include <string>

namespace loadgate::session {

struct Project {
  std::string kind;     // "a Django project (manage.py)"
  std::string prepare;  // What makes it ready to start; may be empty.
  std::string command;  // Starts it on {{ port }}.
  std::string install;  // What installs its packages.
  std::string doubt;    // Why the command may be wrong; empty: it is surely right.
  int usual_port = 8000;
};

// Nothing where the folder holds nothing that it knows.
std::optional<Project> guess_project(const std::filesystem::path& folder);

}  // namespace loadgate::session
