#pragma once

// A port of 127.0.0.1 nobody listens on. Any thread.

namespace loadgate::process {

// Nobody did when it was asked; the system gives it to no one else soon. 0 where it has
// none.
unsigned short free_port();

}  // namespace loadgate::process
