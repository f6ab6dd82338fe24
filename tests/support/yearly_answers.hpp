#pragma once

#include "core/values/money.hpp"
#include "tests/support/text_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Answer files of made-up people, as HMRC would write them.
namespace ig::tests {

/// One answer: the id of its question, and what stands after it.
struct WrittenAnswer {
  std::string request_id;
  std::string inner;  ///< elements after RequestId
  std::int64_t pence = 0;
};

/// AVAILABLE for 2024-25 by PAYE, with its sum.
[[nodiscard]] inline WrittenAnswer available(const std::string& request_id, std::int64_t pence) {
  return {request_id,
          fmt::format("<Status>AVAILABLE</Status><TaxYear>2024-25</TaxYear><Annual>{}</Annual>"
                      "<Source>PAYE</Source>",
                      core::values::Money::pence(pence).text()),
          pence};
}

[[nodiscard]] inline WrittenAnswer with_status(const std::string& request_id, const char* status) {
  return {request_id, fmt::format("<Status>{}</Status>", status), 0};
}

struct WrittenFile {
  std::string control = "HMRC-1";
  std::string site = "local";
  std::vector<WrittenAnswer> answers;
  std::optional<std::int64_t> total_pence{};  ///< absent: what the answers come to
  std::optional<std::size_t> count{};         ///< of the trailer; absent: as many as there are
};

[[nodiscard]] inline std::string answer_file(const WrittenFile& file) {
  std::int64_t total = 0;
  std::string out = fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<YearlyAnswer xmlns=\"urn:income-gateway:yearly-batch:1\">\n"
      "<Header><Site>{}</Site><ControlNumber>{}</ControlNumber>"
      "<Created>2026-02-11T06:00:00Z</Created><Purpose>ANNUAL_REVIEW</Purpose>"
      "<Count>{}</Count></Header>\n",
      file.site, file.control, file.answers.size());
  for (const WrittenAnswer& answer : file.answers) {
    out += fmt::format("<Answer><RequestId>{}</RequestId>{}</Answer>\n", answer.request_id,
                       answer.inner);
    total += answer.pence;
  }
  out += fmt::format(
      "<Trailer><Count>{}</Count><Total>{}</Total><ControlNumber>{}</ControlNumber></Trailer>\n"
      "</YearlyAnswer>\n",
      file.count.value_or(file.answers.size()),
      core::values::Money::pence(file.total_pence.value_or(total)).text(), file.control);
  return out;
}

/// The texts of every element of that name, in order; for looking into a request file.
[[nodiscard]] inline std::vector<std::string> texts_of(std::string_view xml,
                                                       std::string_view name) {
  std::vector<std::string> out;
  const std::string open = fmt::format("<{}>", name);
  for (std::size_t at = xml.find(open); at != std::string_view::npos; at = xml.find(open, at)) {
    at += open.size();
    out.emplace_back(xml.substr(at, xml.find('<', at) - at));
  }
  return out;
}

}  // namespace ig::tests
