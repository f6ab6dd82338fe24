// Intake of one bulk file to a durable outbox, against libxml2's SAX2 push parser that takes the
// same fields out of the same bytes and keeps nothing. Both run in this process, in turn; the
// figure is the median of the per-round ratios. Beside it: peak memory, decisions a second.

#include "adapters/cli/file_source.hpp"
#include "adapters/cli/intake_receipt.hpp"
#include "adapters/formats/cases.hpp"
#include "adapters/rti/fps_reader.hpp"
#include "adapters/sandbox/big_files.hpp"
#include "adapters/wire/files/lines.hpp"
#include "core/jobs/intake.hpp"
#include "core/rules/assess.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/support/world.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

using ig::bench::seconds;

std::string read_file(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// ---- the baseline: SAX2 push, the fields of a payment to integers, nothing kept ----------------

constexpr std::array<std::string_view, 16> kFields = {
    "NINO",       "Sur",     "BirthDate",  "Gender",         "PayId",
    "PayFreq",    "PmtDate", "MonthNo",    "PeriodsCovered", "TaxCode",
    "OfficeNo",   "PayeRef", "TaxablePay", "TotalTax",       "TaxDeductedOrRefunded",
    "HoursWorked"};

struct Extraction {
  std::array<const xmlChar*, kFields.size()> names{};  ///< as the parser's dictionary has them
  const xmlChar* employee = nullptr;
  const xmlChar* taxable_pay = nullptr;
  std::string text;
  bool wanted = false;
  std::int64_t pence = 0;
  std::uint64_t employees = 0;
  std::uint64_t bytes = 0;
};

void on_start(void* self, const xmlChar* name, const xmlChar*, const xmlChar*, int, const xmlChar**,
              int, int, const xmlChar**) {
  auto& state = *static_cast<Extraction*>(self);
  state.wanted = std::find(state.names.begin(), state.names.end(), name) != state.names.end();
  state.text.clear();
}

void on_text(void* self, const xmlChar* text, int size) {
  auto& state = *static_cast<Extraction*>(self);
  if (state.wanted) {
    state.text.append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  }
}

void on_end(void* self, const xmlChar* name, const xmlChar*, const xmlChar*) {
  auto& state = *static_cast<Extraction*>(self);
  if (name == state.employee) ++state.employees;
  if (!state.wanted) return;
  state.wanted = false;
  state.bytes += state.text.size();
  if (name != state.taxable_pay) return;
  std::int64_t amount = 0;
  for (const char c : state.text) {
    if (c >= '0' && c <= '9') amount = amount * 10 + (c - '0');
  }
  state.pence += amount;
}

Extraction extract(const std::string& file) {
  Extraction state;
  xmlSAXHandler handler{};
  handler.initialized = XML_SAX2_MAGIC;
  handler.startElementNs = on_start;
  handler.endElementNs = on_end;
  handler.characters = on_text;
  xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, &state, nullptr, 0, nullptr);
  const auto intern = [&](std::string_view name) {
    return xmlDictLookup(parser->dict, reinterpret_cast<const xmlChar*>(name.data()),
                         static_cast<int>(name.size()));
  };
  for (std::size_t i = 0; i < kFields.size(); ++i) state.names[i] = intern(kFields[i]);
  state.employee = intern("Employee");
  state.taxable_pay = intern("TaxablePay");
  auto source = ig::adapters::cli::FileSource::open(file);
  std::vector<char> chunk(64 * 1024);
  for (std::size_t got = 1; got != 0;) {
    got = (*source)->read(chunk.data(), chunk.size()).value();
    xmlParseChunk(parser, chunk.data(), static_cast<int>(got), got == 0 ? 1 : 0);
  }
  xmlFreeParserCtxt(parser);
  return state;
}

// ---- the gateway ------------------------------------------------------------------------------

void import_cases(ig::tests::World& world, const std::string& file) {
  const auto text = read_file(file);
  ig::adapters::wire::json::Reader reader;
  auto unit = world.store().begin();
  std::size_t in_unit = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto value = reader.read(std::string_view(text).substr(at, end - at));
    const auto record = ig::adapters::formats::read_case(*value);
    (void)(*unit)->put_case(*record, ig::tests::Instant::of(world.clock().now())).value();
    if (++in_unit == 1000) {
      ig::core::base::require((*unit)->commit().has_value(), "cases are kept");
      unit = world.store().begin();
      in_unit = 0;
    }
    at = end + 1;
  }
  ig::core::base::require((*unit)->commit().has_value(), "cases are kept");
}

/// Stages two earlier months for each registered person of the file, so that its month meets a
/// history as it does in a working year.
class History final : public ig::core::ports::BulkVisitor {
 public:
  History(ig::tests::World& world, const ig::core::jobs::PersonIndex& people)
      : world_(world), people_(people) {}

  [[nodiscard]] bool wanted(const ig::core::values::Nino& nino) override {
    return people_.find(nino.packed()).has_value();
  }

  ig::core::base::Result<void> employee(ig::core::ports::EmployeePiece&& piece) override {
    if (!piece.wanted) return {};
    const auto person = people_.find(piece.subject.nino->reveal().packed());
    for (int back = 1; back <= 2; ++back) {
      ig::core::facts::Payment payment = piece.payments.front();
      payment.header.subject = {};
      payment.header.subject.person = *person;
      payment.header.fact_id = fmt::format("{:032x}", ++number_);
      payment.paid_on = payment.paid_on.plus_months(-back);
      payment.month = *payment.month - back;
      const auto paid = payment.taxable_pay->in_pence();
      payment.taxable_pay_to_date =
          ig::tests::Money::pence(payment.taxable_pay_to_date->in_pence() - back * paid);
      facts_.push_back({*person, std::move(payment), {}, 0, 0});
    }
    return {};
  }

  void keep() {
    auto unit = world_.store().begin();
    const auto document =
        (*unit)->add_document("fps", "history", ig::tests::Instant::of(world_.clock().now()));
    bool done = (*unit)->stage(*document, facts_).has_value();
    done = done && (*unit)->accept(*document, std::string(64, '0'), 1, "{}").has_value();
    done = done && (*unit)->worked_through(*document, {}, true).has_value();
    ig::core::base::require(done && (*unit)->commit().has_value(), "the history is kept");
  }

 private:
  ig::tests::World& world_;
  const ig::core::jobs::PersonIndex& people_;
  std::vector<ig::core::ports::StagedFact> facts_;
  std::uint64_t number_ = 0;
};

void add_history(ig::tests::World& world, const std::string& file) {
  const auto people = ig::core::jobs::load_people(world.store());
  History history(world, *people);
  ig::adapters::rti::FpsReader reader;
  auto source = ig::adapters::cli::FileSource::open(file);
  const auto at = ig::tests::Instant::of(world.clock().now());
  ig::core::base::require(reader.read(**source, history, {at, {}}).has_value(), "the file is read");
  history.keep();
}

ig::core::jobs::IntakeReceipt take_in(ig::tests::World& world, const std::string& file,
                                      const ig::core::jobs::PersonIndex& people) {
  const auto context = world.context();
  ig::adapters::rti::FpsReader reader;
  auto source = ig::adapters::cli::FileSource::open(file);
  ig::core::jobs::IntakeOptions how;
  how.as_of = ig::tests::Date::of(2026, 2, 10);
  auto receipt = ig::core::jobs::take_in(context, "bench.xml", **source, reader, people, how,
                                         ig::adapters::cli::intake_receipt_json);
  ig::core::base::require(receipt.has_value(), "the file is taken in");
  return *std::move(receipt);
}

/// One round on a fresh copy of the prepared store, in a child, so that each has a clean memory.
struct Round {
  double intake = 0;
  double baseline = 0;
  long peak_kilobytes = 0;
  std::uint64_t triggers = 0;
  std::int64_t kept = 0;
};

Round run_round(const std::string& folder, const std::string& fps) {
  int ends[2];
  ig::core::base::require(pipe(ends) == 0, "a pipe opens");
  const pid_t child = fork();
  if (child == 0) {
    Round out;
    out.baseline = seconds([&] { (void)extract(fps); });
    const std::string copy = folder + "/round.db";
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(copy + tail);
    std::filesystem::copy_file(folder + "/prepared.db", copy);
    ig::tests::World world(copy);
    const auto people = ig::core::jobs::load_people(world.store());
    out.intake = seconds([&] {
      const auto receipt = take_in(world, fps, *people);
      out.triggers = receipt.triggers;
      out.kept = receipt.payments.kept;
    });
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    out.peak_kilobytes = usage.ru_maxrss;
    (void)!write(ends[1], &out, sizeof out);
    _exit(0);
  }
  Round out;
  const auto got = read(ends[0], &out, sizeof out);
  int status = 0;
  waitpid(child, &status, 0);
  close(ends[0]);
  close(ends[1]);
  ig::core::base::require(got == sizeof out && status == 0, "a round ends well");
  return out;
}

double decisions_per_second(ig::tests::World& world) {
  const auto context = world.context();
  ig::core::rules::Request request;
  request.id = "bench";
  request.kind = ig::core::rules::DecisionKind::in_year_income;
  request.effective_date = ig::tests::Date::of(2026, 2, 10);
  request.in_force = ig::core::rules::FigureInForce{};
  request.in_force->weekly = ig::tests::Money::pence(40'000);
  request.current = ig::core::rules::Current{};
  constexpr int kDecisions = 200'000;
  std::uint64_t met = 0;
  const double took = seconds([&] {
    for (int i = 0; i < kDecisions; ++i) {
      request.current->weekly = ig::tests::Money::pence(30'000 + i % 20'000);
      const auto answer = ig::core::rules::assess(request, context.parameters);
      met += answer->test && answer->test->met ? 1U : 0U;
    }
  });
  ig::core::base::require(met > 0, "some tests are met");
  return kDecisions / took;
}

}  // namespace

int main() {
  ig::tests::TempFolder folder;
  ig::adapters::sandbox::BigFileOptions options;
  if (const char* employees = std::getenv("IG_BENCH_EMPLOYEES")) {
    options.employees = std::atoll(employees);
  }
  options.cases = options.employees * 2;
  options.out = folder.file("bench.xml");
  options.cases_out = folder.file("cases.ndjson");
  const auto counts = ig::adapters::sandbox::write_big_files(options);
  ig::core::base::require(counts.has_value(), "the files are written");
  {
    ig::tests::World world(folder.file("prepared.db"));
    import_cases(world, options.cases_out);
    add_history(world, options.out);
    ig::core::base::require(world.store().backup(folder.file("copy.db")).has_value(),
                            "the prepared store is whole");
  }
  std::filesystem::rename(folder.file("copy.db"), folder.file("prepared.db"));
  (void)extract(options.out);  // the file is in the page cache for every round

  std::vector<Round> rounds;
  for (int i = 0; i < 5; ++i) rounds.push_back(run_round(folder.file(""), options.out));
  std::ranges::sort(rounds, {}, [](const Round& r) { return r.baseline / r.intake; });
  const Round& median = rounds[rounds.size() / 2];
  const double megabytes = static_cast<double>(counts->bytes) / 1e6;
  fmt::print("# {} employees, {} cases, {:.0f} MB; {} payments kept, {} triggers a round\n",
             options.employees, options.cases, megabytes, median.kept, median.triggers);
  fmt::print("# {:.0f} employees/s, {:.0f} MB/s to the outbox\n",
             static_cast<double>(options.employees) / median.intake, megabytes / median.intake);
  const auto rate = [&](double took) { return static_cast<double>(options.employees) / took; };
  ig::bench::print_ratio("intake_to_outbox_vs_sax_extraction", rate(median.intake),
                         rate(median.baseline));
  const long peak = std::ranges::max(rounds, {}, &Round::peak_kilobytes).peak_kilobytes;
  fmt::print("# peak memory {:.0f} MB\n", static_cast<double>(peak) / 1024);
  ig::bench::print_ratio("intake_peak_memory_of_128_MB", static_cast<double>(peak) / 1024, 128);
  ig::tests::World world(folder.file("prepared.db"));
  fmt::print("# {:.0f} decisions/s\n", decisions_per_second(world));
  return 0;
}
