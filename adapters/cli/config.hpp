#pragma once

#include "adapters/wire/compress/unpack.hpp"
#include "core/base/result.hpp"
#include "core/jobs/retention.hpp"
#include "core/triggers/trigger.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ig::adapters::cli {

/// [store] where the gateway remembers.
struct StoreConfig {
  std::string file = "income-gateway.db";                ///< SQLite database
  std::string identity_key_file = "income-gateway.key";  ///< made with mode 0600 when absent
};

/// [hmrc] the token service, the yearly figure and real-time pay.
struct HmrcConfig {
  std::string base_url;  ///< https://host[:port]; empty: not configured
  std::string token_url;
  std::string yearly_url;  ///< https://host[:port]/path; empty: base_url and our own path
  std::string ca_file;     ///< empty: the system's roots
  std::string client_id;
  std::string client_secret_file;
  std::string totp_key_file;  ///< of a privileged application; empty: an ordinary one
  std::string scope;
  std::string service_name = "cmg2012";     ///< as HMRC lists its callers
  std::string earnings_from = "RTII";       ///< or "INDIVIDUALS", "NONE": real-time pay
  std::vector<std::string> initial_fields;  ///< RTII fields by purpose; empty: the built-in list
  std::vector<std::string> watch_fields;
  bool watch_paydays = true;    ///< ask for real-time pay after each expected payday
  int watch_after_days = 1;     ///< so many days after it
  int requests_per_second = 3;  ///< HMRC's limit for one application
  std::chrono::milliseconds headroom{20};
  int workers = 4;
  std::chrono::milliseconds call_limit{10'000};
  std::chrono::milliseconds question_limit{30'000};
};

/// [[case_system]] one consumer of triggers.
struct CaseSystemConfig {
  std::string name;  ///< as in the case register
  std::string url;   ///< https://host[:port]/path triggers are posted to
  std::string ca_file;
  std::string certificate_file;
  std::string key_file;
  std::string signing_secret_file;  ///< "whsec_" + base64, as Standard Webhooks has it
  bool figures = false;             ///< put the assessment into the event
  core::triggers::Mode default_mode = core::triggers::Mode::task;
  std::map<core::triggers::Kind, core::triggers::Mode> modes;  ///< by kind
};

/// [[principal]] who may call the API, by a name of the client certificate.
struct PrincipalConfig {
  std::string certificate_name;
  std::string name;
  std::string role;         ///< "case-system", "operator", "auditor"
  std::string case_system;  ///< for role case-system: whose triggers it may read
};

/// [api] what operators and case systems call.
struct ApiConfig {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8443;
  std::string certificate_file;
  std::string key_file;
  std::string client_ca_file;
  std::string public_url;  ///< what links in events start with
};

/// [intake] the folder bulk files are put into.
struct IntakeConfig {
  std::string spool_folder;  ///< empty: none is watched
  std::string spool_suffix = ".xml";
  std::chrono::seconds spool_every{10};
  std::chrono::seconds spool_settle{30};
  wire::compress::Packings packings;  ///< which packed files are taken
};

/// [serve] when the jobs run.
struct ServeConfig {
  std::chrono::seconds review_every{3'600};
  std::chrono::seconds watch_every{86'400};
  std::chrono::seconds delivery_poll{5};
};

/// gateway.toml, read and checked. Every setting is explained in config/gateway.toml.
struct GatewayConfig {
  std::string site = "local";
  std::string parameters_file;  ///< empty: the parameters built in
  bool allow_dummy_ninos = false;
  std::vector<std::string> allow_unconfirmed;  ///< parameters that may push LIVE unconfirmed
  StoreConfig store;
  HmrcConfig hmrc;
  ApiConfig api;
  IntakeConfig intake;
  ServeConfig serve;
  core::jobs::RetentionPeriods retention;  ///< [retention] days each class is kept
  std::vector<CaseSystemConfig> case_systems;
  std::vector<PrincipalConfig> principals;
};

/// Reads a configuration file; relative paths in it are taken from its folder. An empty `file`
/// gives the defaults. Errors: UNREADABLE, CONFIG_INVALID with line and column in the message.
[[nodiscard]] core::base::Result<GatewayConfig> load_config(const std::string& file);

/// The same from text; `folder` is what relative paths are taken from.
[[nodiscard]] core::base::Result<GatewayConfig> parse_config(std::string_view text,
                                                             const std::string& folder);

}  // namespace ig::adapters::cli
