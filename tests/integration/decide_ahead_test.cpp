// Intake whose decisions are made on another thread: it comes to the same as intake that makes them
// itself, whatever somebody else commits in the meantime.

#include "adapters/cli/decide_ahead.hpp"

#include "tests/support/bulk_intake.hpp"
#include "tests/support/fps_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace ig::tests {
namespace {

using adapters::cli::DecideAhead;
using core::jobs::DecisionsAhead;

constexpr int kPeople = 700;  ///< more than one batch

std::string nino(int person) { return fmt::format("NA{:06}A", person + 1); }

struct Month {
  const char* paid_on;
  const char* number;
  const char* to_date;
};
constexpr Month kMonths[] = {{"2025-11-28", "8", "24000.00"},
                             {"2025-12-31", "9", "27000.00"},
                             {"2026-01-30", "10", "30000.00"}};

/// A month of half as much again for every person.
std::string document(const Month& month) {
  FpsMessage message;
  for (int i = 0; i < kPeople; ++i) {
    FpsEmployee employee;
    employee.nino = nino(i);
    employee.paid_on = month.paid_on;
    employee.pay = "3000.00";
    employee.to_date = month.to_date;
    std::string text = employee.text();
    const std::string label = "<MonthNo>10<";
    text.replace(text.find(label), label.size(), fmt::format("<MonthNo>{}<", month.number));
    message.employees += text;
  }
  return message.text();
}

/// Takes the document in, with help or without.
core::jobs::IntakeReceipt take(World& world, const std::string& text,
                               DecisionsAhead* ahead = nullptr) {
  core::jobs::IntakeOptions how;
  how.ahead = ahead;
  return take_bulk(world, text, how);
}

void add_cases(World& world) {
  for (int i = 0; i < kPeople; ++i) world.add_case(case_of(nino(i), fmt::format("{}", i)));
}

/// Every trigger, in order of its making.
std::vector<std::string> triggers_in(World& world) {
  std::vector<std::string> out;
  const auto read = world.store().each_trigger({}, [&](const core::ports::StoredTrigger& one) {
    out.push_back(fmt::format("{} {} {} {}", one.trigger.id, one.decision.value,
                              one.sequence.value_or(0), one.trigger.case_key.case_id));
  });
  EXPECT_TRUE(read.has_value());
  return out;
}

TEST(DecideAhead, ComesToTheSameAsTheJobItself) {
  const TempFolder folder;
  World alone(folder.file("alone.db"));
  World helped(folder.file("helped.db"));
  add_cases(alone);
  add_cases(helped);
  World beside(folder.file("helped.db"));
  DecideAhead ahead(beside.context());
  for (const Month& month : kMonths) {
    const auto want = take(alone, document(month));
    const auto got = take(helped, document(month), &ahead);
    EXPECT_EQ(adapters::cli::intake_receipt_json(got), adapters::cli::intake_receipt_json(want));
  }
  EXPECT_FALSE(triggers_in(alone).empty());
  EXPECT_EQ(triggers_in(helped), triggers_in(alone));
}

/// Does something once the first batch was made.
class Meddled final : public DecisionsAhead {
 public:
  Meddled(DecisionsAhead& inner, std::function<void()> meddle)
      : inner_(inner), meddle_(std::move(meddle)) {}
  void begin(core::values::DocumentId document, core::values::PersonId after, Date as_of) override {
    inner_.begin(document, after, as_of);
  }
  Result<core::jobs::MadeBatch> next() override {
    auto made = inner_.next();
    if (meddle_) std::exchange(meddle_, nullptr)();
    return made;
  }

 private:
  DecisionsAhead& inner_;
  std::function<void()> meddle_;
};

std::int64_t last_decision(World& world, int person) {
  const auto last = world.store().last_decision({"cms", fmt::format("{}", person), "PP1"});
  EXPECT_TRUE(last.has_value() && last->has_value());
  return last && *last ? (*last)->id.value : 0;
}

TEST(DecideAhead, DoesNotCountOnceSomebodyElseHasCommitted) {
  const TempFolder folder;
  World world(folder.file("store.db"));
  add_cases(world);
  take(world, document(kMonths[0]));
  take(world, document(kMonths[1]));
  World beside(folder.file("store.db"));
  World somebody(folder.file("store.db"));
  DecideAhead ahead(beside.context());
  Meddled meddled(ahead, [&] {
    auto closed = case_of(nino(0), "0");
    closed.version = 2;
    closed.status = core::facts::CaseStatus::closed;
    somebody.add_case(closed);
  });
  const std::int64_t before = last_decision(world, kPeople - 1);
  const std::int64_t of_closed = last_decision(world, 0);
  take(world, document(kMonths[2]), &meddled);
  EXPECT_EQ(last_decision(world, 0), of_closed) << "a case that was closed is not decided";
  EXPECT_GT(last_decision(world, 1), before);
  EXPECT_GT(last_decision(world, kPeople - 1), before);
  EXPECT_TRUE(world.store().unfinished_documents().value().empty());
}

TEST(DecideAhead, CanBeLeftInTheMiddle) {
  const TempFolder folder;
  World world(folder.file("store.db"));
  add_cases(world);
  take(world, document(kMonths[0]));
  DecideAhead ahead(world.context());
  ahead.begin(core::values::DocumentId{1}, {}, kIntakeDay);
  ASSERT_TRUE(ahead.next().has_value());
  ahead.begin(core::values::DocumentId{1}, {}, kIntakeDay);
  const auto again = ahead.next();
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->people.front().person, core::values::PersonId{1});
}

}  // namespace
}  // namespace ig::tests
