#include "adapters/wire/crypto/digest.hpp"
#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

#include <algorithm>
#include <filesystem>

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::triggers::Direction;
using core::triggers::Kind;
using core::triggers::Raised;
using core::values::CaseKey;
using core::values::Date;
using core::values::Money;

const CaseKey kFirst{"cms", "1", "PP1"};

class Desk : public EveryStore {
 protected:
  void SetUp() override { register_cases(store(), {a_case("cms", "1", 1)}); }
  template <class Call>
  void in_unit(const Call& call) {
    auto unit = store().begin();
    const auto done = call(**unit);
    ASSERT_TRUE(done.has_value()) << done.error().message;
    ASSERT_TRUE((*unit)->commit().has_value());
  }
  void write_audit(int entries) {
    in_unit([&](auto& unit) {
      core::base::Result<void> done;
      for (int i = 0; i < entries && done; ++i) {
        done = unit.audit({at(i), "system", "MADE_UP", id32(i), "detail"});
      }
      return done;
    });
  }
};

TEST_P(Desk, ADecisionKeepsWhatItWasMadeOn) {
  const auto of = store().case_of(kFirst);
  core::values::DecisionId id;
  in_unit([&](auto& unit) {
    auto decision = a_decision(**of, "sha256:x");
    decision.accepted_until = 3;
    const auto added = unit.add_decision(decision);
    if (added) id = *added;
    return added;
  });
  reopen();
  const auto kept = store().decision(id);
  ASSERT_TRUE(kept.has_value() && kept->has_value());
  EXPECT_EQ((*kept)->case_key, kFirst);
  EXPECT_EQ((*kept)->person, (*of)->person);
  EXPECT_EQ((*kept)->case_history, (*of)->history);
  EXPECT_EQ((*kept)->accepted_until, 3);
  EXPECT_EQ((*kept)->as_of, Date::of(2026, 2, 1));
  EXPECT_EQ((*kept)->parameters_version, "sha256:x");
  EXPECT_EQ((*kept)->fact_ids, (std::vector<std::string>{id32(1), id32(2)}));
  EXPECT_NE((*kept)->request_json.find("IN_YEAR_INCOME"), std::string::npos);
  EXPECT_NE((*kept)->assessment_json.find("made up"), std::string::npos);
  EXPECT_EQ((*kept)->made_at, at(1));
  EXPECT_EQ((*kept)->correlation_id, "c0ffee");
  EXPECT_FALSE(store().decision({id.value + 1})->has_value());
}

TEST_P(Desk, TheLastDecisionOfACaseIsTheLatest) {
  EXPECT_FALSE(store().last_decision(kFirst)->has_value());
  const auto of = store().case_of(kFirst);
  in_unit([&](auto& unit) { return unit.add_decision(a_decision(**of, "one")); });
  in_unit([&](auto& unit) { return unit.add_decision(a_decision(**of, "two")); });
  EXPECT_EQ((*store().last_decision(kFirst))->parameters_version, "two");
}

TEST_P(Desk, RemembersWhatStandsRaisedForACase) {
  const std::vector<Raised> two{{kFirst, Kind::IN_YEAR_INCOME, "", id32(1), Date::of(2026, 2, 1),
                                 Direction::down, Money::pence(5), Money::pence(4)},
                                {kFirst, Kind::IN_YEAR_INCOME, "120/X", id32(2),
                                 Date::of(2026, 2, 2), std::nullopt, std::nullopt, std::nullopt}};
  in_unit([&](auto& unit) { return unit.put_raised(kFirst, two); });
  const auto kept = store().raised_of(kFirst);
  ASSERT_EQ(kept->size(), 2U);
  EXPECT_EQ((*kept)[0].trigger_id, id32(1));
  EXPECT_EQ((*kept)[0].direction, Direction::down);
  EXPECT_EQ((*kept)[0].weekly, Money::pence(4));
  EXPECT_EQ((*kept)[1].subject, "120/X");
  EXPECT_FALSE((*kept)[1].direction.has_value());
  in_unit([&](auto& unit) { return unit.put_raised(kFirst, {}); });
  EXPECT_TRUE(store().raised_of(kFirst)->empty());
}

TEST_P(Desk, KeepsTheTextOfAParameterSetOnce) {
  in_unit([](auto& unit) { return unit.keep_parameters("v1", "[review]"); });
  in_unit([](auto& unit) { return unit.keep_parameters("v1", "[review]"); });
  EXPECT_EQ(store().parameters("v1")->value(), "[review]");
  EXPECT_FALSE(store().parameters("v2")->has_value());
  auto unit = store().begin();
  EXPECT_EQ((*unit)->keep_parameters("v1", "[other]").error().code, ErrorCode::CONTRADICTION);
}

TEST_P(Desk, AChangedParameterTextIsNotGivenOut) {
  const auto digest = adapters::wire::crypto::make_digest();
  const std::string text = "[review]";
  const std::string version = "sha256:" + core::ports::hex(digest->sha256(text));
  in_unit([&](auto& unit) { return unit.keep_parameters(version, text); });
  memory().tamper("UPDATE parameters SET text = '[changed]'");
  EXPECT_EQ(store().parameters(version).error().code, ErrorCode::INTEGRITY_BROKEN);
  const auto forged = core::ports::hex(digest->sha256("[changed]"));
  memory().tamper("UPDATE parameters SET sha256 = x'" + forged + "'");
  EXPECT_EQ(store().parameters(version).error().code, ErrorCode::INTEGRITY_BROKEN);
}

TEST_P(Desk, WhatIsHeldIsListedUntilItIsResolved) {
  in_unit([](auto& unit) {
    return unit.hold(
        core::ports::Held::fresh("MATCH", "cms/1/PP1", "DUMMY_NINO", "look at it", at(3)));
  });
  const auto open = store().held(false);
  ASSERT_EQ(open->size(), 1U);
  const auto id = open->front().id;
  EXPECT_EQ(open->front().held_at, at(3));
  in_unit([&](auto& unit) { return unit.resolve_held(id, "DROPPED", "anna", at(9)); });
  EXPECT_TRUE(store().held(false)->empty());
  const auto resolved = store().held_item(id);
  EXPECT_EQ((*resolved)->resolution, "DROPPED");
  EXPECT_EQ((*resolved)->resolved_by, "anna");
  EXPECT_EQ((*resolved)->resolved_at, at(9));
  EXPECT_EQ(store().held(true)->size(), 1U);
  auto unit = store().begin();
  EXPECT_EQ((*unit)->resolve_held(id, "X", "bob", at(10)).error().code, ErrorCode::NOT_FOUND);
}

TEST_P(Desk, RemembersHowOftenHmrcWasAsked) {
  const auto who = person(store(), 1);
  const Date anchor = Date::of(2026, 12, 1);
  EXPECT_FALSE(store().pull(who, "ANNUAL_REVIEW", anchor)->has_value());
  for (std::uint32_t attempt = 1; attempt <= 2; ++attempt) {
    in_unit([&](auto& unit) {
      return unit.put_pull(
          {who, "ANNUAL_REVIEW", anchor, attempt, "THROTTLED", at(attempt), attempt == 2});
    });
  }
  const auto kept = store().pull(who, "ANNUAL_REVIEW", anchor);
  EXPECT_EQ((*kept)->attempts, 2U);
  EXPECT_EQ((*kept)->last_at, at(2));
  EXPECT_TRUE((*kept)->answered);
}

TEST_P(Desk, AnUntouchedAuditChainHolds) {
  EXPECT_EQ(store().verify_audit()->entries, 0U);
  write_audit(3);
  reopen();
  write_audit(2);
  const auto report = store().verify_audit();
  EXPECT_EQ(report->entries, 5U);
  EXPECT_FALSE(report->first_broken.has_value()) << report->why;
}

TEST_P(Desk, AnEntryOfADroppedUnitLeavesNoTrace) {
  write_audit(2);
  {
    auto unit = store().begin();
    EXPECT_TRUE((*unit)->audit({at(0), "a", "b", "c", "d"}).has_value());
  }
  write_audit(1);
  const auto report = store().verify_audit();
  EXPECT_EQ(report->entries, 3U);
  EXPECT_FALSE(report->first_broken.has_value()) << report->why;
}

/// What somebody with the file in their hands may do to the chain, and the entry that shows it.
struct Tampering {
  const char* sql;
  std::int64_t shows_at;
};

TEST_P(Desk, EveryWayToChangeTheChainShows) {
  const Tampering ways[] = {
      {"UPDATE audit SET detail = 'x' WHERE entry = 3", 3},
      {"UPDATE audit SET at = at + 1 WHERE entry = 1", 1},
      {"UPDATE audit SET actor = actor || action, action = '' WHERE entry = 2", 2},
      {"UPDATE audit SET hash = zeroblob(32) WHERE entry = 5", 5},
      {"DELETE FROM audit WHERE entry = 2", 2},
      {"DELETE FROM audit WHERE entry >= 4", 4},
      {"DELETE FROM audit", 1},
      {"UPDATE audit SET entry = entry + 100 WHERE entry = 2;"
       "UPDATE audit SET entry = 2 WHERE entry = 3; UPDATE audit SET entry = 3 WHERE entry = 102",
       2},
      {"INSERT INTO audit SELECT 6, at, actor, action, subject, detail, hash FROM audit"
       " WHERE entry = 5",
       6},
      {"DELETE FROM audit WHERE entry = 5; UPDATE store SET audit_entries = 4,"
       " audit_hash = (SELECT hash FROM audit WHERE entry = 4)",
       4},
  };
  write_audit(5);
  memory().tamper(
      "CREATE TABLE kept AS SELECT * FROM audit; CREATE TABLE kept_end AS SELECT *"
      " FROM store");
  for (const Tampering& way : ways) {
    memory().tamper(way.sql);
    const auto report = store().verify_audit();
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(report->first_broken, way.shows_at) << way.sql << ": " << report->why;
    memory().tamper(
        "DELETE FROM audit; INSERT INTO audit SELECT * FROM kept; UPDATE store SET"
        " audit_entries = (SELECT audit_entries FROM kept_end),"
        " audit_hash = (SELECT audit_hash FROM kept_end)");
    EXPECT_FALSE(store().verify_audit()->first_broken.has_value()) << way.sql;
  }
}

TEST_P(Desk, ABackupIsAWholeStore) {
  raise(store(), kFirst, {1});
  write_audit(4);
  const std::string file = memory().backup_file();
  ASSERT_TRUE(store().backup(file).has_value());
  raise(store(), kFirst, {2});
  ASSERT_TRUE(store().backup(file).has_value());
  const auto copy = memory().open_backup(file);
  EXPECT_EQ(*copy->count_cases(), 1U);
  EXPECT_TRUE(copy->trigger(id32(2))->has_value());
  EXPECT_EQ(copy->verify_audit()->entries, 4U);
  EXPECT_EQ(copy->identity(person(*copy, 1))->surname.reveal(), "Joseph");
  const auto rights = std::filesystem::status(file).permissions();
  EXPECT_EQ(rights & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_P(Desk, ABackupOfABrokenChainIsRefusedAndLeavesTheLastGoodOne) {
  write_audit(3);
  const std::string file = memory().backup_file();
  ASSERT_TRUE(store().backup(file).has_value());
  memory().tamper("UPDATE audit SET detail = 'x' WHERE entry = 2");
  EXPECT_EQ(store().backup(file).error().code, ErrorCode::INTEGRITY_BROKEN);
  EXPECT_FALSE(memory().open_backup(file)->verify_audit()->first_broken.has_value());
  EXPECT_FALSE(std::filesystem::exists(file + ".part"));
}

TEST_P(Desk, ABackupThatCannotBeWrittenSaysSo) {
  const std::string nowhere = memory().backup_file() + "/no/such/folder";
  EXPECT_EQ(store().backup(nowhere).error().code, ErrorCode::UNREADABLE);
}

IG_ON_EVERY_STORE(Desk);

}  // namespace
}  // namespace ig::tests::contract::store
