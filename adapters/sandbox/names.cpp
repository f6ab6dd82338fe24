#include "adapters/sandbox/names.hpp"

#include <fmt/format.h>

#include <array>

namespace ig::adapters::sandbox {
namespace {

constexpr std::array<std::string_view, 20> kWomen = {
    "Amelia", "Beth",  "Carys",   "Deborah", "Eilidh", "Farah",   "Grace",
    "Helen",  "Isla",  "Jasmine", "Kirsty",  "Leila",  "Maureen", "Nia",
    "Olwen",  "Priya", "Rhona",   "Sally",   "Tamsin", "Una"};
constexpr std::array<std::string_view, 20> kMen = {
    "Alasdair", "Bilal", "Callum", "Dewi",   "Edward", "Fergus", "Gareth",
    "Hamza",    "Iain",  "Jack",   "Kofi",   "Lewis",  "Martin", "Niall",
    "Owen",     "Peter", "Ravi",   "Stuart", "Tomasz", "Wayne"};
constexpr std::array<std::string_view, 40> kSurnames = {
    "Abbott",   "Begum",     "Campbell", "Davies", "Ellis",   "Ferguson", "Griffiths", "Hughes",
    "Ibrahim",  "Jenkins",   "Khan",     "Lloyd",  "MacLeod", "Nowak",    "O'Connor",  "Patel",
    "Quinn",    "Roberts",   "Singh",    "Thomas", "Unwin",   "Vaughan",  "Walker",    "Yates",
    "Ashworth", "Bell-Hill", "Cooper",   "Doyle",  "Evans",   "Fraser",   "Gordon",    "Hall",
    "Irvine",   "Jones",     "Kaur",     "Lewis",  "Morgan",  "Nicol",    "Osei",      "Price"};

}  // namespace

Person invent_person(std::string_view prefix, std::uint32_t serial, core::base::Random& random) {
  Person out;
  out.nino = fmt::format("{}{:06}{}", prefix, serial % 1'000'000, "ABCD"[random.below(4)]);
  out.gender = random.below(2) == 0 ? 'F' : 'M';
  out.forename =
      out.gender == 'F' ? kWomen[random.below(kWomen.size())] : kMen[random.below(kMen.size())];
  out.surname = kSurnames[random.below(kSurnames.size())];
  const auto first = Day{std::chrono::year{1964} / 1 / 1};
  out.born = first + std::chrono::days{static_cast<int>(random.below(38 * 365))};
  return out;
}

std::string decimal(std::int64_t pence) {
  return fmt::format("{}.{:02}", pence / 100, pence % 100);
}

}  // namespace ig::adapters::sandbox
