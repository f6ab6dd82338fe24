#include "core/ports/store.hpp"
#include "tests/contract/store/every_store.hpp"
#include "tests/contract/store/made_up.hpp"

namespace ig::tests::contract::store {
namespace {

using core::base::ErrorCode;
using core::ports::FileQuestion;
using core::ports::FileQuestionState;
using core::ports::RequestFile;
using core::values::Date;

class YearlyFiles : public EveryStore {
 protected:
  void SetUp() override { register_cases(store(), {a_case("cms", "1", 1), a_case("cms", "2", 2)}); }

  static RequestFile a_file(std::int64_t control) {
    RequestFile out;
    out.control = control;
    out.created_at = at(0);
    out.asked_on = Date::of(2026, 2, 10);
    out.questions = 1;
    // SHA-256 of "abc".
    out.sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    out.text = "abc";
    return out;
  }
  FileQuestion a_question(int number, std::int64_t control, Date asked_on) {
    return {id32(number), control, person(store(), 1),     "ANNUAL_REVIEW",
            asked_on,     true,    FileQuestionState::open};
  }
  core::base::Result<void> add(const RequestFile& file,
                               const std::vector<FileQuestion>& questions) {
    auto unit = store().begin();
    const auto added = (*unit)->add_request_file(file, questions);
    if (!added) return added;
    return (*unit)->commit();
  }
  std::int64_t next() { return *(*store().begin())->next_control(); }
};

TEST_P(YearlyFiles, AControlNumberIsGivenAgainOnlyWhileNoFileHasIt) {
  EXPECT_EQ(next(), 1);
  EXPECT_EQ(next(), 1);
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 10))}).has_value());
  EXPECT_EQ(next(), 2);
  EXPECT_EQ(add(a_file(1), {}).error().code, ErrorCode::CONTRADICTION);
}

TEST_P(YearlyFiles, AQuestionIdIsUsedOnce) {
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 10))}).has_value());
  EXPECT_EQ(add(a_file(2), {a_question(1, 2, Date::of(2026, 2, 11))}).error().code,
            ErrorCode::CONTRADICTION);
  EXPECT_EQ(next(), 2) << "the file of the refused question is not there";
}

TEST_P(YearlyFiles, AFileIsUnwrittenUntilItStandsInItsPlaceAndThenItsTextIsGone) {
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 10))}).has_value());
  reopen();
  const auto unwritten = store().unwritten_request_files();
  ASSERT_EQ(unwritten->size(), 1U);
  EXPECT_EQ(unwritten->front().text, "abc");
  EXPECT_EQ(unwritten->front().created_at, at(0));
  auto unit = store().begin();
  ASSERT_TRUE((*unit)->request_file_written(1).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_TRUE(store().unwritten_request_files()->empty());
}

TEST_P(YearlyFiles, ATextThatWasChangedIsNotWritten) {
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 10))}).has_value());
  memory().tamper("UPDATE request_file SET text = 'abd'");
  EXPECT_EQ(store().unwritten_request_files().error().code, ErrorCode::INTEGRITY_BROKEN);
}

TEST_P(YearlyFiles, QuestionsComeBackAsTheyWereOldestFirst) {
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 11))}).has_value());
  ASSERT_TRUE(add(a_file(2), {a_question(2, 2, Date::of(2026, 2, 10))}).has_value());
  reopen();
  const auto questions = store().file_questions_of(person(store(), 1));
  ASSERT_EQ(questions->size(), 2U);
  EXPECT_EQ(questions->front().request_id, id32(2));
  const auto one = store().file_question(id32(1));
  ASSERT_TRUE(one->has_value());
  EXPECT_EQ((*one)->control, 1);
  EXPECT_EQ((*one)->person, person(store(), 1));
  EXPECT_EQ((*one)->purpose, "ANNUAL_REVIEW");
  EXPECT_EQ((*one)->asked_on, Date::of(2026, 2, 11));
  EXPECT_TRUE((*one)->unearned);
  EXPECT_EQ((*one)->state, FileQuestionState::open);
  EXPECT_FALSE(store().file_question(id32(3))->has_value());
  EXPECT_TRUE(store().file_questions_of(person(store(), 2))->empty());
}

TEST_P(YearlyFiles, ASettledQuestionIsNoLongerOpen) {
  ASSERT_TRUE(add(a_file(1), {a_question(1, 1, Date::of(2026, 2, 10))}).has_value());
  EXPECT_EQ(*store().count_open_file_questions(), 1U);
  auto unit = store().begin();
  EXPECT_EQ((*unit)->settle_question(id32(9), FileQuestionState::answered, at(1)).error().code,
            ErrorCode::NOT_FOUND);
  ASSERT_TRUE((*unit)->settle_question(id32(1), FileQuestionState::unavailable, at(1)).has_value());
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(*store().count_open_file_questions(), 0U);
  EXPECT_EQ((*store().file_question(id32(1)))->state, FileQuestionState::unavailable);
}

TEST_P(YearlyFiles, TheNumberOfAnAnswerFileIsUsedOnce) {
  auto unit = store().begin();
  const auto document = (*unit)->add_document("yearly", "a.xml", at(0));
  const std::string hash = a_file(1).sha256;
  ASSERT_TRUE((*unit)->add_answer_file("HMRC-1", *document, hash).has_value());
  EXPECT_EQ((*unit)->add_answer_file("HMRC-1", *document, hash).error().code,
            ErrorCode::CONTRADICTION);
  ASSERT_TRUE((*unit)->commit().has_value());
  EXPECT_EQ(store().answer_file("HMRC-1")->value(), hash);
  EXPECT_FALSE(store().answer_file("HMRC-2")->has_value());
}

IG_ON_EVERY_STORE(YearlyFiles);

}  // namespace
}  // namespace ig::tests::contract::store
