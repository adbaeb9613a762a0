"""What is usual of a function and missing from a description: pointers that never change a score."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from bpo_assess.assessment.answers import Responses
from bpo_assess.diagnostics import Diagnostic, KeyPath, Severity
from bpo_assess.model.functions import Function
from bpo_assess.model.parts import MAX_LEVEL
from bpo_assess.model.process import ProcessDescription

FAR = 2
"""Levels by which an answer differs from what is typical before it is pointed out."""

ENOUGH = 0.5
"""Share of the words of a usual name that has to be found for it to count as mentioned."""

_WORD = re.compile(r"[a-z0-9]+")
_SMALL = {"and", "for", "from", "per", "the", "rate", "with"}
_SHORTEST = 3


def unusual(
    process: ProcessDescription, responses: Responses, function: Function
) -> Iterator[Diagnostic]:
    """Yield the usual KPIs and rules that a description lacks, and answers far from what is typical."""
    kpis = [" ".join(filter(None, (k.id, k.name, k.formula))) for k in process.kpis]
    if missing := _unmentioned((kpi.name for kpi in function.kpis), kpis):
        text = f"usual KPIs of {function.title}, not recognised here: {', '.join(missing)}"
        yield _note("BPO408", text, ("kpis",) if process.kpis else ("function",))
    if missing := _unmentioned(function.rules, process.regulations):
        text = f"usual rules for {function.title}, not recognised here: {'; '.join(missing)}"
        yield _note("BPO409", text, ("regulations",) if process.regulations else ("function",))
    for key, typical in function.typical.items():
        level = responses[key].level if key in responses else None
        if level is not None and abs(level - typical) >= FAR:
            text = f"`{key}` is {level} of {MAX_LEVEL}, {typical} is typical of {function.title}"
            path: KeyPath = ("answers", key) if key in process.answers else ("function",)
            yield _note("BPO410", text, path)


def _note(code: str, message: str, path: KeyPath) -> Diagnostic:
    return Diagnostic(code, Severity.NOTE, message, path=path)


def _unmentioned(names: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Keep the names of which no text holds enough words."""
    mentioned = [_words(text) for text in texts]
    return [name for name in names if not any(_holds(words, name) for words in mentioned)]


def _holds(words: frozenset[str], name: str) -> bool:
    wanted = _words(name)
    return bool(wanted) and len(wanted & words) >= ENOUGH * len(wanted)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    found = _WORD.findall(text.lower())
    kept = (word for word in found if len(word) >= _SHORTEST and word not in _SMALL)
    return frozenset(word.rstrip("s") for word in kept)
