#include "tests/support/conformance.hpp"
#include "tests/support/form_xsd.hpp"
#include "tests/support/xml_schema.hpp"
#include "tests/unit/adapters/rti/corpus.hpp"
#include "tests/unit/adapters/rti/made_form.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

/// Our own schemas in schemas/rti as the oracle of the reader: they are made of its tables, and
/// libxml2 judges by them what the reader judges by its code.
namespace ig::adapters::rti {
namespace {

using ig::tests::support::cross_field_rules;
using ig::tests::support::CrossFieldRule;
using ig::tests::support::form_xsd;
using ig::tests::support::own_schemas;
using ig::tests::support::OwnSchema;
using ig::tests::support::read_xml;
using ig::tests::support::text_of;
using ig::tests::support::XmlSchema;

std::filesystem::path folder() { return std::filesystem::path(IG_SOURCE_DIR) / "schemas" / "rti"; }

/// What a schema cannot say: the rules between elements, each by its code and its element.
bool joins_elements(const core::ports::Problem& problem) {
  return std::ranges::any_of(cross_field_rules(), [&](const CrossFieldRule& rule) {
    return problem.code == rule.code && problem.position.ends_with("/" + std::string(rule.element));
  });
}

class OwnSchemaOracle : public testing::TestWithParam<OwnSchema> {
 protected:
  [[nodiscard]] static Form form() { return form_of(GetParam().uri).form; }
  [[nodiscard]] static std::string schema_text() { return text_of(folder() / GetParam().file); }
};

TEST_P(OwnSchemaOracle, IsWhatTheTablesMake) {
  EXPECT_TRUE(form().verified);
  EXPECT_TRUE(schema_text() == form_xsd(form()))
      << "schemas/rti/" << GetParam().file << " is stale: run ./dev schemas";
}

TEST_P(OwnSchemaOracle, IsASchemaToTheLibrary) {
  const std::string text = schema_text();
  EXPECT_TRUE(XmlSchema(text).is_usable());
  EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= 32 && c < 127); }))
      << "a byte that is not printable ASCII";
}

/// How two judges of the same documents got on.
struct Agreement {
  int valid = 0;
  int invalid = 0;
  std::map<std::string, int> only_ours;  ///< the schema accepts what the reader refuses
  std::vector<std::string> only_theirs;  ///< the schema refuses what the reader accepts

  void judge(const XmlSchema& schema, const std::string& text) {
    const bool good = schema.accepts(read_xml(text).get());
    const auto fault = tests::fault_in(text, joins_elements);
    if (good && fault) {
      ++only_ours[*fault];
    } else if (!good && !fault) {
      only_theirs.push_back(text);
    } else {
      ++(good ? valid : invalid);
    }
  }
};

TEST_P(OwnSchemaOracle, SaysOfEachOfThousandsOfDocumentsWhatTheReaderSays) {
  const XmlSchema schema(schema_text());
  ASSERT_TRUE(schema.is_usable());
  const Form judged = form();
  constexpr int rounds = 1'500;
  Agreement whole;
  Agreement changed;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    const std::string text = tests::whole_form(judged, seed);
    whole.judge(schema, text);
    changed.judge(schema, tests::spoilt(text, seed));
    changed.judge(schema, tests::form_with_near_value(judged, seed));
  }
  for (const Agreement* one : {&whole, &changed}) {
    for (const auto& [fault, count] : one->only_ours) {
      ADD_FAILURE() << "the schema accepts what the reader refuses " << count
                    << " times: " << fault;
    }
    for (const std::string& text : one->only_theirs) {
      ADD_FAILURE() << "the schema refuses what the reader accepts:\n" << text;
    }
  }
  EXPECT_EQ(whole.valid, rounds) << "a document made of the tables keeps their rules";
  EXPECT_GT(changed.valid, rounds / 10);
  EXPECT_GT(changed.invalid, rounds / 2);
  fmt::print("{}: {} documents agree, {} of them valid\n", GetParam().file,
             whole.valid + whole.invalid + changed.valid + changed.invalid,
             whole.valid + changed.valid);
}

std::string name_of(std::string_view file) {
  std::string out(file.substr(0, file.find('.')));
  std::ranges::replace(out, '-', '_');
  return out;
}

INSTANTIATE_TEST_SUITE_P(Forms, OwnSchemaOracle, testing::ValuesIn(own_schemas()),
                         [](const auto& schema) { return name_of(schema.param.file); });

struct Change {
  std::string_view from;
  std::string_view to;
};

TEST(OwnSchemas, FindAReaderThatDiffersFromThemByOneFacet) {
  constexpr Change changes[] = {
      {R"(value="[1-9]|1[0-2]")", R"(value="[1-9]|1[01]")"},
      {R"(<xs:maxInclusive value="9999.99"/>)", R"(<xs:maxInclusive value="9999.98"/>)"},
      {R"(<xs:minInclusive value="2025-04-06"/>)", R"(<xs:minInclusive value="2025-04-07"/>)"},
      {R"(<xs:enumeration value="M6"/>)", ""},
      {R"(name="LateReason" minOccurs="0")", R"(name="LateReason")"},
      {R"(name="PeriodsCovered")", R"(name="PeriodsCovered" maxOccurs="2")"},
      {R"(<xs:maxLength value="10"/>)", R"(<xs:maxLength value="11"/>)"},
  };
  const std::string whole = text_of(folder() / "fps-2025-26.xsd");
  const Form form = form_of(own_schemas().front().uri).form;
  for (const Change& change : changes) {
    std::string text = whole;
    const std::size_t at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << change.from;
    const XmlSchema schema(text.replace(at, change.from.size(), change.to));
    ASSERT_TRUE(schema.is_usable()) << change.to;
    Agreement found;
    for (std::uint64_t seed = 1; seed <= 1'500; ++seed) {
      found.judge(schema, tests::whole_form(form, seed));
      found.judge(schema, tests::spoilt(tests::whole_form(form, seed), seed));
      found.judge(schema, tests::form_with_near_value(form, seed));
      if (!found.only_ours.empty() || !found.only_theirs.empty()) break;
    }
    EXPECT_FALSE(found.only_ours.empty() && found.only_theirs.empty()) << change.from;
  }
}

TEST(OwnSchemas, AreAllThatLieInTheirFolder) {
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder())) {
    found.insert(entry.path().filename().string());
  }
  std::set<std::string> wanted;
  for (const OwnSchema& schema : own_schemas()) wanted.emplace(schema.file);
  EXPECT_EQ(found, wanted);
}

}  // namespace
}  // namespace ig::adapters::rti
