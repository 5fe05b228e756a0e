#pragma once

// Which commit is checked out, read from git's files. Any thread.

#include <string>

namespace loadgate::session {

// The commit of the repo around `file`, 40 hex digits; empty outside of a repo or
// where git's files are of a kind we do not read.
std::string commit_around(const std::string& file);

}  // namespace loadgate::session
