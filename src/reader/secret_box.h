#pragma once

// The secrets of a recording: which fields hold them, and how a plan writes texts
// without them. Not thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reader/sketch.h"

namespace loadgate::reader {

// Whether a field, parameter or header of this name holds a secret: password, token,
// secret, api_key and their kin, however they are written.
bool is_secret_name(std::string_view name);

class SecretBox {
 public:
  // Takes the value of the field `name`; text() hides it from then on, wherever it stands.
  void add(std::string_view name, std::string_view value);

  // Of a description, which knows no value: "{{ token }}".
  std::string placeholder(std::string_view name);

  // `raw` as a plan writes it: literal, known secrets as placeholders.
  std::string text(std::string_view raw) const;

  // Index of the secret whose value this is.
  std::optional<std::size_t> find(std::string_view value) const;
  // REQUIRES: no call of placeholder(); index < secrets().size().
  const std::string& value_of(std::size_t index) const { return known_[index].value; }
  std::vector<SketchSecret>& secrets() { return secrets_; }

 private:
  struct Known {
    std::string value;
    std::size_t secret;
  };
  struct Hit;
  Hit next_secret(std::string_view raw, std::size_t from) const;
  std::size_t declare(std::string_view name);
  std::string placeholder_of(std::size_t secret) const;

  std::vector<SketchSecret> secrets_;
  std::vector<Known> known_;  // One a secret, in their order, without those of placeholder().
};

}  // namespace loadgate::reader
