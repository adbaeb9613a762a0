"""What can be configured for `check`: every key, what it takes, and what it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

MOST_SCORE = 100
MOST_DAYS = 36_500
"""How far ahead an acceptance may be allowed to reach, in days: a hundred years."""

TODAY = "today"
"""The day on which the program runs."""

PERCENTAGE = r"^(100(\.0+)?|[0-9]{1,2}(\.[0-9]{1,20})?) ?%$"


class Kind(StrEnum):
    """What a key takes, in the words in which anything else is refused."""

    METHOD = "the id or the path of a questionnaire"
    DAY = "a day, written as YYYY-MM-DD, or today"
    VERDICT = "the id of a verdict"
    RISK = "a risk level"
    SCORE = "a score from 0 to 100"
    SHARE = "a share from 0 to 1, or a percentage such as 80%"
    FLAG = "true or false"
    SEVERITY = "error, warning or note"
    RULES = "a list of codes of rules that can be accepted, such as BPO413"
    PATTERNS = "a list of patterns as in .gitignore"
    PATH = "the path of a file"
    DAYS = "a number of days, 1 or more"
    CONFIGURATION = "the path of a configuration, a file that ends in .toml"
    VERSIONS = "versions of bpo-assess, such as >=0.4"


@dataclass(frozen=True, slots=True)
class Key:
    """Something that can be configured."""

    name: str
    kind: Kind
    meaning: str
    """What it does, for editors to show."""
    in_files_only: bool = False
    """Whether it is about the file in which it stands, and can be given nowhere else."""


KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key(
            "requires-version",
            Kind.VERSIONS,
            "The versions of bpo-assess that this configuration is for; any other refuses it.",
            in_files_only=True,
        ),
        Key(
            "extend",
            Kind.CONFIGURATION,
            "Another configuration, whose keys count where this one does not give them; the path is "
            "seen from the folder of this file.",
            in_files_only=True,
        ),
        Key(
            "questionnaire",
            Kind.METHOD,
            "The method to check against: a shipped id, or a path seen from the folder of this file. "
            "Where absent, each description says.",
        ),
        Key(
            "as-of",
            Kind.DAY,
            "The day by which reviews are overdue and acceptances end; `today` reads the clock.",
        ),
        Key("require", Kind.VERDICT, "The verdict that every process must reach at least."),
        Key("min-candidacy", Kind.SCORE, "The least candidacy, at the low end of its range."),
        Key("min-suitability", Kind.SCORE, "The least suitability, at the low end of its range."),
        Key("min-readiness", Kind.SCORE, "The least readiness, at the low end of its range."),
        Key("max-risk", Kind.RISK, "The highest residual risk that may be, at its worst."),
        Key("min-coverage", Kind.SHARE, "The least share of the method that is known."),
        Key(
            "min-evidence",
            Kind.SHARE,
            "The least share that has evidence, at its worst: an open question has none.",
        ),
        Key("firm", Kind.FLAG, "Whether no open question may be able to change the verdict."),
        Key("fail-on", Kind.SEVERITY, "The least severity that keeps the gate closed."),
        Key("ignore", Kind.RULES, "Rules whose findings are not looked for."),
        Key(
            "exclude",
            Kind.PATTERNS,
            "What is passed over in folders, as patterns seen from the folder of this file.",
        ),
        Key(
            "acceptances",
            Kind.PATH,
            "The file of acceptances, seen from the folder of this file.",
        ),
        Key(
            "baseline",
            Kind.PATH,
            "The baseline of findings that are known, seen from the folder of this file.",
        ),
        Key(
            "max-acceptance-days",
            Kind.DAYS,
            "How many days ahead an acceptance may reach; a year where nothing is said.",
        ),
    )
}
"""Everything that can be configured, by name."""
