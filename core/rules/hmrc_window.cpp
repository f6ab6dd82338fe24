#include "core/rules/hmrc_window.hpp"

#include <algorithm>
#include <tuple>

namespace ig::core::rules {
namespace {

using facts::FigureStatus;
using values::Date;
using values::TaxYear;

TaxYear newest_relevant(Date request) { return TaxYear::of(request).previous(); }

/// Does `a` go before `b`: a later year, or the return of the same year (reg 36(5))?
bool goes_before(const HeldYear& a, const HeldYear& b) {
  if (a.tax_year != b.tax_year) return a.tax_year > b.tax_year;
  return a.source == FigureSource::sa && b.source == FigureSource::paye;
}

/// May `held` take the place of the year HMRC asserted?
bool may_replace(const HeldYear& held, const HeldYear& asserted, const Parameters& parameters) {
  if (held.tax_year == asserted.tax_year) return true;
  return parameters.later_paye_beats_sa && asserted.source == FigureSource::sa &&
         held.source == FigureSource::paye;
}

}  // namespace

std::vector<TaxYear> relevant_tax_years(Date request, const Parameters& parameters) {
  std::vector<TaxYear> out;
  TaxYear year = newest_relevant(request);
  for (int i = 0; i < parameters.window_years; ++i) {
    out.push_back(year);
    year = year.previous();
  }
  return out;
}

bool is_relevant(TaxYear year, Date request, const Parameters& parameters) {
  const auto years = relevant_tax_years(request, parameters);
  return std::ranges::find(years, year) != years.end();
}

std::string_view name(FigureSource source) noexcept {
  return source == FigureSource::sa ? "SA" : "PAYE";
}

LatestYear latest_available(std::span<const HeldYear> held, const std::optional<HeldYear>& asserted,
                            Date request, const Parameters& parameters) {
  LatestYear out;
  const bool keeps_to_it = asserted && is_relevant(asserted->tax_year, request, parameters);
  if (keeps_to_it) out.used = asserted;
  for (const HeldYear& one : held) {
    if (!is_relevant(one.tax_year, request, parameters)) continue;
    if (keeps_to_it && !may_replace(one, *asserted, parameters)) continue;
    if (!out.used || goes_before(one, *out.used)) out.used = one;
  }
  if (!out.used) return out;
  out.status = FigureStatus::available;
  out.stale = out.used->tax_year < newest_relevant(request);
  return out;
}

RequestTiming request_timing(Date request, Date anchor, const Parameters& parameters) {
  RequestTiming out;
  out.days_before = values::days_between(request, anchor);
  out.after_anchor = out.days_before < 0;
  out.in_window = out.days_before <= parameters.request_days_before &&
                  (!out.after_anchor || parameters.request_after_anchor);
  return out;
}

Date earliest_request(Date anchor, const Parameters& parameters) {
  return anchor.plus_days(-parameters.request_days_before);
}

std::vector<Date> ask_dates(Date review_date, const Parameters& parameters) {
  std::vector<Date> out = {earliest_request(review_date, parameters)};
  const Date new_year = TaxYear::of(review_date).first_day();
  if (parameters.ask_again_in_april && out.front() < new_year) out.push_back(new_year);
  return out;
}

std::vector<RequestType> requests_at_review(bool reg69_variation_in_force) {
  std::vector<RequestType> out = {RequestType::yearly_figure};
  if (reg69_variation_in_force) out.push_back(RequestType::unearned_income);
  return out;
}

std::vector<std::size_t> first_replies(std::span<const ReplyMark> replies) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < replies.size(); ++i) {
    const auto same = std::ranges::find_if(
        out, [&](std::size_t known) { return replies[known].request_id == replies[i].request_id; });
    if (same == out.end()) {
      out.push_back(i);
    } else if (replies[i].received_at < replies[*same].received_at) {
      *same = i;
    }
  }
  std::ranges::sort(out, {}, [&](std::size_t i) {
    return std::tuple(replies[i].requested_at, replies[i].received_at, i);
  });
  return out;
}

std::optional<std::size_t> standing_reply(std::span<const ReplyMark> replies) {
  const auto firsts = first_replies(replies);
  if (firsts.empty()) return std::nullopt;
  return firsts.back();
}

}  // namespace ig::core::rules
