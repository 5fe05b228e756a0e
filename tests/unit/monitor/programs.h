#pragma once

// Programs in Python for a test to measure, run as a service would be. They wait for the
// test and it for them through pipes with names.

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include "base/file.h"
#include "monitor/gauge.h"
#include "process/kept.h"
#include "support/script_folder.h"

namespace loadgate::monitor {

class ProgramTest : public testing::Test {
 protected:
  // The program may use burn(SECONDS), say(PIPE, NUMBER) and wait(PIPE), and has `spent()`
  // for its own CPU time.
  process::Kept start(const std::string& program) {
    const std::string name = "program" + std::to_string(++programs_);
    EXPECT_TRUE(write_file(folder_.path() / name, std::string(kPrelude) + program));
    return run("exec /usr/bin/python3 " + name);
  }

  process::Kept run(const std::string& command) {
    Result<process::Kept> kept = process::Kept::start({.text = command,
                                                       .directory = folder_.path(),
                                                       .log = folder_.path() / "log",
                                                       .environment = {}});
    if (!kept) std::abort();
    return std::move(*kept);
  }

  void make_pipes(std::initializer_list<const char*> names) const {
    for (const char* name : names) folder_.make_pipe(name);
  }
  double number_from(const std::string& pipe) const {
    std::string line;
    std::ifstream file(folder_.path() / pipe);
    std::getline(file, line);
    return parse_number(line).value_or(-1);
  }
  void tell(const std::string& pipe) const { std::ofstream(folder_.path() / pipe) << "go\n"; }

  static Use read(Gauge& gauge) {
    const Result<Use> use = gauge.read(ProcessTable::read());
    EXPECT_TRUE(use) << use.error().text;
    return use.value_or(Use{});
  }

  support::ScriptFolder folder_;

 private:
  static constexpr const char* kPrelude = R"(
import os, resource, signal, socket, sys, threading, time

def spent():
    own = resource.getrusage(resource.RUSAGE_SELF)
    return own.ru_utime + own.ru_stime

def burn(seconds):
    end = spent() + seconds
    while spent() < end:
        for number in range(2000):
            pass

def say(pipe, number):
    with open(pipe, "w") as file:
        print(number, file=file)

def wait(pipe):
    with open(pipe) as file:
        file.read()

)";
  int programs_ = 0;
};

}  // namespace loadgate::monitor
