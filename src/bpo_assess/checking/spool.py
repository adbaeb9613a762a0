"""Checked files in their order, to be gone through again and again, however many they are."""

import tempfile
import weakref
from collections.abc import Iterator
from typing import BinaryIO, cast

from bpo_assess.checking.packing import pack, unpack
from bpo_assess.gate.finding import CheckedFile

IN_MEMORY = 8_000_000
"""Bytes from which on the files wait on disk, so that a check of many takes no more memory."""

_LENGTH = 4
"""Bytes that tell how long an entry is."""


class Spool:
    """A growing row of checked files, which goes when nobody needs it any more."""

    def __init__(self) -> None:
        """Begin with none."""
        spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  outlives this call
        self._stream = cast("BinaryIO", spooled)
        weakref.finalize(self, spooled.close)
        self._end = 0

    def add(self, file: CheckedFile) -> None:
        """Put one more at the end."""
        raw = pack(file)
        self._stream.seek(self._end)
        self._stream.write(len(raw).to_bytes(_LENGTH, "big") + raw)
        self._end += _LENGTH + len(raw)

    def __iter__(self) -> Iterator[CheckedFile]:
        """Go through all of them, from the first."""
        place = 0
        while place < self._end:
            self._stream.seek(place)
            length = int.from_bytes(self._stream.read(_LENGTH), "big")
            yield unpack(self._stream.read(length))
            place += _LENGTH + length
