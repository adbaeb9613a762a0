"""A description in which every free text tries to become something else."""

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
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
