"""`plan`: the smallest set of improvements that reaches a better verdict, or the best within a budget."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bpo_assess.cli import options
from bpo_assess.cli.output import day, refusing, wrong_usage
from bpo_assess.cli.pages import columns, deliver, format_by, refuse_overwriting

if TYPE_CHECKING:
    from bpo_assess.analysis.plan.result import Planning
    from bpo_assess.assessment.result import Assessment
    from bpo_assess.model.decision import Verdict

NOTHING_DONE = "nothing was planned."

BUDGET = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,3})?")

ALTERNATIVES, MOST_ALTERNATIVES = 2, 20
"""How many other plans are looked for where nothing is said, and at the most."""

NEXT = "next"
"""The next better verdict, by whatever name a method calls it."""


def plan(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A process description; - reads standard input.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="VERDICT",
            help="The verdict to reach; next, or without it, is the next better.",
        ),
    ] = None,
    budget: Annotated[
        str | None,
        typer.Option(
            "--budget",
            metavar="N",
            help="The best that N units of effort reach: the verdict first, then the candidacy.",
        ),
    ] = None,
    firm: Annotated[
        bool,
        typer.Option(
            "--firm",
            help="The verdict has to stand whatever the answers that stay open turn out to be.",
        ),
    ] = False,
    alternatives: Annotated[
        int,
        typer.Option(
            "--alternatives",
            metavar="N",
            min=0,
            max=MOST_ALTERNATIVES,
            help="How many other plans of the same effort to look for.",
        ),
    ] = ALTERNATIVES,
    report_format: Annotated[
        Literal["text", "markdown", "json"] | None,
        typer.Option(
            "--format",
            "-f",
            help="Format of the plan; else by the suffix of --output, else text.",
        ),
    ] = None,
    output: options.Output = None,
    questionnaire: options.Questionnaire = None,
    assume: options.Assume = None,
    as_of: options.AsOf = None,
    width: options.Width = None,
) -> None:
    """Find the least work that reaches a better verdict, or what stands in the way."""
    if to is not None and budget is not None:
        wrong_usage("--to and --budget ask for two plans", "give one of them")
    if firm and budget is not None:
        wrong_usage("--firm goes with a verdict to reach, not with --budget", "leave one out")
    output = None if output == "-" else output
    chosen, allowed = format_by(report_format, output), _allowed(budget)
    refuse_overwriting(output, [file, questionnaire or ""])
    before = _assessed(file, questionnaire, assume or [], as_of)
    target = target_of(before, NEXT if to is None else to, "--to") if allowed is None else None
    with solving(before):
        found = _found(before, target, allowed, alternatives, firm=firm)
    deliver(_rendered(found, chosen, columns(width, output)), output)


def _allowed(budget: str | None) -> Decimal | None:
    if budget is None:
        return None
    if not BUDGET.fullmatch(budget):
        wrong_usage(
            f"--budget {budget}: that is no effort",
            "write a number up to 999999, such as 10 or 2.5",
        )
    return Decimal(budget)


def _assessed(
    file: str, questionnaire: str | None, assume: Sequence[str], as_of: str | None
) -> "Assessment":
    from bpo_assess.cli.assessing import assessor

    with refusing(NOTHING_DONE):
        return assessor(questionnaire, assume, day(as_of))(file)


def target_of(before: "Assessment", to: str, option: str) -> "Verdict":
    """Find the verdict that an option names, or refuse it."""
    from bpo_assess.analysis.plan.finding import next_better
    from bpo_assess.loading.explain import did_you_mean

    verdicts = {verdict.id: verdict for verdict in before.questionnaire.decision.verdicts}
    if to in verdicts:
        return verdicts[to]
    if to == NEXT:
        return next_better(before) or before.questionnaire.decision.verdicts[-1]
    known = did_you_mean(to, verdicts) or f"its verdicts are {', '.join(verdicts)}"
    return wrong_usage(f"{option} {to}: no verdict of `{before.questionnaire.id}`", known)


@contextmanager
def solving(before: "Assessment") -> Iterator[None]:
    """Say so where a search for a plan takes too long."""
    from bpo_assess.analysis.plan.solving import GaveUp

    try:
        yield
    except GaveUp:
        wrong_usage(
            f"{before.process.id}: there is too much to choose from: "
            "no plan was found in reasonable time"
        )


def plan_for(before: "Assessment", to: str, option: str) -> "Planning":
    """Plan the way to the verdict that an option names."""
    from bpo_assess.analysis.plan.finding import plan_to

    target = target_of(before, to, option)
    with solving(before):
        return plan_to(before, target, ALTERNATIVES)


def _found(
    before: "Assessment",
    target: "Verdict | None",
    allowed: Decimal | None,
    alternatives: int,
    *,
    firm: bool,
) -> "Planning":
    from bpo_assess.analysis.plan.finding import best_within, plan_to

    if target is not None:
        return plan_to(before, target, alternatives, firm=firm)
    return best_within(before, allowed or Decimal(0))


def _rendered(found: "Planning", chosen: str, width: int) -> str:
    from bpo_assess.reports.analysis import plan as pages
    from bpo_assess.reports.analysis import plan_json

    if chosen == "json":
        return plan_json.render(found)
    return pages.markdown(found) if chosen == "markdown" else pages.text(found, width)
