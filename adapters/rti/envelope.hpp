#pragma once

#include "adapters/wire/xml/push_parser.hpp"
#include "core/base/result.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::rti {

/// The keys of a header: which scheme it speaks for.
struct SchemeKeys {
  std::string office;
  std::string reference;
  friend bool operator==(const SchemeKeys&, const SchemeKeys&) = default;
};

/// How the class of a test message ends ("test in live").
inline constexpr std::string_view kTestSuffix = "-TIL";

/// The GovTalk envelope around a form (envelope-v2-0-HMRC): class, test mark, time stamp and keys.
/// Nothing else of it is kept: SenderDetails holds passwords in clear.
class Envelope {
 public:
  /// An element outside the form begins. Errors: UNKNOWN_NAMESPACE of a root that is neither
  /// GovTalkMessage nor IRenvelope.
  [[nodiscard]] core::base::Result<void> start(const wire::xml::StartTag& tag);
  void text(std::string_view piece);
  void end();
  /// True when the next element begins the form: inside Body, or as root.
  [[nodiscard]] bool at_form(const wire::xml::StartTag& tag) const;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] bool is_govtalk() const noexcept { return govtalk_; }
  [[nodiscard]] const std::string& message_class() const noexcept { return class_; }
  [[nodiscard]] bool is_test_class() const noexcept { return class_.ends_with(kTestSuffix); }
  /// A test message by its class, or by its GatewayTest.
  [[nodiscard]] bool is_test() const noexcept { return is_test_class() || gateway_test_ == "1"; }
  [[nodiscard]] const std::string& timestamp() const noexcept { return timestamp_; }
  [[nodiscard]] const SchemeKeys& keys() const noexcept { return keys_; }

 private:
  [[nodiscard]] std::string* wanted_text(const wire::xml::StartTag& tag);

  std::string path_;  ///< of the element that is open
  std::vector<std::size_t> lengths_;
  std::string* into_ = nullptr;
  bool govtalk_ = false;
  std::string class_;
  std::string gateway_test_;
  std::string timestamp_;
  SchemeKeys keys_;
};

}  // namespace ig::adapters::rti
