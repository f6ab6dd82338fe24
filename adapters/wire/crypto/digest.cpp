#include "adapters/wire/crypto/digest.hpp"

#include "adapters/wire/crypto/freed_by.hpp"
#include "core/base/require.hpp"

#include <openssl/evp.h>

namespace ig::adapters::wire::crypto {
namespace {

using Context = std::unique_ptr<EVP_MD_CTX, FreedBy<EVP_MD_CTX_free>>;
using Algorithm = std::unique_ptr<EVP_MD, FreedBy<EVP_MD_free>>;

/// Looked up by name once: a lookup a digest would cost more than the digest of a short text.
const EVP_MD* sha256_algorithm() {
  static const Algorithm algorithm{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
  return algorithm.get();
}

const EVP_MD* sha1_algorithm() {
  static const Algorithm algorithm{EVP_MD_fetch(nullptr, "SHA1", nullptr)};
  return algorithm.get();
}

/// One context for one algorithm, started again after each digest.
template <std::size_t Size>
class Hash {
 public:
  explicit Hash(const EVP_MD* algorithm) : algorithm_(algorithm), context_(EVP_MD_CTX_new()) {
    core::base::require(algorithm_ != nullptr && context_ != nullptr,
                        "OpenSSL has the digests SHA-256 and SHA-1");
    start();
  }

  void feed(std::string_view bytes) {
    core::base::require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1,
                        "a started digest takes bytes");
  }

  [[nodiscard]] std::array<std::byte, Size> finish() {
    std::array<std::byte, Size> out{};
    auto* const place = reinterpret_cast<unsigned char*>(out.data());
    core::base::require(EVP_DigestFinal_ex(context_.get(), place, nullptr) == 1,
                        "a started digest finishes");
    start();
    return out;
  }

 private:
  void start() {
    core::base::require(EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr) == 1,
                        "a fetched digest starts");
  }

  const EVP_MD* algorithm_;
  Context context_;
};

class OpenSslDigest final : public core::ports::Digest {
 public:
  [[nodiscard]] std::array<std::byte, 32> sha256(std::string_view bytes) override {
    hash_.feed(bytes);
    return hash_.finish();
  }

 private:
  Hash<32> hash_{sha256_algorithm()};
};

}  // namespace

std::unique_ptr<core::ports::Digest> make_digest() { return std::make_unique<OpenSslDigest>(); }

struct Sha256Stream::Impl {
  Hash<32> hash{sha256_algorithm()};
};

Sha256Stream::Sha256Stream() : impl_(std::make_unique<Impl>()) {}
Sha256Stream::~Sha256Stream() = default;
void Sha256Stream::feed(std::string_view bytes) { impl_->hash.feed(bytes); }
std::array<std::byte, 32> Sha256Stream::finish() { return impl_->hash.finish(); }

struct Sha1Stream::Impl {
  Hash<20> hash{sha1_algorithm()};
};

Sha1Stream::Sha1Stream() : impl_(std::make_unique<Impl>()) {}
Sha1Stream::~Sha1Stream() = default;
void Sha1Stream::feed(std::string_view bytes) { impl_->hash.feed(bytes); }
std::array<std::byte, 20> Sha1Stream::finish() { return impl_->hash.finish(); }

}  // namespace ig::adapters::wire::crypto
