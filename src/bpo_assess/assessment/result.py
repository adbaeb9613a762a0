"""The assessment: the outcome of the whole judgement as one frozen value."""

from dataclasses import dataclass
from datetime import date

from bpo_assess.assessment.advice import Advice
from bpo_assess.assessment.answers import Responses, WhatIf
from bpo_assess.assessment.risks import RiskAssessment
from bpo_assess.assessment.scoring import Scorecard
from bpo_assess.assessment.verdict import Ruling
from bpo_assess.diagnostics import Diagnostic
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Source:
    """Where an input came from: the name to print and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Examination:
    """What counts as the answers, and what was noticed about them: all that a check needs."""

    process: ProcessDescription
    questionnaire: Questionnaire
    as_of: date | None
    responses: Responses
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was judged, by which method, and to what: all that a gate needs."""

    process: ProcessDescription
    questionnaire: Questionnaire
    as_of: date | None
    responses: Responses
    scorecard: Scorecard
    risks: tuple[RiskAssessment, ...]
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Judgement):
    """A judgement with what follows from it; a report is its rendering."""

    what_if: WhatIf
    advice: Advice
    findings: tuple[Diagnostic, ...]
    gates: frozenset[str]
    """Questions that alone, at some level, hold a verdict against or for later."""
    process_source: Source | None = None
    questionnaire_source: Source | None = None
    questionnaire_named: str | None = None
    """What the questionnaire was called by whoever asked for it; None where nobody chose one."""
