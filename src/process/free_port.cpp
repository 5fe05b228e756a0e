#include "process/free_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "process/descriptor.h"

namespace loadgate::process {

unsigned short free_port() {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const general = reinterpret_cast<sockaddr*>(&address);
  socklen_t size = sizeof address;
  if (::bind(socket.number(), general, size) != 0) return 0;
  if (::getsockname(socket.number(), general, &size) != 0) return 0;
  return ntohs(address.sin_port);
}

}  // namespace loadgate::process
