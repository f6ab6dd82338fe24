#include "adapters/formats/parameters.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "tests/scenario/worked_cases/names.hpp"
#include "tests/scenario/worked_cases/verdict.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

/// Every worked case of the law goes through the rules, by the shape of its inputs: never by its
/// id. A member that is expected is compared, or listed as an explanation with its reason.
namespace ig::tests::worked {
namespace {

Law product_law() {
  const auto digest = adapters::wire::crypto::make_digest();
  return {adapters::formats::embedded_parameters(*digest).value()};
}

/// The cases; says so loudly when they are not there.
std::vector<Json> cases() {
  const auto all = read_cases();
  if (all) return all->get<std::vector<Json>>();
  fmt::print("\n*** WORKED CASES NOT READ: 1 file is absent; set IG_WORKED_CASES ***\n\n");
  return {};
}

std::string id_of(const Json& one) { return one.at("id").get<std::string>(); }

/// How the members of all cases come out.
struct Count {
  std::size_t cases = 0;
  std::size_t members = 0;
  std::size_t decided = 0;
  std::size_t explanatory = 0;
};

/// The lists beside this test.
struct Lists {
  std::vector<ListedLine> explanatory = read_list("explanatory.txt");
  std::vector<ListedLine> disagreements = read_list("disagreements.txt");
};

void compare(const std::string& id, const std::string& member, const Json& expected,
             const Json& found, const Lists& lists) {
  if (const ListedLine* line = line_of(lists.disagreements, id, member)) {
    fmt::print("*** WE DISAGREE WITH {} {}: expected {}, found {}: {} ***\n", id, member,
               expected.dump(), found.dump(), line->texts.back());
    EXPECT_EQ(Json::parse(line->texts.front()), found) << id << " " << member;
    EXPECT_FALSE(agrees(member, expected, found)) << id << " " << member << " agrees by now";
    return;
  }
  EXPECT_TRUE(agrees(member, expected, found))
      << id << " " << member << ": expected " << expected << ", found " << found;
}

void check(const Json& one, const Law& law, const Lists& lists, Count& count) {
  const std::string id = id_of(one);
  const Members expected = expected_of(one);
  count.members += expected.size();
  const Inputs in(one.at("inputs"));
  const Shape* shape = shape_of(in);
  ASSERT_NE(shape, nullptr) << id << " has no shape of its own";
  ++count.cases;
  const Members found = shape->find(in, law);
  for (const auto& [member, value] : expected) {
    if (const auto at = found.find(member); at != found.end()) {
      ++count.decided;
      compare(id, member, value, at->second, lists);
      continue;
    }
    const ListedLine* line = line_of(lists.explanatory, std::string(shape->name), member);
    EXPECT_NE(line, nullptr) << id << " " << member << " is neither decided nor listed";
    if (line == nullptr) continue;
    ++count.explanatory;
    fmt::print("{} {}: {}\n", id, member, value.dump());
  }
}

TEST(WorkedCases, ComeOutAsTheLawSays) {
  const auto all = cases();
  if (all.empty()) return;
  const Law law = product_law();
  const Lists lists;
  Count count;
  for (const Json& one : all) check(one, law, lists, count);
  for (const auto* list : {&lists.explanatory, &lists.disagreements}) {
    for (const ListedLine& line : *list) EXPECT_TRUE(line.used) << line.name << " is not needed";
  }
  fmt::print("cases {} of {}, members {} of {} decided, {} explanatory\n", count.cases, all.size(),
             count.decided, count.members, count.explanatory);
  EXPECT_EQ(count.cases, all.size());
  EXPECT_EQ(count.decided + count.explanatory, count.members);
}

TEST(WorkedCases, ListNoSumDateOrDecisionAsAnExplanation) {
  for (const ListedLine& line : read_list("explanatory.txt")) {
    EXPECT_FALSE(is_always_decided(line.name)) << line.name;
  }
  for (const auto* member : {"gwi_pence", "a/one_pence", "decision_1.date", "basis", "action",
                             "flag", "rate", "rates", "meets_25", "estimate_allowed", "allowed",
                             "review_dates", "report_deadline", "basis_if_confirmed"}) {
    EXPECT_TRUE(is_always_decided(member)) << member;
  }
}

/// No member is compared with itself, or so loosely that a wrong value passes.
TEST(WorkedCases, FailOnEveryValueBesideTheExpectedOne) {
  const Law law = product_law();
  std::size_t tried = 0;
  for (const Json& one : cases()) {
    const Inputs in(one.at("inputs"));
    const Shape* shape = shape_of(in);
    if (shape == nullptr) continue;
    const Members found = shape->find(in, law);
    for (const auto& [member, value] : expected_of(one)) {
      const auto at = found.find(member);
      if (at == found.end()) continue;
      const auto beside = values_beside(value);
      EXPECT_FALSE(beside.empty()) << id_of(one) << " " << member;
      for (const Json& wrong : beside) {
        ++tried;
        EXPECT_FALSE(agrees(member, wrong, at->second)) << id_of(one) << " " << member << wrong;
      }
    }
  }
  fmt::print("{} wrong values found out\n", tried);
}

TEST(WorkedCases, DifferFromTheContractInNamesThatTheyUse) {
  const auto all = cases();
  if (all.empty()) return;
  const std::string text = Json(all).dump();
  std::set<std::string_view> seen;
  for (const ContractName& name : contract_names()) {
    EXPECT_NE(text.find(fmt::format("\"{}\"", name.in_case)), std::string::npos) << name.in_case;
    EXPECT_TRUE(seen.insert(name.in_case).second) << name.in_case;
    EXPECT_FALSE(name.reason.empty());
  }
}

}  // namespace
}  // namespace ig::tests::worked
