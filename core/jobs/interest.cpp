#include "core/jobs/interest.hpp"

#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <span>
#include <utility>

namespace ig::core::jobs {
namespace {

using base::Result;
using base::Sensitive;
using ports::Interest;
using ports::InterestState;
using values::Nino;
using values::PersonId;

constexpr std::size_t kRowsOfAUnit = base::limits::stage_batch_rows;

/// The numbers of a source's list, to look up by.
class Listed {
 public:
  explicit Listed(const std::optional<std::vector<Nino>>& list) : given_(list.has_value()) {
    if (!list) return;
    for (const Nino& nino : *list) by_number_.emplace(nino.packed(), &nino);
  }
  [[nodiscard]] bool given() const { return given_; }
  [[nodiscard]] bool has(std::uint64_t packed) const { return by_number_.contains(packed); }
  /// What is left of the list is nobody of ours.
  void seen(std::uint64_t packed) { by_number_.erase(packed); }
  [[nodiscard]] const std::map<std::uint64_t, const Nino*>& rest() const { return by_number_; }

 private:
  bool given_;
  std::map<std::uint64_t, const Nino*> by_number_;
};

Result<Sensitive<Nino>> number_of(const JobContext& context, PersonId person) {
  auto identity = context.store.identity(person);
  if (!identity) return std::move(identity).error();
  base::require(identity->nino.has_value(), "a registered person has a number");
  return *std::move(identity->nino);
}

class Planner {
 public:
  Planner(const JobContext& context, const std::string& source,
          const std::optional<std::vector<Nino>>& listed)
      : context_(context), listed_(listed) {
    plan_.source = source;
  }

  Result<InterestPlan> plan() {
    const auto known = context_.store.each_interest(
        plan_.source, [this](const Interest& one) { known_.emplace(one.person, one.state); });
    if (!known) return known.error();
    std::vector<PersonId> enter;
    const auto read =
        context_.store.each_person([&](std::uint64_t packed, std::span<const std::uint64_t>,
                                       PersonId person) { wanted(packed, person, enter); });
    if (!read) return read.error();
    for (const PersonId person : enter) {
      auto nino = number_of(context_, person);
      if (!nino) return std::move(nino).error();
      plan_.enter.push_back({person, *std::move(nino)});
    }
    if (const auto done = unwanted(); !done) return done.error();
    return std::move(plan_);
  }

 private:
  void wanted(std::uint64_t packed, PersonId person, std::vector<PersonId>& enter) {
    ++plan_.wanted;
    const auto record = known_.find(person);
    const std::optional<InterestState> state =
        record == known_.end() ? std::nullopt : std::optional(record->second);
    if (record != known_.end()) known_.erase(record);
    if (!listed_.given()) {
      if (!state) enter.push_back(person);
      return;
    }
    if (listed_.has(packed)) {
      if (state != InterestState::confirmed) plan_.confirmed.push_back(person);
      listed_.seen(packed);
      return;
    }
    if (state == InterestState::confirmed) ++plan_.lost;
    enter.push_back(person);
  }

  /// What remains of our record and of the list once everybody wanted is taken out.
  Result<void> unwanted() {
    for (const auto& [person, state] : known_) {
      auto nino = number_of(context_, person);
      if (!nino && nino.error().code != base::ErrorCode::NOT_FOUND) return std::move(nino).error();
      if (!nino) {  // erased: whoever the list still has under it is nobody of ours
        plan_.gone.push_back(person);
        continue;
      }
      const std::uint64_t packed = nino->reveal().packed();
      if (listed_.given() && !listed_.has(packed)) {
        plan_.gone.push_back(person);
        continue;
      }
      listed_.seen(packed);
      plan_.drop.push_back({person, *std::move(nino)});
    }
    for (const auto& [packed, nino] : listed_.rest()) {
      plan_.drop.push_back({std::nullopt, Sensitive(*nino)});
      ++plan_.unknown;
    }
    return {};
  }

  const JobContext& context_;
  Listed listed_;
  std::map<PersonId, InterestState> known_;
  InterestPlan plan_;
};

/// Writes rows in units of work of bounded size.
class Keeper {
 public:
  explicit Keeper(const JobContext& context) : context_(context) {}

  template <class Write>
  Result<void> row(const Write& write) {
    if (unit_ == nullptr) {
      auto unit = context_.store.begin();
      if (!unit) return std::move(unit).error();
      unit_ = *std::move(unit);
    }
    if (const auto done = write(*unit_); !done) return done;
    return ++rows_ % kRowsOfAUnit == 0 ? end() : Result<void>{};
  }
  Result<void> end() {
    if (unit_ == nullptr) return {};
    return std::exchange(unit_, nullptr)->commit();
  }

 private:
  const JobContext& context_;
  std::unique_ptr<ports::UnitOfWork> unit_;
  std::size_t rows_ = 0;
};

Result<void> keep_rows(const JobContext& context, const InterestPlan& plan, Keeper& keeper) {
  const auto put = [&](PersonId person, InterestState state) {
    return keeper.row([&](ports::UnitOfWork& unit) {
      return unit.put_interest({plan.source, person, state, context.now()});
    });
  };
  const auto drop = [&](PersonId person) {
    return keeper.row(
        [&](ports::UnitOfWork& unit) { return unit.drop_interest(plan.source, person); });
  };
  for (const InterestPlan::Enter& one : plan.enter) {
    if (const auto done = put(one.person, InterestState::asked); !done) return done;
  }
  for (const PersonId person : plan.confirmed) {
    if (const auto done = put(person, InterestState::confirmed); !done) return done;
  }
  for (const InterestPlan::Drop& one : plan.drop) {
    if (!one.person) continue;
    if (const auto done = drop(*one.person); !done) return done;
  }
  for (const PersonId person : plan.gone) {
    if (const auto done = drop(person); !done) return done;
  }
  return {};
}

}  // namespace

Result<InterestPlan> plan_interest(const JobContext& context, const std::string& source,
                                   const std::optional<std::vector<Nino>>& listed) {
  return Planner(context, source, listed).plan();
}

Result<void> keep_interest(const JobContext& context, const InterestPlan& plan) {
  Keeper keeper(context);
  // The alarm goes first: a run that is interrupted and started again may say it twice, never not
  // at all.
  const auto told = keeper.row([&](ports::UnitOfWork& unit) -> Result<void> {
    if (plan.lost != 0) {
      const auto item = unit.hold(ports::Held::fresh(
          kInterestKind, plan.source, kInterestLost,
          fmt::format("the source stopped watching {} of our people without a word: changes since "
                      "its last list may be missing; they are asked for again",
                      plan.lost),
          context.now()));
      if (!item) return item.error();
    }
    return unit.audit(
        {context.now(), "system", "INTEREST_RECONCILED", plan.source,
         fmt::format("wanted {} enter {} drop {} confirmed {} lost {}", plan.wanted,
                     plan.enter.size(), plan.drop.size(), plan.confirmed.size(), plan.lost)});
  });
  if (!told) return told;
  if (const auto done = keep_rows(context, plan, keeper); !done) return done;
  return keeper.end();
}

}  // namespace ig::core::jobs
