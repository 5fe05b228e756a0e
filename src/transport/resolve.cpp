#include "transport/resolve.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

#include "base/units.h"

namespace loadgate::transport {
namespace {

using Addresses = Result<std::vector<std::string>>;

std::string text_of(const addrinfo& entry) {
  std::array<char, NI_MAXHOST> text{};
  const int failed = getnameinfo(entry.ai_addr, entry.ai_addrlen, text.data(), text.size(), nullptr,
                                 0, NI_NUMERICHOST);
  return failed != 0 ? std::string() : std::string(text.data());
}

std::vector<std::string> texts_of(const addrinfo* entries) {
  std::vector<std::string> texts;
  for (const addrinfo* entry = entries; entry != nullptr; entry = entry->ai_next) {
    std::string text = text_of(*entry);
    const bool is_known = std::find(texts.begin(), texts.end(), text) != texts.end();
    if (!text.empty() && !is_known) texts.push_back(std::move(text));
  }
  return texts;
}

Addresses look_up_patiently(const std::string& host, const std::string& source) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failed = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (failed != 0) {
    return failure(fmt::format(
        "the name {} cannot be resolved ({}): correct {}, or make the name known to this machine",
        host, gai_strerror(failed), source));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> entries(found, &freeaddrinfo);
  return texts_of(entries.get());
}

// Shared by the look-up's thread and the one that waits, as either may be last.
struct LookUp {
  std::mutex mutex;
  std::condition_variable finished;
  bool is_finished = false;
  Addresses addresses;
};

void run(const std::shared_ptr<LookUp>& task, const std::string& host, const std::string& source) {
  Addresses addresses = look_up_patiently(host, source);
  const std::scoped_lock lock(task->mutex);
  task->addresses = std::move(addresses);
  task->is_finished = true;
  task->finished.notify_one();
}

}  // namespace

bool is_address(const std::string& host) {
  in_addr number{};
  return host.starts_with('[') || inet_pton(AF_INET, host.c_str(), &number) == 1;
}

// getaddrinfo() knows no time limit and cannot be stopped, so it is left to a thread that
// nobody waits for.
Addresses look_up(const std::string& host, const std::string& source, Nanoseconds patience) {
  const auto task = std::make_shared<LookUp>();
  try {
    std::thread([task, host, source] { run(task, host, source); }).detach();
  } catch (const std::system_error& error) {
    return failure(fmt::format("no thread to look up {} with: {}", host, error.what()));
  }
  std::unique_lock lock(task->mutex);
  if (!task->finished.wait_for(lock, patience, [&] { return task->is_finished; })) {
    return failure(
        fmt::format("looking up {} took longer than {}: check this machine's name server", host,
                    format_duration(patience)));
  }
  return task->addresses;
}

}  // namespace loadgate::transport
