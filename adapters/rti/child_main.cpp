#include "adapters/rti/child_main.hpp"

#include "adapters/rti/confine.hpp"
#include "adapters/rti/document_reading.hpp"
#include "adapters/rti/records.hpp"
#include "core/base/limits.hpp"
#include "core/facts/name_match.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <utility>

namespace ig::adapters::rti {
namespace {

namespace limits = core::base::limits;
namespace ports = core::ports;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;

constexpr int kFailed = 3;
constexpr std::size_t kWriteBytes = std::size_t{128} * 1024;

struct Head {
  std::uint32_t version = kRecordsVersion;
  std::uint32_t filter_bytes = 0;
  std::uint32_t gzip = 0;
  std::uint32_t zstd = 0;
};

/// Writes records; false when the parent is not there any more.
bool write_all(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(kRecordsOut, bytes.data(), bytes.size());
    if (wrote < 0 && errno != EINTR) return false;
    if (wrote > 0) bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

/// Sends what the parser finds.
class Sender final : public ports::BulkVisitor {
 public:
  explicit Sender(PeopleFilter people) : people_(std::move(people)) { records_.hello(); }
  [[nodiscard]] bool wanted(const core::values::Nino& nino) override {
    return people_.may_hold(nino.packed());
  }
  [[nodiscard]] bool wanted_by_name(const core::facts::Subject& told) override {
    if (people_.holds_everybody()) return true;
    const auto key = core::facts::name_key(told);
    return key && people_.may_hold(*key);
  }
  Result<void> employee(ports::EmployeePiece&& piece) override {
    records_.employee(piece);
    if (records_.bytes().size() < kWriteBytes) return {};
    return flush();
  }
  Result<void> message_ended(const ports::MessageReport& message) override {
    records_.message(message);
    if (records_.bytes().size() < kWriteBytes) return {};
    return flush();
  }
  Result<void> end(const ports::BulkReport& report) {
    records_.end(report);
    return flush();
  }

 private:
  Result<void> flush() {
    const bool written = write_all(records_.bytes());
    records_.clear();
    if (!written) return fail(ErrorCode::PARSER_FAILED, {}, "nobody takes the records");
    return {};
  }

  PeopleFilter people_;
  RecordWriter records_;
};

bool read_whole(ports::ByteSource& source, char* to, std::size_t size) {
  while (size > 0) {
    const auto got = source.read(to, size);
    if (!got || *got == 0) return false;
    to += *got;
    size -= *got;
  }
  return true;
}

}  // namespace

std::string child_head(const PeopleFilter& people, wire::compress::Packings packings) {
  Head head;
  head.filter_bytes = static_cast<std::uint32_t>(people.bytes().size());
  head.gzip = packings.gzip ? 1 : 0;
  head.zstd = packings.zstd ? 1 : 0;
  std::string out(sizeof head, '\0');
  std::memcpy(out.data(), &head, sizeof head);
  out.append(people.bytes());
  return out;
}

Result<std::size_t> DocumentIn::read(char* to, std::size_t size) {
  while (true) {
    const ssize_t got = ::read(kDocumentIn, to, size);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return fail(ErrorCode::UNREADABLE, {}, "the parent's pipe broke");
  }
}

void warm_up() {
  class Nothing final : public ports::ByteSource {
   public:
    [[nodiscard]] Result<std::size_t> read(char*, std::size_t) override { return std::size_t{0}; }
  };
  Nothing nothing;
  Sender nobody{PeopleFilter(0)};
  (void)read_document(nothing, nobody, {});
}

int parse_for_parent(ports::ByteSource& source) {
  Head head;
  char bytes[sizeof head];
  if (!read_whole(source, bytes, sizeof bytes)) return kFailed;
  std::memcpy(&head, bytes, sizeof head);
  if (head.version != kRecordsVersion || head.filter_bytes > limits::people_filter_bytes_max) {
    return kFailed;
  }
  std::string filter(head.filter_bytes, '\0');
  if (!read_whole(source, filter.data(), filter.size())) return kFailed;
  Sender sender(PeopleFilter::of(filter));
  std::string().swap(filter);
  const auto report = read_document(source, sender, {head.gzip == 1, head.zstd == 1});
  return report && sender.end(*report) ? 0 : kFailed;
}

void child_main() {
  warm_up();
  if (!confine(parser_rations())) ::_exit(kFailed);
  DocumentIn document;
  ::_exit(parse_for_parent(document));
}

}  // namespace ig::adapters::rti
