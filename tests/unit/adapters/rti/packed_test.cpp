// Files that come packed by gzip or zstd.
#include "tests/support/packed.hpp"

#include "tests/support/fps_text.hpp"
#include "tests/unit/adapters/rti/reading.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ig::adapters::rti {
namespace {

using core::base::ErrorCode;
using ig::tests::FpsEmployee;
using ig::tests::FpsMessage;
using ig::tests::support::gzipped;
using ig::tests::support::zstd_packed;
using tests::Outcome;
using tests::read_text;

std::string message() {
  FpsMessage out;
  out.employees = FpsEmployee{}.text();
  return out.text();
}

TEST(PackedFile, GivesTheFactsOfThePlainOneUnderItsOwnHash) {
  const Outcome plain = read_text(message());
  for (const std::string& packed : {gzipped(message()), zstd_packed(message())}) {
    const Outcome out = read_text(packed, 5);
    EXPECT_FALSE(out.report.refused());
    EXPECT_EQ(out.seen.facts(), plain.seen.facts());
    EXPECT_EQ(out.report.bytes, packed.size());
    EXPECT_NE(out.report.sha256, plain.report.sha256);
  }
}

TEST(PackedFile, IsRefusedWithAllItsMessagesWhereverItIsCut) {
  for (const std::string& packed :
       {gzipped(message() + message()), zstd_packed(message() + message())}) {
    for (std::size_t cut = 4; cut < packed.size(); cut += 11) {
      const Outcome out = read_text(packed.substr(0, cut));
      EXPECT_EQ(out.report.document_error->code, ErrorCode::TRUNCATED) << cut;
      EXPECT_EQ(out.report.bytes, cut);
      for (const core::ports::MessageReport& one : out.report.messages) {
        EXPECT_EQ(one.refused_code, "TRUNCATED");
      }
    }
  }
}

TEST(PackedFile, MayHoldSeveralMessagesInSeveralMembers) {
  const Outcome out = read_text(gzipped(message()) + gzipped("\n" + message()));
  EXPECT_FALSE(out.report.refused());
  EXPECT_EQ(out.report.messages.size(), 2U);
}

TEST(PackedFile, PackedTwiceIsRefused) {
  const Outcome out = read_text(gzipped(gzipped(message())));
  EXPECT_EQ(out.report.document_error->code, ErrorCode::NOT_XML);
}

}  // namespace
}  // namespace ig::adapters::rti
