#include "adapters/cli/normalise.hpp"

#include "adapters/cli/bulk_visitors.hpp"
#include "adapters/cli/command.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/formats/error_line.hpp"
#include "adapters/formats/facts.hpp"
#include "adapters/hmrc/individuals_file.hpp"
#include "adapters/hmrc/rtii.hpp"
#include "adapters/hmrc/yearly_batch_read.hpp"
#include "adapters/hmrc/yearly_reply.hpp"
#include "adapters/rti/rti_reader.hpp"
#include "adapters/wire/crypto/digest.hpp"
#include "adapters/wire/files/lines.hpp"
#include "core/base/limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace ig::adapters::cli {
namespace {

namespace limits = core::base::limits;
namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::ports::BulkReport;
using core::ports::EmployeePiece;
using wire::files::BufferedOutput;

using Asked = NormaliseAsked;

constexpr const char* kBuilt[] = {"fps", "rtii", "yearly", "individuals-income",
                                  "individuals-employments"};
constexpr const char* kNotBuilt[] = {"citizen-claims", "cis", "award-file"};

template <std::size_t N>
bool is_in(const char* const (&list)[N], const std::string& word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// The descriptor of --refused FILE, closed at the end; -1 without one.
class RefusedFile {
 public:
  RefusedFile() = default;
  RefusedFile(const RefusedFile&) = delete;
  RefusedFile& operator=(const RefusedFile&) = delete;
  ~RefusedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] Result<void> open(const std::string& file) {
    if (file.empty()) return {};
    descriptor_ = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return {};
    return fail(ErrorCode::UNREADABLE, {}, "the file for refusals cannot be written: " + file);
  }
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_ = -1;
};

/// Facts to standard output; what is refused to standard error and, when asked, to a file.
class Output {
 public:
  Output(const Pipes& pipes, int refused_descriptor)
      : facts_(pipes.out),
        errors_(pipes.errors),
        has_file_(refused_descriptor >= 0),
        file_(refused_descriptor) {}

  void fact(const core::facts::Fact& fact) {
    formats::write_fact(facts_.buffer(), fact);
    facts_.buffer().push_back('\n');
    facts_.written();
  }
  /// `file_number`: which of the files, from 1.
  void refuse(std::uint64_t file_number, const Error& error) {
    refused_ = true;
    formats::write_error_line(errors_.buffer(), {}, file_number, error);
    errors_.written();
    if (!has_file_) return;
    formats::write_error_line(file_.buffer(), {}, file_number, error);
    file_.written();
  }
  [[nodiscard]] Result<int> finish() {
    for (BufferedOutput* output : {&facts_, &errors_}) {
      if (auto flushed = output->flush(); !flushed) return flushed.error();
    }
    if (has_file_) {
      if (auto flushed = file_.flush(); !flushed) return flushed.error();
    }
    return static_cast<int>(refused_ ? kRefused : kDone);
  }

 private:
  BufferedOutput facts_;
  BufferedOutput errors_;
  bool has_file_;
  BufferedOutput file_;
  bool refused_ = false;
};

/// Writes the facts of every Employee of the messages that are not refused.
class FactWriter final : public core::ports::BulkVisitor {
 public:
  /// `seen`: what a first look at the same file said.
  FactWriter(Output& output, std::uint64_t file_number, const BulkReport& seen)
      : output_(output), file_number_(file_number), seen_(seen) {}
  [[nodiscard]] bool wanted(const values::Nino&) override { return true; }
  [[nodiscard]] bool wanted_by_name(const core::facts::Subject&) override { return true; }
  core::base::Result<void> message_ended(const core::ports::MessageReport&) override {
    ++message_;
    return {};
  }
  core::base::Result<void> employee(EmployeePiece&& piece) override {
    if (message_ >= seen_.messages.size() || seen_.messages[message_].refused) return {};
    for (core::facts::Payment& payment : piece.payments) output_.fact(std::move(payment));
    if (piece.refused) output_.refuse(file_number_, error_of(*piece.refused));
    return {};
  }
  [[nodiscard]] static Error error_of(const core::ports::Problem& problem) {
    ErrorCode code = ErrorCode::NOT_XML;
#define IG_SAME(name) \
  if (problem.code == #name) code = ErrorCode::name;
    IG_ERROR_CODES(IG_SAME)
#undef IG_SAME
    return {code, problem.position, problem.message};
  }

 private:
  Output& output_;
  std::uint64_t file_number_;
  const BulkReport& seen_;
  std::size_t message_ = 0;
};

/// All bytes of a source. Errors: UNREADABLE, LIMIT_EXCEEDED.
Result<std::string> read_all(core::ports::ByteSource& source, std::size_t most) {
  std::string text;
  std::vector<char> chunk(limits::xml_chunk_bytes);
  while (true) {
    const auto got = source.read(chunk.data(), chunk.size());
    if (!got) return got.error();
    if (*got == 0) return text;
    text.append(chunk.data(), *got);
    if (text.size() > most) return fail(ErrorCode::LIMIT_EXCEEDED, {}, "the input is too long");
  }
}

/// One command line on its way through its files.
class Normalisation {
 public:
  Normalisation(const Asked& asked, values::Instant received_at, std::optional<values::Nino> nino,
                hmrc::SaScope scope, Output& output)
      : asked_(asked),
        received_at_(received_at),
        nino_(nino),
        output_(output),
        digest_(wire::crypto::make_digest()),
        individuals_(std::move(scope)) {}

  [[nodiscard]] Result<void> file(const std::string& name) {
    ++number_;
    if (asked_.from == "fps") return fps(name);
    auto source = FileSource::open(name);
    if (!source) return source.error();
    const auto body = read_all(**source, limits::http_response_body_bytes_max);
    if (!body && body.error().code != ErrorCode::LIMIT_EXCEEDED) return body.error();
    if (!body) {
      output_.refuse(number_, body.error());
      return {};
    }
    if (asked_.from == "rtii") rtii(*body);
    if (asked_.from == "yearly") yearly(*body);
    if (asked_.from == "individuals-income") income(*body);
    if (asked_.from == "individuals-employments") employments(*body);
    return {};
  }
  /// What all files together come to.
  void finish() { take(individuals_.figures(individuals_context({}), *digest_)); }

 private:
  /// Twice through the bytes: a message that is refused at its end gives no fact.
  [[nodiscard]] Result<void> fps(const std::string& name) {
    std::string held;
    if (name == "-") {
      auto source = FileSource::open(name);
      if (!source) return source.error();
      auto text = read_all(**source, std::size_t{1} << 30U);
      if (!text) return text.error();
      held = *std::move(text);
    }
    Onlooker onlooker;
    const auto seen = pass(name, held, onlooker, {});
    if (!seen) return seen.error();
    if (seen->refused()) refuse_messages(*seen);
    FactWriter writer(output_, number_, *seen);
    const auto written = pass(name, held, writer, "sha256:" + seen->sha256);
    if (!written) return written.error();
    for (const core::ports::MessageReport& message : written->messages) {
      if (message.nil_period && !message.refused) output_.fact(*message.nil_period);
    }
    if (written->sha256 == seen->sha256) return {};
    return fail(ErrorCode::UNREADABLE, {}, "a file changed while it was read");
  }

  Result<BulkReport> pass(const std::string& name, const std::string& held,
                          core::ports::BulkVisitor& visitor, std::string document) {
    const core::ports::BulkContext context{received_at_, std::move(document)};
    if (name == "-") {
      TextSource source(held);
      return reader_.read(source, visitor, context);
    }
    auto source = FileSource::open(name);
    if (!source) return source.error();
    return reader_.read(**source, visitor, context);
  }

  /// Says of each refused message why.
  void refuse_messages(const BulkReport& report) {
    for (const core::ports::MessageReport& message : report.messages) {
      if (!message.refused) continue;
      const auto why = std::ranges::find_if(
          message.problems, [&](const auto& one) { return one.code == message.refused_code; });
      if (why != message.problems.end()) output_.refuse(number_, FactWriter::error_of(*why));
    }
  }

  void rtii(const std::string& body) {
    const hmrc::RtiiContext context{nino_, received_at_, document_of(body)};
    auto reply = hmrc::read_rtii(body, context, json_, *digest_);
    if (!reply) return output_.refuse(number_, reply.error());
    for (const core::facts::Fact& fact : reply->facts) output_.fact(fact);
    for (const Error& error : reply->refused) output_.refuse(number_, error);
  }

  void yearly(const std::string& body) {
    if (body.starts_with('<')) return yearly_answers(body);
    hmrc::YearlyContext context{{}, received_at_};
    if (nino_) context.subject.nino = core::base::Sensitive(*nino_);
    auto fact = hmrc::read_yearly_file(body, context, json_, *digest_);
    if (!fact) return output_.refuse(number_, fact.error());
    output_.fact(*fact);
  }

  void income(const std::string& body) {
    auto reply = individuals_.income(body, individuals_context(document_of(body)), json_, *digest_);
    if (!reply) return output_.refuse(number_, reply.error());
    take(*reply);
  }

  void employments(const std::string& body) {
    auto reply =
        hmrc::read_employments_file(body, individuals_context(document_of(body)), json_, *digest_);
    if (!reply) return output_.refuse(number_, reply.error());
    take(*reply);
  }

  void take(const hmrc::IndividualsReply& reply) {
    for (const core::facts::Fact& fact : reply.facts) output_.fact(fact);
    for (const Error& error : reply.refused) output_.refuse(number_, error);
  }

  [[nodiscard]] hmrc::IndividualsContext individuals_context(std::string document) const {
    hmrc::IndividualsContext context;
    if (nino_) context.subject.nino = core::base::Sensitive(*nino_);
    context.received_at = received_at_;
    context.document = std::move(document);
    return context;
  }

  /// An answer file: it names questions and not people, so a NINO fits only one that holds one.
  void yearly_answers(const std::string& body) {
    std::vector<core::ports::BatchAnswer> answers;
    TextSource source(body);
    const auto report = hmrc::read_yearly_answers(source, {received_at_, document_of(body)},
                                                  [&](core::ports::BatchAnswer&& answer) {
                                                    answers.push_back(std::move(answer));
                                                    return Result<void>();
                                                  });
    if (!report) return output_.refuse(number_, report.error());
    if (report->error) return output_.refuse(number_, *report->error);
    if (nino_ && answers.size() != 1) {
      return output_.refuse(number_, fail(ErrorCode::AMBIGUOUS_PERSON, {},
                                          "--nino goes with a file that holds one answer"));
    }
    formats::FactIds ids(*digest_);
    for (core::ports::BatchAnswer& answer : answers) {
      if (answer.refused) output_.refuse(number_, *answer.refused);
      if (!answer.fact) continue;
      if (nino_) core::facts::header(*answer.fact).subject.nino = core::base::Sensitive(*nino_);
      ids.give_id(*answer.fact);
      output_.fact(*answer.fact);
    }
  }

  [[nodiscard]] std::string document_of(const std::string& body) {
    return "sha256:" + core::ports::hex(digest_->sha256(body));
  }

  const Asked& asked_;
  values::Instant received_at_;
  std::optional<values::Nino> nino_;
  Output& output_;
  std::unique_ptr<core::ports::Digest> digest_;
  wire::json::Reader json_;
  rti::RtiReader reader_;
  hmrc::IndividualsFiles individuals_;
  std::uint64_t number_ = 0;
};

Error misuse(std::string message) { return fail(ErrorCode::USAGE, {}, std::move(message)); }

Result<hmrc::SaScope> scope_of(const Asked& asked) {
  hmrc::SaScope out;
  if (!asked.in_scope.empty() && asked.from != "individuals-income") {
    return misuse("--in-scope goes with --from individuals-income");
  }
  for (const std::string& word : asked.in_scope) {
    if (word == "all") {
      out = hmrc::every_sa_field();
      continue;
    }
    const auto field = hmrc::sa_field_of(word);
    if (!field) {
      return misuse("--in-scope is all, or a field such as selfEmployments.selfEmploymentProfit");
    }
    out.insert(*field);
  }
  return out;
}

Result<int> normalise(const Pipes& pipes, const Asked& asked) {
  if (is_in(kNotBuilt, asked.from)) {
    return misuse(fmt::format("normalise --from {} is not built yet", asked.from));
  }
  if (!is_in(kBuilt, asked.from)) {
    return misuse(fmt::format("--from is one of {}", fmt::join(kBuilt, ", ")));
  }
  const auto told_at = received_at_option(asked.received_at);
  if (!told_at) return told_at.error();
  const values::Instant received_at = told_at->value_or(values::Instant::of(SystemClock().now()));
  std::optional<values::Nino> nino;
  if (!asked.nino.empty()) {
    if (asked.from == "fps") return misuse("--nino does not go with --from fps");
    const auto told = values::Nino::parse(asked.nino);
    if (!told) return misuse("--nino: " + told.error().message);
    nino = *told;
  }
  auto scope = scope_of(asked);
  if (!scope) return std::move(scope).error();
  RefusedFile refused;
  if (auto opened = refused.open(asked.refused_file); !opened) return opened.error();
  Output output(pipes, refused.descriptor());
  Normalisation work(asked, received_at, nino, *std::move(scope), output);
  for (const std::string& file : asked.files) {
    if (auto done = work.file(file); !done) {
      static_cast<void>(output.finish());
      return done.error();
    }
  }
  work.finish();
  return output.finish();
}

}  // namespace

int normalise_stage(const Pipes& pipes, const Asked& asked) {
  const auto status = normalise(pipes, asked);
  return status ? *status : report(status.error());
}

void add_normalise(CLI::App& root, Invocation& invocation) {
  auto* command = root.add_subcommand("normalise", "Turn what a source sent into facts (NDJSON)");
  const auto asked = std::make_shared<Asked>();
  command
      ->add_option("--from", asked->from,
                   "fps, rtii, yearly, individuals-income or individuals-employments")
      ->required();
  command
      ->add_option("FILE", asked->files,
                   "files; - is standard input. Self Assessment of individuals-income comes in "
                   "several replies: name them all, of one person, for the year's figure")
      ->required();
  command->add_option("--received-at", asked->received_at, "when we had it; default: now");
  command->add_option("--nino", asked->nino, "whom the reply is about, when it does not say");
  command->add_option("--refused", asked->refused_file, "also write what is refused to this file");
  command->add_option("--in-scope", asked->in_scope,
                      "field of Self Assessment that the application sees, so that its zero is a "
                      "zero: selfEmployments.selfEmploymentProfit, ..., or all");
  command->callback(
      [&invocation, asked] { invocation.run = [asked] { return normalise_stage({}, *asked); }; });
}

}  // namespace ig::adapters::cli
