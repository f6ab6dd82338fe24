#pragma once

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ig::adapters::wire::crypto {

/// The first and the last second in which a certificate is good.
struct Validity {
  std::chrono::sys_seconds not_before;
  std::chrono::sys_seconds not_after;

  /// From an hour ago to `days` days from now, by the system's clock.
  [[nodiscard]] static Validity for_days(int days);
};

/// A certificate and its private key (PKCS #8), both PEM. The key is secret.
struct Issued {
  std::string certificate_pem;
  std::string key_pem;
};

/// A small certificate authority for the sandbox and for tests: P-256, ECDSA with SHA-256, one
/// level deep (RFC 5280). Never for production: its key lives in memory alone. Not for two threads
/// at once.
class CertificateAuthority {
 public:
  /// Makes a key and a self-signed certificate. `name` is its common name, 1 to 64 characters.
  [[nodiscard]] static CertificateAuthority make(std::string_view name,
                                                 Validity validity = Validity::for_days(30));
  ~CertificateAuthority();
  CertificateAuthority(CertificateAuthority&&) noexcept;
  CertificateAuthority& operator=(CertificateAuthority&&) noexcept;

  /// The authority's own certificate, to be trusted by the other side.
  [[nodiscard]] std::string ca_pem() const;

  /// For a server (EKU serverAuth). Each name becomes a subject alternative name: an IP address,
  /// a URI (anything with "://" or a leading "urn:"), else a DNS name. At least one is needed.
  [[nodiscard]] Issued issue_server(std::span<const std::string> names,
                                    Validity validity = Validity::for_days(7)) const;

  /// For a client (EKU clientAuth), known by one URI or DNS name.
  [[nodiscard]] Issued issue_client(std::string_view name,
                                    Validity validity = Validity::for_days(7)) const;

 private:
  struct Impl;
  explicit CertificateAuthority(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ig::adapters::wire::crypto
