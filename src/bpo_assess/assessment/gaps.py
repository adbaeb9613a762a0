"""What a description leaves out or contradicts: looked for by a gate, never printed with a score."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from bpo_assess.assessment.answers import Responses, State, stated_evidence, states_evidence
from bpo_assess.assessment.measures import any_stated, has_one_accountable, is_stated, reviews
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.functions import Function
from bpo_assess.model.process import (
    DataClass,
    Direction,
    Evidence,
    Kpi,
    ProcessDescription,
    Step,
)
from bpo_assess.model.questionnaire import Fact

MONTHS_OF_PROOF = 24
"""Age in months from which evidence counts as stale: as for reviews, a convention of this program."""

MOST_FINDINGS = 1000
"""How many findings of one kind are given of one description."""


def gaps(
    process: ProcessDescription,
    responses: Responses,
    gates: frozenset[str],
    as_of: date | None,
    function: Function | None,
) -> Iterator[Diagnostic]:
    """Yield what is missing or does not agree, in the order of the description."""
    yield from limited(_steps(process))
    yield from limited(_kpis(process))
    yield from _reviewed(process, as_of)
    yield from limited(_stale(process, as_of))
    yield from _answers(responses, gates)
    yield from _contradictions(process, responses, function)


def limited(found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield findings, of each kind no more than anybody reads, and then how many were left out."""
    seen: Counter[tuple[str, Severity]] = Counter()
    for finding in found:
        kind = (finding.code, finding.severity)
        seen[kind] += 1
        if seen[kind] <= MOST_FINDINGS:
            yield finding
    for (code, severity), number in seen.items():
        if number > MOST_FINDINGS:
            text = f"{number - MOST_FINDINGS:,} more findings of this kind are left out"
            yield Diagnostic(code, severity, text, hint="mend the first ones", subject="others")


def _warning(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.WARNING, message, hint=hint, path=path)


def _note(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.NOTE, message, hint=hint, path=path)


# Steps and their exceptions


def _steps(process: ProcessDescription) -> Iterator[Diagnostic]:
    for place, step in enumerate(process.steps):
        path: KeyPath = ("steps", place, "name")
        for code, lacks, key, absent in _STEP_RULES:
            if absent(step):
                message = f"step `{step.name}` does not say {lacks}"
                yield _warning(code, message, path, f"add `{key}:`")
        named = [role for role in step.accountable or step.role if is_stated(role)]
        if (step.accountable or named) and not has_one_accountable(step):
            many = f"{len(named)} roles are" if named else "nobody is"
            message = f"{many} accountable for step `{step.name}`"
            key = "accountable" if step.accountable else "role"
            yield _warning("BPO417", message, ("steps", place, key), "name exactly one")
        yield from _exceptions(step, place)


_STEP_RULES: tuple[tuple[str, str, str, Callable[[Step], bool]], ...] = (
    ("BPO411", "who does it", "role", lambda step: not any_stated(step.role)),
    ("BPO412", "how it is done", "instructions", lambda step: not step.instructions),
    ("BPO413", "what it needs", "inputs", lambda step: not any_stated(step.inputs)),
    ("BPO414", "what it leaves behind", "outputs", lambda step: not any_stated(step.outputs)),
)
"""Instructions that are only a placeholder are found as such, by BPO403.

A step without any role has nobody who is accountable either: that is said once, by BPO411.
"""


def _exceptions(step: Step, place: int) -> Iterator[Diagnostic]:
    for number, exception in enumerate(step.exceptions):
        path: KeyPath = ("steps", place, "exceptions", number)
        if not is_stated(exception.rule):
            message = f"exception `{exception.name}` does not say what is done then"
            yield _warning("BPO415", message, path, "add `rule:`")
        if not is_stated(exception.owner):
            message = f"exception `{exception.name}` does not say who decides then"
            yield _warning("BPO416", message, path, "add `owner:`")


# Measures


_NEEDED = {
    "formula": "formula",
    "unit": "unit",
    "baseline": "baseline",
    "target": "target",
    "measured": "frequency",
    "owner": "owner",
}
"""What a KPI has to state, by its key, in words."""


def _kpis(process: ProcessDescription) -> Iterator[Diagnostic]:
    for place, kpi in enumerate(process.kpis):
        missing = [key for key in _NEEDED if not is_stated(getattr(kpi, key))]
        if missing:
            text = f"KPI `{kpi.name}` has no {_either(_NEEDED[key] for key in missing)}"
            hint = f"add {', '.join(f'`{key}:`' for key in missing)}"
            yield _warning("BPO418", text, ("kpis", place, "name"), hint)
        if _declines(kpi):
            text = f"the target of KPI `{kpi.name}`, {kpi.target}, is worse than today's {kpi.baseline}"
            yield _warning("BPO419", text, ("kpis", place, "target"))


def _either(words: Iterable[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} or {last}" if head else last


def _declines(kpi: Kpi) -> bool:
    today, aim = _figure(kpi.baseline, kpi.unit), _figure(kpi.target, kpi.unit)
    if today is None or aim is None or today[1] != aim[1] or kpi.direction is None:
        return False
    return aim[0] < today[0] if kpi.direction is Direction.UP else aim[0] > today[0]


_FIGURE = re.compile(
    r"(?:[<>]=?|[\u2264\u2265])?\s*(?P<number>[+-]?\d+(?:[.,]\d+)?)\s*(?P<unit>[^\d.,]*)"
)
_LONGEST_FIGURE = 60
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
"""A comma before three digits: a thousand to some readers, one to others."""


def _figure(text: str | None, unit: str | None) -> tuple[Decimal, str] | None:
    """Read a figure and the unit that is written with it; nothing where it can be read in two ways."""
    if text is None or len(text) > _LONGEST_FIGURE:
        return None
    found = _FIGURE.fullmatch(text.strip())
    if found is None or _THOUSANDS.fullmatch(found["number"]):
        return None
    written = _unit(found["unit"])
    return Decimal(found["number"].replace(",", ".")), "" if written == _unit(unit) else written


def _unit(text: str | None) -> str:
    folded = " ".join((text or "").casefold().split())
    return "%" if folded in {"percent", "per cent"} else folded


# Reviews, evidence and answers


def _reviewed(process: ProcessDescription, as_of: date | None) -> Iterator[Diagnostic]:
    """Where a day for the next review is stated, that day decides; it is looked at with every score."""
    if not reviews(process):
        yield _note("BPO420", "no day of review is stated", (), "add `reviewed: YYYY-MM-DD`")
    elif process.reviewed is not None and process.next_review is None and as_of is not None:
        age = _months(process.reviewed, as_of)
        if age > MONTHS_OF_PROOF:
            text = f"the last review, of {process.reviewed}, is {age} months old"
            yield _warning("BPO406", text, ("reviewed",), "review it, and set `next_review`")


def _stale(process: ProcessDescription, as_of: date | None) -> Iterator[Diagnostic]:
    if as_of is None:
        return
    for path, subject, item in proofs(process):
        age = 0 if item.dated is None else _months(item.dated, as_of)
        if age > MONTHS_OF_PROOF:
            text = f"evidence `{item.place}` is {age} months old"
            hint = "renew the proof and its date"
            at = (*path, "dated")
            yield Diagnostic("BPO424", Severity.WARNING, text, hint, path=at, subject=subject)


def proofs(process: ProcessDescription) -> Iterator[tuple[KeyPath, str, Evidence]]:
    """Yield every piece of evidence with its place, and with what it proves, by which findings go."""
    for path, items in stated_evidence(process):
        owner = process.controls[int(path[1])].id if path[0] == "controls" else path[1]
        for number, item in enumerate(items):
            yield (*path[:2], "evidence", number), f"{path[0]}/{owner}", item
    for person, answers in process.answers_by.items():
        for key, answer in answers.items():
            for number, item in enumerate(answer.evidence):
                place: KeyPath = ("answers_by", person, key, "evidence", number)
                yield place, f"answers_by/{person}/{key}", item


def _months(earlier: date, later: date) -> int:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def _answers(responses: Responses, gates: frozenset[str]) -> Iterator[Diagnostic]:
    for key, response in responses.items():
        path: KeyPath = ("answers", key)
        if key in gates and response.is_open:
            nobody = response.state is State.UNKNOWN
            text = f"`{key}` can decide alone, and {'nobody knows' if nobody else 'nobody has answered it'}"
            yield Diagnostic(
                "BPO427",
                Severity.WARNING,
                text,
                hint=f"answer it; bpo-assess explain {key} shows its levels",
                note=response.question.text,
                path=path,
            )
        demanded = response.question.evidence_from
        claimed = response.claimed_level
        if demanded is None or claimed is None or claimed < demanded or response.answer is None:
            continue
        if not states_evidence(response.answer.evidence):
            text = f"`{key}` claims level {claimed} without evidence"
            yield _warning("BPO426", text, path, f"evidence is asked for from level {demanded}")


# Contradictions


def _contradictions(
    process: ProcessDescription, responses: Responses, function: Function | None
) -> Iterator[Diagnostic]:
    found = {
        Fact.STAFF_MOVED: _staff_moved(process),
        Fact.ON_SITE_STEPS: _on_site(process),
        Fact.PERSONAL_DATA_FUNCTION: _personal(function),
    }
    for key, response in responses.items():
        for claim in response.question.contradicted_by:
            said = found[claim.fact]
            level = response.claimed_level
            if said and level is not None and level >= claim.at_least and key in process.answers:
                text = f"`{key}` is answered with {level}, but {said}"
                yield _warning("BPO428", text, ("answers", key), claim.because)
    yield from _data_too_harmless(process, function)


def _staff_moved(process: ProcessDescription) -> str | None:
    goes = [step for step in process.steps if step.stays is not True]
    if not process.staff_fte or not goes:
        return None
    return (
        f"{process.staff_fte:f} full-time equivalents do the work, and {len(goes)} steps would go"
    )


def _on_site(process: ProcessDescription) -> str | None:
    bound = [step.name for step in process.steps if step.on_site and step.stays is not True]
    return f"step `{bound[0]}` would go and needs presence" if bound else None


def _personal(function: Function | None) -> str | None:
    sensitive = function is not None and _rank(function.touches) >= _rank(DataClass.PERSONAL)
    return f"{function.title} touches personal data" if function and sensitive else None


def _data_too_harmless(
    process: ProcessDescription, function: Function | None
) -> Iterator[Diagnostic]:
    stated = [_rank(item.data_class) for item in process.data]
    if function is None or function.touches is None or not stated:
        return
    if max(stated) < _rank(DataClass.PERSONAL) <= _rank(function.touches):
        text = f"no personal data is stated, but {function.title} touches {function.touches} data"
        yield _warning("BPO428", text, ("data",))


def _rank(kind: DataClass | None) -> int:
    return -1 if kind is None else list(DataClass).index(kind)
