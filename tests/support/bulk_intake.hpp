#pragma once

#include "adapters/cli/intake_receipt.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "core/jobs/intake.hpp"
#include "tests/support/text_source.hpp"
#include "tests/support/world.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>

/// Bulk files taken in as `intake` does, from a text.
namespace ig::tests {

/// The day all of them are taken in on.
inline const Date kIntakeDay = Date::of(2026, 2, 10);

/// Takes a text in by `reader`, for the people `people` knows.
[[nodiscard]] inline Result<core::jobs::IntakeReceipt> take_bulk(
    const core::jobs::JobContext& context, const std::string& text, core::ports::BulkReader& reader,
    const core::jobs::PersonIndex& people, core::jobs::IntakeOptions how = {}) {
  how.as_of = kIntakeDay;
  support::TextSource source(text);
  return core::jobs::take_in(context, "rti.xml", source, reader, people, how,
                             adapters::cli::intake_receipt_json);
}

/// The same in this process for everybody registered; a test fails where there is no receipt.
inline core::jobs::IntakeReceipt take_bulk(World& world, const std::string& text,
                                           core::jobs::IntakeOptions how = {}) {
  const auto people = core::jobs::load_people(world.store());
  adapters::rti::RtiReader reader;
  auto receipt = take_bulk(world.context(), text, reader, people.value(), std::move(how));
  EXPECT_TRUE(receipt.has_value());
  return receipt ? *std::move(receipt) : core::jobs::IntakeReceipt{};
}

}  // namespace ig::tests
