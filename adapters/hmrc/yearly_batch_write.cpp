#include "adapters/hmrc/yearly_batch_write.hpp"

#include "core/base/require.hpp"

#include <fmt/format.h>

#include <iterator>

namespace ig::adapters::hmrc {
namespace {

using core::ports::BatchQuestion;
using core::ports::BatchRequest;

/// May the text stand in XML 1.0? It is UTF-8 already; control characters and U+FFFE, U+FFFF may
/// not.
bool is_xml_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20) return false;
    if (byte != 0xEF) continue;
    const std::string_view rest = text.substr(i + 1, 2);
    if (rest == "\xBF\xBE" || rest == "\xBF\xBF") return false;
  }
  return true;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        out.push_back(c);
    }
  }
}

void element(std::string& out, std::string_view indent, std::string_view name,
             std::string_view text) {
  fmt::format_to(std::back_inserter(out), "{}<{}>", indent, name);
  append_escaped(out, text);
  fmt::format_to(std::back_inserter(out), "</{}>\n", name);
}

void name_if(std::string& out, std::string_view name, std::string_view text) {
  if (!text.empty() && is_xml_text(text)) element(out, "    ", name, text);
}

void write_question(std::string& out, const BatchQuestion& question) {
  core::base::require(question.person.nino.has_value(), "a yearly figure is asked for by NINO");
  out += "  <Question>\n";
  element(out, "    ", "RequestId", question.request_id);
  element(out, "    ", "Nino", question.person.nino->reveal().reveal());
  name_if(out, "Surname", question.person.surname.reveal());
  name_if(out, "Forename", question.person.forename.reveal());
  if (question.person.date_of_birth) {
    element(out, "    ", "DateOfBirth", question.person.date_of_birth->reveal().text());
  }
  if (question.unearned) element(out, "    ", "Unearned", "yes");
  out += "  </Question>\n";
}

}  // namespace

std::string write_yearly_request(const BatchRequest& request) {
  const std::string count = fmt::format("{}", request.questions.size());
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  fmt::format_to(std::back_inserter(out), "<YearlyRequest xmlns=\"{}\">\n  <Header>\n",
                 yearly_batch_uri);
  element(out, "    ", "Site", request.site);
  element(out, "    ", "ControlNumber", request.control);
  element(out, "    ", "Created", request.created.text());
  element(out, "    ", "Purpose", request.purpose);
  element(out, "    ", "AskedOn", request.asked_on.text());
  element(out, "    ", "Count", count);
  out += "  </Header>\n";
  for (const BatchQuestion& question : request.questions) write_question(out, question);
  out += "  <Trailer>\n";
  element(out, "    ", "Count", count);
  element(out, "    ", "ControlNumber", request.control);
  out += "  </Trailer>\n</YearlyRequest>\n";
  return out;
}

}  // namespace ig::adapters::hmrc
