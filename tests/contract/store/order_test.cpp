#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

#include <fmt/format.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace ig::tests::contract::store {
namespace {

using core::ports::Claimed;
using core::values::CaseKey;

constexpr std::chrono::seconds kLease{60};
constexpr int kCases = 3;

/// A model of a few senders on one store: what each case has had delivered, and who holds a lease.
class Senders {
 public:
  Senders(core::ports::Store& store, int round) : store_(store), round_(round) {
    std::vector<core::facts::CaseRecord> records;
    for (int i = 0; i < kCases; ++i) records.push_back(a_case("cms", key(i).case_id, i + 1));
    register_cases(store, records);
  }

  void raise_one(int of) { raise(store_, key(of), {round_ * 10'000 + ++raised_}, at(now_)); }
  void wait(int seconds) { now_ += seconds; }

  void claim_some(std::size_t max) {
    auto unit = begin();
    const auto claimed = unit->claim(at(now_), max, kLease);
    RC_ASSERT(claimed.has_value());
    RC_ASSERT(unit->commit().has_value());
    for (const Claimed& one : *claimed) {
      const CaseKey& of = one.dispatch.trigger.case_key;
      const auto holder = leased_.find(of);
      RC_ASSERT(holder == leased_.end() || holder->second.leased_until <= at(now_));
      RC_ASSERT(one.dispatch.sequence == done_[of] + 1);
      leased_.insert_or_assign(of, one);
    }
  }

  void end_one(std::size_t which, int how) {
    if (leased_.empty()) return;
    auto entry = leased_.begin();
    std::advance(entry, static_cast<std::ptrdiff_t>(which % leased_.size()));
    const std::string id = entry->second.dispatch.trigger.id;
    auto unit = begin();
    if (how == 0) {
      RC_ASSERT(unit->delivered(id, applied(), at(now_)).has_value());
      ++done_[entry->first];
    } else if (how == 1) {
      RC_ASSERT(unit->retry(id, 1, at(now_ + 7), "503").has_value());
    } else {
      RC_ASSERT(unit->park(id, 9, "409", at(now_)).has_value());
      RC_ASSERT(unit->unpark(id, how == 2, at(now_)).has_value());
      if (how == 3) ++done_[entry->first];
    }
    RC_ASSERT(unit->commit().has_value());
    leased_.erase(entry);
  }

  /// Delivers all that is left; every number of each case must then have gone, in order.
  void drain() {
    now_ += 1'000;
    for (int i = 0; i < raised_ + 1; ++i) {
      leased_.clear();
      claim_some(100);
      while (!leased_.empty()) end_one(0, 0);
    }
    RC_ASSERT(!store_.next_due()->has_value());
    std::int64_t gone = 0;
    for (const auto& [of, count] : done_) gone += count;
    RC_ASSERT(gone == raised_);
  }

 private:
  CaseKey key(int of) const { return {"cms", fmt::format("{}-{}", round_, of), "PP1"}; }
  std::unique_ptr<core::ports::UnitOfWork> begin() {
    auto unit = store_.begin();
    RC_ASSERT(unit.has_value());
    return *std::move(unit);
  }

  core::ports::Store& store_;
  int round_;
  int raised_ = 0;
  std::int64_t now_ = 0;
  std::map<CaseKey, Claimed> leased_;
  std::map<CaseKey, std::int64_t> done_;
};

class Order : public EveryStore {};

TEST_P(Order, OfACaseIsKeptHoweverSendersInterleave) {
  int round = 0;
  const bool holds = rc::check([&] {
    Senders senders(store(), ++round);
    const auto moves = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 8), rc::gen::inRange(0, 12)));
    for (const auto& [move, number] : moves) {
      if (move < 3) senders.raise_one(number % kCases);
      if (move == 3) senders.wait(number * 10);
      if (move == 4) senders.claim_some(static_cast<std::size_t>(number));
      if (move > 4) senders.end_one(static_cast<std::size_t>(number), number % 4);
    }
    senders.drain();
  });
  EXPECT_TRUE(holds);
}

IG_ON_EVERY_STORE(Order);

}  // namespace
}  // namespace ig::tests::contract::store
