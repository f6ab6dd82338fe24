#pragma once

#include <chrono>
#include <cstddef>

namespace ig::adapters::rti {

/// The descriptors a confined process keeps: a document comes in, records go out.
inline constexpr int kDocumentIn = 0;
inline constexpr int kRecordsOut = 1;

/// False in a build under the address or thread sanitizer, whose runtime needs address space and
/// system calls of its own: there confine() closes descriptors, ties the process to its parent and
/// limits its processor time, and does no more. This is the one place that says so; every other
/// build has the whole of it.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kConfines = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool kConfines = false;
#else
inline constexpr bool kConfines = true;
#endif
#else
inline constexpr bool kConfines = true;
#endif

/// What a confined process may use.
struct Rations {
  std::chrono::seconds cpu;
  std::size_t memory_bytes = 0;  ///< private memory that can be written
};

/// The rations of a parser: limits::parser_cpu_limit and limits::parser_memory_bytes_max.
[[nodiscard]] Rations parser_rations();

/// Takes every right from this process but to compute, to read kDocumentIn and to write
/// kRecordsOut: all other descriptors are closed, it can make no file, process or socket, any
/// system call that is not on the list kills it, and so does the end of its parent. There is no
/// way back. False when the kernel refuses a step: the process must then end at once.
[[nodiscard]] bool confine(const Rations& rations);

}  // namespace ig::adapters::rti
