"""The examples of the rules, each made into a whole file of its kind, and what the program finds in it."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bpo_assess.assessment import examine
from bpo_assess.diagnostics import Diagnostic, InputError
from bpo_assess.diagnostics.codes import RULES
from bpo_assess.diagnostics.rule import Example
from bpo_assess.documents import parse
from bpo_assess.gate.consent import Consent, Use, doubts, settle
from bpo_assess.gate.finding import CheckedFile, identified
from bpo_assess.loading.comments import comments
from bpo_assess.loading.configuration import Configurations
from bpo_assess.loading.consent import read_acceptances
from bpo_assess.loading.evidence import doubts_about_files
from bpo_assess.loading.functions import KnownFunctions
from bpo_assess.loading.read import draft, pair, questionnaire_for, read_questionnaire
from bpo_assess.loading.soundness import doubts as doubts_about_method

METHOD = Path(__file__).parent / "methods" / "own-method.yaml"
DAY = date(2026, 11, 1)
"""The day that examples name where it matters."""

FILES = {
    "plans/exit.md": "How the work comes back.\n",
    "plans/draft.md": "",
    "records/approvals-2025.md": "Approvals of 2025.\n",
}
"""What lies beside the description of an example."""

PAYROLL = """\
format: bpo-assess/process/v1
id: payroll
name: Payroll
steps:
  - name: Enter the hours
    role: Clerk
    outputs: [hours]
    instructions: Key the hours into the ledger.
"""
"""The description that examples of acceptances are about: nobody says what its step needs."""

NAMES_NO_METHOD_THAT_IS_CHOSEN = {"BPO305"}


def _whole(text: str, head: Mapping[str, str]) -> str:
    """Begin with what a file needs; an example that states the format is a file of its own."""
    stated = {line.split(":")[0] for line in text.split("\n")}
    if "format" in stated:
        return text
    return "".join(f"{key}: {value}\n" for key, value in head.items() if key not in stated) + text


def _in_process(code: str, text: str, folder: Path) -> Iterator[Diagnostic]:
    of_its_own = "format:" in RULES[code].right
    head = {} if of_its_own else {"format": "bpo-assess/process/v1", "id": "a", "name": "A"}
    raw = _whole(text, head).encode()
    chosen = None if code in NAMES_NO_METHOD_THAT_IS_CHOSEN else str(METHOD)
    try:
        loaded = draft(raw, "example.yaml")
        method = questionnaire_for(loaded, chosen)
        yield from pair(loaded, method)
    except InputError as error:
        yield from error.diagnostics
        return
    function, unknown = KnownFunctions().of(loaded)
    yield from unknown
    yield from examine(loaded.process, method.questionnaire, DAY, function).findings
    yield from doubts_about_files(loaded.process, str(folder))
    yield from comments(loaded.document, loaded.process.id)[1]


def _in_questionnaire(_: str, text: str, folder: Path) -> Iterator[Diagnostic]:
    whole = _merged(parse(METHOD.read_bytes(), "m").data, parse(text.encode(), "example").data)
    path = folder / "example.questionnaire.yaml"
    path.write_text(json.dumps(whole, default=float), encoding="utf-8")
    try:
        yield from doubts_about_method(read_questionnaire(str(path)).questionnaire)
    except InputError as error:
        yield from error.diagnostics


def _merged(base: Any, part: Any) -> Any:
    """Put an example into a whole: mappings key by key, lists of parts by id and in its order."""
    if isinstance(base, dict) and isinstance(part, dict):
        return {**base, **{key: _merged(base.get(key), value) for key, value in part.items()}}
    if not (isinstance(base, list) and isinstance(part, list)) or not all("id" in p for p in part):
        return part
    known = {entry["id"]: entry for entry in base}
    own = [_merged(known.pop(entry["id"], None), entry) for entry in part]
    return [*own, *known.values()]


def _in_acceptances(_: str, text: str, folder: Path) -> Iterator[Diagnostic]:
    path = folder / "acceptances.yaml"
    path.write_text(_whole(text, {"format": "bpo-assess/acceptances/v1"}), encoding="utf-8")
    try:
        agreed = Consent(read_acceptances(str(path)), as_of=DAY)
    except InputError as error:
        yield from error.diagnostics
        return
    loaded = draft(PAYROLL.encode(), "payroll.yaml")
    findings = examine(loaded.process, read_questionnaire(str(METHOD)).questionnaire, DAY).findings
    own = identified(findings, loaded.process.id, loaded.document.data)
    used = Use()
    settle(
        CheckedFile("payroll.yaml", "payroll.yaml", process=loaded.process.id, findings=own),
        agreed,
        used,
    )
    yield from doubts(agreed, used, everywhere=True)


def _in_configuration(_: str, text: str, folder: Path) -> Iterator[Diagnostic]:
    name = "pyproject.toml" if "[tool." in text else "bpo-assess.toml"
    (folder / name).write_text(text, encoding="utf-8")
    try:
        Configurations({}, {}).settings(str(folder))
    except InputError as error:
        yield from error.diagnostics


Look = Callable[[str, str, Path], Iterator[Diagnostic]]

LOOKS: Mapping[Example, Look] = {
    Example.PROCESS: _in_process,
    Example.QUESTIONNAIRE: _in_questionnaire,
    Example.ACCEPTANCES: _in_acceptances,
    Example.CONFIGURATION: _in_configuration,
}
"""How the examples that are files of one kind are looked at."""


@cache
def problems_in(code: str, text: str) -> tuple[Diagnostic, ...]:
    """Find what is wrong with an example of a rule."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".git").mkdir()
        for file, content in FILES.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_text(content, encoding="utf-8")
        return tuple(LOOKS[RULES[code].example_of](code, text, folder))


def problems_in_wrong_examples() -> Iterator[Diagnostic]:
    """Find what is wrong with all examples of what is wrong."""
    for rule in RULES.values():
        if rule.example_of in LOOKS:
            yield from problems_in(rule.code, rule.wrong)
