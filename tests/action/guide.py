"""The documents as somebody follows them: their files, and what they say to type."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


class Guide:
    def __init__(self, name):
        self.text = (DOCS / name).read_text()

    @property
    def files(self):
        """Blocks that open with a comment that is a path and no more, by path."""
        found = re.findall(r"^```\w+\n(?:#|//) (\S+)\n(.*?)^```$", self.text, re.M | re.S)
        return dict(found)

    def commands(self, heading):
        """All that a section says to type, in order."""
        section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", self.text, re.M | re.S)[1]
        return re.findall(r"^```sh\n(.*?)^```$", section, re.M | re.S)
