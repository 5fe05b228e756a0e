// The part of bench/trust that runs the gate's own code on recorded duets and runs. The
// scripts beside it start it; recordings come line by line on stdin.

#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

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

Order order_of(const Flags& flags) {
  return flag(flags, "--order", "chance") == "row" ? Order::row : Order::chance;
}

Flip flip_of(const Flags& flags) {
  const std::string flip = flag(flags, "--flip", "never");
  return flip == "epoch" ? Flip::epoch : flip == "gate" ? Flip::gate : Flip::never;
}

// Lines up to an empty one or the end.
template <class Recorded>
Result<std::vector<Recorded>> recorded_from_stdin(Result<Recorded> (*unpack)(std::string_view)) {
  std::vector<Recorded> all;
  for (std::string line; std::getline(std::cin, line) && !line.empty();) {
    Result<Recorded> one = unpack(line);
    if (!one) return failure(one.error());
    all.push_back(std::move(*one));
  }
  return all;
}

Result<Pool> epochs_from_stdin() {
  Result<std::vector<RecordedDuet>> duets = recorded_from_stdin(unpack_duet);
  if (!duets) return failure(duets.error());
  return pool_of(std::move(*duets));
}

// Equal runs, then after an empty line those of head, if it is another build.
Result<RunPool> runs_from_stdin() {
  Result<std::vector<RecordedRun>> equal = recorded_from_stdin(unpack_run);
  if (!equal) return failure(equal.error());
  Result<std::vector<RecordedRun>> head = recorded_from_stdin(unpack_run);
  if (!head) return failure(head.error());
  return RunPool{std::move(*equal), std::move(*head)};
}

Result<std::string> pack_stdin(const Flags&) {
  const std::string result_json{std::istreambuf_iterator<char>(std::cin), {}};
  Result<std::string> line = pack(result_json);
  if (line) *line += "\n";
  return line;
}

Result<std::string> duets(const Flags& flags) {
  const Result<Pool> pool = epochs_from_stdin();
  if (!pool) return failure(pool.error());
  Draws draws;
  draws.gates = std::stoul(flag(flags, "--gates", "1000"));
  draws.seed = std::stoull(flag(flags, "--seed", "1"));
  draws.chances = {order_of(flags), flip_of(flags)};
  return duet_gates(*pool, draws);
}

Result<std::string> again(const Flags&) {
  const Result<std::vector<RecordedDuet>> duets = recorded_from_stdin(unpack_duet);
  if (!duets) return failure(duets.error());
  return gates_again(*duets);
}

Result<std::string> runs(const Flags& flags) {
  const Result<RunPool> pool = runs_from_stdin();
  if (!pool) return failure(pool.error());
  if (order_of(flags) == Order::row) return run_gates_in_a_row(*pool);
  return run_gates_by_chance(*pool, std::stoul(flag(flags, "--gates", "1000")),
                             std::stoull(flag(flags, "--seed", "1")));
}

Result<std::string> epochs(const Flags&) {
  const Result<Pool> pool = epochs_from_stdin();
  if (!pool) return failure(pool.error());
  return levels(*pool);
}

int run(int count, char** words) {
  const std::map<std::string, std::function<Result<std::string>(const Flags&)>> commands{
      {"pack", pack_stdin}, {"duets", duets}, {"again", again}, {"runs", runs}, {"levels", epochs}};
  const auto command = commands.find(count > 1 ? words[1] : "");
  if (command == commands.end()) {
    std::cerr << "one of pack, duets, again, runs, levels\n";
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
