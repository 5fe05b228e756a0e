#pragma once

// Where the service under test is, and how it comes to life: `start`, `target`, `ready`.

#include "reader/keys.h"

namespace loadgate::reader {

// --host: the user says where the service is, so nothing is started either.
void read_host(Draft& draft);

// Where it stands, the plan has a target and a `ready` though it names neither.
void read_start(const Field& field, Draft& draft);

// REQUIRES: `start` is read.
void read_target(const Field& field, Draft& draft);

// REQUIRES: the target is known.
void read_ready(const Field& field, Draft& draft);

}  // namespace loadgate::reader
