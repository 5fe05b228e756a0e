#include "metrics/deflate.h"

#include <zlib.h>

#include <array>
#include <cassert>
#include <new>

namespace loadgate::metrics {

namespace {

Bytef* bytes_of(std::string_view text) {
  // zlib takes input without const but does not write to it.
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

class Deflater {
 public:
  Deflater(int level, int window_bits, int memory_level) {
    if (deflateInit2(&stream_, level, Z_DEFLATED, window_bits, memory_level, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  std::string pack(std::string_view bytes) {
    deflateReset(&stream_);
    std::string packed(deflateBound(&stream_, static_cast<uLong>(bytes.size())), '\0');
    stream_.next_in = bytes_of(bytes);
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = bytes_of(packed);
    stream_.avail_out = static_cast<uInt>(packed.size());
    [[maybe_unused]] const int outcome = deflate(&stream_, Z_FINISH);
    assert(outcome == Z_STREAM_END);  // deflateBound() promised the room.
    packed.resize(packed.size() - stream_.avail_out);
    return packed;
  }

 private:
  z_stream stream_{};
};

class Inflater {
 public:
  Inflater() {
    if (inflateInit(&stream_) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  std::optional<std::string> unpack(std::string_view packed, std::size_t most) {
    inflateReset(&stream_);
    stream_.next_in = bytes_of(packed);
    stream_.avail_in = static_cast<uInt>(packed.size());
    std::string bytes;
    std::array<char, 4096> part;  // NOLINT(cppcoreguidelines-pro-type-member-init): written first.
    int outcome = Z_OK;
    while (outcome == Z_OK && bytes.size() <= most) {
      stream_.next_out = bytes_of({part.data(), part.size()});
      stream_.avail_out = static_cast<uInt>(part.size());
      outcome = inflate(&stream_, Z_NO_FLUSH);
      bytes.append(part.data(), part.size() - stream_.avail_out);
    }
    if (outcome != Z_STREAM_END || stream_.avail_in != 0 || bytes.size() > most) return {};
    return bytes;
  }

 private:
  z_stream stream_{};
};

}  // namespace

std::string deflated(std::string_view bytes, Packing packing) {
  if (packing == Packing::stored) {
    // The smallest window and tables: resetting large ones would dominate.
    thread_local Deflater stored(Z_NO_COMPRESSION, 10, 1);
    return stored.pack(bytes);
  }
  thread_local Deflater smallest(Z_BEST_COMPRESSION, MAX_WBITS, 8);
  return smallest.pack(bytes);
}

std::optional<std::string> inflated(std::string_view packed, std::size_t most) {
  thread_local Inflater inflater;
  return inflater.unpack(packed, most);
}

}  // namespace loadgate::metrics
