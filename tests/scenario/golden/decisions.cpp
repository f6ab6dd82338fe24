#include "tests/scenario/golden/decisions.hpp"

#include "core/rules/assess.hpp"
#include "tests/support/assessment_lines.hpp"
#include "tests/support/rules.hpp"

#include <utility>

namespace ig::tests {
namespace {

using core::facts::Basis;
using core::facts::FigureStatus;
using core::facts::Jurisdiction;
using core::rules::DecisionKind;
using core::rules::Evidence;
using core::rules::Request;
using core::values::Date;
using core::values::Fraction;
using core::values::Money;
using core::values::TaxYear;
using lines_detail::text;

using Requests = std::vector<Request>;

/// The least yearly figure that gives `weekly`.
std::int64_t year_of(std::int64_t weekly) {
  return weekly == 0 ? 0 : (weekly * 730 - 365 + 13) / 14;
}

template <class... Parts>
void add(Requests& out, Request request, const Parts&... parts) {
  request.id = "";
  ((request.id += (request.id.empty() ? "" : "/") + fmt::format("{}", parts)), ...);
  out.push_back(std::move(request));
}

Request initial(std::int64_t historic_weekly) {
  Request out = request_of(DecisionKind::initial);
  out.historic = available(year_of(historic_weekly));
  return out;
}

Request review(Basis basis, std::int64_t weekly) {
  Request out = request_of(DecisionKind::annual_review);
  out.in_force = in_force(basis, weekly);
  out.in_force->tax_year = TaxYear::starting(2024);
  out.in_force->annual = Money::pence(year_of(weekly));
  return out;
}

Request change(Basis basis, std::int64_t weekly, Evidence evidence, std::int64_t to) {
  Request out = request_of(DecisionKind::in_year_income);
  out.in_force = in_force(basis, weekly);
  out.current = current(evidence, to);
  return out;
}

constexpr FigureStatus kStatuses[] = {FigureStatus::available, FigureStatus::nil,
                                      FigureStatus::no_data, FigureStatus::unavailable,
                                      FigureStatus::not_asked};
constexpr Basis kBases[] = {Basis::historic, Basis::current, Basis::current_estimate};

/// The law by place and day, each kind of answer, each kind of current income.
void add_first_figures(Requests& out) {
  const std::pair<Jurisdiction, Date> laws[] = {{Jurisdiction::gb, kDecisionDay},
                                                {Jurisdiction::ni, kDecisionDay},
                                                {Jurisdiction::gb, Date::of(2012, 12, 9)},
                                                {Jurisdiction::gb, Date::of(2013, 11, 24)},
                                                {Jurisdiction::gb, Date::of(2013, 11, 25)}};
  for (const auto& [place, day] : laws) {
    for (const FigureStatus status : kStatuses) {
      Request request = initial(status == FigureStatus::nil ? 0 : 40'000);
      request.effective_date = day;
      request.jurisdiction = place;
      request.historic.status = status;
      add(out, request, "initial/unknown", text(status));
      for (const Evidence evidence : {Evidence::verified, Evidence::detected}) {
        for (const std::int64_t weekly : {0, 50'000}) {
          request.current = current(evidence, weekly);
          add(out, request, "initial/known", text(status), weekly);
        }
      }
    }
  }
}

/// From a year to a week: law.md section 7, WC-004 to WC-022.
void add_weeks(Requests& out) {
  for (const std::int64_t annual :
       {6'631'962, 8'172'500, 3'660'000, 0, 36'474, 36'473, 521'455, 1'042'857, 15'642'900,
        3'640'000, 3'410'000, 13'750'200, 8'030'000, 6'271'200, 26, 27}) {
    Request request = request_of(DecisionKind::initial);
    request.historic = available(annual, 2023);
    add(out, request, "week", annual);
  }
  for (const std::int64_t relief : {0, 240'000, 2'999'999, 3'000'000, 3'000'001}) {
    Request request = request_of(DecisionKind::initial);
    request.historic = available(3'000'000);
    for (const auto& [asked, proven] : {std::pair(true, true), {true, false}, {false, true}}) {
      request.historic.relief_at_source = {Money::pence(relief), asked, proven};
      add(out, request, "relief", relief, asked ? "asked" : "unasked",
          proven ? "proven" : "unproven");
    }
  }
}

/// The edges of the gate: law.md section 7, WC-034 to WC-056.
void add_gates(Requests& out) {
  for (const std::int64_t base : {0, 3, 700, 40'000, 400'000}) {
    const std::int64_t part = (base + 3) / 4;
    for (const std::int64_t to : {base + part - 1, base + part, base + part + 1, base,
                                  base - part - 1, base - part, base - part + 1}) {
      if (to < 0) continue;
      Request request = initial(base);
      request.current = current(Evidence::verified, to);
      add(out, request, "gate", base, to);
      request.current->evidence = Evidence::detected;
      add(out, request, "gate/seen", base, to);
    }
  }
  for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>(1'200'000, 1'500'000),
                                 {1'200'000, 900'000},
                                 {1'600'000, 2'000'000},
                                 {2'400'000, 1'800'000},
                                 {1'200'000, 1'499'900},
                                 {6'631'962, 1'150'000},
                                 {0, 1'200'000},
                                 {0, 0}}) {
    Request request = request_of(DecisionKind::initial);
    request.historic = available(from);
    const Fraction exact(core::values::Int128{to} * 7, 365);
    request.current = current(Evidence::verified, exact.half_up().in_pence());
    request.current->exact_weekly = exact;
    add(out, request, "gate/exact", from, to);
  }
}

void add_out_of_reach(Requests& out) {
  for (const DecisionKind kind : {DecisionKind::initial, DecisionKind::annual_review}) {
    for (const Jurisdiction place : {Jurisdiction::gb, Jurisdiction::ni}) {
      for (const Date day : {Date::of(2013, 7, 28), Date::of(2013, 7, 29), kDecisionDay}) {
        for (const int off : {-1, 0, 1}) {
          Request request = review(Basis::historic, 51'781);
          request.kind = kind;
          request.effective_date = day;
          request.jurisdiction = place;
          request.historic.status = FigureStatus::unavailable;
          request.anchor_date = day;
          request.as_of = day.plus_days(off);
          add(out, request, "out of reach", off);
        }
      }
    }
  }
  Request request = review(Basis::historic, 51'781);
  request.historic.status = FigureStatus::unavailable;
  add(out, request, "out of reach/no days");
}

/// Each basis in force, each way HMRC's figure can lie to it, each age of its tax year.
void add_reviews(Requests& out) {
  for (const Basis basis : kBases) {
    for (const std::int64_t now : {0, 30'000, 30'001, 37'500, 40'000, 60'000}) {
      for (const int year : {2023, 2024, 2025}) {
        Request request = review(basis, 30'000);
        request.historic = available(year_of(now), year);
        add(out, request, "review", now, year);
      }
      Request request = review(basis, 30'000);
      request.historic = available(year_of(now));
      for (const Evidence evidence : {Evidence::verified, Evidence::detected}) {
        for (const std::int64_t newer : {30'000, 45'000}) {
          request.current = current(evidence, newer);
          add(out, request, "review/newer", now, newer);
        }
      }
    }
    for (const FigureStatus status : {FigureStatus::nil, FigureStatus::no_data}) {
      Request request = review(basis, 30'000);
      request.historic.status = status;
      add(out, request, "review", text(status));
      request.jurisdiction = Jurisdiction::ni;
      add(out, request, "review", text(status));
      request.current = current(Evidence::verified, 30'000);
      add(out, request, "review/newer", text(status));
    }
  }
}

/// Changes between reviews, at the edges of the test: law.md section 7, WC-064 to WC-074.
void add_changes(Requests& out) {
  for (const Basis basis : kBases) {
    for (const std::int64_t from : {0, 30'000, 300'000}) {
      for (const std::int64_t to : {from, from + 1, from + from / 4 - 1, from + from / 4,
                                    from - from / 4, from - from / 4 + 1, std::int64_t{0}}) {
        if (to < 0) continue;
        add(out, change(basis, from, Evidence::verified, to), "change", from, to);
      }
      add(out, change(basis, from, Evidence::detected, from * 2 + 100), "change/seen", from);
      add(out, change(basis, from, Evidence::detected, from + 1), "change/seen", from);
    }
    for (const int off : {-1, 0, 1}) {
      Request request = change(basis, 30'000, Evidence::verified, 60'000);
      request.in_force->review_date = kDecisionDay.plus_days(-off);
      add(out, request, "change/by the review", off);
    }
    Request request = change(basis, 30'000, Evidence::verified, 60'000);
    request.current.reset();
    add(out, request, "change/unknown");
  }
}

void add_periodic_checks(Requests& out) {
  const std::pair<Date, Date> days[] = {{Date::of(2026, 1, 1), Date::of(2026, 12, 1)},
                                        {Date::of(2026, 1, 2), Date::of(2026, 12, 1)},
                                        {Date::of(2024, 3, 31), Date::of(2025, 2, 28)},
                                        {Date::of(2023, 3, 31), Date::of(2024, 2, 28)},
                                        {Date::of(2023, 3, 31), Date::of(2024, 2, 29)},
                                        {Date::of(2023, 3, 29), Date::of(2024, 2, 29)}};
  for (const auto& [since, day] : days) {
    for (const std::int64_t to : {30'000, 31'500}) {
      Request request = change(Basis::current, 30'000, Evidence::verified, to);
      request.kind = DecisionKind::periodic_current_check;
      request.effective_date = day;
      request.in_force->since = since;
      add(out, request, "periodic", to);
    }
  }
  for (const Basis basis : kBases) {
    Request request = change(basis, 30'000, Evidence::detected, 31'500);
    request.kind = DecisionKind::periodic_current_check;
    add(out, request, "periodic/no day");
    request.in_force->since = Date::of(2025, 1, 1);
    add(out, request, "periodic/seen");
    request.current.reset();
    add(out, request, "periodic/unknown");
  }
}

void add_revisions(Requests& out) {
  for (const FigureStatus status : kStatuses) {
    Request request = review(Basis::historic, 57'534);
    request.kind = DecisionKind::revision;
    request.historic = available(status == FigureStatus::nil ? 0 : 3'060'000, 2024);
    request.historic.status = status;
    add(out, request, "revision", text(status));
    request.jurisdiction = Jurisdiction::ni;
    add(out, request, "revision", text(status));
  }
  for (const int year : {2021, 2022, 2023, 2024, 2025}) {
    for (const std::int64_t annual : {3'000'000, 3'060'000}) {
      Request request = review(Basis::historic, 57'534);
      request.kind = DecisionKind::revision;
      request.historic = available(annual, year);
      request.in_force->annual = Money::pence(3'000'000);
      request.used = {{TaxYear::starting(2022), Money::pence(3'060'000)},
                      {TaxYear::starting(2022), Money::pence(3'000'000)}};
      add(out, request, "revision", year, annual);
      request.in_force->annual.reset();
      add(out, request, "revision/sum unknown", year, annual);
    }
  }
}

void add_effects(Requests& out) {
  for (const std::int64_t from : {699, 700, 10'000, 10'001, 299'999, 300'000}) {
    for (const std::int64_t to : {0, 699, 700, 10'000, 10'001, 300'000}) {
      Request request = change(Basis::current_estimate, from, Evidence::verified, to);
      add(out, request, "effect", from, to);
      request.variation_in_force = true;
      if (from == to) add(out, request, "effect/variation", from, to);
    }
  }
}

void add_refusals(Requests& out) {
  for (const auto kind :
       {DecisionKind::initial, DecisionKind::annual_review, DecisionKind::periodic_current_check,
        DecisionKind::in_year_income, DecisionKind::revision}) {
    Request request = request_of(kind);
    request.historic = available(2'000'000);
    add(out, request, "refused/nothing in force");
    request.in_force = in_force(Basis::default_rate, 3'900);
    add(out, request, "refused/default rate");
    request.in_force = in_force(Basis::not_income_based, 700);
    add(out, request, "refused/not by income");
    request.in_force = in_force(Basis::current, 30'000);
    request.in_force->since = Date::of(2025, 1, 1);
    request.historic.annual.reset();
    add(out, request, "refused/no sum");
    request.historic.tax_year.reset();
    add(out, request, "refused/no tax year");
    request.historic.status = FigureStatus::nil;
    request.historic.annual = Money::pence(1);
    add(out, request, "refused/nil with a sum");
    request.historic.status = FigureStatus::not_asked;
    add(out, request, "refused/not asked");
  }
}

}  // namespace

std::vector<Request> golden_requests() {
  Requests out;
  add_first_figures(out);
  add_weeks(out);
  add_gates(out);
  add_out_of_reach(out);
  add_reviews(out);
  add_changes(out);
  add_periodic_checks(out);
  add_revisions(out);
  add_effects(out);
  add_refusals(out);
  return out;
}

std::string golden_text() {
  const core::rules::ParameterSet set = law();
  std::string out =
      "# Written by ./dev golden; compared byte for byte by tests/scenario/golden.\n"
      "# A line ? is what is asked, the line = after it the whole answer.\n";
  for (const Request& request : golden_requests()) {
    const auto answer = core::rules::assess(request, set);
    out += fmt::format("? {} {}\n= {}\n", request.id, line_of(request),
                       answer ? line_of(*answer) : line_of(answer.error()));
  }
  return out;
}

}  // namespace ig::tests
