#include "adapters/hmrc/day_split.hpp"

#include <algorithm>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::values::Date;
using Ask = std::function<Probe(DaySpan, DaySpan)>;

bool is_one_day(DaySpan span) { return span.from == span.to; }

int days_of(DaySpan span) { return core::values::days_between(span.from, span.to) + 1; }

class Search {
 public:
  Search(const DaySplitLimits& limits, const Ask& ask) : limits_(limits), ask_(ask) {}

  /// A span that is known to fail. Both halves are asked for before either is halved again, so
  /// that something is taken soon wherever the bad day lies.
  void failing(DaySpan span) {
    if (stopped_) return add(out_.left, span);
    if (is_one_day(span)) return settle(span, look(span));
    if (days_of(span) <= limits_.smallest_days) return add(out_.bad, span);
    const int half = core::values::days_between(span.from, span.to) / 2;
    const DaySpan first{span.from, span.from.plus_days(half)};
    const DaySpan second{span.from.plus_days(half + 1), span.to};
    const Probe seen = look(first);
    if (seen == Probe::taken) return failing(second);
    const Probe seen_second = look(second);
    settle(first, seen);
    settle(second, seen_second);
  }
  DaySplit take() { return std::move(out_); }

 private:
  void settle(DaySpan span, Probe seen) {
    switch (seen) {
      case Probe::taken:
        return;
      case Probe::stopped:
        return add(out_.left, span);
      case Probe::failing:
        return is_one_day(span) ? add(out_.bad, span) : failing(span);
    }
  }

  Probe look(DaySpan span) { return is_one_day(span) ? probe_one(span) : probe(span, span); }

  Probe probe_one(DaySpan day) {
    const Probe with_next = probe({day.from, day.from.plus_days(1)}, day);
    if (with_next != Probe::failing || day.from <= limits_.earliest) return with_next;
    return probe({day.from.plus_days(-1), day.from}, day);
  }

  Probe probe(DaySpan span, DaySpan keep) {
    const std::uint32_t most =
        out_.any_taken ? limits_.calls_max : std::min(limits_.calls_max, limits_.blind_calls_max);
    if (stopped_ || calls_ >= most) {
      stopped_ = true;
      return Probe::stopped;
    }
    ++calls_;
    const Probe seen = ask_(span, keep);
    if (seen == Probe::taken) out_.any_taken = true;
    if (seen == Probe::stopped) stopped_ = true;
    return seen;
  }

  /// Spans come in order of their days.
  static void add(std::vector<DaySpan>& spans, DaySpan span) {
    if (!spans.empty() && spans.back().to.plus_days(1) == span.from) {
      spans.back().to = span.to;
    } else {
      spans.push_back(span);
    }
  }

  const DaySplitLimits& limits_;
  const Ask& ask_;
  DaySplit out_;
  std::uint32_t calls_ = 0;
  bool stopped_ = false;
};

}  // namespace

DaySplit split_days(DaySpan failing, const DaySplitLimits& limits, const Ask& ask) {
  Search search(limits, ask);
  search.failing(failing);
  return search.take();
}

}  // namespace ig::adapters::hmrc
