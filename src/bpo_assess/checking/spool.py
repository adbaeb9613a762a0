"""What is too much for memory, in its order, to be gone through again and again."""

import tempfile
import weakref
from collections.abc import Iterator
from typing import BinaryIO, cast

from bpo_assess.checking.packing import pack, unpack
from bpo_assess.gate.finding import CheckedFile

IN_MEMORY = 4_000_000
"""Bytes from which on entries wait on disk, so that a check of many files takes no more memory."""

_LENGTH = 4
"""Bytes that tell how long an entry is."""


class Entries:
    """A growing row of bytes, which goes when nobody needs it any more."""

    def __init__(self) -> None:
        """Begin with none."""
        spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  outlives this call
        self._stream = cast("BinaryIO", spooled)
        weakref.finalize(self, spooled.close)
        self._end = 0

    def add(self, raw: bytes) -> None:
        """Put one more at the end."""
        self._stream.seek(self._end)
        self._stream.write(len(raw).to_bytes(_LENGTH, "big") + raw)
        self._end += _LENGTH + len(raw)

    def __iter__(self) -> Iterator[bytes]:
        """Go through all of them, from the first."""
        place = 0
        while place < self._end:
            self._stream.seek(place)
            length = int.from_bytes(self._stream.read(_LENGTH), "big")
            yield self._stream.read(length)
            place += _LENGTH + length


class Spool:
    """A growing row of checked files."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entries = Entries()

    def add(self, file: CheckedFile, packed: bytes | None = None) -> None:
        """Put one more at the end, in the bytes that it was packed into already, if it was."""
        self._entries.add(packed or pack(file))

    def __iter__(self) -> Iterator[CheckedFile]:
        """Go through all of them, from the first."""
        return map(unpack, self._entries)
