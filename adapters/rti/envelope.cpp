#include "adapters/rti/envelope.hpp"

namespace ig::adapters::rti {
namespace {

using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr std::string_view kGovTalk = "http://www.govtalk.gov.uk/CM/envelope";
constexpr std::size_t kept_bytes_max = 64;

std::string_view view(wire::xml::Interned text) {
  return text == nullptr ? std::string_view() : text;
}

}  // namespace

bool Envelope::at_form(const wire::xml::StartTag& tag) const {
  return (path_.empty() || path_ == "/GovTalkMessage/Body") && view(tag.local) == "IRenvelope";
}

Result<void> Envelope::start(const wire::xml::StartTag& tag) {
  if (path_.empty()) {
    if (view(tag.local) != "GovTalkMessage" || view(tag.uri) != kGovTalk) {
      return fail(ErrorCode::UNKNOWN_NAMESPACE, "/" + std::string(view(tag.local)),
                  "the root is neither GovTalkMessage of the GovTalk envelope nor an IRenvelope");
    }
    govtalk_ = true;
  }
  lengths_.push_back(path_.size());
  path_.append("/").append(view(tag.local));
  into_ = view(tag.uri) == kGovTalk ? wanted_text(tag) : nullptr;
  if (into_ != nullptr) into_->clear();
  return {};
}

std::string* Envelope::wanted_text(const wire::xml::StartTag& tag) {
  if (path_ == "/GovTalkMessage/Header/MessageDetails/Class") return &class_;
  if (path_ == "/GovTalkMessage/Header/MessageDetails/GatewayTest") return &gateway_test_;
  if (path_ == "/GovTalkMessage/Header/MessageDetails/GatewayTimestamp") return &timestamp_;
  if (path_ != "/GovTalkMessage/GovTalkDetails/Keys/Key") return nullptr;
  for (std::size_t i = 0; i < tag.attribute_count(); ++i) {
    const wire::xml::Attribute attribute = tag.attribute_at(i);
    if (view(attribute.local) != "Type") continue;
    if (attribute.value == "TaxOfficeNumber") return &keys_.office;
    if (attribute.value == "TaxOfficeReference") return &keys_.reference;
  }
  return nullptr;
}

void Envelope::text(std::string_view piece) {
  if (into_ != nullptr && into_->size() < kept_bytes_max) {
    into_->append(piece.substr(0, kept_bytes_max - into_->size()));
  }
}

void Envelope::end() {
  path_.resize(lengths_.back());
  lengths_.pop_back();
  into_ = nullptr;
}

}  // namespace ig::adapters::rti
