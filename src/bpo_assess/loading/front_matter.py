"""Process descriptions at the head of Markdown documents, between two lines of three hyphens."""

import re
from pathlib import PurePath

from bpo_assess.documents import MAX_BYTES

_SUFFIXES = {".md", ".markdown"}
_FENCED = re.compile(
    rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)


def is_markdown(name: str) -> bool:
    """Tell a Markdown document by its name."""
    return PurePath(name).suffix.lower() in _SUFFIXES


def front_matter(raw: bytes) -> bytes:
    """Take the front matter of a document, its lines where they were; nothing where there is none."""
    if len(raw) > MAX_BYTES:
        return raw
    found = _FENCED.match(raw)
    return b"\n" + found[1] if found else b""
