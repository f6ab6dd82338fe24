#include "adapters/cli/config.hpp"

#include "adapters/hmrc/rtii_fields.hpp"
#include "core/rules/parameter_names.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

namespace ig::adapters::cli {
namespace {

using core::base::Error;
using core::base::ErrorCode;
using core::base::Result;
namespace triggers = core::triggers;

/// Reads one TOML table key by key; what is left unread at the end is an unknown setting.
class Table {
 public:
  Table(const toml::table& table, std::string name, std::optional<Error>& error)
      : table_(table), name_(std::move(name)), error_(error) {}

  void text(const char* key, std::string& out) {
    if (const auto* node = take(key)) {
      if (const auto value = node->value_exact<std::string>()) {
        out = *value;
      } else {
        refuse(*node, key, "is a text in quotes");
      }
    }
  }
  void truth(const char* key, bool& out) {
    if (const auto* node = take(key)) {
      if (const auto value = node->value_exact<bool>()) {
        out = *value;
      } else {
        refuse(*node, key, "is true or false");
      }
    }
  }
  void whole(const char* key, std::int64_t low, std::int64_t high, auto&& set) {
    if (const auto* node = take(key)) {
      const auto value = node->value_exact<std::int64_t>();
      if (value && *value >= low && *value <= high) {
        set(*value);
      } else {
        refuse(*node, key, fmt::format("is a whole number from {} to {}", low, high));
      }
    }
  }
  void path(const char* key, const std::string& folder, std::string& out) {
    text(key, out);
    if (!out.empty() && !std::filesystem::path(out).is_absolute()) {
      out = (std::filesystem::path(folder) / out).lexically_normal().string();
    }
  }
  void url(const char* key, std::string& out) {
    const auto* node = table_.get(key);
    text(key, out);
    if (node != nullptr && !out.empty() && !out.starts_with("https://")) {
      refuse(*node, key, "starts with https://");
    }
  }
  void mode(const char* key, triggers::Mode& out) {
    std::string word;
    const auto* node = table_.get(key);
    text(key, word);
    if (node == nullptr) return;
    for (const auto mode : {triggers::Mode::off, triggers::Mode::shadow, triggers::Mode::task,
                            triggers::Mode::live}) {
      if (triggers::name(mode) == word) {
        out = mode;
        return;
      }
    }
    refuse(*node, key, "is OFF, SHADOW, TASK or LIVE");
  }
  /// Names of parameters of the law.
  void parameters(const char* key, std::vector<std::string>& out) {
    names(key, out, "names no parameter of the law", [](const std::string& word) {
      return core::rules::find_parameter_name(word) != nullptr;
    });
  }
  /// Names of fields of RTII.
  void fields(const char* key, std::vector<std::string>& out) {
    names(key, out, "names no field of RTII 1.0, or one twice", [&out](const std::string& word) {
      return hmrc::rtii_field(word) != nullptr && std::ranges::find(out, word) == out.end();
    });
  }
  /// A sub-table, or nullptr.
  const toml::table* table(const char* key) {
    const auto* node = take(key);
    if (node != nullptr && !node->is_table()) refuse(*node, key, "is a table");
    return node != nullptr ? node->as_table() : nullptr;
  }
  /// The tables of an array of tables.
  std::vector<const toml::table*> tables(const char* key) {
    std::vector<const toml::table*> out;
    const auto* node = take(key);
    if (node == nullptr) return out;
    const auto* array = node->as_array();
    if (array == nullptr) {
      refuse(*node, key, "is a list of tables, written [[...]]");
      return out;
    }
    for (const auto& item : *array) {
      if (item.is_table()) {
        out.push_back(item.as_table());
      } else {
        refuse(item, key, "is a list of tables, written [[...]]");
      }
    }
    return out;
  }
  void needed(const char* key, const std::string& value) {
    if (value.empty()) refuse(table_, key, "is needed");
  }
  /// Refuses every key that was not asked for.
  void close() {
    for (const auto& [key, node] : table_) {
      if (std::find(taken_.begin(), taken_.end(), key.str()) == taken_.end()) {
        refuse(node, std::string(key.str()).c_str(), "is not a setting of the gateway");
      }
    }
  }
  void refuse(const toml::node& node, const char* key, std::string_view rule) {
    if (error_) return;
    const auto at = node.source().begin;
    error_ =
        Error{ErrorCode::CONFIG_INVALID, fmt::format("/{}{}", name_, key),
              fmt::format("line {}, column {}: {}{} {}", at.line, at.column, name_, key, rule)};
  }

  /// Which packings are taken; left out: all.
  void packings(const char* key, wire::compress::Packings& out) {
    std::vector<std::string> words;
    if (!table_.contains(key)) return;
    names(key, words, "is \"gzip\" or \"zstd\"",
          [](const std::string& word) { return word == "gzip" || word == "zstd"; });
    out.gzip = std::ranges::find(words, "gzip") != words.end();
    out.zstd = std::ranges::find(words, "zstd") != words.end();
  }

 private:
  /// A list of texts of which each is known.
  void names(const char* key, std::vector<std::string>& out, const char* rule, auto&& is_known) {
    const auto* node = take(key);
    if (node == nullptr) return;
    const auto* array = node->as_array();
    if (array == nullptr) return refuse(*node, key, "is a list of names in quotes");
    for (const auto& item : *array) {
      const auto* word = item.as_string();
      if (word == nullptr || !is_known(word->get())) {
        refuse(item, key, rule);
      } else {
        out.push_back(word->get());
      }
    }
  }
  const toml::node* take(const char* key) {
    taken_.emplace_back(key);
    return table_.get(key);
  }
  const toml::table& table_;
  std::string name_;
  std::optional<Error>& error_;
  std::vector<std::string> taken_;
};

void read_store(const toml::table& table, const std::string& folder, StoreConfig& out,
                std::optional<Error>& error) {
  Table t(table, "store.", error);
  t.path("file", folder, out.file);
  t.path("identity_key_file", folder, out.identity_key_file);
  t.close();
}

void read_hmrc(const toml::table& table, const std::string& folder, HmrcConfig& out,
               std::optional<Error>& error) {
  Table t(table, "hmrc.", error);
  t.url("base_url", out.base_url);
  t.url("token_url", out.token_url);
  t.path("ca_file", folder, out.ca_file);
  t.text("client_id", out.client_id);
  t.path("client_secret_file", folder, out.client_secret_file);
  t.url("yearly_url", out.yearly_url);
  t.path("totp_key_file", folder, out.totp_key_file);
  t.text("scope", out.scope);
  t.text("service_name", out.service_name);
  t.text("earnings_from", out.earnings_from);
  if (out.earnings_from != "RTII" && out.earnings_from != "INDIVIDUALS" &&
      out.earnings_from != "NONE") {
    t.refuse(table, "earnings_from", "is RTII, INDIVIDUALS or NONE");
  }
  t.fields("initial_fields", out.initial_fields);
  t.fields("watch_fields", out.watch_fields);
  t.truth("watch_paydays", out.watch_paydays);
  t.whole("watch_after_days", 0, 14,
          [&](std::int64_t n) { out.watch_after_days = static_cast<int>(n); });
  t.whole("requests_per_second", 1, 1'000,
          [&](std::int64_t n) { out.requests_per_second = static_cast<int>(n); });
  t.whole("workers", 1, 16, [&](std::int64_t n) { out.workers = static_cast<int>(n); });
  const auto millis = [&](const char* key, std::int64_t low, std::int64_t high, auto& value) {
    t.whole(key, low, high, [&](std::int64_t n) { value = std::chrono::milliseconds{n}; });
  };
  millis("headroom_ms", 0, 1'000, out.headroom);
  millis("call_limit_ms", 100, 60'000, out.call_limit);
  millis("question_limit_ms", 100, 600'000, out.question_limit);
  if (!out.base_url.empty()) {
    t.needed("token_url", out.token_url);
    t.needed("client_id", out.client_id);
    t.needed("client_secret_file", out.client_secret_file);
  }
  t.close();
}

void read_api(const toml::table& table, const std::string& folder, ApiConfig& out,
              std::optional<Error>& error) {
  Table t(table, "api.", error);
  t.text("address", out.address);
  t.whole("port", 0, 65'535, [&](std::int64_t n) { out.port = static_cast<std::uint16_t>(n); });
  t.path("certificate_file", folder, out.certificate_file);
  t.path("key_file", folder, out.key_file);
  t.path("client_ca_file", folder, out.client_ca_file);
  t.url("public_url", out.public_url);
  t.close();
}

void read_intake(const toml::table& table, const std::string& folder, IntakeConfig& out,
                 std::optional<Error>& error) {
  Table t(table, "intake.", error);
  t.path("spool_folder", folder, out.spool_folder);
  t.text("spool_suffix", out.spool_suffix);
  t.packings("compressed", out.packings);
  const auto seconds = [&](const char* key, std::int64_t low, std::chrono::seconds& value) {
    t.whole(key, low, 86'400, [&](std::int64_t n) { value = std::chrono::seconds{n}; });
  };
  seconds("spool_every_s", 1, out.spool_every);
  seconds("spool_settle_s", 0, out.spool_settle);
  t.close();
}

void read_serve(const toml::table& table, ServeConfig& out, std::optional<Error>& error) {
  Table t(table, "serve.", error);
  const auto seconds = [&](const char* key, std::chrono::seconds& value) {
    t.whole(key, 1, 7 * 86'400, [&](std::int64_t n) { value = std::chrono::seconds{n}; });
  };
  seconds("review_every_s", out.review_every);
  seconds("watch_every_s", out.watch_every);
  seconds("delivery_poll_s", out.delivery_poll);
  t.close();
}

void read_retention(const toml::table& table, core::jobs::RetentionPeriods& out,
                    std::optional<Error>& error) {
  constexpr std::int64_t days_min = 30;
  constexpr std::int64_t days_max = 36'500;
  Table t(table, "retention.", error);
  const auto days = [&](const char* key, int& value) {
    t.whole(key, 0, days_max, [&](std::int64_t n) {
      if (n != 0 && n < days_min) {
        return t.refuse(table, key, "is 0 (for ever), or at least 30 days");
      }
      value = static_cast<int>(n);
    });
  };
  days("raw_days", out.raw_days);
  days("facts_days", out.facts_days);
  days("decision_days", out.decision_days);
  days("audit_days", out.audit_days);
  if (!core::jobs::in_order(out)) {
    t.refuse(table, "raw_days",
             "is at most facts_days, that at most decision_days, that at most "
             "audit_days; 0 is the longest");
  }
  t.close();
}

CaseSystemConfig read_case_system(const toml::table& table, const std::string& folder,
                                  std::optional<Error>& error) {
  CaseSystemConfig out;
  Table t(table, "case_system.", error);
  t.text("name", out.name);
  t.url("url", out.url);
  t.path("ca_file", folder, out.ca_file);
  t.path("certificate_file", folder, out.certificate_file);
  t.path("key_file", folder, out.key_file);
  t.path("signing_secret_file", folder, out.signing_secret_file);
  t.truth("figures", out.figures);
  t.mode("default_mode", out.default_mode);
  if (const auto* modes = t.table("modes")) {
    Table m(*modes, "case_system.modes.", error);
    for (int i = 0; i < triggers::kKindCount; ++i) {
      const auto kind = static_cast<triggers::Kind>(i);
      const std::string key(triggers::name(kind));
      if (modes->contains(key)) m.mode(key.c_str(), out.modes[kind]);
    }
    m.close();
  }
  t.needed("name", out.name);
  t.needed("url", out.url);
  t.needed("signing_secret_file", out.signing_secret_file);
  t.close();
  return out;
}

PrincipalConfig read_principal(const toml::table& table, std::optional<Error>& error) {
  PrincipalConfig out;
  Table t(table, "principal.", error);
  t.text("certificate_name", out.certificate_name);
  t.text("name", out.name);
  t.text("role", out.role);
  t.text("case_system", out.case_system);
  t.needed("certificate_name", out.certificate_name);
  t.needed("name", out.name);
  if (out.role != "case-system" && out.role != "operator" && out.role != "auditor") {
    t.refuse(table, "role", "is case-system, operator or auditor");
  }
  if (out.role == "case-system") t.needed("case_system", out.case_system);
  t.close();
  return out;
}

}  // namespace

Result<GatewayConfig> parse_config(std::string_view text, const std::string& folder) {
  toml::table root;
  try {
    root = toml::parse(text);
  } catch (const toml::parse_error& broken) {
    const auto at = broken.source().begin;
    return Error{ErrorCode::CONFIG_INVALID,
                 {},
                 fmt::format("line {}, column {}: {}", at.line, at.column, broken.description())};
  }
  GatewayConfig out;
  std::optional<Error> error;
  Table t(root, "", error);
  t.text("site", out.site);
  t.path("parameters_file", folder, out.parameters_file);
  t.truth("allow_dummy_ninos", out.allow_dummy_ninos);
  t.parameters("allow_unconfirmed", out.allow_unconfirmed);
  if (const auto* table = t.table("store")) read_store(*table, folder, out.store, error);
  if (const auto* table = t.table("hmrc")) read_hmrc(*table, folder, out.hmrc, error);
  if (const auto* table = t.table("api")) read_api(*table, folder, out.api, error);
  if (const auto* table = t.table("intake")) read_intake(*table, folder, out.intake, error);
  if (const auto* table = t.table("serve")) read_serve(*table, out.serve, error);
  if (const auto* table = t.table("retention")) read_retention(*table, out.retention, error);
  for (const auto* table : t.tables("case_system")) {
    out.case_systems.push_back(read_case_system(*table, folder, error));
  }
  for (const auto* table : t.tables("principal")) {
    out.principals.push_back(read_principal(*table, error));
  }
  t.close();
  if (error) return *std::move(error);
  return out;
}

Result<GatewayConfig> load_config(const std::string& file) {
  if (file.empty()) return GatewayConfig{};
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    return Error{ErrorCode::UNREADABLE, {}, "the configuration file cannot be read: " + file};
  }
  const auto folder = std::filesystem::path(file).parent_path().string();
  return parse_config(text.str(), folder.empty() ? "." : folder);
}

}  // namespace ig::adapters::cli
