#pragma once

#include "core/ports/store.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace ig::tests::contract::store {

/// A memory that outlives the stores opened on it: a file, a database. One for each test.
class Memory {
 public:
  virtual ~Memory() = default;
  /// Opens it; two stores open at once are two processes to each other.
  [[nodiscard]] virtual std::unique_ptr<core::ports::Store> open() = 0;
  /// Opens a backup of it.
  [[nodiscard]] virtual std::unique_ptr<core::ports::Store> open_backup(
      const std::string& file) = 0;
  /// A path for a backup.
  [[nodiscard]] virtual std::string backup_file() = 0;
  /// Runs SQL behind the gateway's back, as somebody who tampers would.
  virtual void tamper(const std::string& sql) = 0;
};

/// One implementation of the port; the suite runs on each.
struct Implementation {
  std::string name;
  std::unique_ptr<Memory> (*make)();
};

[[nodiscard]] std::vector<Implementation> implementations();

/// A store, open and empty.
class EveryStore : public testing::TestWithParam<Implementation> {
 protected:
  EveryStore() : memory_(GetParam().make()), store_(memory_->open()) {}

  core::ports::Store& store() { return *store_; }
  Memory& memory() { return *memory_; }
  /// Closes the store and opens it again, as a restart does.
  void reopen() {
    store_.reset();
    store_ = memory_->open();
  }

 private:
  std::unique_ptr<Memory> memory_;
  std::unique_ptr<core::ports::Store> store_;
};

[[nodiscard]] inline std::string name_of(const testing::TestParamInfo<Implementation>& info) {
  return info.param.name;
}

}  // namespace ig::tests::contract::store

/// Runs a suite of TEST_P on each implementation.
#define IG_ON_EVERY_STORE(suite)                                                             \
  INSTANTIATE_TEST_SUITE_P(On, suite,                                                        \
                           testing::ValuesIn(ig::tests::contract::store::implementations()), \
                           ig::tests::contract::store::name_of)
