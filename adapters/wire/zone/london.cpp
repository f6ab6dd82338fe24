#include "adapters/wire/zone/london.hpp"

#include "core/base/require.hpp"

#include <date/tz.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <vector>

namespace ig::adapters::wire::zone {
namespace {

using Second = std::chrono::sys_seconds;
using std::chrono::seconds;

/// From this moment on, London is this far ahead of UTC.
struct Change {
  Second from;
  seconds ahead;

  friend bool operator==(const Change&, const Change&) = default;
};
using Changes = std::vector<Change>;

constexpr Second table_start = std::chrono::sys_days{std::chrono::year{1899} / 12 / 30};
constexpr int last_year = 2100;
/// The last year that zone files spell out; beyond it they give a rule, which date/tz skips.
constexpr int last_spelt_year = 2037;

/// 01:00 GMT of the last Sunday of a month (Summer Time Act 1972 s1).
Second last_sunday_at_one(int year, unsigned month) {
  const auto sunday =
      std::chrono::year{year} / static_cast<int>(month) / std::chrono::Sunday[std::chrono::last];
  return std::chrono::sys_days{sunday} + std::chrono::hours{1};
}

void add_year_by_rule(Changes& changes, int year) {
  changes.push_back({last_sunday_at_one(year, 3), std::chrono::hours{1}});
  changes.push_back({last_sunday_at_one(year, 10), seconds{0}});
}

Changes read_system_table() {
  const date::time_zone* const london = date::locate_zone("Europe/London");
  const Second end = std::chrono::sys_days{std::chrono::year{last_spelt_year + 1} / 1 / 1};
  Changes changes;
  for (Second at = table_start; at < end;) {
    const date::sys_info info = london->get_info(at);
    changes.push_back({at, info.offset});
    at = info.end;
  }
  return changes;
}

/// True when the table's last two changes are those of `year` by the rule in force.
bool ends_by_rule(const Changes& changes, int year) {
  Changes rule;
  add_year_by_rule(rule, year);
  return changes.size() >= 2 && std::equal(rule.begin(), rule.end(), changes.end() - 2);
}

Changes table() {
  Changes changes;
  try {
    changes = read_system_table();
  } catch (const std::exception&) {
    changes.clear();
  }
  core::base::require(!changes.empty(), "the system has the zone file Europe/London (tzdata)");
  if (ends_by_rule(changes, last_spelt_year)) {
    for (int year = last_spelt_year + 1; year <= last_year; ++year) {
      add_year_by_rule(changes, year);
    }
  }
  return changes;
}

class London final : public core::ports::CivilZone {
 public:
  London() : changes_(table()) {}

  [[nodiscard]] core::values::Date day_of(core::values::Instant at) const override {
    const auto second = std::chrono::floor<seconds>(at.at());
    return core::values::Date::of(std::chrono::floor<std::chrono::days>(second + ahead_at(second)));
  }

  [[nodiscard]] core::values::Instant start_of(core::values::Date day) const override {
    // Midnight is neither skipped nor met twice: London's clocks have always changed after it.
    const Second midnight = day.days();
    const Second guess = midnight - ahead_at(midnight);
    return core::values::Instant::of(midnight - ahead_at(guess));
  }

 private:
  [[nodiscard]] seconds ahead_at(Second at) const {
    const auto after =
        std::upper_bound(changes_.begin(), changes_.end(), at,
                         [](Second moment, const Change& change) { return moment < change.from; });
    return after == changes_.begin() ? seconds{0} : std::prev(after)->ahead;
  }

  Changes changes_;
};

}  // namespace

std::unique_ptr<core::ports::CivilZone> make_london() { return std::make_unique<London>(); }

}  // namespace ig::adapters::wire::zone
