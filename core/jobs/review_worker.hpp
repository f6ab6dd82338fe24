#pragma once

#include "core/jobs/review.hpp"
#include "core/rules/parameters.hpp"

#include <optional>
#include <string_view>

namespace ig::core::jobs {

/// Is HMRC to be asked about the person in a run for `as_of`? Yes when a case has no reply that can
/// be used, and today is one of its days; a question that was in vain today is repeated once HMRC
/// may answer otherwise.
[[nodiscard]] base::Result<bool> is_to_ask(const JobContext& context, const DueReview& due,
                                           values::Date as_of, const rules::Parameters& law);

/// Works through people for one ReviewRun. One thread.
class ReviewWorker {
 public:
  ReviewWorker(const JobContext& context, const HmrcPorts& hmrc, const HmrcRunOptions& options,
               const rules::Parameters& law, ReviewRun& run);

  /// Asks HMRC when it is to be asked, keeps what comes, and decides what can be decided, in one
  /// transaction.
  [[nodiscard]] base::Result<void> person(const ReviewRun::Due& due, bool ask_hmrc);

 private:
  struct Hand;  ///< one person's work

  [[nodiscard]] base::Result<AskedYearly> ask(const ReviewRun::Due& due);
  [[nodiscard]] base::Result<void> decide(Hand& hand, const ports::RegisteredCase& as_found);
  [[nodiscard]] base::Result<void> without_figure(Hand& hand, const ports::RegisteredCase& of);
  [[nodiscard]] base::Result<void> with_figure(Hand& hand, const ports::RegisteredCase& of,
                                               const facts::YearlyFigure& figure,
                                               std::vector<std::string> reasons);
  [[nodiscard]] base::Result<void> record(Hand& hand, const ports::RegisteredCase& of,
                                          triggers::Proposal proposal,
                                          std::vector<std::string> fact_ids);
  [[nodiscard]] base::Result<void> wait(Hand& hand, const ports::RegisteredCase& of,
                                        std::string_view code,
                                        std::optional<values::Date> asked_on);
  [[nodiscard]] base::Result<void> compare_cases(Hand& hand);
  void add(const Hand& hand);
  void sum_up(const Hand& hand);

  const JobContext& context_;
  const HmrcPorts& hmrc_;
  const HmrcRunOptions& options_;
  const rules::Parameters& law_;
  ReviewRun& run_;
};

}  // namespace ig::core::jobs
