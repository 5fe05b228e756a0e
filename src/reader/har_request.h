#pragma once

// One request of a recording as a request of a plan.

#include <set>
#include <string>

#include "reader/har_entry.h"
#include "reader/secret_box.h"
#include "reader/sketch.h"

namespace loadgate::reader {

std::optional<plan::Method> method_of(const HarEntry& entry);

// The cookies of the request that no earlier answer of the recording has set.
std::string foreign_cookies(const HarEntry& entry, const std::set<std::string>& cookies_set);

// Adds what the request holds of secrets.
void collect_secrets(const HarEntry& entry, const std::set<std::string>& cookies_set,
                     SecretBox& secrets);

// REQUIRES: method_of(entry); collect_secrets() of every entry.
SketchRequest request_of(const HarEntry& entry, const std::set<std::string>& cookies_set,
                         const SecretBox& secrets);

}  // namespace loadgate::reader
