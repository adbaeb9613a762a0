"""A whole check, ready to be reported: every file in its order, and what it comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bpo_assess.gate.finding import CheckedFile
from bpo_assess.gate.outcome import Tally


@dataclass(frozen=True, slots=True)
class Run:
    """The outcome of a check of many files."""

    files: Iterable[CheckedFile]
    """Every file that has something to say, in a fixed order; it can be gone through again and again.

    Descriptions come first, in the order in which they were named or found, then what else has findings:
    configurations, acceptances, baselines, folders. Thousands of files need not fit into memory at once.
    """
    tally: Tally = field(default_factory=Tally)
    """What all files together come to; it says whether the gate opens."""
    others: int = 0
    """Files of folders that looked like descriptions and are none."""
    links: int = 0
    """Symbolic links in folders, which are not followed."""
    ignored: int = 0
    """Files and folders that were left out by `.gitignore` or `exclude`."""
    as_of: date | None = None
    """The day of assessment; where several configurations differ, none."""
    accepts: bool = True
    """Whether acceptances and baselines were looked at."""
    above: str = ""
    """The way from the folder in which a CI system works down to the repository, such as `checkout/`."""
