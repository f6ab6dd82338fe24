#include "adapters/sandbox/rate.hpp"

#include <algorithm>

namespace ig::adapters::sandbox {
namespace {

void forget_before(std::deque<RateCounter::Time>& times, RateCounter::Time now) {
  while (!times.empty() && now - times.front() >= std::chrono::seconds{1}) times.pop_front();
}

}  // namespace

bool RateCounter::let_through(const std::string& application, Time now) {
  Application& own = applications_[application];
  forget_before(own.arrivals, now);
  own.arrivals.push_back(now);
  ++own.seen.arrived;
  own.seen.worst_second = std::max(own.seen.worst_second, std::ssize(own.arrivals));
  if (limit_ == 0) return true;
  forget_before(own.passed, now);
  if (std::ssize(own.passed) >= limit_) {
    ++own.seen.refused;
    return false;
  }
  own.passed.push_back(now);
  return true;
}

std::map<std::string, RateCounter::Seen> RateCounter::seen() const {
  std::map<std::string, Seen> out;
  for (const auto& [name, own] : applications_) out.emplace(name, own.seen);
  return out;
}

}  // namespace ig::adapters::sandbox
