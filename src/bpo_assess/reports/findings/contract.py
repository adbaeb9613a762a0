"""A check as other programs see it: every key of `bpo-assess/check/v1`.

Scores run from 0 to 100. Nothing is known where a value is null. Keys may be added; none is renamed or
removed.
"""

import sys
from typing import Any, Literal

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict


class ToolObject(TypedDict):
    """The program that checked."""

    name: Literal["bpo-assess"]
    """Its name."""
    version: str
    """Its version."""


class CountsObject(TypedDict):
    """What all files together come to."""

    files: int
    """Descriptions, whether or not they could be assessed."""
    unusable: int
    """Files that could not be used, and folders that could not be looked into."""
    unchecked: int
    """Descriptions that were not looked at, because a file that they depend on cannot be used."""
    failing: int
    """Files that could be used and keep the gate closed."""
    errors: int
    """Open findings that are errors."""
    warnings: int
    """Open findings that are warnings."""
    notes: int
    """Open findings that are notes."""
    accepted: int
    """Findings that somebody has accepted."""
    known: int
    """Findings that stand in the baseline."""
    answered: int
    """Questions that are answered, over all files."""
    applicable: int
    """Questions that apply, over all files."""
    others: int
    """Files of folders that were passed over, because they are no descriptions."""
    links: int
    """Symbolic links in folders, which are not followed."""
    ignored: int
    """Files and folders that were left out by `.gitignore` or `exclude`."""


class CandidacyObject(TypedDict):
    """The candidacy from 0 to 100, rounded half up to 0.1."""

    value: float | None
    """Over what is known."""
    low: float | None
    """With every open question at 0."""
    high: float | None
    """With every open question at 4."""


class StandingObject(TypedDict):
    """What a process was assessed to be."""

    verdict: str
    """The id of the verdict, or `undetermined`."""
    firm: bool
    """Whether no open answer can change it."""
    candidacy: CandidacyObject
    """The mean of the axes: it ranks, and never decides."""


class AcceptanceObject(TypedDict):
    """A decision to live with a finding for a while."""

    owner: str
    """Who accepted it."""
    reason: str
    """Why."""
    until: str
    """The last day on which it holds."""
    ticket: str | None
    """Where more is written about it."""


class FoundObject(TypedDict):
    """One finding."""

    code: str
    """The stable code of the rule; `bpo-assess explain CODE` explains it."""
    name: str | None
    """The name of the rule."""
    severity: Literal["error", "warning", "note"]
    """How much it matters."""
    message: str
    """What was found."""
    note: str | None
    """What else there is to know."""
    hint: str | None
    """What would mend it."""
    status: Literal["open", "accepted", "known"]
    """How it stands with the team: open, accepted until a day, or known from the baseline."""
    fails: bool
    """Whether it keeps the gate closed."""
    acceptance: AcceptanceObject | None
    """The decision by which it is accepted."""
    process: str
    """The id of the process; for a file that has none, the file."""
    subject: str
    """What it is about within the process; empty for the whole."""
    fingerprint: str
    """A name that stays while lines move: from rule, process, subject and a count."""
    elsewhere: str | None
    """The other file, such as a questionnaire, in which the place lies, where it is not this one."""
    line: int | None
    """The line, from 1."""
    column: int | None
    """The column in characters, from 1."""
    end_line: int | None
    """The line in which it ends."""
    end_column: int | None
    """The column behind its last character."""


class FileObject(TypedDict):
    """A file and what was found in it."""

    file: str
    """The file as it was named or would be named."""
    uri: str
    """Its path from the root of its repository."""
    describes: bool
    """Whether it stands for a process; other files have findings too, such as one of acceptances."""
    process: str | None
    """The id of the process, where the file could be read that far."""
    title: str | None
    """The name of the process."""
    questionnaire: str | None
    """The id and version of the questionnaire."""
    usable: bool
    """Whether it could be assessed, or used as what it is."""
    standing: StandingObject | None
    """What it was assessed to be, where that was asked for."""
    answered: int
    """Questions that are answered."""
    applicable: int
    """Questions that apply."""
    findings: list[FoundObject]
    """What was found, in the order of lines."""


class CheckObject(TypedDict):
    """One check of many files."""

    format: Literal["bpo-assess/check/v1"]
    """What kind of file this is."""
    tool: ToolObject
    """The program that checked."""
    as_of: str | None
    """The day for which dates were weighed; null where none was given, or several."""
    gate: Literal["open", "closed", "unusable"]
    """Whether the gate opens; unusable: it could not be told."""
    exit_code: int
    """The same as a number, 0, 1 or 2; --exit-zero does not change it."""
    accepts: bool
    """Whether acceptances and baselines were looked at: --no-accept leaves them aside."""
    counts: CountsObject
    """What all files together come to."""
    files: list[FileObject]
    """The descriptions in their order, then other files with findings."""


def check_schema() -> dict[str, Any]:
    """Describe the JSON of `check` by a JSON Schema (draft-07)."""
    # What draws schemas takes long to import, and a check can do without it.
    from bpo_assess.reports.schema import schema_of_type  # noqa: PLC0415

    return schema_of_type("Check", CheckObject)
