// Intake of one bulk file, and of the same people in eight files, to a durable outbox, against
// libxml2's SAX2 push parser that takes the same fields out of the same bytes and keeps nothing.
// They run in turn, each a process of its own, intake on a fresh copy of the store; a figure is the
// median of the per-round ratios. Where IG_BENCH_PEERS names a folder with the Node.js peer
// (peers/intake.mjs, put there by ./dev bench), the same document through it. Beside it: all checks
// without the IRmark against that extraction, peak memory of gateway and parsers together,
// decisions a second.

#include "adapters/cli/bulk_visitors.hpp"
#include "adapters/cli/decide_ahead.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/intake_receipt.hpp"
#include "adapters/formats/cases.hpp"
#include "adapters/rti/child_main.hpp"
#include "adapters/rti/child_reader.hpp"
#include "adapters/rti/document_reading.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "adapters/sandbox/big_files.hpp"
#include "adapters/wire/files/lines.hpp"
#include "core/jobs/intake.hpp"
#include "core/rules/assess.hpp"
#include "tests/bench/peak_memory.hpp"
#include "tests/bench/ratio.hpp"
#include "tests/support/world.hpp"

#include <fmt/format.h>
#include <libxml/parser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
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
  ig::adapters::rti::RtiReader reader;
  auto source = ig::adapters::cli::FileSource::open(file);
  const auto at = ig::tests::Instant::of(world.clock().now());
  ig::core::base::require(reader.read(**source, history, {at, {}}).has_value(), "the file is read");
  history.keep();
}

constexpr std::size_t kParsers = 2;

/// Takes the files in as `intake` does: a parser a core, the writer in the order of the files.
ig::core::jobs::IntakeReceipt take_in(ig::tests::World& world, ig::tests::World& beside,
                                      const std::vector<std::string>& files,
                                      const ig::core::jobs::PersonIndex& people) {
  const auto context = world.context();
  const auto filter = ig::adapters::rti::PeopleFilter::of_index(people);
  ig::core::jobs::IntakeOptions how;
  how.as_of = ig::tests::Date::of(2026, 2, 10);
  ig::adapters::cli::DecideAhead ahead(beside.context());
  how.ahead = &ahead;
  ig::core::jobs::IntakeReceipt total;
  std::vector<std::unique_ptr<ig::adapters::cli::FileSource>> sources;
  ig::adapters::rti::ChildReader reader(filter);
  for (std::size_t i = 0; i < files.size(); ++i) {
    while (sources.size() < std::min(files.size(), i + kParsers)) {
      sources.push_back(ig::adapters::cli::FileSource::open(files[sources.size()]).value());
      ig::core::base::require(reader.begin(*sources.back()).has_value(), "a parser starts");
    }
    auto receipt = ig::core::jobs::take_in(context, "bench.xml", *sources[i], reader, people, how,
                                           ig::adapters::cli::intake_receipt_json);
    ig::core::base::require(receipt.has_value() && receipt->refusals.empty(), "a file is taken in");
    total.add(*receipt);
  }
  return total;
}

/// Structure and values of a document whose IRmark is a placeholder, by the parser's own path.
void check(const std::string& file) {
  auto source = ig::adapters::cli::FileSource::open(file);
  ig::adapters::cli::Onlooker onlooker;
  const auto report = ig::adapters::rti::read_document(**source, onlooker, {});
  ig::core::base::require(report.has_value() && !report->refused(), "the file has no fault");
}

// ---- rounds -----------------------------------------------------------------------------------

constexpr int kMany = 8;
constexpr int kRounds = 5;

std::string document(const std::string& folder) { return folder + "/bench.xml"; }
/// The same with a placeholder in the place of its IRmark.
std::string unmarked(const std::string& folder) { return folder + "/unmarked.xml"; }
/// The same people in eight documents.
std::vector<std::string> many(const std::string& folder) {
  std::vector<std::string> out;
  out.reserve(kMany);
  for (int i = 0; i < kMany; ++i) out.push_back(fmt::format("{}/{}.xml", folder, i));
  return out;
}

/// What a program writes to its standard output; it has to end well.
std::string output_of(const char* program, std::vector<std::string> words) {
  int ends[2];
  ig::core::base::require(pipe(ends) == 0, "a pipe opens");
  const pid_t child = fork();
  if (child == 0) {
    dup2(ends[1], STDOUT_FILENO);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    execvp(program, arguments.data());
    _exit(1);
  }
  close(ends[1]);
  std::string out;
  std::array<char, 4096> chunk{};
  for (ssize_t got = 1; got > 0;) {
    got = read(ends[0], chunk.data(), chunk.size());
    if (got > 0) out.append(chunk.data(), static_cast<std::size_t>(got));
  }
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  ig::core::base::require(status == 0, "a program of the bench ends well");
  return out;
}

/// Where the peer in Node.js is; nullptr where it is not installed.
const char* peers() { return std::getenv("IG_BENCH_PEERS"); }

std::string run_peer(const char* task, const std::string& folder) {
  return output_of("node", {"node", fmt::format("{}/intake.mjs", peers()), task, folder});
}

/// What one measurement came to.
struct Measured {
  double seconds = 0;
  long peak_kilobytes = 0;
  std::uint64_t triggers = 0;
  std::int64_t kept = 0;
};

Measured intake_on_a_copy(const std::string& folder, const std::vector<std::string>& files) {
  const std::string copy = folder + "/round.db";
  for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(copy + tail);
  std::filesystem::copy_file(folder + "/prepared.db", copy);
  ig::bench::PeakMemory memory;
  ig::tests::World world(copy);
  ig::tests::World beside(copy);
  const auto people = ig::core::jobs::load_people(world.store());
  Measured out;
  out.seconds = seconds([&] {
    const auto receipt = take_in(world, beside, files, *people);
    out.triggers = receipt.triggers;
    out.kept = receipt.payments.kept;
  });
  out.peak_kilobytes = memory.kilobytes();
  return out;
}

Measured measure(std::string_view part, const std::string& folder) {
  Measured out;
  if (part == "one") return intake_on_a_copy(folder, {document(folder)});
  if (part == "many") return intake_on_a_copy(folder, many(folder));
  // It says itself what it took, from the first byte to its last commit.
  if (part == "peer" && peers() != nullptr) {
    const std::string told = run_peer("run", folder);
    std::int64_t microseconds = 0;
    std::from_chars(told.data(), told.data() + told.size(), microseconds);
    out.seconds = static_cast<double>(microseconds) / 1e6;
  }
  if (part == "sax") out.seconds = seconds([&] { (void)extract(document(folder)); });
  if (part == "checks") out.seconds = seconds([&] { check(unmarked(folder)); });
  return out;
}

/// The same in a new process of this program, so that each has a clean memory.
Measured measure_apart(const char* part, const std::string& folder) {
  const std::string told = output_of("/proc/self/exe", {"bench_intake", "measure", part, folder});
  Measured out;
  ig::core::base::require(told.size() == sizeof out, "a round says what it came to");
  std::memcpy(&out, told.data(), sizeof out);
  return out;
}

struct Round {
  Measured one;
  Measured many;
  Measured sax;
  Measured checks;
  Measured peer;
};

Round run_round(const std::string& folder) {
  return {measure_apart("one", folder), measure_apart("many", folder), measure_apart("sax", folder),
          measure_apart("checks", folder), measure_apart("peer", folder)};
}

constexpr int kDecisions = 200'000;

double decisions_per_second(ig::tests::World& world) {
  const auto context = world.context();
  ig::core::rules::Request request;
  request.id = "bench";
  request.kind = ig::core::rules::DecisionKind::in_year_income;
  request.effective_date = ig::tests::Date::of(2026, 2, 10);
  request.in_force = ig::core::rules::FigureInForce{};
  request.in_force->weekly = ig::tests::Money::pence(40'000);
  request.current = ig::core::rules::Current{};
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

/// The median round by one part, as rates of it and of the baseline.
void print_median(const char* name, std::vector<Round> rounds, double employees,
                  Measured Round::* part, Measured Round::* baseline = &Round::sax) {
  const auto ratio = [&](const Round& r) { return (r.*baseline).seconds / (r.*part).seconds; };
  std::ranges::sort(rounds, {}, ratio);
  const Round& median = rounds[rounds.size() / 2];
  ig::bench::print_ratio(name, employees / (median.*part).seconds,
                         employees / (median.*baseline).seconds);
}

void write_unmarked(const std::string& from, const std::string& to) {
  std::string text = read_file(from);
  const std::string_view end = "</IRmark>";
  const std::size_t at = text.find(end);
  ig::core::base::require(at != std::string::npos, "the file has an IRmark");
  text.replace(at - 28, 28, std::string(28, 'x'));
  std::ofstream(to, std::ios::binary) << text;
}

ig::adapters::sandbox::BigFileOptions options_of_bench(const std::string& folder) {
  ig::adapters::sandbox::BigFileOptions options;
  if (const char* employees = std::getenv("IG_BENCH_EMPLOYEES")) {
    options.employees = std::atoll(employees);
  }
  options.cases = options.employees * 2;
  if (const char* cases = std::getenv("IG_BENCH_CASES")) options.cases = std::atoll(cases);
  options.out = document(folder);
  options.cases_out = folder + "/cases.ndjson";
  return options;
}

/// Writes the documents and the store that each round begins with.
void prepare(const std::string& folder) {
  auto options = options_of_bench(folder);
  const auto write = [&] {
    ig::core::base::require(write_big_files(options).has_value(), "the files are written");
  };
  write();
  write_unmarked(document(folder), unmarked(folder));
  {
    ig::tests::World world(folder + "/prepared.db");
    import_cases(world, options.cases_out);
    add_history(world, document(folder));
    ig::core::base::require(world.store().backup(folder + "/copy.db").has_value(),
                            "the prepared store is whole");
  }
  std::filesystem::rename(folder + "/copy.db", folder + "/prepared.db");
  options.cases_out.clear();
  options.cases = 0;
  options.employees /= kMany;
  for (const std::string& file : many(folder)) {
    options.out = file;
    write();
    options.first += options.employees;
  }
}

int measure_for_parent(std::string_view part, const std::string& folder) {
  const Measured out = measure(part, folder);
  const bool written = write(STDOUT_FILENO, &out, sizeof out) == sizeof out;
  return written ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  // As the gateway's own program: the parser's child is this program again.
  const std::string_view word = argc > 1 ? argv[1] : "";
  if (argc == 2 && word == ig::adapters::rti::kChildWord) ig::adapters::rti::child_main();
  if (argc == 4 && word == "measure") return measure_for_parent(argv[2], argv[3]);
  ig::tests::TempFolder temporary;
  // A folder that is named stays, and what is prepared there is used again.
  const char* named = std::getenv("IG_BENCH_FOLDER");
  const std::string folder = named != nullptr ? named : temporary.file("");
  if (!std::filesystem::exists(folder + "/7.xml")) prepare(folder);
  if (peers() != nullptr) (void)run_peer("prepare", folder);
  (void)extract(document(folder));  // the file is in the page cache for every round

  std::vector<Round> rounds;
  rounds.reserve(kRounds);
  for (int i = 0; i < kRounds; ++i) rounds.push_back(run_round(folder));
  const auto options = options_of_bench(folder);
  const auto employees = static_cast<double>(options.employees);
  const double megabytes = static_cast<double>(std::filesystem::file_size(document(folder))) / 1e6;
  fmt::print("# {} employees, {} cases, {:.0f} MB; {} payments kept, {} triggers a round\n",
             options.employees, options.cases, megabytes, rounds[0].one.kept,
             rounds[0].one.triggers);
  print_median("intake_to_outbox_vs_sax_extraction", rounds, employees, &Round::one);
  print_median("intake_of_8_files_vs_sax_extraction", rounds, employees, &Round::many);
  print_median("all_checks_vs_sax_extraction", rounds, employees, &Round::checks);
  if (peers() == nullptr) {
    fmt::print("# no Node.js peer: IG_BENCH_PEERS is not set\n");
  } else {
    print_median("intake_to_outbox_vs_node_peer", rounds, employees, &Round::one, &Round::peer);
  }
  long peak = 0;
  for (const Round& r : rounds) {
    peak = std::max({peak, r.one.peak_kilobytes, r.many.peak_kilobytes});
  }
  ig::bench::print_ratio("intake_peak_memory_of_128_MB", static_cast<double>(peak) / 1024, 128);
  ig::tests::World world(folder + "/prepared.db");
  fmt::print("# {:.0f} decisions/s\n", decisions_per_second(world));
  return 0;
}
