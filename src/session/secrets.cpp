#include "session/secrets.h"

namespace loadgate::session {

std::string without_secrets(std::string text, const plan::Plan& plan) {
  for (const std::string& secret : plan.secrets) {
    for (std::size_t at = text.find(secret); at != std::string::npos;
         at = text.find(secret, at + 3)) {
      text.replace(at, secret.size(), "***");
    }
  }
  return text;
}

}  // namespace loadgate::session
