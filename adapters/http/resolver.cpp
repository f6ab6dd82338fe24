#include "adapters/http/resolver.hpp"

#include "adapters/wire/crypto/freed_by.hpp"

#include <arpa/inet.h>
#include <array>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>
#include <system_error>

namespace ig::adapters::http {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using Addresses = std::vector<std::string>;

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

/// Asks the system; empty when there is no answer.
Addresses ask(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_family = AF_UNSPEC;
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_ADDRCONFIG;
  addrinfo* list = nullptr;
  if (getaddrinfo(host.c_str(), nullptr, &wanted, &list) != 0) return {};
  const std::unique_ptr<addrinfo, wire::crypto::FreedBy<freeaddrinfo>> owned{list};
  Addresses out;
  for (const addrinfo* one = list; one != nullptr; one = one->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (getnameinfo(one->ai_addr, one->ai_addrlen, text.data(), text.size(), nullptr, 0,
                    NI_NUMERICHOST) == 0) {
      out.emplace_back(text.data());
    }
  }
  return out;
}

}  // namespace

core::base::Result<Addresses> Resolver::resolve(core::base::Deadline by) {
  if (is_address(host_)) return Addresses{host_};
  try {
    if (!pending_.valid()) pending_ = std::async(std::launch::async, ask, host_);
  } catch (const std::system_error&) {
    return fail(ErrorCode::UNAVAILABLE, {}, "no thread could be started to look up the host");
  }
  if (pending_.wait_until(by.at) != std::future_status::ready) {
    return fail(ErrorCode::DEADLINE, {}, "the host's address was not found in time");
  }
  Addresses addresses = pending_.get();
  if (addresses.empty()) {
    return fail(ErrorCode::UNAVAILABLE, {}, "the host has no address; check its name and DNS");
  }
  return addresses;
}

}  // namespace ig::adapters::http
