"""The documentation, as the tests read it: pages, their links and their blocks of code."""

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import markdown
from bs4 import BeautifulSoup

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"^```(\w+)[ ]?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Block:
    """A block of code; ``role`` is the word after its language, such as ``hooks``."""

    language: str
    role: str
    code: str


@dataclass(frozen=True)
class DocPage:
    path: Path

    def __str__(self):
        return str(self.path.relative_to(ROOT))

    @cached_property
    def text(self):
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def soup(self):
        made = markdown.markdown(self.text, extensions=["fenced_code", "tables", "toc"])
        return BeautifulSoup(made, "html.parser")

    @cached_property
    def links(self):
        wanted = [link["href"] for link in self.soup("a")] + [i["src"] for i in self.soup("img")]
        return [link for link in wanted if not link.startswith("http")]

    @property
    def headings(self):
        return [heading.get_text() for heading in self.soup(["h1", "h2", "h3"])]

    def blocks(self, language="python", role=None):
        found = (Block(language=m[1], role=m[2], code=m[3]) for m in _BLOCK.finditer(self.text))
        return [b for b in found if b.language == language and role in (None, b.role)]


@cache
def page(name):
    return DocPage(ROOT / name)


PAGES = [page("README.md"), *map(page, sorted((ROOT / "docs").rglob("*.md")))]
