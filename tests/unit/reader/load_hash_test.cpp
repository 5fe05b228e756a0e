#include "reader/load_hash.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

std::string hash_of(std::string_view task, std::string_view more = "",
                    const Overrides& asked = {}) {
  const plan::Plan plan = right(with_tasks("[" + std::string(task) + "]", more), asked);
  return plan.request_names.empty() ? "" : plan.request_names[0].load_hash;
}

constexpr std::string_view kTask = "{ post: '/a/{{ v }}', name: n, json: { a: 1 } }";
constexpr std::string_view kVariable = "variables: { v: 1 }\n";

TEST(LoadHash, ChangesWithWhatIsSent) {
  const std::string base = hash_of(kTask, kVariable);
  EXPECT_EQ(base.size(), 16U);
  EXPECT_EQ(base, hash_of(kTask, kVariable));
  for (const char* other :
       {"{ put: '/a/{{ v }}', name: n, json: { a: 1 } }",
        "{ post: '/b/{{ v }}', name: n, json: { a: 1 } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 2 } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: '1' } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 }, headers: { X-A: a } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 }, query: { a: 1 } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 }, capture: { c: $.a } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 }, expect: { status: 201 } }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 }, auth: { bearer: a } }",
        "{ post: '/a/{{ v }}', name: n, form: { a: 1 } }",
        "{ post: '/a/{{ v }}', name: n, multipart: { a: 1 } }",
        "{ post: '/a/{{ v }}', name: n, file: order.xml }",
        "{ post: '/a/{{ v }}', name: n, json: { a: 1 } }, { get: /, name: n }"}) {
    EXPECT_NE(base, hash_of(other, kVariable)) << other;
  }
  EXPECT_NE(base, hash_of(kTask, "variables: { v: 1 }\nhttp: { timeout: 1s }\n"));
  EXPECT_NE(base, hash_of(kTask, "variables: { v: 1 }\nhttp: { headers: { A: b } }\n"));
}

TEST(LoadHash, IsTheSameForOtherHostsAndSecrets) {
  const std::string base = hash_of(kTask, kVariable);
  EXPECT_EQ(base, hash_of(kTask, kVariable, {.host = "http://elsewhere:99"}));
  EXPECT_EQ(base, hash_of(kTask, "variables: { v: hunter2 }\nsecrets: [v]\n"));
  EXPECT_EQ(base, hash_of("{ post: 'http://127.0.0.1:8000/a/{{ v }}', name: n, json: { a: 1 } }",
                          kVariable));
}

}  // namespace
}  // namespace loadgate::reader
