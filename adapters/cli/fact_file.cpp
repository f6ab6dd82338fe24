#include "adapters/cli/fact_file.hpp"

#include "adapters/formats/error_line.hpp"
#include "adapters/formats/facts.hpp"
#include "adapters/wire/files/lines.hpp"
#include "adapters/wire/json/value.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace ig::adapters::cli {
namespace {

namespace values = core::values;
using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using wire::json::Value;

Error unreadable() { return fail(ErrorCode::UNREADABLE, {}, "the file of facts cannot be read"); }

/// The number a fact line is about.
Result<values::Nino> person_of(const Value& line) {
  if (!line.is(Value::Kind::object)) {
    return fail(ErrorCode::WRONG_TYPE, {}, "a fact line is one object");
  }
  const Value* nino = line.find("nino");
  if (nino == nullptr || !nino->is(Value::Kind::string)) {
    return fail(ErrorCode::NO_PERSON, "/nino", "the fact says no nino");
  }
  auto read = values::Nino::parse(nino->text());
  if (!read) return fail(read.error().code, "/nino", read.error().message);
  return read;
}

}  // namespace

/// The lines that begin in a part of the file, and what they came to.
struct FactFile::Slice {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  Counts counts;
  std::vector<Place> places;
  std::vector<RefusedLine> refused;
  std::optional<Error> failure;

  void take(const wire::files::Line& line, std::uint64_t offset, wire::json::Reader& reader,
            const People& people) {
    if (line.too_long) {
      return refuse(offset, {},
                    fail(ErrorCode::LINE_TOO_LONG, {}, "the line is longer than 1000000 bytes"));
    }
    const auto value = reader.read(line.text);
    if (!value) return refuse(offset, {}, value.error());
    const auto nino = person_of(*value);
    if (!nino) return refuse(offset, formats::readable_id(*value), nino.error());
    if (nino->kind() != values::NinoClass::nino || nino->is_dummy()) {
      ++counts.held;
      return;
    }
    const auto found = people.find(nino->packed());
    if (found == people.end()) {
      ++counts.unmatched;
      return;
    }
    places.push_back({found->second, static_cast<std::uint32_t>(line.text.size()), offset});
  }

  void refuse(std::uint64_t offset, std::string id, Error error) {
    refused.push_back({offset, std::move(id), std::move(error)});
  }
};

/// Reads its part by a descriptor of its own. A line belongs to the part it begins in.
void FactFile::read_slice(const std::string& file, const People& people, Slice& slice) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  // One byte early: what begins there is the end of a line of the part before.
  const std::uint64_t begin = slice.from == 0 ? 0 : slice.from - 1;
  if (descriptor < 0 || ::lseek(descriptor, static_cast<off_t>(begin), SEEK_SET) < 0) {
    slice.failure = unreadable();
    if (descriptor >= 0) ::close(descriptor);
    return;
  }
  wire::files::LineReader lines(descriptor);
  wire::json::Reader reader;
  while (true) {
    const auto line = lines.next();
    if (!line) slice.failure = line.error();
    if (!line || !*line) break;
    const std::uint64_t offset = begin + (*line)->offset;
    if (offset >= slice.to) break;
    if (offset >= slice.from) slice.take(**line, offset, reader, people);
  }
  ::close(descriptor);
}

Result<std::unique_ptr<FactFile>> FactFile::open(const std::string& file, const People& people,
                                                 unsigned threads) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about{};
  const bool plain = descriptor >= 0 && ::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
  if (!plain) {
    if (descriptor >= 0) ::close(descriptor);
    return fail(ErrorCode::UNREADABLE, {}, "no plain file that can be read: " + file);
  }
  const auto size = static_cast<std::uint64_t>(about.st_size);
  std::unique_ptr<FactFile> out(new FactFile(descriptor, size));
  std::vector<Slice> slices(std::max(1U, threads));
  for (std::size_t i = 0; i < slices.size(); ++i) {
    slices[i].from = size / slices.size() * i;
    slices[i].to = i + 1 == slices.size() ? size : size / slices.size() * (i + 1);
  }
  std::vector<std::thread> readers;
  for (std::size_t i = 1; i < slices.size(); ++i) {
    readers.emplace_back([&, i] { read_slice(file, people, slices[i]); });
  }
  read_slice(file, people, slices[0]);
  for (std::thread& one : readers) one.join();
  for (Slice& slice : slices) {
    if (slice.failure) return *std::move(slice.failure);
    out->counts_.unmatched += slice.counts.unmatched;
    out->counts_.held += slice.counts.held;
    out->places_.insert(out->places_.end(), slice.places.begin(), slice.places.end());
    std::ranges::move(slice.refused, std::back_inserter(out->refused_));
  }
  std::ranges::sort(out->places_, {},
                    [](const Place& place) { return std::pair(place.slot, place.offset); });
  return out;
}

FactFile::~FactFile() { ::close(descriptor_); }

Result<std::string> FactFile::text_at(const Place& place) const {
  std::string out(place.bytes, '\0');
  std::size_t have = 0;
  while (have < out.size()) {
    const ssize_t got = ::pread(descriptor_, out.data() + have, out.size() - have,
                                static_cast<off_t>(place.offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return unreadable();
    have += static_cast<std::size_t>(got);
  }
  return out;
}

Result<std::vector<core::facts::Fact>> FactFile::facts_of(std::uint32_t slot,
                                                          std::vector<RefusedLine>& refused) const {
  const auto mine = std::ranges::equal_range(places_, slot, {}, &Place::slot);
  std::vector<core::facts::Fact> out;
  wire::json::Reader reader;
  for (const Place& place : mine) {
    const auto text = text_at(place);
    if (!text) return text.error();
    const auto value = reader.read(*text);
    if (!value) return unreadable();  // it was read before: the file has changed
    auto fact = formats::read_fact(*value);
    if (fact && core::facts::header(*fact).test) {
      fact = fail(ErrorCode::TEST_MESSAGE, "/test", "a fact of a test message is never income");
    }
    if (fact) {
      out.push_back(*std::move(fact));
    } else {
      refused.push_back({place.offset, formats::readable_id(*value), std::move(fact).error()});
    }
  }
  return out;
}

Result<std::vector<std::uint64_t>> FactFile::line_numbers(
    const std::vector<std::uint64_t>& sorted_offsets) const {
  std::vector<std::uint64_t> out;
  std::string chunk(1 << 20, '\0');
  std::uint64_t number = 1;
  std::uint64_t at = 0;
  while (out.size() < sorted_offsets.size()) {
    const ssize_t got = ::pread(descriptor_, chunk.data(), chunk.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return unreadable();
    for (ssize_t i = 0; i < got && out.size() < sorted_offsets.size(); ++i, ++at) {
      while (out.size() < sorted_offsets.size() && sorted_offsets[out.size()] == at) {
        out.push_back(number);
      }
      if (chunk[static_cast<std::size_t>(i)] == '\n') ++number;
    }
  }
  return out;
}

}  // namespace ig::adapters::cli
