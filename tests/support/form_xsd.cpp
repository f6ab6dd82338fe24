#include "tests/support/form_xsd.hpp"

#include "tests/support/value_facets.hpp"

#include <fmt/format.h>

#include <map>
#include <set>
#include <vector>

namespace ig::tests::support {
namespace {

using adapters::rti::AttributeRule;
using adapters::rti::El;
using adapters::rti::Form;
using adapters::rti::kMany;
using adapters::rti::Particle;
using adapters::rti::ValueRule;

#define IG_RTI_SPACE "http://www.govtalk.gov.uk/taxation/PAYE/RTI/"
constexpr OwnSchema kOwnSchemas[] = {
    {"fps-2025-26.xsd", IG_RTI_SPACE "FullPaymentSubmission/25-26/1"},
    {"fps-2013-14.xsd", IG_RTI_SPACE "FullPaymentSubmission/13-14/2"},
    {"eps-2025-26.xsd", IG_RTI_SPACE "EmployerPaymentSummary/25-26/1"},
    {"eps-2013-14.xsd", IG_RTI_SPACE "EmployerPaymentSummary/13-14/2"},
    {"eyu-2013-14.xsd", IG_RTI_SPACE "EarlierYearUpdate/13-14/3"},
};
#undef IG_RTI_SPACE

constexpr CrossFieldRule kCrossFieldRules[] = {
    {"Keys", "MISSING_ELEMENT", "The keys name the scheme (HMRC rule 5004)."},
    {"Keys", "KEYS_DISAGREE", "The keys are those of the GovTalk envelope (HMRC rule 5005)."},
    {"PeriodEnd", "WRONG_TAX_YEAR", "The day lies in the tax year of the form (HMRC rule 7844)."},
    {"IRmark", "IRMARK_INVALID", "The mark agrees with the body it marks."},
    {"OfficeNo", "KEYS_DISAGREE", "The number is that of the header's keys (HMRC rule 7821)."},
    {"PayeRef", "KEYS_DISAGREE", "The reference is that of the header's keys (HMRC rule 7822)."},
    {"RelatedTaxYear", "WRONG_TAX_YEAR", "It is the tax year of the form (HMRC rule 7889)."},
    {"NoPaymentDates", "CONTRADICTION", "The period ends after it begins."},
    {"Class", "WRONG_CLASS", "The class of the message fits the form (HMRC rules 7837 to 7839)."},
    {"Class", "TEST_MESSAGE", "A class that ends in -TIL makes the message a test."},
    {"GatewayTest", "TEST_MESSAGE", "A message of the gateway's test is no income."},
};

/// Text as it stands in an attribute, in ASCII.
std::string escaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("\xc2\xa3")) {
      out += "&#xA3;";
      i += 1;
    } else if (rest.starts_with("\xe2\x82\xac")) {
      out += "&#x20AC;";
      i += 2;
    } else if (text[i] == '&') {
      out += "&amp;";
    } else if (text[i] == '<') {
      out += "&lt;";
    } else if (text[i] == '>') {
      out += "&gt;";
    } else if (text[i] == '"') {
      out += "&quot;";
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string occurs(unsigned least, unsigned most) {
  std::string out;
  if (least != 1) out += fmt::format(" minOccurs=\"{}\"", least);
  if (most == kMany) return out + " maxOccurs=\"unbounded\"";
  if (most != 1) out += fmt::format(" maxOccurs=\"{}\"", most);
  return out;
}

/// Writes one schema: the elements inside each other, then the simple types they name.
class SchemaWriter {
 public:
  explicit SchemaWriter(const Form& form)
      : form_(form), year_(core::values::TaxYear::starting(form.tax_year)) {}

  std::string write() {
    line(R"(<?xml version="1.0" encoding="UTF-8"?>)");
    line("<!-- Made of the tables of adapters/rti by ./dev schemas; not written by hand. -->");
    open(R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema")");
    line(fmt::format(R"(xmlns="{}")", form_.uri));
    line(fmt::format(R"(targetNamespace="{}")", form_.uri));
    line(R"(elementFormDefault="qualified" version="1">)");
    note({"What the gateway takes in as this form. Bounds and patterns are those of our own value",
          "rules. A rule that joins several elements stands as an annotation that begins with the",
          "code of the problem. An Employee of more than 1 MiB and XML beyond the limits of",
          "core/base/limits.hpp are refused too."});
    open(R"(<xs:element name="IRenvelope">)");
    note(rules_of_the_message());
    open("<xs:complexType>");
    open("<xs:sequence>");
    content(form_.envelope);
    close("</xs:sequence>");
    line(R"(<xs:anyAttribute processContents="skip"/>)");
    close("</xs:complexType>");
    close("</xs:element>");
    for (const Named& type : types_) write_type(type);
    close("</xs:schema>");
    return std::move(out_);
  }

 private:
  struct Named {
    std::string name;
    SimpleType type;
  };

  void line(std::string_view text) { out_.append(depth_ * 2, ' ').append(text).append("\n"); }
  void open(std::string_view text) {
    line(text);
    ++depth_;
  }
  void close(std::string_view text) {
    --depth_;
    line(text);
  }
  void note(const std::vector<std::string>& lines) {
    if (lines.empty()) return;
    open("<xs:annotation>");
    open("<xs:documentation>");
    for (const std::string& text : lines) line(escaped(text));
    close("</xs:documentation>");
    close("</xs:annotation>");
  }
  static std::vector<std::string> rules_of(std::string_view element) {
    std::vector<std::string> out;
    for (const CrossFieldRule& rule : kCrossFieldRules) {
      if (rule.element == element) out.push_back(fmt::format("{}: {}", rule.code, rule.says));
    }
    return out;
  }
  static std::vector<std::string> rules_of_the_message() {
    std::vector<std::string> out = rules_of("Class");
    for (std::string& text : rules_of("GatewayTest")) out.push_back(std::move(text));
    return out;
  }

  /// The slots of a group in order; neighbours that exclude each other become a choice, those that
  /// stand together a sequence of their own.
  void content(std::span<const Particle> slots) {
    for (std::size_t at = 0; at < slots.size(); ++at) {
      const Particle& slot = slots[at];
      if (slot.choice == 0 && slot.together == 0) {
        element(slot, occurs(slot.least, slot.most));
        continue;
      }
      const bool choice = slot.choice != 0;
      const unsigned least = choice && slot.least > 0 ? 1 : 0;
      open(fmt::format("<xs:{}{}>", choice ? "choice" : "sequence", occurs(least, 1)));
      std::size_t last = at;
      for (std::size_t i = at; i < slots.size(); ++i) {
        if (slots[i].choice != slot.choice || slots[i].together != slot.together) break;
        last = i;
        if (slots[i].element == El::CompressedPart) {
          line("<!-- A CompressedPart is refused: employees are taken in uncompressed. -->");
        } else {
          element(slots[i], occurs(1, slots[i].most));
        }
      }
      at = last;
      close(choice ? "</xs:choice>" : "</xs:sequence>");
    }
  }

  void element(const Particle& slot, const std::string& how_often) {
    const std::string_view element_name = name(slot.element);
    const std::string start = fmt::format(R"(<xs:element name="{}"{})", element_name, how_often);
    const auto rules = rules_of(element_name);
    if (slot.value != nullptr && slot.attributes.empty()) {
      const std::string type = type_of(*slot.value, element_name);
      if (rules.empty()) return line(fmt::format(R"({} type="{}"/>)", start, type));
      open(fmt::format(R"({} type="{}">)", start, type));
      note(rules);
      return close("</xs:element>");
    }
    open(start + ">");
    note(rules);
    open("<xs:complexType>");
    if (slot.value != nullptr) {
      open("<xs:simpleContent>");
      open(fmt::format(R"(<xs:extension base="{}">)", type_of(*slot.value, element_name)));
      attributes(slot);
      close("</xs:extension>");
      close("</xs:simpleContent>");
    } else {
      open("<xs:sequence>");
      content(slot.content);
      close("</xs:sequence>");
      attributes(slot);
    }
    close("</xs:complexType>");
    close("</xs:element>");
  }

  void attributes(const Particle& slot) {
    for (const AttributeRule& rule : slot.attributes) {
      const std::string user = std::string(name(slot.element)) + std::string(rule.name);
      line(fmt::format(R"(<xs:attribute name="{}" type="{}"{}/>)", rule.name,
                       type_of(*rule.value, user), rule.needed ? R"( use="required")" : ""));
    }
  }

  /// The name of the simple type of a rule; a type that its kind does not name in full is called
  /// after the first element that has it.
  std::string type_of(const ValueRule& rule, std::string_view user) {
    SimpleType type = simple_type(rule, year_);
    std::string body = type.base;
    for (const auto& [facet, value] : type.facets) body += fmt::format("\n{}\n{}", facet, value);
    if (const auto known = by_body_.find(body); known != by_body_.end()) return known->second;
    const std::string_view suffix = user.ends_with("Type") ? "" : "Type";
    const std::string stem = type.name.empty() ? fmt::format("{}{}", user, suffix) : type.name;
    std::string chosen = stem;
    for (int more = 2; !taken_.insert(chosen).second; ++more) {
      chosen = fmt::format("{}{}", stem, more);
    }
    by_body_.emplace(std::move(body), chosen);
    types_.push_back({chosen, std::move(type)});
    return chosen;
  }

  void write_type(const Named& named) {
    open(fmt::format(R"(<xs:simpleType name="{}">)", named.name));
    if (named.type.facets.empty()) {
      line(fmt::format(R"(<xs:restriction base="{}"/>)", named.type.base));
    } else {
      open(fmt::format(R"(<xs:restriction base="{}">)", named.type.base));
      for (const auto& [facet, value] : named.type.facets) {
        line(fmt::format(R"(<xs:{} value="{}"/>)", facet, escaped(value)));
      }
      close("</xs:restriction>");
    }
    close("</xs:simpleType>");
  }

  const Form& form_;
  core::values::TaxYear year_;
  std::string out_;
  std::size_t depth_ = 0;
  std::map<std::string, std::string> by_body_;
  std::set<std::string> taken_;
  std::vector<Named> types_;
};

}  // namespace

std::span<const OwnSchema> own_schemas() { return kOwnSchemas; }
std::span<const CrossFieldRule> cross_field_rules() { return kCrossFieldRules; }
std::string form_xsd(const Form& form) { return SchemaWriter(form).write(); }

}  // namespace ig::tests::support
