#pragma once

#include <cstdint>
#include <string_view>

namespace ig::core::base {

/// Every way a call can fail that a caller may act on. One closed list for the whole gateway; the
/// same names, with their meaning, stand in `schemas/errors.json` (a test compares the two).
#define IG_ERROR_CODES(X)                                                             \
  /* text of any format */                                                            \
  X(LINE_TOO_LONG)    /* a line is longer than limits::line_bytes_max */              \
  X(INVALID_UTF8)     /* bytes are not UTF-8 */                                       \
  X(MALFORMED_JSON)   /* not JSON (RFC 8259), or bytes after the value */             \
  X(DUPLICATE_MEMBER) /* an object names a member twice */                            \
  X(TOO_DEEP)         /* nesting beyond limits::depth_max */                          \
  X(TOO_MANY)         /* more members or items than the limit allows */               \
  X(MISSING_MEMBER)   /* a member the rule needs is absent */                         \
  X(WRONG_TYPE)       /* a member has another JSON type */                            \
  X(UNKNOWN_CODE)     /* a word that is not in the closed list of its field */        \
  X(INVALID_TEXT)     /* text empty, too long or with characters the field forbids */ \
  /* values */                                                                        \
  X(INVALID_MONEY)      /* not pounds and pence in the agreed grammar */              \
  X(MONEY_OUT_OF_RANGE) /* money outside the range of its field */                    \
  X(INVALID_NUMBER)     /* not a whole number, or it does not fit */                  \
  X(INVALID_DATE)       /* not a date of the calendar written YYYY-MM-DD */           \
  X(DATE_OUT_OF_RANGE)  /* a date outside the range of its field */                   \
  X(INVALID_INSTANT)    /* not an RFC 3339 time */                                    \
  X(INVALID_TAX_YEAR)   /* not a tax year such as 2025-26 */                          \
  X(INVALID_NINO)       /* not a National Insurance number */                         \
  X(DUMMY_NINO)         /* a number known to be used as a filler */                   \
  X(NO_PERSON)          /* nothing in the record says whom it is about */             \
  X(CONTRADICTION)      /* two members cannot both be true */                         \
  /* rules */                                                                         \
  X(WRONG_KIND)        /* the request kind does not fit the figure in force */        \
  X(NOT_ASKED)         /* a decision was asked for before HMRC was asked */           \
  X(PARAMETER_MISSING) /* no parameter value is in force on the date */               \
  X(PARAMETER_INVALID) /* a parameter file breaks its own rules */                    \
  X(TEST_MESSAGE)      /* a test message is never income */                           \
  /* documents */                                                                     \
  X(NOT_XML)            /* not well-formed XML 1.0 */                                 \
  X(DTD_REFUSED)        /* a document type declaration */                             \
  X(ENCODING_REFUSED)   /* an encoding other than UTF-8 */                            \
  X(LIMIT_EXCEEDED)     /* a limit of core/base/limits.hpp was met */                 \
  X(TRUNCATED)          /* the bytes end before the document does */                  \
  X(UNKNOWN_NAMESPACE)  /* a namespace that is not on the allow-list */               \
  X(UNEXPECTED_ELEMENT) /* an element the format does not have at this place */       \
  X(MISSING_ELEMENT)    /* an element the format needs is absent */                   \
  X(CONTROL_TOTAL)      /* a trailer or total does not agree with the content */      \
  X(IRMARK_INVALID)     /* the IRmark does not agree with the body */                 \
  X(KEYS_DISAGREE)      /* header, envelope and form name different schemes */        \
  X(WRONG_CLASS)        /* the message class does not fit the form */                 \
  X(WRONG_TAX_YEAR)     /* a year or date outside the tax year of the form */         \
  X(YEAR_NOT_VERIFIED)  /* a note: the schema of the form's tax year is not held */   \
  X(TOO_MANY_REFUSED)   /* more of a document is refused than the rule allows */      \
  X(DUPLICATE_DOCUMENT) /* the same bytes were taken in before */                     \
  X(UNREADABLE)         /* a file cannot be opened or read, or is not a plain file */ \
  X(PARSER_FAILED)      /* the process that parses was killed or broke its word */    \
  /* matching and holding */                                                          \
  X(SOURCES_DISAGREE) /* two sources differ on one payday */                          \
  X(AMBIGUOUS_PERSON) /* more than one person fits */                                 \
  X(STALE_VERSION)    /* an older version than the one held */                        \
  /* network */                                                                       \
  X(UNAVAILABLE)     /* no answer, or an answer that says try later */                \
  X(DEADLINE)        /* the deadline passed */                                        \
  X(THROTTLED)       /* the peer asked for fewer requests */                          \
  X(UNAUTHORISED)    /* credentials refused */                                        \
  X(FORBIDDEN)       /* allowed to nobody with these credentials */                   \
  X(NOT_FOUND)       /* no such thing */                                              \
  X(TLS_FAILED)      /* the peer could not be verified */                             \
  X(BAD_REPLY)       /* an answer that breaks its contract */                         \
  X(REFUSED_BY_PEER) /* the peer refused the content for good */                      \
  /* our own house */                                                                 \
  X(STORE_FAILED)     /* the store could not do it; nothing was changed */            \
  X(STORE_IN_DOUBT)   /* the answer to COMMIT was lost; look it up */                 \
  X(INTEGRITY_BROKEN) /* stored bytes do not agree with their hash */                 \
  X(CONFIG_INVALID)   /* a configuration file breaks its rules */                     \
  X(USAGE)            /* a command was called wrongly */

enum class ErrorCode : std::uint8_t {
#define IG_ENUMERATOR(name) name,
  IG_ERROR_CODES(IG_ENUMERATOR)
#undef IG_ENUMERATOR
};

/// The code's name as it stands in error lines, e.g. "INVALID_MONEY".
[[nodiscard]] constexpr std::string_view name(ErrorCode code) noexcept {
  constexpr std::string_view names[] = {
#define IG_NAME(name) #name,
      IG_ERROR_CODES(IG_NAME)
#undef IG_NAME
  };
  return names[static_cast<std::size_t>(code)];
}

}  // namespace ig::core::base
