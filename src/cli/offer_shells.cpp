#include <CLI/CLI.hpp>

#include "cli/command_groups.h"
#include "cli/completion.h"
#include "cli/man_page.h"
#include "cli/offered_command.h"

namespace loadgate::cli {
namespace {

constexpr const char* kCompletionFooter = R"(Examples:
  loadgate completion bash > ~/.local/share/bash-completion/completions/loadgate
  loadgate completion zsh > ~/.zfunc/_loadgate      # a folder of $fpath
  loadgate completion fish > ~/.config/fish/completions/loadgate.fish)";

constexpr const char* kManFooter = R"(Example:
  loadgate man | man -l -)";

void offer_completion(const Offer& offer, const CLI::App& root) {
  offer_command(
      offer, "completion", "Print a completion script for a shell", std::string(),
      [](CLI::App& command, std::string& shell) {
        command.add_option("SHELL", shell, "Which one: bash, zsh or fish")
            ->required()
            ->type_name("bash|zsh|fish")
            ->check(CLI::IsMember({"bash", "zsh", "fish"}).description(""));
        command.footer(kCompletionFooter);
      },
      [&root](const std::string& name, const Terminal& terminal) {
        const Shell shell = name == "bash" ? Shell::bash : name == "zsh" ? Shell::zsh : Shell::fish;
        terminal.out << render_completion(read_tree(root), shell);
        return ExitCode::passed;
      });
}

struct NoFlags {};

void offer_man(const Offer& offer, const CLI::App& root) {
  offer_command(
      offer, "man", "Print the manual page", NoFlags{},
      [](CLI::App& command, NoFlags&) { command.footer(kManFooter); },
      [&root](const NoFlags&, const Terminal& terminal) {
        terminal.out << render_man_page(read_tree(root), LOADGATE_VERSION, LOADGATE_DATE);
        return ExitCode::passed;
      });
}

}  // namespace

void offer_shells(const Offer& offer) {
  const CLI::App& root = offer.app;  // Outlives what is chosen.
  offer_completion(offer, root);
  offer_man(offer, root);
}

}  // namespace loadgate::cli
