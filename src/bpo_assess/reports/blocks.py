"""What full reports are made of, before any markup: phrases, and the blocks in which they stand.

Texts are plain: whoever renders a block makes sure that nothing in them becomes markup.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bpo_assess.model.process import Evidence
from bpo_assess.reports.charts import Contributions, Quadrant, Tornado


@dataclass(frozen=True, slots=True)
class Strong:
    """A text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """An id, a fingerprint or a file name."""

    text: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole (0 to 1), to be drawn beside its figure; text formats leave it out."""

    part: float
    favourable: bool


@dataclass(frozen=True, slots=True)
class Span:
    """An index and its range (0-100), to be drawn beside its figures; text formats leave it out."""

    value: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Several:
    """Phrases that belong together without making a sentence."""

    parts: tuple["Phrase", ...]


Inline = str | Strong | Code | Evidence | Share | Span | Several
Phrase = Inline | tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Remark:
    """A paragraph that is set apart."""

    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a chapter; an anchor can be referred to."""

    text: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; an entry may have entries of its own."""

    entries: tuple["Bullet", ...]


@dataclass(frozen=True, slots=True)
class Bullet:
    """An entry of a list."""

    phrase: Phrase
    below: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its name, whether it holds figures, whether it is only drawn."""

    name: str
    right: bool = False
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Phrase, ...], ...]
    totals: frozenset[int] = frozenset()
    """Rows that sum up others."""
    titled: bool = False
    """Whether the title has to be read where there is no other heading for it."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """A cell of the risk map: its level and the numbers of the risks in it."""

    level: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RiskMap:
    """The map of likelihood (rows, highest first) and impact (columns, lowest first)."""

    title: str
    levels: tuple[str, ...]
    """All levels, least first."""
    rows: tuple[tuple[int, tuple[MapCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Console:
    """A command to type."""

    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The recommendation in short."""

    stance: str
    """What it says about outsourcing, or `undetermined`."""
    title: str
    certainty: str
    """How sure it is, in a word; empty where it is no verdict."""
    summary: str
    indices: tuple[tuple[str, str, str], ...]
    """Name, value and range of every axis and of the candidacy."""
    standing: str
    explained: str
    """How sure it is, in a sentence."""


Block = (
    Paragraph
    | Remark
    | Heading
    | Bullets
    | Table
    | RiskMap
    | Console
    | Verdict
    | Quadrant
    | Contributions
    | Tornado
)


Blocks = tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Extra:
    """A chapter that a report has only where somebody asked for it."""

    blocks: Blocks
    brief: Blocks
    """What a screen shows of it: paragraphs and lists."""
    option: str
    """What asks `score` for it."""


Extras = Mapping[str, Extra]
"""What was asked for, by the key of the chapter."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a report, with the number or letter it goes by."""

    id: str
    label: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report on one process."""

    title: str
    facts: tuple[tuple[str, Phrase], ...]
    opening: tuple[Block, ...]
    chapters: tuple[Chapter, ...]


def bullets(phrases: Sequence[Phrase]) -> Bullets:
    """Make a list without entries below."""
    return Bullets(tuple(Bullet(phrase) for phrase in phrases))
