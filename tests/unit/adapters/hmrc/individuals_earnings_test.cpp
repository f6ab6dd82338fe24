#include "adapters/hmrc/individuals_earnings.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::hmrc {
namespace {

using core::ports::EarningsQuestion;
using core::ports::FetchResult;
using core::ports::IndividualQuestion;
using core::ports::IndividualReply;
using core::ports::PartReply;
using core::ports::RecordPart;
using core::values::Date;

/// Gives one reply and keeps the question.
class FakeIndividual final : public core::ports::IdentifiedIndividual {
 public:
  IndividualReply reply;
  IndividualQuestion asked;

  IndividualReply fetch(const IndividualQuestion& question, core::base::Deadline) override {
    asked = question;
    return reply;
  }
};

PartReply part(RecordPart which, FetchResult result, std::uint32_t calls) {
  PartReply out;
  out.part = which;
  out.fetched.result = result;
  out.fetched.calls = calls;
  out.fetched.interface = std::string(core::ports::name(which));
  return out;
}

class Earnings : public testing::Test {
 protected:
  core::ports::EarningsReply fetch() {
    IndividualsEarnings earnings(individual_);
    EarningsQuestion question;
    question.from = Date::of(2026, 1, 1);
    question.to = Date::of(2026, 3, 31);
    question.purpose = core::ports::Purpose::initial;
    return earnings.fetch(question, core::base::Deadline::in(std::chrono::seconds{1}));
  }
  FakeIndividual individual_;
};

TEST_F(Earnings, AreThePayePartAskedForWithTheEmploymentsThatNameItsOffices) {
  individual_.reply.match.result = FetchResult::matched;
  individual_.reply.match.calls = 2;
  individual_.reply.parts = {part(RecordPart::employments, FetchResult::matched, 2),
                             part(RecordPart::income_paye, FetchResult::matched, 3)};
  individual_.reply.parts[1].facts.emplace_back(core::facts::Payment{});
  individual_.reply.parts[0].facts.emplace_back(core::facts::Employment{});
  const auto reply = fetch();
  EXPECT_EQ(reply.fetched.interface, "INCOME_PAYE");
  EXPECT_EQ(reply.fetched.calls, 7U);
  ASSERT_EQ(reply.facts.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<core::facts::Payment>(reply.facts[0]));
  EXPECT_EQ(individual_.asked.purpose, core::ports::Purpose::initial);
  EXPECT_EQ(individual_.asked.from, Date::of(2026, 1, 1));
  EXPECT_EQ(individual_.asked.parts,
            (std::vector{RecordPart::employments, RecordPart::income_paye}));
}

TEST_F(Earnings, AreTheMatchWhereThePersonDoesNotMatch) {
  individual_.reply.match.result = FetchResult::not_matched;
  individual_.reply.match.interface = "matching-2.0";
  individual_.reply.match.calls = 4;
  individual_.reply.parts = {part(RecordPart::employments, FetchResult::not_matched, 0),
                             part(RecordPart::income_paye, FetchResult::not_matched, 0)};
  const auto reply = fetch();
  EXPECT_EQ(reply.fetched.result, FetchResult::not_matched);
  EXPECT_EQ(reply.fetched.interface, "matching-2.0");
  EXPECT_EQ(reply.fetched.calls, 4U);
}

TEST_F(Earnings, FailAsThePayePartFails) {
  individual_.reply.match.result = FetchResult::matched;
  individual_.reply.parts = {part(RecordPart::employments, FetchResult::matched, 1),
                             part(RecordPart::income_paye, FetchResult::transient, 3)};
  EXPECT_EQ(fetch().fetched.result, FetchResult::transient);
}

}  // namespace
}  // namespace ig::adapters::hmrc
