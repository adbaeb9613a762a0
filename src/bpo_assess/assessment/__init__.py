"""The judgement: from description and questionnaire to an assessment, by pure functions."""

from datetime import date

from bpo_assess.assessment.advice import advise
from bpo_assess.assessment.answers import WhatIf, resolve
from bpo_assess.assessment.findings import findings
from bpo_assess.assessment.gaps import gaps, limited
from bpo_assess.assessment.method import prepare
from bpo_assess.assessment.result import Assessment, Examination, Judgement
from bpo_assess.assessment.risks import profile
from bpo_assess.assessment.scoring import draw_up
from bpo_assess.assessment.standing import stand
from bpo_assess.assessment.verdict import decide
from bpo_assess.model.functions import Function
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire


def assess(
    process: ProcessDescription,
    questionnaire: Questionnaire,
    as_of: date | None = None,
    what_if: WhatIf | None = None,
    function: Function | None = None,
) -> Assessment:
    """Assess a process: settle the answers, weigh scores and risks, decide, and advise."""
    method = prepare(questionnaire)
    responses = resolve(questionnaire, process, as_of, what_if or {})
    outlook = stand(method, process, responses)
    scorecard = draw_up(outlook, responses)
    ruling = decide(outlook, scorecard)
    return Assessment(
        process=process,
        questionnaire=questionnaire,
        as_of=as_of,
        what_if=what_if or {},
        responses=responses,
        scorecard=scorecard,
        risks=profile(outlook, process, responses),
        ruling=ruling,
        advice=advise(outlook, ruling),
        findings=tuple(findings(process, questionnaire, responses, as_of, function)),
        gates=method.gates,
    )


def examine(
    process: ProcessDescription,
    questionnaire: Questionnaire,
    as_of: date | None = None,
    function: Function | None = None,
) -> Examination:
    """Settle the answers and notice what is odd or missing, without judging."""
    responses = resolve(questionnaire, process, as_of, {})
    gates = prepare(questionnaire).gates
    noticed = (
        *limited(findings(process, questionnaire, responses, as_of, function)),
        *gaps(process, responses, gates, as_of, function),
    )
    return Examination(process, questionnaire, as_of, responses, noticed)


def judge(examination: Examination, *, decisive: bool) -> Judgement:
    """Judge what was examined as `assess` does, without advice; and without what decides, unless asked for.

    Finding the questions that decide takes most of the time of an assessment.
    """
    process, responses = examination.process, examination.responses
    outlook = stand(prepare(examination.questionnaire), process, responses)
    scorecard = draw_up(outlook, responses)
    return Judgement(
        process=process,
        questionnaire=examination.questionnaire,
        as_of=examination.as_of,
        responses=responses,
        scorecard=scorecard,
        risks=profile(outlook, process, responses),
        ruling=decide(outlook, scorecard, decisive=decisive),
    )
