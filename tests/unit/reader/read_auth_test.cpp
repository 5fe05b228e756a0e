#include "reader/read_auth.h"

#include "plans.h"

namespace loadgate::reader {
namespace {

constexpr std::string_view kLogIn = "{ post: /token, capture: { token: $.access } }";

plan::Plan authorized(std::string_view auth, std::string_view more = "") {
  return right(with_tasks("[{ get: /, auth: " + std::string(auth) + " }]", more));
}

const plan::Header& authorization(const plan::Request& request) {
  static const plan::Header kNone;
  const plan::Header* found = &kNone;
  for (const plan::Header& one : request.headers) {
    if (one.name == "Authorization") found = &one;
  }
  return *found;
}

TEST(Auth, SendsABearerToken) {
  const plan::Plan plan = authorized("{ bearer: 'a-{{ v }}' }", "variables: { v: 1 }");
  const plan::Header& header = authorization(plan.requests.at(0));
  EXPECT_EQ(filled(plan, header.value), "Bearer a-1");
  EXPECT_EQ(header.form, plan::Header::Form::plain);
}

TEST(Auth, SendsAUserAndAPassword) {
  const plan::Plan plan =
      authorized("{ basic: { user: ada, password: 'b:{{ v }}' } }", "variables: { v: 'ü' }");
  const plan::Header& header = authorization(plan.requests.at(0));
  EXPECT_EQ(filled(plan, header.value), "ada:b:ü");
  EXPECT_EQ(header.form, plan::Header::Form::basic_auth);
}

TEST(Auth, TakesTheUserOfADirectoryService) {
  const plan::Plan plan =
      authorized("{ basic: { user: '{{ v }}', password: '' } }", "variables: { v: ada }");
  EXPECT_EQ(filled(plan, authorization(plan.requests.at(0)).value), "ada:");
}

TEST(Auth, StandsOverTheCommonHeader) {
  const plan::Plan plan =
      authorized("{ bearer: own }", "http: { headers: { authorization: common } }");
  std::string all;
  for (const plan::Header& one : plan.requests.at(0).headers) {
    if (one.name.size() == 13) all += one.value.constant() + ";";
  }
  EXPECT_EQ(all, "Bearer own;");
}

TEST(Auth, MakesCapturesAndVariablesSecretOnce) {
  const plan::Plan plan = right(std::string(kHead) + "variables: { password: b }\n" +
                                "scenarios: [{ sequence: [" + std::string(kLogIn) + R"(,
    { get: /a, auth: { bearer: '{{ token }}' } },
    { get: /b, auth: { bearer: '{{ token }}' } },
    { get: /c, auth: { basic: { user: '{{ user.id }}', password: '{{ password }}' } } }] }]
)");
  EXPECT_EQ(plan.secret_slots,
            (std::vector<std::size_t>{plan.names.find("token"), plan.names.find("password")}));
  EXPECT_TRUE(plan.secrets.empty());
}

TEST(Auth, MakesFieldsOfDataSecretOnce) {
  const plan::Plan plan =
      right(with_tasks("[{ get: /, auth: { bearer: '{{ data.people.name }}' } }, "
                       "{ get: /, auth: { bearer: '{{ data.people.name }}' } }]",
                       "data: { people: { file: people.csv } }"));
  EXPECT_EQ(plan.secret_fields, (std::vector<plan::DataField>{{0, 0}}));
}

TEST(Auth, MakesSecretWhatComesFromTheEnvironment) {
  EXPECT_EQ(authorized("{ bearer: '${WORD}' }").secrets, std::vector<std::string>{"hunter2"});
  EXPECT_EQ(authorized("{ basic: { user: '${NUMBER}', password: 'a${WORD}' } }").secrets,
            std::vector<std::string>{"ahunter2"});
  EXPECT_TRUE(authorized("{ bearer: in-clear }").secrets.empty());
}

}  // namespace
}  // namespace loadgate::reader
