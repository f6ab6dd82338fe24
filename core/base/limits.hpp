#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

/// Every limit of the gateway, in one place, with its unit and its reason.
namespace ig::core::base::limits {

// Text and JSON
inline constexpr std::size_t line_bytes_max = 1'000'000;  ///< one NDJSON line
inline constexpr std::size_t depth_max = 32;              ///< nesting of JSON
inline constexpr std::size_t members_max = 1'024;         ///< members of one object
inline constexpr std::size_t items_max = 100'000;         ///< items of one array
inline constexpr int backtest_days_max = 7'305;           ///< of one run: 20 years
inline constexpr std::size_t name_bytes_max = 140;        ///< a personal or employer name
inline constexpr std::size_t other_surnames_max = 5;      ///< of one person
inline constexpr std::size_t id_bytes_max = 200;          ///< an id given by another system

// XML
inline constexpr std::size_t xml_depth_max = 64;
inline constexpr std::size_t xml_tag_bytes_max = 64 * 1024;  ///< between '<' and '>'
inline constexpr std::size_t xml_attributes_max = 64;
inline constexpr std::size_t xml_name_bytes_max = 256;
inline constexpr std::size_t xml_text_bytes_max = 1024 * 1024;  ///< one run of text
inline constexpr std::size_t xml_chunk_bytes = 64 * 1024;       ///< fed to the parser at a time
inline constexpr std::size_t employee_bytes_max = 1024 * 1024;  ///< one Employee element
inline constexpr std::size_t problems_kept_max = 10'000;        ///< problems listed of one message
inline constexpr std::size_t messages_max = 100'000;            ///< of one file
inline constexpr int employments_max = 15;                      ///< of one Employee (HMRC schema)

// Yearly questions and answers by file
inline constexpr std::size_t yearly_file_entries_max = 50'000;  ///< questions or answers of a file
inline constexpr std::size_t yearly_file_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t yearly_answer_bytes_max = 16 * 1024;  ///< one Answer element

// Retention
inline constexpr std::size_t retention_batch_rows = 1'000;  ///< looked at in one transaction

// Values
inline constexpr std::int64_t money_pence_max = 9'999'999'999'999;  ///< 11 digits of pounds
inline constexpr std::int64_t fraction_term_max = 1'000'000'000'000'000'000;

// Intake
inline constexpr std::size_t stage_batch_rows = 1'000;  ///< rows of one staging transaction
inline constexpr std::size_t decided_people = 500;      ///< whose decisions commit together
inline constexpr int refused_permille_max = 50;         ///< more than 5 % holds the document
inline constexpr std::size_t unpacked_bytes_max = std::size_t{32} << 30U;  ///< of one file
inline constexpr std::size_t unpacked_ratio_max = 400;  ///< bytes out for one in, as a whole
inline constexpr std::size_t unpacked_free_bytes = 16 * 1024 * 1024;  ///< before the ratio counts
inline constexpr int zstd_window_log_max = 23;  ///< 8 MiB of the child's memory

// The parser's child process
inline constexpr std::chrono::seconds parser_cpu_limit{900};  ///< of one document
inline constexpr std::chrono::seconds parser_stall_limit{
    30};                                                    ///< it neither takes nor gives a byte
inline constexpr std::chrono::seconds parser_end_limit{5};  ///< from its last byte to its end
inline constexpr std::size_t parser_memory_bytes_max = 64 * 1024 * 1024;
inline constexpr std::size_t parser_ahead_bytes_max = 8 * 1024 * 1024;  ///< of records in waiting
inline constexpr std::size_t parsers_max = 4;                           ///< at work at one time
inline constexpr std::size_t people_filter_bytes_max = 16 * 1024 * 1024;
inline constexpr std::size_t record_bytes_max = 2 * 1024 * 1024;  ///< one record of a child
inline constexpr std::size_t position_bytes_max = 32 * 1024;      ///< an element path
inline constexpr std::uint32_t employee_payments_max = 100'000;   ///< Payment elements of one

// Network
inline constexpr std::size_t http_header_bytes_max = 8 * 1024;
inline constexpr std::size_t http_fields_max = 64;
inline constexpr std::size_t http_target_bytes_max = 2 * 1024;
inline constexpr std::size_t http_request_body_bytes_max = 1024 * 1024;
inline constexpr std::size_t http_response_body_bytes_max = 8 * 1024 * 1024;
inline constexpr std::size_t http_requests_per_connection_max = 1'000;
inline constexpr std::size_t http_connections_max = 256;
inline constexpr std::chrono::milliseconds tls_handshake_limit{5'000};
inline constexpr std::chrono::milliseconds http_header_limit{10'000};
inline constexpr std::chrono::milliseconds http_idle_limit{30'000};
inline constexpr std::chrono::milliseconds http_attempt_limit{15'000};
inline constexpr std::chrono::milliseconds http_body_grace{10'000};   ///< before the rate counts
inline constexpr std::size_t http_body_bytes_per_second_min = 1'024;  ///< averaged over a body
inline constexpr std::chrono::milliseconds http_body_limit{60'000};
inline constexpr std::chrono::milliseconds http_write_limit{10'000};
inline constexpr std::chrono::milliseconds http_close_limit{1'000};  ///< to take leave of a peer
inline constexpr std::chrono::milliseconds http_checked_limit{1};  ///< a look at a connection holds
inline constexpr std::chrono::minutes http_connection_limit{10};
inline constexpr std::chrono::seconds tls_session_limit{300};  ///< a session may be resumed

// HMRC
inline constexpr std::chrono::minutes hmrc_sticky{15};  ///< it repeats an answer, also a bad one

// Delivery
inline constexpr std::size_t outbox_claim_max = 200;
inline constexpr std::chrono::seconds outbox_lease{60};
inline constexpr std::uint32_t delivery_attempts_max = 9;
inline constexpr std::size_t receipt_bytes_max = 16 * 1024;
inline constexpr std::chrono::seconds retry_after_max{7'200};
inline constexpr std::chrono::seconds throttled_wait{1};  ///< after a 429 without Retry-After

// Service
inline constexpr std::chrono::seconds drain_limit{30};

static_assert(outbox_lease > 2 * http_attempt_limit, "a lease outlives a slow attempt");
static_assert(xml_tag_bytes_max <= employee_bytes_max);
static_assert(xml_chunk_bytes <= xml_text_bytes_max);
static_assert(employee_bytes_max + position_bytes_max < record_bytes_max);
static_assert(people_filter_bytes_max * 2 < parser_memory_bytes_max);
static_assert(xml_depth_max * xml_name_bytes_max <= position_bytes_max);

}  // namespace ig::core::base::limits
