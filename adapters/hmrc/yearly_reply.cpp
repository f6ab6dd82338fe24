#include "adapters/hmrc/yearly_reply.hpp"

#include "adapters/formats/facts.hpp"

#include <array>
#include <utility>

namespace ig::adapters::hmrc {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::fail;
using core::base::Result;
using core::facts::FigureStatus;
using core::facts::YearlyFigure;
using core::values::Money;
using wire::json::Value;

/// The amounts HMRC's figure is made of, and the unearned income beside it; by our names.
constexpr std::array<std::string_view, 4> part_names = {"employment", "pension", "taxable_benefits",
                                                        "trading"};
constexpr std::array<std::string_view, 3> unearned_names = {"property", "savings_and_investment",
                                                            "other"};

Result<std::optional<std::string_view>> text_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::optional<std::string_view>{};
  if (value->is(Value::Kind::string)) return std::optional(value->text());
  return fail(ErrorCode::WRONG_TYPE, "/" + std::string(name), "a string is expected");
}

Result<std::optional<Money>> money_of(const Value& object, std::string_view name) {
  const Value* value = object.find(name);
  if (value == nullptr) return std::optional<Money>{};
  const std::string place = "/" + std::string(name);
  if (!value->is(Value::Kind::string) && !value->is(Value::Kind::number)) {
    return fail(ErrorCode::WRONG_TYPE, place, "decimal text of pounds is expected");
  }
  const auto amount = Money::parse(value->text());
  if (!amount) return core::base::under(place, amount.error());
  if (amount->in_pence() < 0) {
    return fail(ErrorCode::MONEY_OUT_OF_RANGE, place, "a yearly sum is not below zero");
  }
  return std::optional<Money>{*amount};
}

template <std::size_t N>
Result<void> read_sums(const Value& reply, std::string_view member,
                       const std::array<std::string_view, N>& names,
                       std::map<std::string, Money>& out) {
  const Value* sums = reply.find(member);
  if (sums == nullptr) return {};
  const std::string place = "/" + std::string(member);
  if (!sums->is(Value::Kind::object)) {
    return fail(ErrorCode::WRONG_TYPE, place, "an object of amounts is expected");
  }
  for (const std::string_view name : names) {
    const auto amount = money_of(*sums, name);
    if (!amount) return core::base::under(place, amount.error());
    if (*amount) out.emplace(name, **amount);
  }
  return {};
}

Result<FigureStatus> status_of(const Value& reply) {
  const auto text = text_of(reply, "status");
  if (!text) return text.error();
  if (!*text) {
    return fail(ErrorCode::MISSING_MEMBER, "/status", "the member is needed");
  }
  if (**text == "AVAILABLE") return FigureStatus::available;
  if (**text == "NIL") return FigureStatus::nil;
  if (**text == "NO_DATA") return FigureStatus::no_data;
  return fail(ErrorCode::UNKNOWN_CODE, "/status", "AVAILABLE, NIL or NO_DATA is expected");
}

/// Sum and status together: a status never stands beside a sum that denies it.
Result<void> read_annual(const Value& reply, YearlyFigure& figure) {
  const auto annual = money_of(reply, "annualAmount");
  if (!annual) return annual.error();
  const auto denied = [](const char* rule) {
    return fail(ErrorCode::CONTRADICTION, "/annualAmount", rule);
  };
  figure.annual = *annual;
  switch (figure.status) {
    case FigureStatus::available:
      if (!*annual) {
        return fail(ErrorCode::MISSING_MEMBER, "/annualAmount", "AVAILABLE needs its sum");
      }
      if ((*annual)->in_pence() == 0) figure.status = FigureStatus::nil;
      return {};
    case FigureStatus::nil:
      if (*annual && (*annual)->in_pence() != 0) return denied("NIL stands with a sum of 0 only");
      figure.annual = Money::pence(0);
      return {};
    case FigureStatus::no_data:
    case FigureStatus::unavailable:
    case FigureStatus::not_asked:
      if (*annual) return denied("NO_DATA stands without a sum");
      return {};
  }
  return {};
}

Result<void> read_source(const Value& reply, YearlyFigure& figure) {
  const auto source = text_of(reply, "source");
  if (!source) return source.error();
  if (!*source) return {};
  if (**source != "SA" && **source != "PAYE") {
    return fail(ErrorCode::UNKNOWN_CODE, "/source", "SA or PAYE is expected");
  }
  figure.source_of_figure = **source;
  return {};
}

Result<void> read_tax_year(const Value& reply, YearlyFigure& figure) {
  const auto year = text_of(reply, "taxYear");
  if (!year) return year.error();
  if (!*year) return {};
  const auto parsed = core::values::TaxYear::parse(**year);
  if (!parsed) return core::base::under("/taxYear", parsed.error());
  figure.tax_year = *parsed;
  return {};
}

Result<void> check_request_id(const Value& reply, const std::string& expected) {
  const auto id = text_of(reply, "requestId");
  if (!id) return id.error();
  if (expected.empty()) return {};
  if (!*id) {
    return fail(ErrorCode::MISSING_MEMBER, "/requestId", "the member is needed");
  }
  if (**id != expected) {
    return fail(ErrorCode::CONTRADICTION, "/requestId", "the reply answers another question");
  }
  return {};
}

core::facts::FactHeader header_of(std::string_view body, const YearlyContext& context,
                                  core::ports::Digest& digest) {
  core::facts::FactHeader header;
  header.subject = context.subject;
  header.received_at = context.received_at;
  header.source.system = "yearly";
  header.source.document = "sha256:" + core::ports::hex(digest.sha256(body));
  return header;
}

Result<YearlyFigure> figure_of(const Value& reply, std::string_view body,
                               const YearlyContext& context, core::ports::Digest& digest) {
  YearlyFigure figure;
  figure.header = header_of(body, context, digest);
  figure.requested_on = context.requested_on;
  if (const auto ours = check_request_id(reply, context.request_id); !ours) return ours.error();
  const auto status = status_of(reply);
  if (!status) return status.error();
  figure.status = *status;
  if (const auto read = read_annual(reply, figure); !read) return read.error();
  if (const auto read = read_tax_year(reply, figure); !read) return read.error();
  if (const auto read = read_source(reply, figure); !read) return read.error();
  if (const auto read = read_sums(reply, "parts", part_names, figure.parts); !read) {
    return read.error();
  }
  if (const auto read = read_sums(reply, "unearned", unearned_names, figure.unearned); !read) {
    return read.error();
  }
  figure.header.fact_id = formats::make_fact_id(digest, core::facts::Fact(figure), 1);
  return figure;
}

Result<wire::json::Document> object_of(std::string_view body, wire::json::Reader& reader) {
  auto value = reader.read(body);
  if (!value) return std::move(value).error();
  if (value->is(Value::Kind::object)) return std::move(*value);
  return fail(ErrorCode::WRONG_TYPE, {}, "an object is expected");
}

}  // namespace

Result<YearlyFigure> read_yearly(std::string_view body, const YearlyContext& context,
                                 wire::json::Reader& reader, core::ports::Digest& digest) {
  const auto reply = object_of(body, reader);
  if (!reply) return reply.error();
  return figure_of(*reply, body, context, digest);
}

Result<core::facts::Fact> read_yearly_file(std::string_view body, const YearlyContext& context,
                                           wire::json::Reader& reader,
                                           core::ports::Digest& digest) {
  const auto reply = object_of(body, reader);
  if (!reply) return reply.error();
  const auto code = text_of(*reply, "code");
  if (!code) return code.error();
  if (!*code) {
    auto figure = figure_of(*reply, body, context, digest);
    if (!figure) return std::move(figure).error();
    return core::facts::Fact(std::move(*figure));
  }
  core::facts::Answer answer;
  answer.header = header_of(body, context, digest);
  answer.code = **code;
  if (answer.code == "UNKNOWN_PERSON") {
    answer.status = core::facts::AnswerStatus::unknown_person;
  } else if (answer.code == "THROTTLED" || answer.code == "UNAVAILABLE") {
    answer.status = core::facts::AnswerStatus::unavailable;
  } else {
    return fail(ErrorCode::UNKNOWN_CODE, "/code",
                "UNKNOWN_PERSON, THROTTLED or UNAVAILABLE is expected");
  }
  answer.header.fact_id = formats::make_fact_id(digest, core::facts::Fact(answer), 1);
  return core::facts::Fact(std::move(answer));
}

}  // namespace ig::adapters::hmrc
