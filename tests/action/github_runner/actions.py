"""Our action, laid out as GitHub lays out the repo of an action that it fetched."""

import os
import shutil
from pathlib import Path

REPO = Path(__file__).resolve().parents[3]
# What its steps run, and what they only look at to tell one source from another.
FOLDERS, FILES = ("scripts", "action"), ("CMakeLists.txt", "CMakePresets.json", "action.yml")
LOOKED_AT = ("src", "cmake", "templates", "configs")

# What the real script leaves behind after minutes.
BUILD = """#!/usr/bin/env bash
set -euo pipefail
folder=$(cd "$(dirname "$0")/.." && pwd)
echo "building loadgate" >&2
mkdir -p "$folder/build/release"
cp --reflink=auto {binary} "$folder/build/release/loadgate"
"""


class PublishedAction:
    def __init__(self, folder, binary):
        self.folder = Path(folder) / "someone" / "loadgate" / "commit"
        for name in FOLDERS:
            shutil.copytree(REPO / name, self.folder / name)
        for name in LOOKED_AT:
            (self.folder / name).mkdir()
            (self.folder / name / "one").write_text(name)
        for name in FILES:
            shutil.copy(REPO / name, self.folder)
        self.build(BUILD.format(binary=binary))

    def build(self, script):
        """What scripts/build is from now on."""
        path = self.folder / "scripts" / "build"
        path.write_text(script)
        path.chmod(0o755)

    def copy(self, folder):
        """Another commit of the action, to change."""
        copied = object.__new__(PublishedAction)
        copied.folder = Path(folder) / "someone" / "loadgate" / "other"
        shutil.copytree(self.folder, copied.folder, ignore=shutil.ignore_patterns("build"))
        return copied

    def releases(self, text):
        (self.folder / "action" / "releases").write_text(text)

    def __call__(self, repository, version):
        assert repository.endswith("/loadgate") and version, f"{repository}@{version} is not known here"
        return self.folder


def script(path, text):
    path.write_text(text)
    os.chmod(path, 0o755)
    return path
