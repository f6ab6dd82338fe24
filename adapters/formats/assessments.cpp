#include "adapters/formats/assessments.hpp"

#include "adapters/formats/fields.hpp"
#include "adapters/formats/rule_words.hpp"
#include "adapters/wire/json/write_value.hpp"
#include "adapters/wire/json/writer.hpp"

#include <charconv>
#include <string>

namespace ig::adapters::formats {
namespace {

using core::base::ErrorCode;
using core::base::Result;
using core::rules::Action;
using core::rules::Alternative;
using core::rules::Assessment;
using core::rules::Test;
using core::values::Money;
using wire::json::Value;
using wire::json::Writer;

constexpr std::size_t kExplanationBytesMax = 2'000;

constexpr std::array<Action, 21> kActions = {
    Action::DETERMINE,
    Action::SUPERSEDE,
    Action::SUPERSEDE_FROM_REVIEW_DATE,
    Action::RECORD_UPDATE,
    Action::NO_CHANGE,
    Action::NO_SUPERSESSION,
    Action::NO_SUPERSESSION_REG23_2,
    Action::NEED_CURRENT_INCOME,
    Action::HUMAN_34_2_C,
    Action::HUMAN_UNAVAILABLE,
    Action::HUMAN_REVIEW,
    Action::RETRY,
    Action::RETRY_THEN_HUMAN,
    Action::REREQUEST_HMRC,
    Action::REJECT_FIGURE_REREQUEST,
    Action::REJECT_RESPONSE,
    Action::REVISION_CANDIDATE,
    Action::HOLD_UNTIL_REVIEW,
    Action::MARGINAL_ROUNDING_HUMAN,
    Action::DETECT_ONLY_NOT_DECIDE,
    Action::NOT_TESTED_NO_C,
};

Action read_action(Fields& fields) {
  const std::string word = fields.text("action");
  for (const Action action : kActions) {
    if (core::rules::name(action) == word) return action;
  }
  fields.refuse("action", ErrorCode::UNKNOWN_CODE, "the word is not in the list of this member");
  return Action::NO_CHANGE;
}

void write_money(Writer& writer, std::string_view name, const std::optional<Money>& amount) {
  writer.key(name);
  if (amount) {
    writer.number(amount->in_pence());
  } else {
    writer.null();
  }
}

void write_basis(Writer& writer, const std::optional<core::facts::Basis>& basis) {
  writer.key("basis");
  if (basis) {
    writer.string(words::word(words::kBases, *basis));
  } else {
    writer.null();
  }
}

void write_test(Writer& writer, const std::optional<Test>& test) {
  writer.key("test");
  if (!test) {
    writer.null();
    return;
  }
  writer.begin_object().member("base", words::word(words::kTestBases, test->base));
  writer.member("base_pence", test->base_amount.in_pence());
  writer.member("other_pence", test->other_amount.in_pence());
  writer.member("difference_pence", test->difference.in_pence());
  writer.member("threshold", std::to_string(test->threshold_numerator) + "/" +
                                 std::to_string(test->threshold_denominator));
  writer.member("met", test->met).key("met_unrounded");
  if (test->met_unrounded) {
    writer.boolean(*test->met_unrounded);
  } else {
    writer.null();
  }
  writer.end_object();
}

void write_alternatives(Writer& writer, const std::vector<Alternative>& alternatives) {
  writer.key("alternatives").begin_array();
  for (const Alternative& one : alternatives) {
    writer.begin_object().member("action", core::rules::name(one.action));
    write_basis(writer, one.basis);
    write_money(writer, "gross_weekly_income_pence", one.gross_weekly_income);
    writer.end_object();
  }
  writer.end_array();
}

void write_texts(Writer& writer, std::string_view name, const std::vector<std::string>& texts) {
  writer.key(name).begin_array();
  for (const auto& text : texts) writer.string(text);
  writer.end_array();
}

/// "1/4": two whole numbers above 0.
bool read_threshold(std::string_view text, Test& out) {
  const auto stroke = text.find('/');
  if (stroke == std::string_view::npos) return false;
  const auto read = [](std::string_view digits, int& number) {
    const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return code == std::errc{} && end == digits.data() + digits.size() && number > 0;
  };
  return read(text.substr(0, stroke), out.threshold_numerator) &&
         read(text.substr(stroke + 1), out.threshold_denominator);
}

std::optional<Test> read_test(Fields& fields) {
  auto test = fields.object_if("test");
  if (!test) return std::nullopt;
  Test out;
  out.base = test->code("base", words::kTestBases);
  out.base_amount = test->pence("base_pence");
  out.other_amount = test->pence("other_pence");
  out.difference = test->signed_pence("difference_pence");
  if (!read_threshold(test->text("threshold"), out)) {
    test->refuse("threshold", ErrorCode::INVALID_NUMBER, "a threshold is a part such as 1/4");
  }
  out.met = test->boolean("met");
  out.met_unrounded = test->boolean_if("met_unrounded");
  return out;
}

void read_alternatives(Fields& fields, FirstError& error, Assessment& out) {
  const std::size_t count = fields.count("alternatives");
  for (std::size_t i = 0; i < count && !error.failed(); ++i) {
    Fields item = fields.item("alternatives", i);
    Alternative one;
    one.action = read_action(item);
    one.basis = item.code_if("basis", words::kBases);
    one.gross_weekly_income = item.pence_if("gross_weekly_income_pence");
    out.alternatives.push_back(one);
  }
}

}  // namespace

void write_assessment(std::string& out, const Assessment& assessment,
                      std::string_view context_json) {
  Writer writer(out);
  writer.begin_object().member("id", assessment.id);
  writer.member("kind", words::word(words::kKinds, assessment.kind));
  writer.key("context").raw(context_json.empty() ? "null" : context_json);
  writer.member("action", core::rules::name(assessment.action));
  write_basis(writer, assessment.basis);
  write_money(writer, "gross_weekly_income_pence", assessment.gross_weekly_income);
  write_money(writer, "historic_weekly_pence", assessment.historic_weekly);
  write_test(writer, assessment.test);
  writer.member("effect", words::word(words::kEffects, assessment.effect));
  write_alternatives(writer, assessment.alternatives);
  write_texts(writer, "flags", assessment.flags);
  write_texts(writer, "citations", assessment.citations);
  writer.member("parameters_version", assessment.parameters_version);
  writer.member("explanation", assessment.explanation).end_object();
}

Result<AssessmentLine> read_assessment(const Value& value) {
  FirstError error;
  Fields fields(value, error);
  AssessmentLine out;
  Assessment& assessment = out.assessment;
  assessment.id = fields.text("id");
  assessment.kind = fields.code("kind", words::kKinds);
  if (const auto context = fields.object_if("context")) {
    wire::json::write_value(out.context_json, context->value());
  }
  assessment.action = read_action(fields);
  assessment.basis = fields.code_if("basis", words::kBases);
  assessment.gross_weekly_income = fields.pence_if("gross_weekly_income_pence");
  assessment.historic_weekly = fields.pence_if("historic_weekly_pence");
  assessment.test = read_test(fields);
  assessment.effect = fields.code("effect", words::kEffects);
  read_alternatives(fields, error, assessment);
  assessment.flags = fields.texts("flags");
  assessment.citations = fields.texts("citations");
  assessment.parameters_version = fields.text("parameters_version");
  assessment.explanation = fields.text("explanation", kExplanationBytesMax);
  if (error.failed()) return error.take();
  return out;
}

}  // namespace ig::adapters::formats
