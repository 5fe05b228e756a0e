#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "base/text.h"

namespace loadgate::cli {
namespace {

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool wants_color(Color color) {
  if (color != Color::automatic) return color == Color::always;
  if (is_set("NO_COLOR")) return false;
  if (is_set("CLICOLOR_FORCE") || is_set("GITHUB_ACTIONS")) return true;
  return is_terminal(STDOUT_FILENO);
}

}  // namespace

bool is_terminal(int descriptor) { return ::isatty(descriptor) == 1; }

int columns_of(int descriptor) {
  winsize size{};
  constexpr int kUsual = 80;
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return size.ws_col;
}

report::ConsoleStyle Terminal::style() const {
  return {wants_color(color), columns_of(STDOUT_FILENO)};
}

void Terminal::complain(const std::string& text) const {
  err << "loadgate: " << printable(text, Newlines::keep) << '\n';
}

void Terminal::say(const std::string& line) const {
  if (!is_quiet) err << printable(line, Newlines::keep) << '\n' << std::flush;
}

}  // namespace loadgate::cli
