#pragma once

#include "core/ports/digest.hpp"

#include <memory>

namespace ig::adapters::wire::crypto {

/// SHA-256 by OpenSSL, with one context kept for all calls.
[[nodiscard]] std::unique_ptr<core::ports::Digest> make_digest();

/// SHA-256 fed piece by piece, for files and streams.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(const Sha256Stream&) = delete;
  Sha256Stream& operator=(const Sha256Stream&) = delete;
  void feed(std::string_view bytes);
  /// The digest of all that was fed; the stream then starts anew.
  [[nodiscard]] std::array<std::byte, 32> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// SHA-1 fed piece by piece: the IRmark's digest (HMRC's specification), nothing else.
class Sha1Stream {
 public:
  Sha1Stream();
  ~Sha1Stream();
  Sha1Stream(const Sha1Stream&) = delete;
  Sha1Stream& operator=(const Sha1Stream&) = delete;
  void feed(std::string_view bytes);
  [[nodiscard]] std::array<std::byte, 20> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ig::adapters::wire::crypto
