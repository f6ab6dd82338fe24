#pragma once

#include "adapters/http/message.hpp"
#include "adapters/sandbox/faults.hpp"
#include "adapters/wire/json/writer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How HMRC's answers are written.
namespace ig::adapters::sandbox {

/// Pounds as a JSON number without trailing zeros, as HMRC's own layer writes it: 1000 for 100000
/// pence, -0.5 for -50.
[[nodiscard]] std::string amount(std::int64_t pence);

/// 200 with application/hal+json.
[[nodiscard]] http::Response hal_reply(std::string body);
/// {"code","message"}: the gateway and the individuals family.
[[nodiscard]] http::Response coded(unsigned status, std::string_view code,
                                   std::string_view message);
/// {"code","reason"}: Real Time Income Information.
[[nodiscard]] http::Response reasoned(unsigned status, std::string_view code,
                                      std::string_view reason);

/// The `_links` of a HAL answer. A fault may take one out (never `self`) or lead all of them to
/// another host.
class Links {
 public:
  Links(const ActiveFault& fault, std::string self) : fault_(fault), self_(std::move(self)) {}
  Links& add(std::string name, std::string href, std::string_view title);
  /// P1.0 says in each link that it is a GET.
  Links& with_verb() {
    verb_ = true;
    return *this;
  }
  void write(wire::json::Writer& out) const;

 private:
  struct Link {
    std::string name;
    std::string href;
    std::string_view title;
  };
  [[nodiscard]] std::string seen(const std::string& href) const;

  const ActiveFault& fault_;
  std::string self_;
  std::vector<Link> links_;
  bool verb_ = false;
};

/// What stands behind the question mark of a target.
[[nodiscard]] std::string_view query_of(std::string_view target);
/// What stands before it.
[[nodiscard]] std::string_view path_of(std::string_view target);

}  // namespace ig::adapters::sandbox
