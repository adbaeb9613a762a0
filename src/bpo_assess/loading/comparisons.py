"""Comparisons in pairs from disk, held against the questionnaire whose weights they are about."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from bpo_assess.analysis.judges import Group, groups, linked, members, ratios, voices
from bpo_assess.diagnostics import MOST_PROBLEMS, Diagnostic, InputError, KeyPath, Severity
from bpo_assess.documents import Document, parse
from bpo_assess.loading import DEFAULT_QUESTIONNAIRE
from bpo_assess.loading.catalogue import is_path
from bpo_assess.loading.explain import as_written, closest, did_you_mean, locate
from bpo_assess.loading.files import read_bytes
from bpo_assess.loading.read import LoadedQuestionnaire, read_questionnaire, validated
from bpo_assess.loading.stand_ins import with_stand_ins
from bpo_assess.model.comparisons import (
    COMPARISONS_FORMAT,
    MOST_PARTS,
    ComparisonEntry,
    ComparisonFile,
)
from bpo_assess.model.questionnaire import Questionnaire

Problems = Iterator[Diagnostic]

_NOT_THERE = frozenset({"BPO101", "BPO305"})


@dataclass(frozen=True, slots=True)
class LoadedComparisons:
    """Comparisons that are sound, and the questionnaire that they are about."""

    file: ComparisonFile
    method: LoadedQuestionnaire
    base: str
    """The id or path by which the questionnaire was found."""

    @property
    def doubtful(self) -> tuple[tuple[str, str], ...]:
        """List judges that may be misspelt, each with the one who may be meant.

        That is a matter of files that do not list their judges: those that `by` names only once, and almost
        as it names another. Names that differ in nothing but digits are told apart on purpose.
        """
        if self.file.judges:
            return ()
        named = Counter(entry.by for entry in self.file.comparisons if entry.by is not None)
        once = {key: place for place, key in enumerate(named) if named[key] == 1}
        found = []
        for key, place in once.items():
            others = [each for each in named if once.get(each, -1) < place]
            guess = closest(key, (each for each in others if _letters(each) != _letters(key)))
            if guess is not None:
                found.append((key, guess))
        return tuple(found)


def _letters(key: str) -> str:
    return "".join(sign for sign in key if not sign.isdecimal())


def read_comparisons(name: str, chosen: str | None = None) -> LoadedComparisons:
    """Read comparisons from a path or, for `-`, from standard input; raise InputError with all problems.

    They are about the questionnaire that is chosen, else the one that the file names, else the default.
    """
    document = parse(read_bytes(name), name)
    try:
        file = validated(document, ComparisonFile, COMPARISONS_FORMAT)
    except InputError as error:
        raise InputError(*error.diagnostics, *_further(document, chosen)) from None
    base, method = _about(file, document, chosen)
    found = list(islice(_problems(file, method.questionnaire), MOST_PROBLEMS))
    if found:
        raise InputError(*(_placed(problem, document) for problem in found))
    return LoadedComparisons(file, method, base)


def _about(
    file: ComparisonFile, document: Document, chosen: str | None
) -> tuple[str, LoadedQuestionnaire]:
    base = chosen or _named(file, document)
    at_key = chosen is None and file.questionnaire is not None
    return base, _method(base, document, at_key=at_key)


def _further(document: Document, chosen: str | None) -> Problems:
    """Look for what a questionnaire shows to be wrong beside what is broken anyhow."""
    read = with_stand_ins(document.data)
    if read is None:
        return
    file, broken = read
    try:
        _, method = _about(file, document, chosen)
    except InputError as error:
        yield from error.diagnostics
        return
    found = chain(_judges(file), _subjects(file, method.questionnaire))
    for problem in islice(found, MOST_PROBLEMS):
        if not any(problem.path[:end] in broken for end in range(len(problem.path) + 1)):
            yield _placed(problem, document)


def _placed(problem: Diagnostic, document: Document) -> Diagnostic:
    """Place a problem; an entry that stands alone, without its list, is found as well."""
    return locate(replace(problem, path=as_written(problem.path, document.data)), document)


def _problem(code: str, message: str, path: KeyPath, hint: str | None = None) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, message, hint=hint, path=path)


# The questionnaire


def _named(file: ComparisonFile, document: Document) -> str:
    """Name the questionnaire as the file means it: an id, or a path within its own folder."""
    named = file.questionnaire or DEFAULT_QUESTIONNAIRE
    if not is_path(named):
        return named
    path = Path(named)
    if path.is_absolute() or ".." in path.parts:
        message = f"`{named}` lies outside the folder of this file"
        hint = "name a questionnaire elsewhere with -q"
        raise InputError(_placed(_problem("BPO305", message, ("questionnaire",), hint), document))
    found = str(Path(document.name).parent / path)
    return found if is_path(found) else f"./{found}"


def _method(base: str, document: Document, *, at_key: bool) -> LoadedQuestionnaire:
    try:
        return read_questionnaire(base)
    except InputError as error:
        first = error.diagnostics[0]
        if not at_key or first.code not in _NOT_THERE:
            raise
        problem = _problem("BPO305", first.message, ("questionnaire",), first.hint)
        raise InputError(_placed(problem, document)) from None


# The file beside its questionnaire


def _problems(file: ComparisonFile, questionnaire: Questionnaire) -> Problems:
    """Yield whatever keeps the comparisons from giving weights."""
    found = [*islice(chain(_judges(file), _subjects(file, questionnaire)), MOST_PROBLEMS)]
    yield from found
    if not found:
        for group in groups(questionnaire, file):
            yield from _group(file, group)


def _judges(file: ComparisonFile) -> Problems:
    known = [judge.id for judge in file.judges]
    for place, key in enumerate(known):  # there are few
        if key in known[:place]:
            path = ("judges", place, "id")
            yield _problem("BPO210", f"judge `{key}` stands twice", path, "rename one")
    heard: set[tuple[str, str, str | None]] = set()
    several = len(known) > 1 or any(entry.by for entry in file.comparisons)
    for place, entry in enumerate(file.comparisons):
        here = ("comparisons", place)
        whose = (entry.kind, entry.group, entry.by)
        if entry.by is None and several:
            hint = "say with `by` who judges"
            yield _problem("BPO203", "`by` is missing where several judge", here, hint)
        elif known and entry.by is not None and entry.by not in known:
            hint = did_you_mean(entry.by, known) or "name each judge under `judges`"
            yield _problem("BPO213", f"there is no judge `{entry.by}`", (*here, "by"), hint)
        elif whose in heard:
            said = f"`{entry.by}` compares" if entry.by else "compared are"
            text = f"{said} the parts of `{entry.group}` twice"
            yield _problem("BPO210", text, (*here, entry.kind), "put all judgements into one entry")
        heard.add(whose)


def _subjects(file: ComparisonFile, questionnaire: Questionnaire) -> Problems:
    known = {
        "axis": [axis.id for axis in questionnaire.axes],
        "dimension": [*questionnaire.dimensions],
    }
    for place, entry in enumerate(file.comparisons):
        here: KeyPath = ("comparisons", place)
        parts = members(questionnaire, entry.kind, entry.group)
        if parts is None:
            hint = _known(entry.group, known[entry.kind])
            text = f"`{questionnaire.id}` has no {entry.kind} `{entry.group}`"
            yield _problem("BPO213", text, (*here, entry.kind), hint)
        else:
            yield from _judgements(entry, [part.id for part in parts], here)


def _judgements(entry: ComparisonEntry, known: list[str], here: KeyPath) -> Problems:
    """Look for parts that are not there, and for pairs that say nothing or that stand twice."""
    there, compared = {*known}, set[frozenset[str]]()
    for place, judgement in enumerate(entry.judgements):
        at = (*here, "judgements", place)
        pair = frozenset({judgement.this, judgement.times})
        for key, named in (("this", judgement.this), ("times", judgement.times)):
            if named not in there:
                hint = _known(named, known)
                text = f"`{named}` is no part of `{entry.group}`"
                yield _problem("BPO213", text, (*at, key), hint)
        if len(pair) == 1:
            text = f"`{judgement.this}` is compared with itself"
            yield _problem("BPO205", text, (*at, "times"), "name another part")
        elif pair in compared:
            text = f"`{judgement.this}` and `{judgement.times}` are compared twice"
            yield _problem("BPO210", text, (*at, "this"), "leave one out, in either direction")
        compared.add(pair)


def _known(word: str, known: list[str]) -> str | None:
    """Suggest what is meant, or list what there is where that is short."""
    guess = did_you_mean(word, known)
    return guess or (f"known are: {', '.join(known)}" if len(known) <= MOST_PARTS else None)


def _group(file: ComparisonFile, group: Group) -> Problems:
    size = len(group.parts)
    first: KeyPath = ("comparisons", group.entries[0][0])
    if size > MOST_PARTS:
        text = f"`{group.id}` has {size} parts, at most {MOST_PARTS} can be compared in pairs"
        yield _problem("BPO207", text, (*first, group.kind), "divide them into groups")
        return
    if not any(voice.weight for voice in voices(file, group)):
        text = f"every judge of `{group.id}` has weight 0"
        yield _problem("BPO212", text, (*first, group.kind), "let one judge count")
    for place, entry in group.entries:
        reached = linked([*ratios(entry, group.ids)], size)
        apart = [part for k, part in enumerate(group.ids) if k not in reached]
        if apart:
            text = f"no comparison links `{apart[0]}` with `{group.ids[0]}`"
            hint = f"compare it with one of {', '.join(group.ids[k] for k in sorted(reached))}"
            yield _problem("BPO203", text, ("comparisons", place, "judgements"), hint)
