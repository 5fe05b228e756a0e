"""A loadgate that writes down how it was called, and ends as it is told."""

import shlex
from pathlib import Path

FAKE = """#!/usr/bin/env bash
set -eu
[ "$1" != --version ] || {{ echo "loadgate 0.0.0 (a fake)"; exit; }}
told={folder} out={folder}/nowhere
printf '%s\\0' "$@" > "$told/arguments"
env -0 > "$told/environment"
cp "$2" "$told/plan" 2>/dev/null || rm -f "$told/plan"
while [ $# -gt 0 ]; do
  case $1 in
    --out) out=$2 ;;
    --baseline) rm -rf "$told/baseline"; cp -r "$2" "$told/baseline" ;;
  esac
  shift
done
. "$told/act"
"""
REPORTS = "mkdir -p $out; echo '{}' > $out/result.json; echo '<testsuites/>' > $out/junit.xml\n"


class FakeLoadgate:
    def __init__(self, folder, published):
        self.folder = Path(folder) / "fake"
        self.folder.mkdir()
        self.actions = published.copy(folder)
        program = self.folder / "loadgate"
        program.write_text(FAKE.format(folder=shlex.quote(str(self.folder))))
        program.chmod(0o755)
        self.actions.build(f'#!/bin/sh\nset -e\nmkdir -p "$(dirname "$0")/../build/release"\n'
                           f'cp {program} "$(dirname "$0")/../build/release/loadgate"\n')
        self.ends(0)

    def ends(self, code, more=""):
        (self.folder / "act").write_text(f"{REPORTS}{more}\nexit {code}\n")

    def forget(self):
        for name in ("arguments", "environment", "plan"):
            (self.folder / name).unlink(missing_ok=True)
        self.ends(0)

    @property
    def was_called(self):
        return (self.folder / "arguments").exists()

    @property
    def arguments(self):
        return (self.folder / "arguments").read_text().split("\0")[:-1]

    @property
    def environment(self):
        pairs = (self.folder / "environment").read_text().split("\0")[:-1]
        return dict(pair.split("=", 1) for pair in pairs)

    def after(self, option):
        return self.arguments[self.arguments.index(option) + 1]

    @property
    def plan(self):
        return (self.folder / "plan").read_text()

    @property
    def baseline(self):
        return {path.name: path.read_text() for path in (self.folder / "baseline").rglob("*")
                if path.is_file()}
