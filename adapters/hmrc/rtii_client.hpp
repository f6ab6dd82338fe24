#pragma once

#include "adapters/hmrc/caller.hpp"
#include "adapters/hmrc/rtii.hpp"
#include "adapters/wire/json/value.hpp"
#include "core/base/clock.hpp"
#include "core/base/limits.hpp"
#include "core/base/random.hpp"
#include "core/ports/current_earnings.hpp"
#include "core/ports/digest.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

struct RtiiClientOptions {
  std::string service_name = "cmg2012";  ///< our name on HMRC's list of callers
  /// What is asked for, by purpose; an empty list: the default. check_rtii_fields() holds for each.
  std::array<std::vector<std::string>, core::ports::kPurposeCount> fields{};
  /// How long HMRC keeps an answer to one question, failures too.
  std::chrono::seconds kept_for = core::base::limits::hmrc_sticky;
  /// The same failure that many times for one person: their days are asked for in parts.
  std::uint32_t failures_before_split = 3;
  std::uint32_t split_calls_max = 16;  ///< questions of one fetch about parts
};

/// Real Time Income Information 1.0 (POST, no separate match step). The person is in the body; the
/// path holds a fresh correlation id.
/// HMRC keeps each outcome for 15 minutes: a question that failed is not asked again before that,
/// it gives the same failure without a call. A record that makes HMRC fail every time is found by
/// asking for fewer and fewer days: what is good is taken, the days that fail are in `refused`, and
/// the result is poison. The raw bytes are then a JSON array of the answers, and positions begin
/// with the answer's index in it. When every part fails, it is poison only where HMRC answered for
/// somebody else in the meantime.
/// Of a person without a NINO or a surname HMRC is not asked: config_fault, NO_PERSON.
/// Caller, clock and chance outlive it. One thread.
class RtiiClient final : public core::ports::CurrentEarnings {
 public:
  RtiiClient(Caller& caller, const core::base::Clock& clock, core::base::Random& random,
             RtiiClientOptions options = {});
  ~RtiiClient() override;

  [[nodiscard]] core::ports::EarningsReply fetch(const core::ports::EarningsQuestion& question,
                                                 core::base::Deadline by) override;

 private:
  /// One failure HMRC keeps.
  struct Kept {
    std::chrono::steady_clock::time_point until;
    int status = 0;
    std::string code;
  };
  /// How often the same person failed, and how much HMRC had answered when it began.
  struct Failing {
    std::uint32_t times = 0;
    std::uint64_t answered = 0;
  };
  struct Parts;

  [[nodiscard]] core::ports::EarningsReply ask(const core::ports::EarningsQuestion& question,
                                               core::base::Deadline by);
  [[nodiscard]] core::ports::EarningsReply in_parts(const core::ports::EarningsQuestion& question,
                                                    core::ports::EarningsReply whole,
                                                    bool others_answered, core::base::Deadline by);
  [[nodiscard]] core::ports::EarningsReply joined(Parts parts);
  void read(const core::ports::EarningsQuestion& question, core::ports::EarningsReply& reply);
  [[nodiscard]] std::string person_json(const core::ports::EarningsQuestion& question,
                                        const std::string& surname) const;
  [[nodiscard]] core::ports::FieldNames received(const RtiiFieldSet& fields);
  [[nodiscard]] std::string key_of(std::string_view question);
  [[nodiscard]] std::optional<core::ports::EarningsReply> kept(std::string_view question);
  void keep(std::string_view question, const core::ports::Fetched& fetched);

  Caller& caller_;
  const core::base::Clock& clock_;
  core::base::Random& random_;
  RtiiClientOptions options_;
  /// What is asked for, by purpose, and the same as it ends a question.
  std::array<core::ports::FieldNames, core::ports::kPurposeCount> fields_;
  std::array<std::string, core::ports::kPurposeCount> filters_;
  RtiiFieldSet last_received_;
  core::ports::FieldNames last_names_;  ///< of last_received_
  wire::json::Reader reader_;
  std::unique_ptr<core::ports::Digest> digest_;
  std::map<std::string, Kept> kept_;        ///< by hash of the question
  std::map<std::string, Failing> failing_;  ///< by hash of the person
  std::uint64_t answered_ = 0;              ///< questions that were answered
};

}  // namespace ig::adapters::hmrc
