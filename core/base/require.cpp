#include "core/base/require.hpp"

#include <cstdio>
#include <cstdlib>

namespace ig::core::base {

void broken_promise(const char* promise, const std::source_location& at) noexcept {
  std::fprintf(stderr, "%s:%u: broken promise: %s\n", at.file_name(),
               static_cast<unsigned>(at.line()), promise);
  std::abort();
}

}  // namespace ig::core::base
