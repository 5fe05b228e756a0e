#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "base/text.h"

namespace loadgate::cli {
namespace {

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool is_set(const char* name) { return !variable(name).empty(); }

bool is_dumb() { return variable("TERM") == "dumb"; }

// The log of a job: not where a step sends its output into a file, but nothing tells.
bool is_github_log(int descriptor) {
  return variable("GITHUB_ACTIONS") == "true" && !is_terminal(descriptor);
}

bool wants_color(Color color) {
  if (color != Color::automatic) return color == Color::always;
  if (is_set("NO_COLOR")) return false;
  if (is_set("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE") != "0") return true;
  return is_github_log(STDOUT_FILENO) || (is_terminal(STDOUT_FILENO) && !is_dumb());
}

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

bool can_redraw(int descriptor) { return is_terminal(descriptor) && !is_dumb(); }

int columns_of(int descriptor) {
  constexpr int kUsual = 80;
  constexpr int kGithub = 120;
  if (is_github_log(descriptor)) return kGithub;
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

report::ConsoleStyle Terminal::style() const {
  return {wants_color(color), columns_of(STDOUT_FILENO), is_quiet, is_github_log(STDOUT_FILENO)};
}

void Terminal::complain(const std::string& text) const {
  err << "loadgate: " << printable(text, Newlines::keep) << '\n';
}

void Terminal::say(const std::string& line) const {
  if (!is_quiet) err << printable(line, Newlines::keep) << '\n' << std::flush;
}

}  // namespace loadgate::cli
