#pragma once

// The machine a run was made on. Plain values.

#include <string>

namespace loadgate::metrics {

// The machine, as far as it decides how fast things are. Runs are only compared where
// fingerprint() is the same.
struct Environment {
  std::string cpu_model;
  unsigned cores = 0;      // That this process may use.
  unsigned memory_gb = 0;  // Rounded to a power of two: the class, not the number.
  std::string os;          // "debian 12"
  bool in_container = false;
  std::string boot;           // Hash of the boot id: two runs of one boot share luck.
  std::string hostname_hash;  // Shown, never compared.

  std::string fingerprint() const;  // Of all but boot and hostname.
  std::string text() const;         // "AMD EPYC 7B13, 2 cores, 16 GB, debian 12, container"
};

}  // namespace loadgate::metrics
