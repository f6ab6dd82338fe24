#include "adapters/cli/command.hpp"
#include "adapters/cli/runtime.hpp"
#include "adapters/wire/json/writer.hpp"

#include <fmt/format.h>

#include <memory>

namespace ig::adapters::cli {
namespace {

using core::ports::Held;

constexpr std::size_t kPiecesShown = 1'000;  ///< of a document

struct Options {
  bool json = false;
  bool all = false;
  std::int64_t id = 0;
  bool again = false;
  bool skip = false;
  std::string note;
  std::string by;
};

void print(const Held& held, bool json) {
  if (!json) {
    fmt::print("{:>6}  {}  {:<9} {:<20} {}\n        {}\n", held.id, held.held_at.text(), held.kind,
               held.code, held.subject, held.detail);
    if (held.resolved_at) {
      fmt::print("        resolved {} by {}: {}\n", held.resolved_at->text(), held.resolved_by,
                 held.resolution);
    }
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object()
      .member("id", held.id)
      .member("kind", held.kind)
      .member("subject", held.subject)
      .member("code", held.code)
      .member("detail", held.detail)
      .member("held_at", held.held_at.text());
  if (held.resolved_at) {
    writer.member("resolved_at", held.resolved_at->text())
        .member("resolution", held.resolution)
        .member("resolved_by", held.resolved_by);
  }
  writer.end_object();
  fmt::print("{}\n", line);
}

/// A piece of the document that was refused or kept back.
void print(const core::ports::Refused& piece, bool json) {
  if (!json) {
    fmt::print("        {} {} {}: {}\n", piece.code, piece.position, piece.field, piece.message);
    return;
  }
  std::string line;
  wire::json::Writer writer(line);
  writer.begin_object().member("position", piece.position).member("code", piece.code);
  writer.member_if("field", piece.field);
  writer.member("message", piece.message).end_object();
  fmt::print("{}\n", line);
}

int list(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto items = (*runtime)->store->held(options.all);
  if (!items) return report(items.error());
  for (const Held& held : *items) print(held, options.json);
  if (!options.json) fmt::print("{} held\n", items->size());
  return kDone;
}

int no_such_item() {
  fmt::print(stderr, "income-gateway: there is no held item with this number\n");
  return kRefused;
}

int show(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto item = (*runtime)->store->held_item(options.id);
  if (!item) return report(item.error());
  if (!*item) return no_such_item();
  print(**item, options.json);
  if ((*item)->kind != "DOCUMENT" && (*item)->kind != "MATCH") return kDone;
  const auto pieces = (*runtime)->store->refused_of((*item)->subject, kPiecesShown);
  if (!pieces) return report(pieces.error());
  for (const core::ports::Refused& piece : *pieces) print(piece, options.json);
  return kDone;
}

core::base::Result<void> resolve_in_store(const Runtime& runtime, const Held& held,
                                          const Options& options) {
  const auto now = core::values::Instant::of(runtime.clock.now());
  auto unit = runtime.store->begin();
  if (!unit) return std::move(unit).error();
  if (held.kind == "DELIVERY") {
    if (const auto moved = (*unit)->unpark(held.subject, options.again, now); !moved) return moved;
  }
  std::string resolution = options.again ? "sent again" : options.skip ? "skipped" : "closed";
  if (!options.note.empty()) resolution += ": " + options.note;
  const auto resolved = (*unit)->resolve_held(held.id, resolution, options.by, now);
  if (!resolved) return resolved;
  const auto audited =
      (*unit)->audit({now, options.by, "HELD_RESOLVED", fmt::format("held/{}", held.id),
                      options.again  ? "again"
                      : options.skip ? "skip"
                                     : "close"});
  if (!audited) return audited;
  return (*unit)->commit();
}

int resolve(const std::string& config_file, const Options& options) {
  const auto runtime = open_runtime(config_file);
  if (!runtime) return report(runtime.error());
  const auto item = (*runtime)->store->held_item(options.id);
  if (!item) return report(item.error());
  if (!*item) return no_such_item();
  if ((*item)->resolved_at) {
    fmt::print("already resolved\n");
    return kDone;
  }
  if ((*item)->kind == "DELIVERY" && options.again == options.skip) {
    fmt::print(stderr, "income-gateway: a delivery is resolved with --again or --skip\n");
    return kMisuse;
  }
  if (const auto done = resolve_in_store(**runtime, **item, options); !done) {
    return report(done.error());
  }
  fmt::print("resolved {}\n", options.id);
  return kDone;
}

}  // namespace

void add_held(CLI::App& root, Invocation& invocation) {
  auto* held = root.add_subcommand("held", "What waits for a person");
  held->require_subcommand(1);
  const auto options = std::make_shared<Options>();
  auto* all = held->add_subcommand("list", "Everything that waits");
  all->add_flag("--json", options->json, "one JSON object a line");
  all->add_flag("--all", options->all, "resolved items too");
  all->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return list(invocation.config_file, *options); };
  });
  auto* one = held->add_subcommand("show", "One item");
  one->add_option("id", options->id, "its number")->required();
  one->add_flag("--json", options->json, "as JSON");
  one->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return show(invocation.config_file, *options); };
  });
  auto* end = held->add_subcommand("resolve", "Say that it is dealt with; it is audited");
  end->add_option("id", options->id, "its number")->required();
  end->add_option("--by", options->by, "who says so")->required();
  end->add_option("--note", options->note, "why, without personal data");
  end->add_flag("--again", options->again, "a delivery: send it again");
  end->add_flag("--skip", options->skip, "a delivery: let its case go on without it");
  end->callback([&invocation, options] {
    invocation.run = [&invocation, options] { return resolve(invocation.config_file, *options); };
  });
}

}  // namespace ig::adapters::cli
