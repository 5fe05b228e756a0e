"""Markdown as GitHub renders it, taken apart."""

import subprocess
from html.parser import HTMLParser


def rendered(text):
    """HTML with the extensions that GitHub has on; raw HTML stays, as GitHub lets some of it."""
    extensions = [word for name in ("table", "strikethrough", "autolink", "tagfilter", "tasklist")
                  for word in ("--extension", name)]
    done = subprocess.run(["cmark-gfm", "--unsafe", *extensions], input=text, text=True,
                          capture_output=True, timeout=20, check=True)
    return done.stdout


class Page(HTMLParser):
    """What is in a page: which tags, the rows of its tables, the text of its code blocks."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.rows, self.code, self.headings = set(), set(), [], [], []
        self._open = []
        self.feed(rendered(text))
        assert self._open == [], f"never closed: {self._open}"

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "code":
            self.code.append("")
        elif tag in ("h2", "h3"):
            self.headings.append("")

    def handle_endtag(self, tag):
        assert self._open and self._open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        if {"td", "th"} & set(self._open):
            self.rows[-1][-1] += data
        if "code" in self._open:
            self.code[-1] += data
        if {"h2", "h3"} & set(self._open):
            self.headings[-1] += data

    def handle_comment(self, data):
        raise AssertionError(f"a comment hides text: {data}")
