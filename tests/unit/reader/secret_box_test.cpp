#include "reader/secret_box.h"

#include <gtest/gtest.h>

namespace loadgate::reader {
namespace {

TEST(SecretBox, KnowsSecretsByTheirNamesHoweverWritten) {
  for (const char* name : {"password", "new_password", "Passwd", "pwd", "token", "csrfToken",
                           "X-Api-Key", "api_key", "clientSecret", "X-Auth-Token", "otp"}) {
    EXPECT_TRUE(is_secret_name(name)) << name;
  }
  for (const char* name : {"user", "author", "page", "spin", "passenger", "compass", "key"}) {
    EXPECT_FALSE(is_secret_name(name)) << name;
  }
}

TEST(SecretBox, TheVariableSaysWhatItIs) {
  SecretBox box;
  box.add("X-Api-Key", "one value");
  box.add("clientSecret", "another value");
  box.add("client_secret", "a third value");
  box.add("2fa-token", "a fourth value");
  std::string names;
  for (const SketchSecret& secret : box.secrets()) {
    names += secret.variable + "=" + secret.environment + " ";
  }
  EXPECT_EQ(names,
            "x_api_key=X_API_KEY client_secret=CLIENT_SECRET client_secret_2=CLIENT_SECRET_2 "
            "secret_2fa_token=SECRET_2FA_TOKEN ");
}

TEST(SecretBox, OneValueIsOneSecretUnderAllItsNames) {
  SecretBox box;
  box.add("password", "hunter2");
  box.add("password_again", "hunter2");
  EXPECT_EQ(box.secrets().size(), 1U);
  EXPECT_EQ(box.text("hunter2"), "{{ password }}");
}

TEST(SecretBox, HidesValuesWithinTextsAndAsUrlsHoldThem) {
  SecretBox box;
  box.add("token", "a b/c&d");
  EXPECT_EQ(box.text("x=a b/c&d!"), "x={{ token }}!");
  EXPECT_EQ(box.text("/t/a%20b%2Fc%26d"), "/t/{{ token }}");
  EXPECT_EQ(box.text("t=a+b%2Fc%26d"), "t={{ token }}");
}

TEST(SecretBox, HidesShortValuesOnlyWhereTheyAreTheWholeText) {
  SecretBox box;
  box.add("pin", "12");
  EXPECT_EQ(box.text("12"), "{{ pin }}");
  EXPECT_EQ(box.text("2012"), "2012");
}

TEST(SecretBox, TheLongerOfTwoSecretsIsHiddenWhole) {
  SecretBox box;
  box.add("token", "abcdef");
  box.add("secret", "abcdefgh");
  EXPECT_EQ(box.text("-abcdefgh-"), "-{{ secret }}-");
}

TEST(SecretBox, WhatStandsBeforeAPlaceholderCannotJoinIt) {
  SecretBox box;
  box.add("token", "abcdef");
  EXPECT_EQ(box.text("{abcdef}"), "{{ random_choice('{') }}{{ token }}}");
  EXPECT_EQ(box.text("$abcdef"), "$${{ token }}");
}

}  // namespace
}  // namespace loadgate::reader
