"""Process descriptions at the head of Markdown documents, between two lines of three hyphens."""

import re

from bpo_assess.documents import MAX_BYTES

_SUFFIXES = (".md", ".markdown")
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?---[ \t]*\r?\n")
_CLOSING = re.compile(rb"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE)


def is_markdown(name: str) -> bool:
    """Tell a Markdown document by its name."""
    return name.lower().endswith(_SUFFIXES)


def front_matter(raw: bytes) -> bytes:
    """Take the front matter of a document, its lines where they were; nothing where there is none.

    Where the closing line is missing, all that follows is taken: nobody would learn of a description
    that is passed over for want of it.
    """
    if len(raw) > MAX_BYTES:
        return raw
    opening = _OPENING.match(raw)
    if not opening:
        return b""
    closing = _CLOSING.search(raw, opening.end())
    return b"\n" + raw[opening.end() : closing.start() if closing else None]
