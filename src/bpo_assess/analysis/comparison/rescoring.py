"""An assessment by another method than the one that it was made by."""

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.model.process import ProcessDescription
from bpo_assess.model.questionnaire import Questionnaire


def rescore(assessment: Assessment, questionnaire: Questionnaire) -> Assessment:
    """Judge by another method; answers that it does not ask for are left aside."""
    what_if = {k: v for k, v in assessment.what_if.items() if k in questionnaire.questions}
    process = carried(assessment.process, questionnaire)
    return assess(process, questionnaire, assessment.as_of, what_if)


def carried(process: ProcessDescription, questionnaire: Questionnaire) -> ProcessDescription:
    """Take over answers to another method: what can no longer be set aside counts as not answered."""
    questions = questionnaire.questions
    answers = {
        key: answer
        for key, answer in process.answers.items()
        if answer.not_applicable is None or (key in questions and questions[key].not_applicable)
    }
    return process.model_copy(update={"answers": answers})
