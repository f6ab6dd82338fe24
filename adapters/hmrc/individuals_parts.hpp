#pragma once

#include "adapters/hmrc/day_split.hpp"
#include "adapters/hmrc/individuals_session.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::hmrc {

/// Fetches and reads the parts of one person, over a session that has matched.
class IndividualsParts {
 public:
  struct World {
    IndividualsSession& session;
    core::ports::Digest& digest;
    const IndividualsOptions& options;
    const core::base::Clock& clock;
  };
  IndividualsParts(World world, const core::ports::IndividualQuestion& question)
      : world_(world), question_(question) {}

  /// One part, of a question whose dates are right. Employments that were fetched before lend the
  /// income its PAYE offices.
  [[nodiscard]] core::ports::PartReply fetch(core::ports::RecordPart part);

 private:
  using PartReply = core::ports::PartReply;

  [[nodiscard]] PartReply income_paye();
  [[nodiscard]] PartReply income_sa();
  [[nodiscard]] PartReply employments();
  [[nodiscard]] PartReply tax_credits(core::ports::RecordPart part);
  [[nodiscard]] PartReply details(core::ports::RecordPart part);

  /// The root of a service; nothing, and `out` filled, when there is none.
  [[nodiscard]] Body root_body(Interface interface, PartReply& out, Gathered& gathered);
  /// The body behind a link of a root; false, and `out` filled, when there is none.
  [[nodiscard]] bool data_body(const wire::json::Value& root, Interface interface,
                               Relation relation, std::span<const UriVariable> variables,
                               PartReply& out, Gathered& gathered);
  /// Both: the one body of a part behind `relation`; false, and `out` filled, when there is none.
  [[nodiscard]] bool one_body(Interface interface, Relation relation,
                              std::span<const UriVariable> variables, PartReply& out,
                              Gathered& gathered);
  /// Takes pay in pieces around the days that fail.
  void isolate(const wire::json::Value& root, PartReply& out, Gathered& gathered,
               std::vector<DaySpan>& kept);
  void read_paye(const Gathered& gathered, const std::vector<DaySpan>& kept, PartReply& out);
  /// Follows every kind the footprint offers. False when the walk cannot go on: `out` says why.
  [[nodiscard]] bool sa_kinds(std::span<const UriVariable> years, PartReply& out,
                              Gathered& gathered);
  void no_data(std::string_view system, PartReply& out);
  [[nodiscard]] IndividualsContext context_of(const PartReply& out, std::string pointer = {});

  World world_;
  const core::ports::IndividualQuestion& question_;
  std::vector<core::values::EmploymentKey> employers_;
};

}  // namespace ig::adapters::hmrc
