#include "monitor/environment.h"

#include <fmt/format.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"

namespace loadgate::monitor {

namespace {

namespace fs = std::filesystem;

// Empty where it cannot be read.
std::string text_of(const fs::path& path) { return read_file(path).value_or(""); }

// The value of the first line "KEY<separator>VALUE", without blanks around it.
std::string_view value_of(std::string_view text, std::string_view key, char separator) {
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t end = line.find(separator);
    if (end != std::string_view::npos && trimmed(line.substr(0, end)) == key) {
      return trimmed(line.substr(end + 1));
    }
  }
  return {};
}

template <class Number>
std::optional<Number> number_at_start(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() ? std::optional(number) : std::nullopt;
}

std::string with_single_blanks(std::string_view text) {
  std::string single;
  for (const char letter : text) {
    if (letter != ' ' || !single.ends_with(' ')) single += letter;
  }
  return single;
}

std::string_view unquoted(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') &&
                         text.back() == text.front();
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

// The folders of the cgroup (v2) this process is in and of all above: each may limit.
std::vector<fs::path> cgroup_folders(const fs::path& root) {
  const fs::path top = root / "sys/fs/cgroup";
  std::vector<fs::path> folders = {top};
  const std::string cgroups = text_of(root / "proc/self/cgroup");
  for (const std::string_view line : split(cgroups, '\n')) {
    if (!line.starts_with("0::/")) continue;
    fs::path folder = top;
    for (const std::string_view name : split(line.substr(4), '/')) {
      // ".." stands where the process was moved out of its namespace.
      if (name.empty() || name == "..") continue;
      folder /= name;
      folders.push_back(folder);
    }
  }
  return folders;
}

unsigned usable_cores(const fs::path& root, unsigned allowed) {
  double cores = allowed;
  for (const fs::path& folder : cgroup_folders(root)) {
    cores = std::min(cores, cores_of(text_of(folder / "cpu.max")).value_or(cores));
  }
  return static_cast<unsigned>(std::ceil(cores));
}

std::uint64_t usable_memory(const fs::path& root) {
  std::uint64_t bytes = total_memory_of(text_of(root / "proc/meminfo"));
  for (const fs::path& folder : cgroup_folders(root)) {
    bytes = std::min(bytes, bytes_of(text_of(folder / "memory.max")).value_or(bytes));
  }
  return bytes;
}

bool is_in_container(const fs::path& root) {
  std::error_code unknown;
  if (fs::exists(root / ".dockerenv", unknown) || fs::exists(root / "run/.containerenv", unknown)) {
    return true;
  }
  constexpr auto kHints = std::to_array<std::string_view>(
      {"docker", "kubepods", "containerd", "libpod", "lxc", "garden"});
  const std::string cgroups = text_of(root / "proc/1/cgroup");
  return std::ranges::any_of(
      kHints, [&](std::string_view hint) { return cgroups.find(hint) != std::string::npos; });
}

std::string first_text_of(const fs::path& one, const fs::path& other) {
  std::string text = text_of(one);
  return text.empty() ? text_of(other) : text;
}

Kernel ask_kernel() {
  Kernel kernel;
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof(allowed), &allowed) == 0) {
    kernel.allowed_cores = static_cast<unsigned>(CPU_COUNT(&allowed));
  } else {
    // Machines of more than 1,024 cores do not fit into the set.
    kernel.allowed_cores = static_cast<unsigned>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  }
  std::array<char, 256> name{};
  if (gethostname(name.data(), name.size() - 1) == 0) kernel.hostname = name.data();
  kernel.is_kubernetes = std::getenv("KUBERNETES_SERVICE_HOST") != nullptr;
  return kernel;
}

}  // namespace

std::string cpu_model_of(std::string_view cpuinfo) {
  const std::string_view model = value_of(cpuinfo, "model name", ':');
  if (!model.empty()) return with_single_blanks(model);
  const std::string_view implementer = value_of(cpuinfo, "CPU implementer", ':');
  if (implementer.empty()) return {};
  return fmt::format("arm {} {}", implementer, value_of(cpuinfo, "CPU part", ':'));
}

std::string os_of(std::string_view os_release) {
  const std::string_view id = unquoted(value_of(os_release, "ID", '='));
  const std::string_view version = unquoted(value_of(os_release, "VERSION_ID", '='));
  const std::string_view major = version.substr(0, version.find('.'));
  return major.empty() ? std::string(id) : fmt::format("{} {}", id, major);
}

std::optional<double> cores_of(std::string_view cpu_max) {
  // "150000 100000": microseconds in each period; "max 100000": no limit.
  const std::vector<std::string_view> parts = split(trimmed(cpu_max), ' ');
  if (parts.size() != 2) return std::nullopt;
  const auto quota = number_at_start<std::uint64_t>(parts[0]);
  const auto period = number_at_start<std::uint64_t>(parts[1]);
  if (!quota || !period || *quota == 0 || *period == 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<std::uint64_t> bytes_of(std::string_view memory_max) {
  return number_at_start<std::uint64_t>(trimmed(memory_max));  // "max" is no number.
}

std::uint64_t total_memory_of(std::string_view meminfo) {
  return number_at_start<std::uint64_t>(value_of(meminfo, "MemTotal", ':')).value_or(0) * 1024;
}

unsigned memory_class_of(std::uint64_t bytes) {
  const double gigabytes = static_cast<double>(bytes) / (1U << 30U);
  const double exponent = gigabytes <= 1 ? 0 : std::round(std::log2(gigabytes));
  return 1U << static_cast<unsigned>(std::min(exponent, 31.0));
}

metrics::Environment read_environment(const fs::path& root, const Kernel& kernel) {
  const std::string boot = text_of(root / "proc/sys/kernel/random/boot_id");
  return {.cpu_model = cpu_model_of(text_of(root / "proc/cpuinfo")),
          .cores = usable_cores(root, kernel.allowed_cores),
          .memory_gb = memory_class_of(usable_memory(root)),
          .os = os_of(first_text_of(root / "etc/os-release", root / "usr/lib/os-release")),
          .in_container = kernel.is_kubernetes || is_in_container(root),
          .boot = boot.empty() ? "" : fingerprint_of(trimmed(boot)),
          .hostname_hash = kernel.hostname.empty() ? "" : fingerprint_of(kernel.hostname)};
}

metrics::Environment read_environment() { return read_environment("/", ask_kernel()); }

}  // namespace loadgate::monitor
