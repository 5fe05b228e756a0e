"""GitHub's expressions, as far as our action and workflows use them: contexts, `==` `!=` `!`
`&&` `||`, parentheses, literals and functions, with GitHub's loose idea of equality."""

import json
import re

TOKEN = re.compile(r"""\s*(?:
    (?P<number>-?\d+(?:\.\d+)?) | (?P<string>'(?:[^']|'')*') |
    (?P<operator>==|!=|&&|\|\||[!().,\[\]]) | (?P<name>[A-Za-z_][A-Za-z0-9_-]*) | (?P<star>\*)
)""", re.VERBOSE)
WORDS = {"true": True, "false": False, "null": None}


class Wrong(Exception):
    """An expression that GitHub would refuse."""


def tokens(text):
    at, found = 0, []
    text = text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise Wrong(f"{text!r} at {at}")
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


def is_true(value):
    return value not in (None, False, 0, "")


def as_number(value):
    if value is None:
        return 0
    if isinstance(value, (bool, int, float)):
        return float(value)
    try:
        return float(value) if value else 0
    except (TypeError, ValueError):
        return float("nan")


def equal(left, right):
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    if type(left) is type(right):
        return left == right
    return as_number(left) == as_number(right)


def as_text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value)
    return str(value)


def contains(where, what):
    if isinstance(where, list):
        return any(equal(one, what) for one in where)
    return as_text(what).lower() in as_text(where).lower()


FUNCTIONS = {
    "contains": contains,
    "startsWith": lambda text, start: as_text(text).lower().startswith(as_text(start).lower()),
    "format": lambda text, *values: re.sub(r"\{(\d+)\}", lambda m: as_text(values[int(m[1])]), text),
    "fromJSON": json.loads,
}


class Expression:
    def __init__(self, text, contexts, functions):
        self._tokens, self._at = tokens(text), 0
        self._contexts, self._functions = contexts, {**FUNCTIONS, **functions}

    def value(self):
        result = self._or()
        if self._at != len(self._tokens):
            raise Wrong(f"nothing may follow {self._tokens[:self._at]}")
        return result

    def _next(self, *wanted):
        if self._at < len(self._tokens) and self._tokens[self._at][1] in wanted:
            self._at += 1
            return self._tokens[self._at - 1][1]
        return None

    def _expect(self, wanted):
        if not self._next(wanted):
            raise Wrong(f"{wanted} is missing")

    def _or(self):
        left = self._and()
        while self._next("||"):
            right = self._and()
            left = left if is_true(left) else right
        return left

    def _and(self):
        left = self._equality()
        while self._next("&&"):
            right = self._equality()
            left = right if is_true(left) else left
        return left

    def _equality(self):
        left = self._unary()
        while operator := self._next("==", "!="):
            same = equal(left, self._unary())
            left = same if operator == "==" else not same
        return left

    def _unary(self):
        if self._next("!"):
            return not is_true(self._unary())
        if self._next("("):
            inner = self._or()
            self._expect(")")
            return inner
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind != "name":
            raise Wrong(f"{text} has no place here")
        return self._call(text) if self._next("(") else self._lookup(text)

    def _call(self, name):
        arguments = []
        while not self._next(")"):
            arguments.append(self._or())
            self._next(",")
        if name not in self._functions:
            raise Wrong(f"{name} is no function here")
        return self._functions[name](*arguments)

    def _lookup(self, name):
        if name in WORDS:
            return WORDS[name]
        if name not in self._contexts:
            raise Wrong(f"{name} is no context here")
        value = self._contexts[name]
        while operator := self._next(".", "["):
            if operator == ".":
                key = self._tokens[self._at][1]
                self._at += 1
            else:
                key = self._or()
                self._expect("]")
            value = value.get(key) if isinstance(value, dict) else None
        return value


def evaluate(text, contexts, functions):
    return Expression(text, contexts, functions).value()


def fill(text, contexts, functions):
    """A string of a workflow with its `${{ … }}` replaced, once: what comes in is not read again."""
    if not isinstance(text, str):
        return as_text(text)
    return re.sub(r"\$\{\{(.*?)\}\}",
                  lambda match: as_text(evaluate(match[1], contexts, functions)), text, flags=re.S)


def holds(condition, contexts, functions):
    """An `if:`: success() is meant where no status function is named."""
    text = as_text(condition).strip()
    if text.startswith("${{") and text.endswith("}}"):
        text = text[3:-2]
    if not re.search(r"\b(success|failure|cancelled|always)\s*\(", text):
        text = f"success() && ({text})" if text else "success()"
    return is_true(evaluate(text, contexts, functions))
