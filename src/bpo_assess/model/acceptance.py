"""What a team has decided to live with, as a file that people write."""

from typing import Annotated, Literal

from pydantic import Field

from bpo_assess.model.parts import VISIBLE, Day, NonEmpty, Part, Text, listed

ACCEPTANCES_FORMAT = "bpo-assess/acceptances/v1"

LEAST_REASON = 10
"""How many characters a reason has at least: nobody can tell why in fewer."""


class AcceptanceEntry(Part):
    """One decision: who lives with what, why, and until when."""

    rule: NonEmpty
    """The code of the rule whose findings are accepted."""
    subject: NonEmpty
    """A process, or a process and a place in it: `payroll`, `payroll/answers/exit-plan`, `payroll*`."""
    reason: Annotated[str, Field(min_length=LEAST_REASON, pattern=VISIBLE)]
    """Why it is accepted, in at least ten characters."""
    owner: NonEmpty
    """Who answers for the decision."""
    until: Day
    """The last day on which it holds."""
    ticket: Text | None = None
    """Where it is followed up."""


class AcceptanceFile(Part):
    """Acceptances of a repository."""

    format: Literal["bpo-assess/acceptances/v1"]
    """What kind of file this is."""
    acceptances: Annotated[tuple[AcceptanceEntry, ...], listed] = ()
    """What is accepted."""
