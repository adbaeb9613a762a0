"""What a description leaves out or contradicts: looked for by a gate, never printed with a score."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from bpo_assess.assessment.answers import Responses, State, stated_evidence, states_evidence
from bpo_assess.assessment.measures import any_stated, has_one_accountable, is_stated, reviews
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.functions import Function
from bpo_assess.model.process import DataClass, Direction, Kpi, ProcessDescription, Step
from bpo_assess.model.questionnaire import Fact

MONTHS_OF_PROOF = 24
"""Age in months from which evidence counts as stale: as for reviews, a convention of this program."""


def gaps(
    process: ProcessDescription,
    responses: Responses,
    gates: frozenset[str],
    as_of: date | None,
    function: Function | None,
) -> Iterator[Diagnostic]:
    """Yield what is missing or does not agree, in the order of the description."""
    yield from _steps(process)
    yield from _kpis(process)
    yield from _reviewed(process, as_of)
    yield from _stale(process, as_of)
    yield from _answers(responses, gates)
    yield from _contradictions(process, responses, function)


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
        named = step.accountable or step.role
        if (step.accountable or len(named) > 1) and not has_one_accountable(step):
            message = f"{len(named)} roles are accountable for step `{step.name}`"
            key = "accountable" if step.accountable else "role"
            yield _warning("BPO417", message, ("steps", place, key), "name exactly one")
        yield from _exceptions(step, place)


_STEP_RULES: tuple[tuple[str, str, str, Callable[[Step], bool]], ...] = (
    ("BPO411", "who does it", "role", lambda step: not any_stated(step.role)),
    ("BPO412", "how it is done", "instructions", lambda step: not step.instructions),
    ("BPO413", "what it needs", "inputs", lambda step: not any_stated(step.inputs)),
    ("BPO414", "what it leaves behind", "outputs", lambda step: not any_stated(step.outputs)),
)
"""Instructions that are only a placeholder are found as such, by BPO403."""


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


_NEEDED = ("formula", "unit", "baseline", "target", "measured", "owner")


def _kpis(process: ProcessDescription) -> Iterator[Diagnostic]:
    for place, kpi in enumerate(process.kpis):
        missing = [key for key in _NEEDED if not is_stated(getattr(kpi, key))]
        if missing:
            text = f"KPI `{kpi.name}` lacks {', '.join(missing)}"
            yield _warning("BPO418", text, ("kpis", place, "name"))
        if _declines(kpi):
            text = f"the target of KPI `{kpi.name}`, {kpi.target}, is worse than today's {kpi.baseline}"
            yield _warning("BPO419", text, ("kpis", place, "target"))


def _declines(kpi: Kpi) -> bool:
    today, aim = _figure(kpi.baseline), _figure(kpi.target)
    if today is None or aim is None or kpi.direction is None:
        return False
    return aim < today if kpi.direction is Direction.UP else aim > today


def _figure(text: str | None) -> Decimal | None:
    """Read a figure that is written as a number and nothing else."""
    try:
        found = Decimal(text or "")
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


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
    for path, items in stated_evidence(process):
        for item in items:
            age = 0 if item.dated is None else _months(item.dated, as_of)
            if age > MONTHS_OF_PROOF:
                yield _warning("BPO424", f"evidence `{item.place}` is {age} months old", path)


def _months(earlier: date, later: date) -> int:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def _answers(responses: Responses, gates: frozenset[str]) -> Iterator[Diagnostic]:
    for key, response in responses.items():
        path: KeyPath = ("answers", key)
        if key in gates and response.is_open:
            nobody = response.state is State.UNKNOWN
            text = f"`{key}` can decide alone, and {'nobody knows' if nobody else 'nobody has answered it'}"
            yield _warning("BPO427", text, path, f"bpo-assess explain {key}")
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
