#pragma once

#include "adapters/hmrc/hal_link.hpp"
#include "adapters/hmrc/individuals_client.hpp"
#include "adapters/hmrc/name_candidates.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace ig::adapters::hmrc {

/// A body as it was read, by all who keep it; null for none.
using Body = std::shared_ptr<const wire::json::Document>;

/// An answer, and its body where it is a 200 with JSON.
struct Got {
  core::ports::Fetched fetched;
  Body body;
};

/// A Fetched of a call that was not made, or whose answer cannot be used, by one of our codes.
[[nodiscard]] core::ports::Fetched refused_by_us(Interface interface, Version version,
                                                 core::base::ErrorCode code);

/// Whether a match id is not known any more.
[[nodiscard]] bool is_expired(const core::ports::Fetched& fetched);

/// Several answers as one: what they have in common, and the bodies side by side.
class Gathered {
 public:
  void count(const core::ports::Fetched& call) { calls_ += call.calls; }
  void keep(Got got);

  [[nodiscard]] const std::vector<Body>& bodies() const { return bodies_; }
  /// Where body `index` stands in raw(): empty when it is the only one.
  [[nodiscard]] std::string pointer(std::size_t index) const;
  /// The last answer that was kept, over all of them: one body as it came, several as a JSON array.
  [[nodiscard]] core::ports::Fetched fetched() const;
  [[nodiscard]] std::uint32_t calls() const noexcept { return calls_; }

 private:
  std::vector<std::string> texts_;
  std::vector<Body> bodies_;
  core::ports::Fetched last_;
  std::uint32_t calls_ = 0;
};

/// One person's walk through the services: the match, and the roots it links to. Lives for one
/// fetch; all it is given outlives it.
class IndividualsSession {
 public:
  struct World {
    Caller& caller;
    core::base::Random& random;
    wire::json::Reader& reader;
    const IndividualsOptions& options;
  };
  IndividualsSession(World world, const core::ports::IndividualQuestion& question,
                     core::base::Deadline by)
      : world_(world), question_(question), by_(by) {}

  /// Tries the names until one matches, then reads what HMRC links to the person. True when the
  /// parts may be asked for; `reply` says why not.
  [[nodiscard]] bool match(core::ports::IndividualReply& reply);
  /// Matches again by the name that matched before: once in a walk. False when it did not work.
  [[nodiscard]] bool match_again(core::ports::IndividualReply& reply);

  /// The root of a service, asked for once; `calls` of a root that is held already is 0.
  [[nodiscard]] Got root(Interface interface);
  /// `attempts_max` 0: as many as the caller makes.
  [[nodiscard]] Got get(Interface interface, std::string target, std::uint32_t attempts_max = 0);
  /// The target of a link in a body of `interface`, with these parameters and no others of their
  /// names. Errors: as follow_link().
  [[nodiscard]] core::base::Result<std::string> target(
      const wire::json::Value& body, Relation relation, Interface interface,
      std::span<const UriVariable> variables) const;
  [[nodiscard]] Version version_of(Interface interface) const noexcept;

 private:
  [[nodiscard]] Got send(Interface interface, http::Request request, std::uint32_t attempts_max);
  [[nodiscard]] Got post_match(const std::string& body);
  /// Reads what HMRC links to the person whom `matched` answers about.
  [[nodiscard]] bool take_match(Got matched, core::ports::Fetched& out);
  [[nodiscard]] std::string path_of(Interface interface) const;

  World world_;
  const core::ports::IndividualQuestion& question_;
  core::base::Deadline by_;
  std::string winner_;  ///< request body that matched
  bool again_ = false;
  Body individual_;
  std::map<Interface, Body> roots_;
};

}  // namespace ig::adapters::hmrc
