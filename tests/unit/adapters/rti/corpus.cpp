#include "tests/unit/adapters/rti/corpus.hpp"

#include "tests/unit/adapters/rti/reading.hpp"

#include <array>

namespace ig::adapters::rti::tests {
namespace {

std::vector<xmlNode*> elements_under(xmlNode* root) {
  std::vector<xmlNode*> out;
  for (xmlNode* child = root->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    out.push_back(child);
    const auto below = elements_under(child);
    out.insert(out.end(), below.begin(), below.end());
  }
  return out;
}

bool is_leaf(const xmlNode* node) {
  for (const xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) return false;
  }
  return true;
}

/// Texts at the edges of HMRC's simple types, good in some places and bad in others.
constexpr std::array kTexts = {"",
                               " ",
                               "yes",
                               "no",
                               "A",
                               "B",
                               "D",
                               "E",
                               "F",
                               "H",
                               "M",
                               "W1",
                               "W2",
                               "W4",
                               "M1",
                               "MA",
                               "IO",
                               "IR",
                               "Q1",
                               "AN",
                               "AL",
                               "0",
                               "1",
                               "12",
                               "13",
                               "53",
                               "54",
                               "55",
                               "56",
                               "57",
                               "99",
                               "100",
                               "01",
                               "+1",
                               "0.00",
                               "-0.00",
                               "-1.00",
                               "1.0",
                               "1.000",
                               "01.00",
                               "1e3",
                               "1,000.00",
                               "100.00",
                               "99.50",
                               "99999.00",
                               "100000.00",
                               "999999999.99",
                               "1000000000.00",
                               "2025-04-05",
                               "2025-04-06",
                               "2026-04-05",
                               "2026-04-06",
                               "2025-02-29",
                               "2025-13-01",
                               "2014-04-05",
                               "2013-04-06",
                               "2013-04-05",
                               "2025-05-06",
                               "2026-03-05",
                               "2026-05-05",
                               "2014-03-05",
                               "12345678",
                               "123456",
                               "15000.00",
                               "15000.01",
                               "99999999.99",
                               "25-26",
                               "13-14",
                               "26-27",
                               "120",
                               "12",
                               "1234",
                               "AB1234567",
                               "XB4471",
                               "NA000799C",
                               "NA000799 ",
                               "NA000799E",
                               "TN000799C",
                               "BG000799C",
                               "NO000799C",
                               "na000799c",
                               "AB123456",
                               "1250L",
                               "0T",
                               "NT",
                               "BR",
                               "D0",
                               "D9",
                               "K475",
                               "K0",
                               "S1250L",
                               "1250X",
                               "Amy",
                               "O'Neil",
                               "Anne-Marie",
                               "Amy2",
                               "Zo\xC3\xAB",
                               "A1 1AA",
                               "A11AA",
                               "ZZ99 9ZZ",
                               "LN12 9ZZ",
                               "123PW12345678",
                               "123PA00012345",
                               "GBP",
                               "EUR",
                               "Employer",
                               "Nobody",
                               "X",
                               "1000",
                               "999",
                               "2",
                               "01/04/2025",
                               "2025-04-06Z",
                               "a@b.example",
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHI",
                               "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ",
                               "a,b;c",
                               "a|b",
                               "abc\tdef"};

void take_away(xmlNode* one) {
  xmlUnlinkNode(one);
  xmlFreeNode(one);
}

void swap_with_next(xmlNode* one) {
  if (xmlNode* next = xmlNextElementSibling(one)) xmlAddNextSibling(next, one);
}

}  // namespace

void Spoiler::spoil(xmlDoc* doc) {
  const auto all = elements_under(xmlDocGetRootElement(doc));
  xmlNode* one = all[below(all.size())];
  switch (below(10)) {
    case 0:
      return take_away(one);
    case 1:
      xmlAddNextSibling(one, xmlCopyNode(one, 1));
      return;
    case 2:
      return swap_with_next(one);
    case 3:
      return change_attribute(one);
    case 4:
      xmlNodeSetName(one, reinterpret_cast<const xmlChar*>("Surprise"));
      return;
    default:
      return change_text(all);
  }
}

std::size_t Spoiler::below(std::size_t bound) {
  return static_cast<std::size_t>(random_.below(static_cast<std::uint64_t>(bound)));
}

void Spoiler::change_attribute(xmlNode* one) {
  static constexpr std::array names = {"Type", "PlanType", "BasisNonCumulative", "TaxRegime",
                                       "Other"};
  static constexpr std::array values = {"yes", "no", "S", "C", "01", "05", "generic", "zip", ""};
  const char* name = names[below(names.size())];
  if (below(3) == 0 && one->properties != nullptr) {
    xmlRemoveProp(one->properties);
  } else {
    xmlSetProp(one, reinterpret_cast<const xmlChar*>(name),
               reinterpret_cast<const xmlChar*>(values[below(values.size())]));
  }
}

void Spoiler::change_text(const std::vector<xmlNode*>& all) {
  xmlNode* one = all[below(all.size())];
  while (!is_leaf(one)) one = all[below(all.size())];
  xmlNodeSetContent(one, reinterpret_cast<const xmlChar*>(kTexts[below(kTexts.size())]));
}

std::string serialise(xmlDoc* doc) {
  xmlChar* bytes = nullptr;
  int size = 0;
  xmlDocDumpMemory(doc, &bytes, &size);
  std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  xmlFree(bytes);
  return out;
}

std::string spoilt(const std::string& form, std::uint64_t seed) {
  const auto doc = ig::tests::support::read_xml(form);
  Spoiler spoiler(seed);
  spoiler.spoil(doc.get());
  if (seed % 4 == 0) spoiler.spoil(doc.get());
  return serialise(doc.get());
}

std::optional<std::string> fault_in(const std::string& text, const LeavesOut& beyond) {
  const Outcome out = read_text(text);
  if (out.report.document_error) {
    return std::string(core::base::name(out.report.document_error->code));
  }
  for (const core::ports::MessageReport& message : out.report.messages) {
    for (const core::ports::Problem& problem : message.problems) {
      if (!beyond(problem)) return problem.code + " " + problem.position;
    }
  }
  return std::nullopt;
}

}  // namespace ig::adapters::rti::tests
