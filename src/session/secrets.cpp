#include "session/secrets.h"

#include "load/failure_sample.h"

namespace loadgate::session {

std::string without_secrets(const std::string& text, const plan::Plan& plan) {
  return load::Mask(plan.secrets).over(text);
}

}  // namespace loadgate::session
