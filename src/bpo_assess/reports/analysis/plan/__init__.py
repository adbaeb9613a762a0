"""A plan for people: a question, its answer, the work, and what comes of it."""

from bpo_assess.reports.analysis.plan.answer import answer, bar_text, question
from bpo_assess.reports.analysis.plan.layout import brief, chapter, markdown, text
from bpo_assess.reports.analysis.plan.pieces import needed_for, piece

__all__ = [
    "answer",
    "bar_text",
    "brief",
    "chapter",
    "markdown",
    "needed_for",
    "piece",
    "question",
    "text",
]
