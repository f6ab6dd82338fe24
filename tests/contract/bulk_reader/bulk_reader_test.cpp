// The contract of core/ports/bulk_reader.hpp, held against both readers: in this process, and in a
// child without rights. Whatever a document is, they say the same of it.

#include "adapters/sandbox/big_files.hpp"
#include "core/base/limits.hpp"
#include "core/values/nino.hpp"
#include "tests/contract/bulk_reader/reading.hpp"
#include "tests/support/conformance.hpp"
#include "tests/support/fps_text.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/temp_folder.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace ig::tests::contract {
namespace {

using adapters::rti::ChildReader;
using adapters::rti::PeopleFilter;
using adapters::rti::RtiReader;
using support::text_of;

/// Holds the child's word against ours.
void expect_same(const std::string& text, const std::string& what) {
  RtiReader here;
  ChildReader there(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
  const std::string want = told_by(here, text);
  ASSERT_FALSE(want.empty()) << what;
  ASSERT_EQ(told_by(there, text), want) << what;
}

int expect_same_of_folder(const std::filesystem::path& folder) {
  int read = 0;
  if (!std::filesystem::is_directory(folder)) return read;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    ++read;
    expect_same(text_of(entry.path()), entry.path().string());
  }
  return read;
}

FpsMessage message_of(const std::vector<std::string>& ninos) {
  FpsMessage out;
  for (const std::string& nino : ninos) {
    FpsEmployee employee;
    employee.nino = nino;
    out.employees += employee.text();
  }
  return out;
}

TEST(BulkReaders, SayTheSameOfEveryKeptDocument) {
  const int read = expect_same_of_folder(std::filesystem::path(IG_SOURCE_DIR) / "tests" / "fuzz" /
                                         "corpus" / "fps");
  EXPECT_GT(read, 0);
}

TEST(BulkReaders, SayTheSameOfTheConformanceDocuments) {
  const int read = expect_same_of_folder(support::conformance() / "rti");
  EXPECT_GE(read, 0);
  if (read == 0) fmt::print("NOT READ: the conformance documents of RTI are absent\n");
}

TEST(BulkReaders, SayTheSameOfAGeneratedDocument) {
  const support::TempFolder folder;
  adapters::sandbox::BigFileOptions options;
  options.employees = 3'000;
  options.cases = 0;
  options.out = folder.file("fps.xml");
  ASSERT_TRUE(adapters::sandbox::write_big_files(options).has_value());
  expect_same(text_of(options.out), "generated");
}

TEST(BulkReaders, SayTheSameOfADocumentCutAtEveryByte) {
  const std::string text = message_of({"NA000799C"}).text();
  for (std::size_t cut = 0; cut < text.size(); cut += 97) {
    expect_same(text.substr(0, cut), "cut at " + std::to_string(cut));
  }
}

TEST(BulkReaders, SayTheSameOfSeveralMessagesGoodAndBad) {
  const std::string good = message_of({"NA000799C", "NA000800A"}).text();
  FpsMessage unknown = message_of({"NA000801A"});
  unknown.suffix = "9";
  expect_same(good + good, "twice the same");
  expect_same(good + unknown.text() + good + "\n<!-- end -->\n", "a bad one between good ones");
  expect_same(good + unknown.text() + "junk", "bytes behind the last one");
  expect_same(good + good.substr(0, good.size() / 2), "the second is cut");
}

TEST(BulkReaders, SayTheSameOfPackedFilesWholeCutAndBroken) {
  const std::string text = message_of({"NA000799C", "NA000800A"}).text() + message_of({}).text();
  for (const std::string& packed : {support::gzipped(text), support::zstd_packed(text)}) {
    expect_same(packed, "whole");
    expect_same(packed + "<more/>", "bytes behind");
    for (std::size_t cut = 1; cut < packed.size(); cut += 89) {
      expect_same(packed.substr(0, cut), "cut at " + std::to_string(cut));
    }
  }
}

TEST(ChildReader, UnpacksTheWidestWindowInsideItsMemoryAndStopsABomb) {
  namespace limits = core::base::limits;
  const std::string text = message_of({"NA000799C"}).text();
  const std::string blank(std::size_t{12} * 1024 * 1024, ' ');
  expect_same(support::zstd_packed(text + blank, limits::zstd_window_log_max), "the widest");
  expect_same(support::zstd_packed(text + blank, limits::zstd_window_log_max + 1), "too wide");
  const std::string bomb(3 * limits::unpacked_free_bytes, ' ');
  expect_same(support::zstd_packed(text + bomb), "a bomb");
  expect_same(support::gzipped(text + bomb), "a bomb");
}

TEST(BulkReaders, SayTheSameOfPeopleOutsideTheFilter) {
  const std::string text =
      message_of({"NA000799C", "NA000800A", "", "NA000801A", "NA000799C"}).text();
  PeopleFilter people(1);
  people.add(core::values::Nino::parse("NA000799C").value().packed());
  RtiReader here;
  ChildReader there(people, child_of_tests({adapters::rti::kChildWord}));
  const Witness witness({"NA000799"});
  EXPECT_EQ(told_by(there, text, witness), told_by(here, text, witness));
}

TEST(BulkReaders, SayTheSameOfPeopleTheFilterLetsThrough) {
  const std::string text = message_of({"NA000799C", "NA000800A", ""}).text();
  RtiReader here;
  ChildReader there(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
  const Witness witness({"NA000799"});
  EXPECT_EQ(told_by(there, text, witness), told_by(here, text, witness));
}

TEST(BulkReaders, GiveBackTheErrorOfTheirVisitorAndCanReadOn) {
  const std::string text = message_of({"NA000799C", "NA000800A"}).text();
  RtiReader here;
  ChildReader there(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
  Witness failing;
  failing.fail_at = 2;
  EXPECT_EQ(told_by(here, text, failing), "STORE_FAILED failed on purpose");
  EXPECT_EQ(told_by(there, text, failing), "STORE_FAILED failed on purpose");
  EXPECT_EQ(told_by(there, text), told_by(here, text));
}

TEST(BulkReaders, GiveBackTheErrorOfTheirSource) {
  class Failing final : public ports::ByteSource {
   public:
    core::base::Result<std::size_t> read(char*, std::size_t) override {
      return core::base::fail(core::base::ErrorCode::UNREADABLE, {}, "failed on purpose");
    }
  };
  Failing source;
  Witness witness;
  ChildReader there(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
  const auto report = there.read(source, witness, {});
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, core::base::ErrorCode::UNREADABLE);
}

TEST(ChildReader, ReadsDocumentsThatWereBegunTogetherInAnyOrder) {
  const std::string first = message_of({"NA000799C"}).text();
  const std::string second = message_of({"NA000800A", "NA000801A"}).text();
  RtiReader here;
  ChildReader there(PeopleFilter::everybody(), child_of_tests({adapters::rti::kChildWord}));
  support::TextSource sources[] = {support::TextSource(first), support::TextSource(second)};
  for (auto& source : sources) ASSERT_TRUE(there.begin(source).has_value());
  for (const int which : {1, 0}) {
    Witness seen;
    const auto report = there.read(sources[which], seen, {});
    ASSERT_TRUE(report.has_value());
    EXPECT_EQ(seen.employees, which == 0 ? 1U : 2U);
  }
}

}  // namespace
}  // namespace ig::tests::contract
