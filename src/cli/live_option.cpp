#include "cli/live_option.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <utility>

#include "live/live_page.h"

namespace loadgate::cli {
namespace {

constexpr const char* kOption = "--live";

std::optional<server::Endpoint> address_in(const std::string& word) {
  return server::parse_endpoint(word, live::LivePage::usual_endpoint());
}

}  // namespace

void add_live(CLI::App& command, std::optional<server::Endpoint>& live) {
  command
      .add_option_function<std::string>(
          kOption,
          [&live](const std::string& word) {
            live = address_in(word);
            if (!live) {
              throw CLI::ValidationError(
                  kOption, fmt::format("\"{}\" is not an address of this machine: write it like "
                                       "127.0.0.1:8089, :8089 or 0.0.0.0",
                                       word));
            }
          },
          "A page that shows the run as it goes on")
      ->type_name("[ADDRESS]");
}

std::vector<std::string> with_live_address(std::vector<std::string> words) {
  std::vector<std::string> joined;
  for (std::size_t i = 0; i < words.size(); ++i) {
    joined.push_back(std::move(words[i]));
    if (joined.back() != kOption) continue;
    const bool is_given = i + 1 < words.size() && address_in(words[i + 1]);
    joined.back() += "=" + (is_given ? words[++i] : live::LivePage::usual_endpoint().text());
  }
  return joined;
}

}  // namespace loadgate::cli
