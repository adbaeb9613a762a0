"""What the formats that people read say alike: where a finding stands, and what a check comes to."""

from collections.abc import Iterator
from dataclasses import replace

from bpo_assess.diagnostics import Diagnostic, sort_key
from bpo_assess.gate.finding import CheckedFile, Finding, Status
from bpo_assess.gate.outcome import HOLDS, Tally
from bpo_assess.gate.run import Run
from bpo_assess.reports.problems import shown_name
from bpo_assess.reports.wording import listing


def open_findings(file: CheckedFile) -> list[Finding]:
    """List what nobody has accepted and what was not there before, in the order of places."""
    found = [finding for finding in file.findings if finding.status is Status.OPEN]
    return sorted(found, key=lambda finding: sort_key(finding.diagnostic))


def placed(finding: Finding, own_name: str) -> Diagnostic:
    """Name the file in which a finding stands: its own, unless it names another."""
    problem = finding.diagnostic
    return problem if problem.file is not None else replace(problem, file=own_name)


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Write a number, thousands separated, with its noun."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def closing(run: Run) -> Iterator[str]:
    """Say in a few lines what was checked and found, and whether the gate is open."""
    faultless = _one_without_findings(run)
    if faultless is not None:
        name, known = shown_name(faultless.name), _known(run.tally)
        yield f"{name}: no findings{_day(run)}{known}. {gate(run.tally)}"
        yield from passed_over(run)
        return
    yield f"{checked(run)}."
    yield from passed_over(run)
    yield gate(run.tally)


def _one_without_findings(run: Run) -> CheckedFile | None:
    tally = run.tally
    if tally.files != 1 or tally.code != HOLDS or _found(tally) or _lived_with(tally):
        return None
    return next((file for file in run.files if file.describes), None)


def checked(run: Run) -> str:
    """Say how much was checked, and how much was found."""
    tally = run.tally
    found = ", ".join(_found(tally)) or (
        "no open findings" if _lived_with(tally) else "no findings"
    )
    what = "; ".join(filter(None, [found, ", ".join(_lived_with(tally))]))
    if tally.files == tally.broken:
        nothing = "Nothing was checked" if tally.unusable else "Nothing was found to check"
        return nothing if what == "no findings" else f"{nothing}: {what}"
    sound = count(tally.files - tally.broken, "description")
    return f"{sound} checked{_day(run)}{_known(tally)}: {what}"


def _found(tally: Tally) -> list[str]:
    numbers = ((tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note"))
    return [count(number, noun) for number, noun in numbers if number]


def _lived_with(tally: Tally) -> list[str]:
    numbers = ((tally.accepted, "accepted"), (tally.known, "in the baseline"))
    return [f"{number:,} {word}" for number, word in numbers if number]


def _day(run: Run) -> str:
    return f" as of {run.as_of}" if run.as_of else ""


def _known(tally: Tally) -> str:
    if not tally.applicable:
        return ""
    return f", {tally.answered:,} of {count(tally.applicable, 'question')} known"


def passed_over(run: Run) -> Iterator[str]:
    """Say what else there was in the folders, and what was left aside, if there was anything."""
    others = count(run.others, "other file") if run.others else ""
    links = count(run.links, "link") if run.links else ""
    if others or links:
        verb = "was" if run.others + run.links == 1 else "were"
        yield f"{listing(filter(None, [others, links]))} {verb} passed over."
    if run.ignored:
        verb = "was" if run.ignored == 1 else "were"
        what = count(run.ignored, "file or folder", "files or folders")
        yield f"{what} {verb} left out by .gitignore or exclude."
    if not run.accepts:
        yield "Acceptances and baselines were left aside."


def gate(tally: Tally) -> str:
    """Say in a sentence whether the gate is open, and what keeps it closed."""
    if tally.code == HOLDS:
        return "The gate is open."
    reasons = []
    if tally.failing:
        verb = "falls" if tally.failing == 1 else "fall"
        reasons.append(f"{count(tally.failing, 'file')} {verb} short")
    if tally.unusable:
        reasons.append(f"{count(tally.unusable, 'file')} could not be used")
    if tally.unchecked:
        verb = "was" if tally.unchecked == 1 else "were"
        reasons.append(f"{count(tally.unchecked, 'description')} {verb} not checked")
    return f"The gate is closed: {listing(reasons)}." if reasons else "The gate is closed."
