// The part of bench/trust that runs the gate's own code on recorded epochs. The scripts
// beside it start it; recordings come line by line on stdin.

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "duet_gates.h"
#include "run_gates.h"

namespace loadgate::trust {
namespace {

// --name value
using Flags = std::map<std::string, std::string>;

Flags flags_of(int count, char** words) {
  Flags flags;
  for (int i = 2; i + 1 < count; i += 2) flags[words[i]] = words[i + 1];
  return flags;
}

std::string flag(const Flags& flags, const std::string& name, const std::string& otherwise) {
  const auto found = flags.find(name);
  return found == flags.end() ? otherwise : found->second;
}

Result<Pool> pool_from_stdin() {
  std::vector<Recording> recordings;
  for (std::string line; std::getline(std::cin, line);) {
    Result<Recording> recording = unpack(line);
    if (!recording) return failure(recording.error());
    recordings.push_back(std::move(*recording));
  }
  return pool_of(std::move(recordings));
}

std::string text_from_stdin() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

Result<std::string> pack_stdin(const Flags&) {
  Result<std::string> line = pack(text_from_stdin());
  if (line) *line += "\n";
  return line;
}

Result<std::string> duets(const Flags& flags) {
  const Result<Pool> pool = pool_from_stdin();
  if (!pool) return failure(pool.error());
  Draws draws;
  draws.gates = std::stoul(flag(flags, "--gates", "1000"));
  draws.seed = std::stoull(flag(flags, "--seed", "1"));
  draws.order = flag(flags, "--order", "chance") == "row" ? Order::row : Order::chance;
  const std::string flip = flag(flags, "--flip", "never");
  draws.flip = flip == "epoch" ? Flip::epoch : flip == "gate" ? Flip::gate : Flip::never;
  return duet_gates(*pool, draws);
}

Result<std::string> runs(const Flags& flags, decltype(stored_gates)* gates) {
  const Result<Pool> pool = pool_from_stdin();
  if (!pool) return failure(pool.error());
  return gates(*pool, std::stoul(flag(flags, "--epochs-in-run", "1")),
               flag(flags, "--flip", "never") == "gate");
}

Result<std::string> epochs(const Flags&) {
  const Result<Pool> pool = pool_from_stdin();
  if (!pool) return failure(pool.error());
  return levels(*pool);
}

int run(int count, char** words) {
  const std::map<std::string, std::function<Result<std::string>(const Flags&)>> commands{
      {"pack", pack_stdin},
      {"duets", duets},
      {"stored", [](const Flags& flags) { return runs(flags, stored_gates); }},
      {"naive", [](const Flags& flags) { return runs(flags, naive_gates); }},
      {"levels", epochs}};
  const auto command = commands.find(count > 1 ? words[1] : "");
  if (command == commands.end()) {
    std::cerr << "one of pack, duets, stored, naive, levels\n";
    return 64;
  }
  const Result<std::string> lines = command->second(flags_of(count, words));
  if (!lines) {
    std::cerr << lines.error().text << "\n";
    return 1;
  }
  std::cout << *lines;
  return 0;
}

}  // namespace
}  // namespace loadgate::trust

int main(int count, char** words) {
  try {
    return loadgate::trust::run(count, words);
  } catch (const std::exception& bug) {
    std::cerr << "internal error: " << bug.what() << "\n";
    return 70;
  }
}
