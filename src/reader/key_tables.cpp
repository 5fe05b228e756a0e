#include "reader/key_tables.h"

namespace loadgate::reader {

std::vector<KeyTable> key_tables() {
  return {
      {"plan", "The file itself", plan_keys(), {"name", "stages"}},
      {"start", "`start`", start_keys(), {"command"}},
      {"ready", "`ready`", ready_keys()},
      {"watch", "`watch`, each one; exactly one of these", watch_keys()},
      {"http", "`http`", http_keys()},
      {"tls", "`http.tls`", tls_keys()},
      {"data", "`data`, each source", data_keys(), {"file"}},
      {"stage", "`stages`, each one", stage_keys()},
      {"profile", "`profiles`, each one", profile_keys(), {"stages"}},
      {"scenario", "`scenarios`, each one", scenario_keys()},
      {"task", "`tasks`, each one, besides the keys of a request", task_keys()},
      {"step",
       "`sequence`, `on_start`, `on_stop` and `steps`, each one, besides the keys of a "
       "request",
       step_keys()},
      {"request", "A task or a step that is a request", request_keys()},
      {"auth", "`auth` of a request", auth_keys()},
      {"basic", "`auth.basic`", basic_keys(), {"user", "password"}},
      {"part", "`multipart`, each file", part_keys(), {"file"}},
      {"expect", "`expect` of a request", expect_keys()},
      {"json_check", "`expect.json`, each check that is a map", json_check_keys()},
      {"header_check", "`expect.header`, each check that is a map", header_check_keys()},
      {"threshold", "`thresholds`, each one in its long form", threshold_keys(), {"limit"}},
      {"gate", "`gate`", gate_keys()},
      {"detect", "`gate.detect`", detect_keys()},
      {"stored", "`gate.detect.stored`", stored_keys()},
      {"detect_duet", "`gate.detect.duet`", detect_duet_keys()},
      {"floor", "`gate.floor`", floor_keys()},
      {"rating", "`rating`", rating_keys()},
      {"duet", "`duet`", duet_keys()},
  };
}

}  // namespace loadgate::reader
