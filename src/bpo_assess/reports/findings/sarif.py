"""What a check found as SARIF 2.1.0, with what GitHub code scanning asks for beyond the standard."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpo_assess import __version__
from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.diagnostics.rule import Rule
from bpo_assess.documents.text import visible
from bpo_assess.gate.finding import RANK, Acceptance, CheckedFile, Finding, Status
from bpo_assess.gate.outcome import UNUSABLE
from bpo_assess.gate.run import Run
from bpo_assess.reports.findings import Style
from bpo_assess.reports.findings.interchange import (
    Object,
    Place,
    address,
    counts,
    decision,
    details,
    elsewhere,
    filled,
    incomplete,
    path_below,
    path_of,
    place_in,
    place_of,
    sentence,
    title_of,
)

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_RESULTS = 25_000
"""Code scanning refuses a file with more results in a run."""
LONGEST = 1024
"""Code scanning takes descriptions of rules up to this many characters."""


def render(run: Run, style: Style) -> Iterator[str]:
    """Render a check as a log of one run: every rule, and the gravest results in the order of files."""
    room = _room(run, style)
    frame = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(run, room)]}
    return filled(frame, _results(run, style, room))


def _run(run: Run, room: "_Room") -> Object:
    return {
        "tool": {
            "driver": {
                "name": "bpo-assess",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "automationDetails": {"id": "bpo-assess/check/"},
        "invocations": [_invocation(run, room)],
        "columnKind": "unicodeCodePoints",
        "properties": counts(run),
        "results": [],
    }


def _invocation(run: Run, room: "_Room") -> Object:
    missing = incomplete(run)
    told = [_notification("error", sentence(missing))] if missing else []
    if room.left_out:
        text = f"{room.left_out} of the less grave findings are left out: {MOST_RESULTS} fit."
        told.append(_notification("warning", text))
    return {
        "executionSuccessful": run.tally.code != UNUSABLE,
        "exitCode": run.tally.code,
        **({"toolExecutionNotifications": told} if told else {}),
    }


def _notification(level: str, text: str) -> Object:
    return {"level": level, "message": {"text": text}}


# Rules


_PRECISION = {Severity.ERROR: "very-high", Severity.WARNING: "high", Severity.NOTE: "medium"}
_SHOWN_AS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_FAMILIES = {
    "BPO1": "file",
    "BPO2": "content",
    "BPO3": "references",
    "BPO4": "assessment",
    "BPO5": "gate",
}


def _rule(rule: Rule) -> Object:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.what[:LONGEST]},
        "fullDescription": {"text": f"{rule.what} {rule.why}"[:LONGEST]},
        "help": {"text": "\n\n".join(_help(rule, "{}:\n{}")), "markdown": _markdown(rule)},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {
            "tags": [_FAMILIES.get(rule.code[:4], "other")],
            "precision": _PRECISION[rule.severity],
            "problem.severity": _SHOWN_AS[rule.severity],
        },
    }


def _markdown(rule: Rule) -> str:
    runs = re.findall("`+", f"{rule.wrong}{rule.right}")
    fence = "`" * max([3, *(len(run) + 1 for run in runs)])
    return "\n\n".join(_help(rule, f"{{}}:\n\n{fence}\n{{}}\n{fence}"))


def _help(rule: Rule, example: str) -> Iterator[str]:
    yield from (rule.what, rule.why)
    for word, text in (("Wrong", rule.wrong), ("Right", rule.right)):
        if text is not None:
            yield example.format(word, text.rstrip("\n"))
    yield rule.fix


_INDEXES = {code: index for index, code in enumerate(RULES)}


# Which results there are


Gravity = tuple[bool, int]


@dataclass(frozen=True, slots=True)
class _Room:
    """How many results fit."""

    limits: Mapping[Gravity, int] | None = None
    """How many of each gravity, where not all fit."""
    left_out: int = 0


def _room(run: Run, style: Style) -> _Room:
    tally = run.tally
    shown = tally.errors + tally.warnings + tally.notes
    if style.accepted == "mark":
        shown += tally.accepted + tally.known
    if shown <= MOST_RESULTS:
        return _Room()
    found = Counter(_gravity(finding) for _, finding in _shown(run, style))
    limits, left = {}, MOST_RESULTS
    for gravity in sorted(found):
        limits[gravity] = min(found[gravity], left)
        left -= limits[gravity]
    return _Room(limits, found.total() - sum(limits.values()))


def _gravity(finding: Finding) -> Gravity:
    """Order findings: what is open first, then what is grave."""
    return finding.status is not Status.OPEN, -RANK[finding.diagnostic.severity]


def _shown(run: Run, style: Style) -> Iterator[tuple[CheckedFile, Finding]]:
    for file in run.files:
        for finding in file.findings:
            if style.accepted == "mark" or finding.status is Status.OPEN:
                yield file, finding


def _results(run: Run, style: Style, room: _Room) -> Iterator[Object]:
    marking = style.accepted == "mark"
    # These say something of all results of a run or of none.
    compared, reviewed = marking and run.tally.known > 0, marking and run.tally.accepted > 0
    taken: Counter[Gravity] = Counter()
    for file, finding in _shown(run, style):
        if room.limits is not None:
            gravity = _gravity(finding)
            if taken[gravity] >= room.limits[gravity]:
                continue
            taken[gravity] += 1
        yield _result(file, finding) | _agreed(finding, compared=compared, reviewed=reviewed)


def _agreed(finding: Finding, *, compared: bool, reviewed: bool) -> Object:
    found: Object = {}
    if compared:
        found["baselineState"] = "unchanged" if finding.status is Status.KNOWN else "new"
    if reviewed:
        acceptance = finding.acceptance
        found["suppressions"] = [_suppression(acceptance)] if acceptance else []
    return found


def _suppression(acceptance: Acceptance) -> Object:
    return {
        "kind": "inSource" if acceptance.inline else "external",
        "status": "accepted",
        "justification": sentence(decision(acceptance)),
    }


# What a result looks like


def _result(file: CheckedFile, finding: Finding) -> Object:
    problem = finding.diagnostic
    index = _INDEXES.get(problem.code)
    related = list(_related(file, finding))
    return {
        "ruleId": problem.code,
        **({} if index is None else {"ruleIndex": index}),
        "kind": "fail",
        "level": problem.severity.value,
        "message": {"text": _message(file, finding)},
        "locations": [_location(path_of(file), place_in(file, problem))],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"bpoAssess/v1": finding.fingerprint},
        "properties": {
            "process": visible(finding.process),
            "subject": visible(finding.subject),
            "fails": file.fails(finding),
        },
    }


def _message(file: CheckedFile, finding: Finding) -> str:
    """Begin with a sentence that stands alone, because often no more is shown."""
    said = [title_of(file, finding), *details(finding)]
    return _unlinked(" ".join(map(sentence, said)))


def _unlinked(text: str) -> str:
    """Keep brackets from being read as a link, which SARIF knows even in plain text."""
    return re.sub(r"(\\*)\]\(", r"\1\1\\](", text)


def _location(path: str, place: Place) -> Object:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": address(path)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.line,
                "endColumn": place.end_column,
            },
        }
    }


def _related(file: CheckedFile, finding: Finding) -> Iterator[Object]:
    places = [*_cause(file, finding), *_acceptance(file, finding.acceptance)]
    for number, (path, place, text) in enumerate(places, 1):
        yield {"id": number, **_location(path, place), "message": {"text": text}}


def _cause(file: CheckedFile, finding: Finding) -> Iterator[tuple[str, Place, str]]:
    problem = finding.diagnostic
    path = path_below(problem.file) if elsewhere(file, problem) else None
    if path is not None:
        yield path, place_of(problem.span, problem.excerpt), "The cause."


def _acceptance(
    file: CheckedFile, acceptance: Acceptance | None
) -> Iterator[tuple[str, Place, str]]:
    if acceptance is None:
        return
    path = path_of(file) if acceptance.inline else path_below(acceptance.file)
    if path is not None:
        yield path, place_of(acceptance.span, acceptance.excerpt), "Accepted here."
