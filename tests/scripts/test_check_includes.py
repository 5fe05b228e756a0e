"""scripts/check-includes finds what it is there for, on small trees made here."""

import subprocess
from pathlib import Path

import pytest

CHECK = Path(__file__).resolve().parents[2] / "scripts" / "check-includes"


def check(tree, files):
    for name, text in files.items():
        path = tree / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    done = subprocess.run([CHECK, tree], capture_output=True, text=True, timeout=30)
    return done.returncode, done.stdout


def test_accepts_includes_of_lower_folders_and_of_its_own(tmp_path):
    code, out = check(
        tmp_path,
        {
            "main.cpp": '#include "cli/command_line.h"\n#include <iostream>\n',
            "gate/verdict.cpp": '#include "gate/verdict.h"\n#include "metrics/tally.h"\n'
            '#include "base/text.h"\n#include <boost/math/distributions/students_t.hpp>\n',
            "report/html_report.cpp": '#include "embedded_templates.h"\n#include <mustache.hpp>\n',
        },
    )
    assert (code, out) == (0, "every #include keeps the layers\n")


@pytest.mark.parametrize(
    "name, include, complaint",
    [
        ("base/text.h", '"plan/plan.h"', "base includes plan, upwards"),
        ("plan/plan.cpp", '"gate/verdict.h"', "plan includes gate, upwards"),
        ("report/console.h", '"baseline/store.h"', "report includes baseline, its neighbour"),
        ("main.cpp", '"gate/verdict.h"', "main includes only cli"),
        ("gate/verdict.h", '"helpers/text.h"', "helpers/text.h is in no folder of src"),
        ("load/user.cpp", "<curl/curl.h>", "only transport may include curl/curl.h"),
        ("session/run.cpp", "<CLI/CLI.hpp>", "only cli may include CLI/CLI.hpp"),
        ("plan/value.cpp", "<yaml-cpp/yaml.h>", "only reader may include yaml-cpp/yaml.h"),
        ("gate/verdict.h", "<nlohmann/json.hpp>",
         "nlohmann/json.hpp is slow to compile and belongs in a .cpp file"),
    ],
)
def test_names_the_line_that_breaks_a_layer(tmp_path, name, include, complaint):
    code, out = check(tmp_path, {name: f"#pragma once\n\n#include <string>\n#include {include}\n"})
    assert (code, out) == (1, f"src/{name}:4: {complaint}\n")


def test_asks_where_a_new_folder_belongs(tmp_path):
    code, out = check(tmp_path, {"utils/text.h": "#pragma once\n"})
    assert (code, out) == (1, "src/utils/text.h:1: src/utils is in no layer\n")
