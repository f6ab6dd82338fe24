#pragma once

#include <memory>

namespace ig::adapters::wire::crypto {

/// Deletes with a C library's own function: `std::unique_ptr<BIO, FreedBy<BIO_free_all>>`.
template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* pointer) const noexcept {
    Free(pointer);
  }
};

}  // namespace ig::adapters::wire::crypto
