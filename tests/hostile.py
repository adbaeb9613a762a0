"""A description in which every free text tries to become something else."""

from typing import Any

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.documents import visible
from bpo_assess.model.questionnaire import Questionnaire
from builders import process
from shipped import method_of

TEXT = (
    "[bold]x[/] \x1b[31mred\x07 \u202eback :smile: `code` | pipe <b>tag</b> <script>alert(1)</script> "
    "[a](http://x.example) ![p](http://x.example) **loud** _soft_ ~~gone~~ &amp; \\| \u4f60\u597d %s {0} "
    "@someone #12 =1+1 ::error::no\n# Heading\n- item\n\n---\n```\nfence"
)


def hostile() -> Assessment:
    """Assess it by the shipped method."""
    fields = {"owner": TEXT, "description": TEXT, "organisation": TEXT, "status": TEXT}
    steps = [{"name": TEXT, "instructions": "TBD", "stays": True}]
    answers = {
        "exit-plan": {"level": 2, "note": TEXT, "by": TEXT, "evidence": TEXT},
        "inherent-retention": {"level": 0, "note": TEXT},
        "language-culture-fit": {"not_applicable": TEXT},
    }
    return assess(process(answers, name=TEXT, steps=steps, **fields), method_of("readiness"))


SAID = {"title", "text", "summary", "because", "about", "asks", "why", "note", "word"}
LISTED = {"anchors", "evidence", "clauses"}


def hostile_method() -> Questionnaire:
    """Take the shipped method and let every text in it try the same."""
    text = visible(TEXT)

    def spoilt(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {k: text if key == "sources" else spoilt(v, k) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [text if key in LISTED else spoilt(entry) for entry in value]
        return text if key in SAID and isinstance(value, str) else value

    plain = method_of("readiness").model_dump(exclude_none=True)
    return Questionnaire.model_validate(spoilt(plain))
