#pragma once

#include "core/base/result.hpp"
#include "core/facts/fact.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ig::core::ports {

/// What the IRmark of a message says about its body (HMRC generic IRmark specification).
enum class IrmarkState : std::uint8_t {
  valid,          ///< the digest of the body is the mark
  invalid,        ///< it is not: the body was changed after it was marked; refuses the document
  absent,         ///< no IRmark element
  not_checkable,  ///< a placeholder in its place, or no GovTalk Body to take a digest of
};

/// "VALID", "INVALID", "ABSENT" or "NOT_CHECKABLE".
[[nodiscard]] constexpr std::string_view name(IrmarkState state) noexcept {
  constexpr std::string_view names[] = {"VALID", "INVALID", "ABSENT", "NOT_CHECKABLE"};
  return names[static_cast<std::size_t>(state)];
}

/// One thing that is wrong with a document: what, where and which rule, never the value.
struct Problem {
  std::string code;  ///< a name of core/base/error_code.hpp, or a note such as YEAR_NOT_VERIFIED
  std::string position;  ///< element path with indexes from 1 where an element may repeat
  std::string message;
};

/// One message of a file, counted whether or not it is taken in.
struct MessageReport {
  std::string message_class;  ///< "HMRC-PAYE-RTI-FPS", ...; empty when the document has none
  std::optional<values::TaxYear> tax_year;
  bool test = false;  ///< class ends in -TIL, or GatewayTest is 1: never income
  IrmarkState irmark = IrmarkState::absent;
  std::uint64_t employees = 0;  ///< Employee elements, refused ones too
  std::uint64_t payments = 0;   ///< Payment elements, refused ones too
  values::Money taxable_pay;    ///< sum of every TaxablePay of a Payment that is money
  /// The scheme's word that it paid nobody in a period (EPS NoPaymentForPeriod).
  std::optional<facts::NilPeriod> nil_period;
  std::uint64_t employees_refused = 0;
  std::vector<Problem> problems;     ///< the first limits::problems_kept_max of them
  std::uint64_t problems_found = 0;  ///< all of them
  bool refused = false;  ///< nothing of it may be taken in (a test message is a case of its own)
  std::string refused_code;  ///< why, when `refused`: the code of the first problem that refuses
};

/// What one file held: a message, or several one after another.
struct BulkReport {
  std::vector<MessageReport> messages;  ///< at least one, refused ones too
  std::string sha256;                   ///< 64 lower-case hex digits of all bytes read
  std::uint64_t bytes = 0;
  /// The first fault of form: the message that it stands in is refused, and what follows that
  /// message is not read when its end cannot be found.
  std::optional<base::Error> document_error;

  /// True when some message of the file may not be taken in. Test messages are judged apart.
  [[nodiscard]] bool refused() const {
    if (document_error) return true;
    for (const MessageReport& message : messages) {
      if (message.refused) return true;
    }
    return messages.empty();
  }
};

/// One Employee element. `payments` and `raw` are filled only when it was wanted and not refused.
struct EmployeePiece {
  facts::Subject subject;  ///< as far as it could be read; only the NINO when it was not wanted
  std::vector<facts::Payment> payments;
  std::string raw;              ///< exact bytes of the element
  std::uint64_t byte_from = 0;  ///< of the element in the file
  std::uint64_t byte_to = 0;    ///< one past its last byte
  std::string position;         ///< "/GovTalkMessage/.../Employee[2]"; empty when not wanted
  std::uint64_t payment_count = 0;
  values::Money taxable_pay;       ///< sum of the payments that are money, refused or not
  bool wanted = false;             ///< what BulkVisitor::wanted() answered; false without a NINO
  bool test = false;               ///< of a test message
  std::optional<Problem> refused;  ///< the first fault that refuses this Employee
};

/// Takes what a BulkReader finds.
class BulkVisitor {
 public:
  virtual ~BulkVisitor() = default;
  /// Asked at most once for each Employee with a NINO, before its payments are built; not asked
  /// again by a reader that was told beforehand whom it is read for. False: it is counted and
  /// checked, and nothing of it is kept.
  [[nodiscard]] virtual bool wanted(const values::Nino& nino) = 0;
  /// Asked in place of wanted() for an Employee without a genuine NINO (facts::says_who), with what
  /// else the document says of them.
  [[nodiscard]] virtual bool wanted_by_name(const facts::Subject& /*told*/) { return false; }
  /// Given each Employee, also refused and unwanted ones, in the order of the document. What it
  /// is given is only staged: the document may still turn out refused at its end. An Error ends
  /// the reading and comes back from BulkReader::read().
  virtual base::Result<void> employee(EmployeePiece&& piece) = 0;
  /// A message has ended, refused or not; the employees that follow are of the next one. The
  /// report comes again with that of the file.
  virtual base::Result<void> message_ended(const MessageReport& /*message*/) { return {}; }
};

/// Bytes from a file, a pipe or memory.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads up to `size` bytes; 0 means the end. Errors: UNREADABLE.
  [[nodiscard]] virtual base::Result<std::size_t> read(char* to, std::size_t size) = 0;
};

/// What the facts of a document carry that the document itself does not say.
struct BulkContext {
  values::Instant received_at;
  std::string document;  ///< "sha256:..." when it is known beforehand, else empty
};

/// Reads one bulk file (HMRC RTI: FPS, EPS, EYU) in one pass, in bounded memory. Messages may
/// follow one another; bytes between them that begin no message count to the message before and
/// refuse it. Contract: a file that breaks its format is a BulkReport with `document_error` or a
/// refused message; an Error is only a failing source (UNREADABLE) or what the visitor gave. For
/// every Employee element that ends, employee() is called once. One call at a time.
class BulkReader {
 public:
  virtual ~BulkReader() = default;
  [[nodiscard]] virtual base::Result<BulkReport> read(ByteSource& source, BulkVisitor& visitor,
                                                      const BulkContext& context) = 0;
};

}  // namespace ig::core::ports
