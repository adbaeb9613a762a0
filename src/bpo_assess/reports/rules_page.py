"""The page of all rules, as Markdown: what is wrong, why it matters, an example, and how to mend it."""

from collections.abc import Iterator

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.codes import GROUPS
from bpo_assess.diagnostics.rule import Example, Rule

SEEN_IN = {
    Example.PROCESS: "in a process description",
    Example.QUESTIONNAIRE: "in a questionnaire",
    Example.ACCEPTANCES: "in a file of acceptances",
    Example.CONFIGURATION: "in a configuration",
    Example.TEMPLATE: "in a report template",
    Example.FILES: "in two process descriptions",
    Example.COMMAND: "in a terminal",
}
"""Where the examples of a rule would be seen."""

_LANGUAGES = {
    Example.CONFIGURATION: "toml",
    Example.TEMPLATE: "jinja",
    Example.COMMAND: "console",
}
"""What an example is written in, for those that colour it; YAML where nothing else is named."""

_NAMED = {Severity.ERROR: "an error", Severity.WARNING: "a warning", Severity.NOTE: "a note"}

_INTRODUCTION = """\
<!-- Written from the rules themselves; a test says how to write it anew. -->

# Rules

What `bpo-assess` can find, by code. `bpo-assess explain CODE` shows the same in a terminal. A code is never
given to another problem, so configurations, acceptances and baselines can name it. Examples show only what
matters; the ids of questions, risks and controls in them belong to no questionnaire in particular.

An **error** keeps a file from being assessed, or a gate closed. A **warning** asks to be mended, a **note**
is good to know; `bpo-assess check --fail-on` says from which of them on a gate stays closed.
"""


def rules_page() -> str:
    """Write the page of all rules: a table of contents by group, then a section for each rule."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Contents\n"
    for title, rules in GROUPS.items():
        yield f"**{title}**\n"
        yield "| Code | Name | Severity | Can be accepted |"
        yield "| --- | --- | --- | --- |"
        for rule in rules:
            link = f"[{rule.code}](#{rule.code.lower()})"
            yield f"| {link} | {rule.name} | {rule.severity} | {_yes_or_no(rule)} |"
        yield ""
    for title, rules in GROUPS.items():
        yield f"## {title}\n"
        for rule in rules:
            yield f'<a id="{rule.code.lower()}"></a>\n'
            yield f"### {rule.code} {rule.name}\n"
            yield rule_help(rule)


def _yes_or_no(rule: Rule) -> str:
    return "yes" if rule.acceptable else "no"


def rule_help(rule: Rule) -> str:
    """Explain one rule as Markdown, without its heading."""
    language = _LANGUAGES.get(rule.example_of, "yaml")
    return "\n".join(
        (
            f"{rule.what} {rule.why}\n",
            f"Wrong, {SEEN_IN[rule.example_of]}:\n",
            f"```{language}\n{rule.wrong}\n```\n",
            "Right:\n",
            f"```{language}\n{rule.right}\n```\n",
            f"To mend it: {rule.fix}\n",
            f"{how_it_counts(rule)}\n",
        )
    )


def how_it_counts(rule: Rule) -> str:
    """Say how grave a finding is, and whether a team can decide to live with it."""
    named = _NAMED[rule.severity]
    also = f", at times {_NAMED[rule.at_times]}" if rule.at_times else ""
    if rule.acceptable:
        accepted = "A team can accept it until a stated day, with a reason and an owner."
    else:
        accepted = "It cannot be accepted."
    return f"{named[0].upper()}{named[1:]}{also}. {accepted}"
