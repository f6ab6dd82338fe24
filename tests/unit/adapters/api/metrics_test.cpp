#include "adapters/api/metrics.hpp"

#include <gtest/gtest.h>

namespace ig::adapters::api {
namespace {

TEST(Metrics, WritesPrometheusTextInOrder) {
  Metrics metrics;
  metrics.add("ig_deliveries_total", "outcome=\"parked\"");
  metrics.add("ig_deliveries_total", "outcome=\"delivered\"", 3);
  metrics.add("ig_deliveries_total", "outcome=\"delivered\"", 2);
  metrics.set("ig_outbox_pending", "case_system=\"cms\"", 7);
  metrics.set("ig_outbox_pending", "case_system=\"cms\"", 4);
  metrics.add("ig_errors_total", {});
  EXPECT_EQ(metrics.text(),
            "# TYPE ig_deliveries_total counter\n"
            "ig_deliveries_total{outcome=\"delivered\"} 5\n"
            "ig_deliveries_total{outcome=\"parked\"} 1\n"
            "# TYPE ig_errors_total counter\n"
            "ig_errors_total 1\n"
            "# TYPE ig_outbox_pending gauge\n"
            "ig_outbox_pending{case_system=\"cms\"} 4\n");
}

}  // namespace
}  // namespace ig::adapters::api
