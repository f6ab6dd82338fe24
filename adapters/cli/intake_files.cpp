#include "adapters/cli/intake_files.hpp"

#include "adapters/cli/control_file.hpp"
#include "adapters/cli/file_source.hpp"
#include "adapters/cli/intake_receipt.hpp"
#include "adapters/rti/child_reader.hpp"
#include "core/base/limits.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

namespace ig::adapters::cli {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::jobs::IntakeReceipt;

/// Parsers at work beside the writer: one a core, within what memory allows.
std::size_t parsers() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1,
                                 core::base::limits::parsers_max);
}

/// Files on their way in: each has a parser of its own, and the next ones run ahead.
class Queue {
 public:
  Queue(const std::vector<std::string>& files, const rti::PeopleFilter& people,
        rti::ChildOptions options)
      : files_(files), reader_(people, std::move(options)) {}

  /// The next file, opened, until this is called again; or why it cannot be read. Not called after
  /// the last.
  Result<core::ports::ByteSource*> next() {
    for (; begun_.size() < parsers() && opened_ < files_.size(); ++opened_) {
      auto source = FileSource::open(files_[opened_]);
      if (source) {
        if (auto started = reader_.begin(**source); !started) source = std::move(started).error();
      }
      begun_.push_back(std::move(source));
    }
    auto first = std::move(begun_.front());
    begun_.pop_front();
    if (!first) return std::move(first).error();
    current_ = *std::move(first);
    return current_.get();
  }
  [[nodiscard]] core::ports::BulkReader& reader() { return reader_; }

 private:
  const std::vector<std::string>& files_;
  std::size_t opened_ = 0;
  std::unique_ptr<FileSource> current_;
  std::deque<Result<std::unique_ptr<FileSource>>> begun_;
  rti::ChildReader reader_;  // goes first: its threads read the sources
};

Result<IntakeReceipt> take_next(const core::jobs::JobContext& context,
                                const core::jobs::PersonIndex& people, const std::string& file,
                                Queue& queue, core::jobs::IntakeOptions how) {
  const auto source = queue.next();
  if (!source) return source.error();
  how.control = control_of(file);
  return core::jobs::take_in(context, std::filesystem::path(file).filename().string(), **source,
                             queue.reader(), people, how, intake_receipt_json);
}

}  // namespace

Result<void> take_files(const core::jobs::JobContext& context,
                        const core::jobs::PersonIndex& people,
                        const std::vector<std::string>& files, const core::jobs::IntakeOptions& how,
                        const FileTaken& taken, wire::compress::Packings packings) {
  const auto filter = rti::PeopleFilter::of_index(people);
  rti::ChildOptions options;
  options.packings = packings;
  Queue queue(files, filter, std::move(options));
  for (const std::string& file : files) {
    auto receipt = take_next(context, people, file, queue, how);
    if (receipt) {
      if (const auto noted = taken(file, *receipt, nullptr); !noted) return noted;
      continue;
    }
    const core::base::Error& error = receipt.error();
    if (error.code != ErrorCode::UNREADABLE) return error;
    IntakeReceipt nothing;
    nothing.files = 1;
    ++nothing.refusals[std::string(core::base::name(error.code))];
    if (const auto noted = taken(file, nothing, &error); !noted) return noted;
  }
  return {};
}

}  // namespace ig::adapters::cli
