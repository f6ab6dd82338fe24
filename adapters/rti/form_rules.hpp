#pragma once

#include "adapters/rti/form.hpp"

#include <algorithm>
#include <array>

/// The simple types of HMRC's RTI schemas of 2025-26 and 2013-14: which characters, words, sums and
/// days a value may have. Used by the tables of form_*.cpp only.
namespace ig::adapters::rti {

inline constexpr CharSet kDigits = char_set(false, true, "");
inline constexpr CharSet kLetters = char_set(true, false, "");
inline constexpr CharSet kLettersAndDigits = char_set(true, true, "");
inline constexpr CharSet kLettersAndSpace = char_set(true, false, " ");
inline constexpr CharSet kCharsB = char_set(true, true, " ");
inline constexpr CharSet kCharsD = char_set(true, false, " -'");
inline constexpr CharSet kCharsG = char_set(true, true, " .,-()/=!\"%&*;<>'+:?");
inline constexpr CharSet kCharsH = char_set(true, false, "- .'");
inline constexpr CharSet kCharsHeader = char_set(true, true, " &'()*,-./");
inline constexpr CharSet kCharsContact = char_set(true, false, "'-");
inline constexpr CharSet kCharsContactSur = char_set(true, true, " ,.()/&-'");
inline constexpr CharSet kCharsTelephone = char_set(false, true, "()- \t\r\n");
inline constexpr CharSet kCharsMake = char_set(true, true, " ()-./");
inline constexpr CharSet kCharsHex{[] {
  CharSet out = char_set(false, true, "abcdef");
  return out.in;
}()};
inline constexpr CharSet kNotSpace{[] {
  CharSet out = char_set(true, true, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
  return out.in;
}()};

constexpr ValueRule plain(Kind kind) {
  ValueRule out;
  out.kind = kind;
  return out;
}
constexpr ValueRule ranged(Kind kind, std::int64_t low, std::int64_t high) {
  ValueRule out = plain(kind);
  out.low = low;
  out.high = high;
  return out;
}
constexpr ValueRule money(std::int64_t low, std::int64_t high) {
  return ranged(Kind::money, low, high);
}
constexpr ValueRule pounds(std::int64_t low, std::int64_t high) {
  return ranged(Kind::pounds, low, high);
}
constexpr ValueRule words(std::string_view list) {
  ValueRule out = plain(Kind::words);
  out.words = list;
  return out;
}
constexpr ValueRule shape(std::string_view form) {
  ValueRule out = plain(Kind::shape);
  out.words = form;
  return out;
}
constexpr ValueRule tax_code(std::string_view letters, std::string_view others) {
  ValueRule out = plain(Kind::tax_code);
  out.letters = letters;
  out.words = others;
  return out;
}
constexpr ValueRule sized(Kind kind, std::uint16_t least, std::uint16_t most) {
  ValueRule out = plain(kind);
  out.least = least;
  out.most = most;
  return out;
}
constexpr ValueRule text(const CharSet& chars, const CharSet* first, std::uint16_t least,
                         std::uint16_t most) {
  ValueRule out = sized(Kind::text, least, most);
  out.chars = &chars;
  out.first = first;
  return out;
}
constexpr ValueRule address(std::uint16_t least, std::uint16_t most) {
  return sized(Kind::address, least, most);
}
/// A date on or after a day.
constexpr ValueRule dated_from(core::values::Date day) {
  ValueRule out = plain(Kind::date);
  out.low = day.days().time_since_epoch().count();
  return out;
}

inline constexpr ValueRule kHeaderText = text(kCharsHeader, nullptr, 0, 4000);
inline constexpr ValueRule kDateZoned = plain(Kind::date_zoned);
inline constexpr ValueRule kContactTitle = text(kCharsContact, &kLetters, 1, 4);
inline constexpr ValueRule kContactFore = text(kCharsContact, &kLetters, 1, 35);
inline constexpr ValueRule kContactSur = text(kCharsContactSur, nullptr, 1, 35);
inline constexpr ValueRule kEmail = plain(Kind::email);
inline constexpr ValueRule kHomeOrWork = words("home|work");
inline constexpr ValueRule kYesOrNo = words("no|yes");
inline constexpr ValueRule kTelephone = text(kCharsTelephone, nullptr, 1, 35);
inline constexpr ValueRule kExtension = text(kDigits, nullptr, 1, 6);
inline constexpr ValueRule kHeaderText35 = text(kCharsHeader, nullptr, 1, 35);
inline constexpr ValueRule kAgentAddress = address(1, 35);
inline constexpr ValueRule kAgentPostcode = address(1, 8);
inline constexpr ValueRule kCurrency = words("GBP");
inline constexpr ValueRule kAny = plain(Kind::any);
inline constexpr ValueRule kSchemaVersion = plain(Kind::schema_version);
inline constexpr ValueRule kMarkType = words("SAonly|generic");
inline constexpr ValueRule kSender = words(
    "Individual|Company|Agent|Bureau|Partnership|Trust|Employer|Government|Acting in "
    "Capacity|Other");
inline constexpr ValueRule kOfficeNo = shape("999");
inline constexpr ValueRule kPayeRef = text(kCharsG, &kNotSpace, 1, 10);
inline constexpr ValueRule kAccountsOffice = shape("999PA9999999x");
inline constexpr ValueRule kUtr = shape("9999999999");
inline constexpr ValueRule kShortYear = shape("99-99");
inline constexpr ValueRule kNino = plain(Kind::nino);
inline constexpr ValueRule kTitle = text(kCharsH, &kLetters, 1, 35);
inline constexpr ValueRule kName = text(kCharsD, &kLetters, 1, 35);
inline constexpr ValueRule kInitials = text(kLettersAndSpace, &kLetters, 1, 5);
inline constexpr ValueRule kAddressLine = text(kCharsG, &kLettersAndDigits, 1, 35);
inline constexpr ValueRule kHomePostcode = text(kCharsB, &kNotSpace, 1, 10);
inline constexpr ValueRule kCountry = text(kCharsG, &kLetters, 1, 35);
inline constexpr ValueRule kDate = plain(Kind::date);
inline constexpr ValueRule kGender = words("M|F");
inline constexpr ValueRule kPassport = text(kCharsG, nullptr, 1, 35);
inline constexpr ValueRule kYes = words("yes");
inline constexpr ValueRule kDirector = words("AN|AL");
inline constexpr ValueRule kWeek = plain(Kind::week);
inline constexpr ValueRule kAToC = words("A|B|C");
inline constexpr ValueRule kMoneyNotNegative = money(0, 99'999'999'999);
inline constexpr ValueRule kMoneyPositive = money(1, 99'999'999'999);
inline constexpr ValueRule kPostcode = plain(Kind::postcode);
inline constexpr ValueRule kPayrollId = text(kCharsG, &kNotSpace, 1, 35);
inline constexpr ValueRule kLeavingDate = dated_from(core::values::Date::of(2019, 4, 6));
inline constexpr ValueRule kMoney = money(-99'999'999'999, 99'999'999'999);
inline constexpr ValueRule kPoundsNotNegative = pounds(0, 9'999'900);
inline constexpr ValueRule kPayFreq = words("W1|W2|W4|M1|M3|M6|MA|IO|IR");
inline constexpr ValueRule kDateInYear = plain(Kind::date_in_year);
inline constexpr ValueRule kLateReason = words("A|B|C|D|E|F|G|H");
inline constexpr ValueRule kMonth = plain(Kind::month);
inline constexpr ValueRule kPeriods = plain(Kind::periods);
inline constexpr ValueRule kHoursWorked = words("A|B|C|D|E");
inline constexpr ValueRule kTaxCode = tax_code("LMNPTY", "BR|0T|NT|D0|D1|D2|D3|D4|D5|D6|D7|D8");
inline constexpr ValueRule kTaxRegime = words("S|C");
inline constexpr ValueRule kCarMake = text(kCharsMake, nullptr, 1, 35);
inline constexpr ValueRule kCo2 = plain(Kind::co2);
inline constexpr ValueRule kMileage = plain(Kind::mileage);
inline constexpr ValueRule kFuel = words("F|D|A");
inline constexpr ValueRule kCarId = text(kCharsB, nullptr, 1, 10);
inline constexpr ValueRule kMoneyCarPrice = money(100'000, 999'999'999);
inline constexpr ValueRule kPounds = pounds(-9'999'900, 9'999'900);
inline constexpr ValueRule kPlanType = words("01|02|04");
inline constexpr ValueRule kMoneyTax = money(-999'999'999'999, 999'999'999'999);
inline constexpr ValueRule kMoneyStatutory = money(0, 99'999'999);
inline constexpr ValueRule kNIletter = words("A|B|C|D|E|F|G|H|I|J|K|L|M|N|P|Q|R|S|T|V|W|X|Y|Z");
inline constexpr ValueRule kPoundsFourDigits = pounds(0, 999'900);
inline constexpr ValueRule kMoneyFourDigits = money(0, 999'999);
inline constexpr ValueRule kMoneyFiveDigits = money(0, 9'999'999);
inline constexpr ValueRule kBase64 = plain(Kind::any);
inline constexpr ValueRule kZipType = words("zip|gzip");
inline constexpr ValueRule kEcon = shape("E3999999s");
inline constexpr ValueRule kBacsHash = text(kCharsHex, nullptr, 64, 64);
inline constexpr ValueRule kHoursWorked13 = words("A|B|C|D");
inline constexpr ValueRule kTaxCode13 = tax_code("LPTY", "BR|0T|NT|FT|D0|D1");
inline constexpr ValueRule kNIletter13 = words("A|B|C|D|E|J|L|N|O|Q|R|T|W|X");
inline constexpr ValueRule kScon = shape("S9999999s");
inline constexpr ValueRule kMonthStart = plain(Kind::month_start);
inline constexpr ValueRule kMonthEnd = plain(Kind::month_end);
inline constexpr ValueRule kMonthStartInYear = plain(Kind::month_start_in_year);
inline constexpr ValueRule kMonthEndInYear = plain(Kind::month_end_in_year);
inline constexpr ValueRule kMoneyRecovered = money(0, 9'999'999'999);
inline constexpr ValueRule kMoneyCis = money(0, 999'999'999'999);
inline constexpr ValueRule kPoundsLevy = pounds(0, 9'999'999'900);
inline constexpr ValueRule kMoneyAllowance = money(0, 1'500'000);
inline constexpr ValueRule kAccountText28 = text(kCharsHeader, &kNotSpace, 1, 28);
inline constexpr ValueRule kAccountText18 = text(kCharsHeader, &kNotSpace, 1, 18);
inline constexpr ValueRule kAccountNo = shape("99999999");
inline constexpr ValueRule kSortCode = shape("999999");
inline constexpr ValueRule kTaxCodeEyu13 = tax_code("LPTY", "BR|0T|NT|D0|D1");
inline constexpr ValueRule kMoneyChangeFour = money(-999'999, 999'999);
inline constexpr ValueRule kMoneyChangeFive = money(-9'999'999, 9'999'999);
inline constexpr ValueRule kMoneyChangeSix = money(-99'999'999, 99'999'999);
inline constexpr ValueRule kPoundsChangeFour = pounds(-999'900, 999'900);

}  // namespace ig::adapters::rti
