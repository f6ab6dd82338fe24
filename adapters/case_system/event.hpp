#pragma once

#include "core/ports/case_system.hpp"

#include <string>

namespace ig::adapters::case_system {

/// What is the same for every event to one case system.
struct EventOptions {
  std::string site{};       ///< of the gateway: source is "urn:income-gateway:<site>"
  std::string link_base{};  ///< "https://host[:port]" of our API; empty: the link is null
  bool figures = false;     ///< also put the assessment into the data
};

/// Content-Type of an event (CloudEvents 1.0, structured JSON).
inline constexpr const char* event_content_type = "application/cloudevents+json; charset=utf-8";

/// Appends a trigger as a CloudEvents 1.0 event (contracts.md, "On the wire";
/// schemas/trigger-event.schema.json). The same dispatch gives the same bytes. Thin: it holds no
/// figure unless the options say so.
void write_event(std::string& out, const core::ports::Dispatch& dispatch,
                 const EventOptions& options);

}  // namespace ig::adapters::case_system
