"""What a step says to GitHub: commands in its output, and the files it writes to.

As GitHub's runner reads them: `::name key=value::data` where a line begins with it, spaces
aside, and the older `##[name key=value;]data` anywhere in a line."""

import re
from dataclasses import dataclass, field

KNOWN = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher",
         "remove-matcher", "set-output", "save-state", "set-env", "add-path", "echo",
         "stop-commands"}
ANNOTATIONS = ("error", "warning", "notice")
MOST = 10  # Annotations of a kind that a step may have; GitHub drops the others.
LARGEST_SUMMARY = 1024 * 1024


@dataclass
class Command:
    name: str
    properties: dict
    data: str
    is_old: bool = False  # ##[…]


@dataclass
class Said:
    """All that one step told GitHub."""

    commands: list = field(default_factory=list)
    log: list = field(default_factory=list)

    def annotations(self, *kinds):
        return [one for one in self.commands if one.name in (kinds or ANNOTATIONS)]


def unescape(text, *more):
    for mark, character in (("%0D", "\r"), ("%0A", "\n"), *more, ("%25", "%")):
        text = text.replace(mark, character)
    return text


def _properties(text, separator, *escapes):
    pairs = (pair.split("=", 1) for pair in text.split(separator) if "=" in pair)
    return {key.strip(): unescape(value, *escapes) for key, value in pairs}


def parse(line, known):
    line = line.lstrip()
    new = re.match(r"::([^ ]*?)(?: (.*?))?::(.*)$", line, re.S)
    if new and new[1] in known:
        properties = _properties(new[2] or "", ",", ("%3A", ":"), ("%2C", ","))
        return Command(new[1], properties, unescape(new[3]))
    old = re.search(r"##\[([^ \]]*)(?: ([^\]]*))?\](.*)$", line, re.S)
    if old and old[1] in known:
        escapes = (("%3B", ";"), ("%5D", "]"))
        return Command(old[1], _properties(old[2] or "", ";", *escapes),
                       unescape(old[3], *escapes), is_old=True)
    return None


def read_output(text):
    """Line by line, as a step's output comes."""
    said, resume = Said(), None
    for line in re.split(r"\r\n|\r|\n", text):  # As .NET does, and at nothing else.
        command = parse(line, KNOWN | ({resume} if resume else set()))
        if resume:
            said.log.append(line)
            if command and command.name == resume:
                resume = None
        elif command and command.name == "stop-commands":
            resume = command.data
            assert resume and resume not in KNOWN, "GitHub refuses such a token"
        elif command:
            said.commands.append(command)
        else:
            said.log.append(line)
    return said


def read_pairs(path):
    """GITHUB_OUTPUT and GITHUB_ENV: NAME=VALUE, or NAME<<END … END."""
    lines, pairs = path.read_text().split("\n"), {}
    while lines:
        line = lines.pop(0)
        if not line:
            continue
        equals, heredoc = line.find("="), line.find("<<")
        if equals >= 0 and (heredoc < 0 or equals < heredoc):
            pairs[line[:equals]] = line[equals + 1:]
            continue
        assert heredoc > 0, f"GitHub refuses the line {line!r}"
        end, value = line[heredoc + 2:], []
        while lines[0] != end:
            value.append(lines.pop(0))
        lines.pop(0)
        pairs[line[:heredoc]] = "\n".join(value)
    return pairs
