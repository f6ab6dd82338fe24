#include "adapters/formats/interest.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/wire/json/writer.hpp"

#include <utility>

namespace ig::adapters::formats {
namespace {

using core::base::Result;
using core::base::Sensitive;

constexpr std::size_t kNinoBytesMax = 16;
constexpr std::int64_t kListedMax = 100'000'000;  ///< more people than there are

}  // namespace

void write_interest_request(std::string& out, bool drop, const core::values::Nino& nino) {
  wire::json::Writer writer(out);
  writer.begin_object().member("op", drop ? "DROP" : "REGISTER");
  writer.member("nino", nino.reveal()).end_object();
  out.push_back('\n');
}

void write_interest_end(std::string& out, std::uint64_t registered, std::uint64_t dropped) {
  wire::json::Writer writer(out);
  writer.begin_object().member("end", true);
  writer.member("register", static_cast<std::int64_t>(registered));
  writer.member("drop", static_cast<std::int64_t>(dropped)).end_object();
  out.push_back('\n');
}

Result<ListedLine> read_listed(const wire::json::Value& value) {
  FirstError error;
  Fields fields(value, error);
  if (error.failed()) return error.take();
  ListedLine out;
  if (fields.boolean_if("end").value_or(false)) {
    out.count = fields.integer("count", 0, kListedMax);
    if (error.failed()) return error.take();
    return out;
  }
  auto nino = core::values::Nino::parse(fields.text("nino", kNinoBytesMax));
  if (!nino && fields.has("nino")) {
    fields.refuse("nino", nino.error().code, nino.error().message);
  }
  if (error.failed()) return error.take();
  out.nino = Sensitive(*std::move(nino));
  return out;
}

}  // namespace ig::adapters::formats
