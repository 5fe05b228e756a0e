#include "plan/template.h"

#include "filling.h"

namespace loadgate::plan {
namespace {

TEST(Template, WithoutPlaceholdersIsConstant) {
  const auto made = Template::compile("/store/products/", Names(), Encoding::none);

  ASSERT_TRUE(made.has_value());
  EXPECT_TRUE(made->is_constant());
  EXPECT_EQ(made->constant(), "/store/products/");
  EXPECT_EQ(User().fill(*made), "/store/products/");
}

TEST(Template, KeepsItsSourceAndTheSlotsItReads) {
  User user;
  user.with("a", text_value("1")).with("b", text_value("2"));

  const auto made = Template::compile("{{ b }}-{{ user.id }}-{{a}}", user.names(), Encoding::none);

  ASSERT_TRUE(made.has_value());
  EXPECT_FALSE(made->is_constant());
  EXPECT_EQ(made->source(), "{{ b }}-{{ user.id }}-{{a}}");
  EXPECT_EQ(made->slots(), (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(user.fill(*made), "2-12-1");
}

TEST(Template, KnowsTheDataItReads) {
  Names names;
  names.declare_data({"users", {"name", "age"}});
  names.declare_data({"messages", {}});

  const auto made = Template::compile("{{ data.messages }} {{ data.users.age }} {{ user.id }}",
                                      names, Encoding::none);

  ASSERT_TRUE(made.has_value());
  EXPECT_EQ(made->data_fields(), (std::vector<DataField>{{1, DataField::kWhole}, {0, 1}}));
  EXPECT_TRUE(made->slots().empty());
}

TEST(Names, OfASubsetKeepTheirData) {
  Names names;
  names.declare_data({"users", {"name"}});
  EXPECT_TRUE(
      Template::compile("{{ data.users.name }}", names.only({}), Encoding::none).has_value());
}

TEST(Template, AppendsToWhatIsThere) {
  User user;
  std::string out = "before ";
  Template::compile("after", user.names(), Encoding::none)->fill({}, out);
  EXPECT_EQ(out, "before after");
  EXPECT_EQ(Template::compile("after", user.names(), Encoding::none)->filled({}), "after");
}

TEST(Template, EncodesValuesForWhereTheyGo) {
  User user;
  user.with("v", text_value("a b/ü&\"\\\r\n~*"));

  EXPECT_EQ(user.fill("{{ v }}", Encoding::none), "a b/ü&\"\\\r\n~*");
  EXPECT_EQ(user.fill("{{ v }}", Encoding::header), "a b/ü&\"\\  ~*");
  EXPECT_EQ(user.fill("{{ v }}", Encoding::path), "a%20b%2F%C3%BC%26%22%5C%0D%0A~%2A");
  EXPECT_EQ(user.fill("{{ v }}", Encoding::form), "a+b%2F%C3%BC%26%22%5C%0D%0A%7E*");
  EXPECT_EQ(user.fill("{{ v }}", Encoding::json), "a b/ü&\\\"\\\\\\u000D\\u000A~*");
}

TEST(Template, LeavesLiteralsAloneUnlessAskedToEncodeThem) {
  User user;
  user.with("v", text_value("x y"));

  EXPECT_EQ(user.fill("/a b/{{ v }}", Encoding::path), "/a b/x%20y");
  EXPECT_EQ(user.fill_path("/a b/ü?q=1&r=%20%zz/{{ v }}"), "/a%20b/%C3%BC?q=1&r=%20%25zz/x%20y");
  EXPECT_EQ(user.fill_form("a b&{{ v }}"), "a+b%26x+y");
}

TEST(Template, JoinsPartsIntoOne) {
  User user;
  user.with("v", text_value("é"));
  Template url;
  url.append("http://host");
  url.append(*Template::compile_path("/p/{{ v }}", user.names()));
  url.append("?q=");
  url.append(*Template::compile_form("{{ v }} ", user.names()));

  EXPECT_EQ(user.fill(url), "http://host/p/%C3%A9?q=%C3%A9+");
  EXPECT_EQ(url.source(), "http://host/p/{{ v }}?q={{ v }} ");
  EXPECT_FALSE(url.is_constant());
}

TEST(Template, JoinedConstantsStayConstant) {
  Template url;
  url.append("http://host");
  url.append(*Template::compile_path("/a b", Names()));

  EXPECT_TRUE(url.is_constant());
  EXPECT_EQ(url.constant(), "http://host/a%20b");
}

TEST(Template, FindsTheEndBehindQuotedBraces) {
  EXPECT_EQ(User().fill("[{{ random_choice('}}') }}]"), "[}}]");
  EXPECT_EQ(User().fill("a}}b{c}"), "a}}b{c}");
}

TEST(Template, SaysWhereAnErrorStands) {
  const auto open = Template::compile("/a/{{ id", Names(), Encoding::path);
  ASSERT_FALSE(open.has_value());
  EXPECT_EQ(open.error().offset, 3U);
  EXPECT_EQ(open.error().length, 2U);
  EXPECT_EQ(open.error().text, "\"{{\" is never closed");

  const auto unknown = Template::compile("/a/{{ id }}", Names(), Encoding::path);
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().offset, 6U);
  EXPECT_EQ(unknown.error().length, 2U);
}

TEST(Names, ASubsetKeepsItsSlots) {
  Names names;
  names.declare("a");
  names.declare("b");
  const std::vector<std::string> visible{"b"};

  const Names view = names.only(visible);

  EXPECT_EQ(view.find("b"), 1U);
  EXPECT_EQ(view.find("a"), Names::npos);
  EXPECT_EQ(view.find(""), Names::npos);
  EXPECT_EQ(names.declare("a"), 0U);
}

}  // namespace
}  // namespace loadgate::plan
