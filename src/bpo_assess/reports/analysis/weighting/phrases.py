"""The words of the page on weights: what a weight weighs, how much a share is, how often a verdict comes."""

from fractions import Fraction

from bpo_assess.analysis.sensitivity.weighing import Group, WeightKind
from bpo_assess.assessment.result import Assessment
from bpo_assess.assessment.rounding import half_up

TIMES = 10
"""How many times as heavy, or as light, a weight becomes on the page at most; the JSON has all."""

RARE = 10
"""Below this count a page says how many they are, not one in how many."""

PARTS = {
    Fraction(3, 4): "three quarters",
    Fraction(2, 3): "two thirds",
    Fraction(1, 2): "half",
    Fraction(1, 3): "a third",
    Fraction(1, 4): "a quarter",
    Fraction(1, 5): "a fifth",
    Fraction(1, 10): "a tenth",
}

ROUNDED = Fraction(1, 100)
"""How much of a share its word may leave out."""


def title_of_weight(assessment: Assessment, group: Group, key: str) -> str:
    """Name what a weight weighs."""
    questionnaire = assessment.questionnaire
    if group.kind is WeightKind.DIMENSION:
        return questionnaire.dimensions[key].title
    title = questionnaire.questions[key].title
    if group.kind is WeightKind.QUESTION:
        return title
    return f"{title}, as a driver of {_title_of_risk(assessment, group.of)}"


def title_of_member(assessment: Assessment, group: Group, key: str) -> str:
    """Name what a weight weighs beside the others of its group."""
    if group.kind is WeightKind.DIMENSION:
        return assessment.questionnaire.dimensions[key].title
    return assessment.questionnaire.questions[key].title


def title_of_group(assessment: Assessment, group: Group) -> str:
    """Name the weights that stand together."""
    questionnaire = assessment.questionnaire
    match group.kind:
        case WeightKind.DIMENSION:
            axis = next(axis for axis in questionnaire.axes if axis.id == group.of)
            return f"the dimensions of {axis.title}"
        case WeightKind.QUESTION:
            return f"the questions of {questionnaire.dimensions[group.of].title}"
        case WeightKind.DRIVER:
            return f"what makes {_title_of_risk(assessment, group.of)} likely"
        case WeightKind.IMPACT_DRIVER:
            return f"what makes {_title_of_risk(assessment, group.of)} grave"


def _title_of_risk(assessment: Assessment, key: str) -> str:
    return next(risk.title for risk in assessment.questionnaire.risks if risk.id == key)


def capital(said: str) -> str:
    """Begin a text with a capital."""
    return f"{said[:1].upper()}{said[1:]}"


def part(share: Fraction) -> str:
    """Write a share in words where a word says nearly all of it, else in percent; never more than it is."""
    for size, word in PARTS.items():
        if size <= share < size + ROUNDED:
            return word
    return f"{(100 * share).__floor__()} %" if 100 * share >= 1 else f"{floored(100 * share)} %"


def floored(figure: Fraction) -> str:
    """Write a figure with one decimal place, never more than it is."""
    tenths = (10 * figure).__floor__()
    return f"{tenths // 10}.{tenths % 10}"


def shortest(figure: Fraction, places: int) -> str:
    """Write a figure of at most so many decimal places without trailing noughts."""
    written = f"{half_up(figure, places):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def percent(share: float) -> str:
    """Write a share in percent; one that is neither nought nor all is written as neither."""
    if share in {0, 1}:
        return f"{100 * share:.0f} %"
    thousandths = 1000 * share
    if thousandths < 1:
        return "under 0.1 %"
    return "over 99.9 %" if thousandths > 999 else f"{100 * share:.1f} %"  # noqa: PLR2004


def how_often(count: int, draws: int) -> tuple[str, bool]:
    """Say how often something was drawn, and whether that is a plural."""
    share = count / draws
    if count == draws:
        return "all", True
    if count < RARE:
        return f"{count} of {draws:,}", count != 1
    if share > 1 / 3:
        return (percent(share) if share > 0.99 else f"{round(100 * share)} %"), True  # noqa: PLR2004
    number = round(draws / count)
    if number > 100:  # noqa: PLR2004  two figures say as much as a sample does
        number = round(number, -len(str(number)) + 2)
    return f"about 1 in {number:,}", False
