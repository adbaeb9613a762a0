"""Rules of the gate: what a caller demands, what a team has accepted, and how it is configured."""

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.rule import Example, Rule

_WORST = (
    "A demand is held to the worst end of the range, so that leaving a question open "
    "never opens the gate."
)

GATE = (
    Rule(
        code="BPO501",
        name="verdict-below-requirement",
        severity=Severity.ERROR,
        what="The verdict is not as good as the one that is required.",
        why="The caller has said which verdict a process needs to go on.",
        wrong="$ bpo-assess check payroll.yaml --require outsource\n# the verdict is not-yet",
        right="$ bpo-assess check payroll.yaml --require outsource\n# the verdict is outsource",
        fix="Mend what holds the verdict back; bpo-assess score shows every reason.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO502",
        name="candidacy-below-requirement",
        severity=Severity.ERROR,
        what="The candidacy, at the low end of its range, is lower than required.",
        why=_WORST,
        wrong="$ bpo-assess check payroll.yaml --min-candidacy 60\n"
        "# candidacy: 64.2 on what is known, 51.8 at worst",
        right="$ bpo-assess check payroll.yaml --min-candidacy 60\n"
        "# candidacy: 68.5 on what is known, 63.0 at worst",
        fix="Answer what is open, and raise what is weak.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO503",
        name="axis-below-requirement",
        severity=Severity.ERROR,
        what="The index of an axis, at the low end of its range, is lower than required.",
        why=_WORST,
        wrong="$ bpo-assess check payroll.yaml --min-readiness 70\n"
        "# readiness: 74.0 on what is known, 66.5 at worst",
        right="$ bpo-assess check payroll.yaml --min-readiness 70\n"
        "# readiness: 74.0 on what is known, 71.5 at worst",
        fix="Answer what is open, and raise what is weak.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO504",
        name="risk-above-requirement",
        severity=Severity.ERROR,
        what="A residual risk, at the worst end of its range, is higher than allowed.",
        why=_WORST,
        wrong="$ bpo-assess check payroll.yaml --max-risk moderate\n"
        "# the risk of errors: moderate on what is known, high at worst",
        right="$ bpo-assess check payroll.yaml --max-risk moderate\n"
        "# the risk of errors: moderate on what is known and at worst",
        fix="Put its controls in place, with evidence, or raise the answers that drive it.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO505",
        name="coverage-below-requirement",
        severity=Severity.ERROR,
        what="Less of the method is known than required.",
        why="A score over few answers says little, however good it is.",
        wrong="$ bpo-assess check payroll.yaml --min-coverage 80%\n# 64 % of the method is known",
        right="$ bpo-assess check payroll.yaml --min-coverage 80%\n# 86 % of the method is known",
        fix="Answer what is open, the heaviest questions first.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO506",
        name="evidence-below-requirement",
        severity=Severity.ERROR,
        what="Less of what is known has evidence than required, each open question counted as known without.",
        why="What nobody can prove, nobody should sign.",
        wrong="$ bpo-assess check payroll.yaml --min-evidence 50%\n"
        "# 31 % of what was answered has evidence",
        right="$ bpo-assess check payroll.yaml --min-evidence 50%\n"
        "# 58 % of what was answered has evidence",
        fix="Name evidence, for the heaviest answers first.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO507",
        name="verdict-not-firm",
        severity=Severity.ERROR,
        what="An open question can still change the verdict, and a firm one is required.",
        why="A decision that the next answer can overturn is none yet.",
        wrong="$ bpo-assess check payroll.yaml --firm\n"
        "# the verdict: outsource on what is known, not-yet at worst",
        right="$ bpo-assess check payroll.yaml --firm\n"
        "# the verdict: outsource on what is known and at worst",
        fix="Answer the questions that decide it.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO511",
        name="acceptance-orphaned",
        severity=Severity.ERROR,
        what="An acceptance accepts nothing that was found.",
        why="It would quietly accept the next finding of its kind.",
        wrong="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/close-the-month\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2027-05-31",
        right="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/enter-the-hours\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2027-05-31",
        fix="Take it out, or correct its rule or subject.",
        example_of=Example.ACCEPTANCES,
        final=True,
    ),
    Rule(
        code="BPO512",
        name="acceptance-expiring",
        severity=Severity.NOTE,
        what="An acceptance ends within thirty days.",
        why="From the day after its end, the finding keeps the gate closed again.",
        wrong="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/enter-the-hours\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2026-11-20  # assessed as of 2026-11-01",
        right="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/enter-the-hours\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2027-05-31  # assessed as of 2026-11-01",
        fix="Mend what it accepts, or decide anew.",
        example_of=Example.ACCEPTANCES,
        final=True,
    ),
    Rule(
        code="BPO513",
        name="acceptance-malformed",
        severity=Severity.ERROR,
        what="A comment that should accept a finding cannot be read, or lacks something.",
        why="Nobody can tell who accepted what, why, and until when.",
        wrong="answers:\n  tested-exit: 3 # bpo-assess: accept[BPO426]",
        right="answers:\n"
        '  # bpo-assess: accept[BPO426] until=2027-01-31 owner=cfo reason="with legal"\n'
        "  tested-exit: 3",
        fix="State the rule, reason, owner and until.",
        final=True,
    ),
    Rule(
        code="BPO514",
        name="acceptances-undated",
        severity=Severity.WARNING,
        what="There are acceptances, and no day of assessment to hold their end against.",
        why="An acceptance that might have ended does not count.",
        wrong="$ bpo-assess check processes",
        right="$ bpo-assess check processes --as-of 2026-11-01",
        fix="Add --as-of, or set as-of in the configuration; today reads the clock.",
        example_of=Example.COMMAND,
        final=True,
    ),
    Rule(
        code="BPO515",
        name="acceptance-too-long",
        severity=Severity.ERROR,
        what="An acceptance reaches further ahead than allowed, by default a year.",
        why="What is accepted for ever is never looked at again.",
        wrong="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/enter-the-hours\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2036-12-31  # assessed as of 2026-11-01",
        right="acceptances:\n"
        "  - rule: BPO413\n"
        "    subject: payroll/steps/enter-the-hours\n"
        "    reason: The hours arrive by letter until May.\n"
        "    owner: Head of payroll\n"
        "    until: 2027-05-31  # assessed as of 2026-11-01",
        fix="Name an earlier day, or configure max-acceptance-days.",
        example_of=Example.ACCEPTANCES,
        final=True,
    ),
    Rule(
        code="BPO516",
        name="baseline-stale",
        severity=Severity.NOTE,
        what="A finding of the baseline no longer occurs.",
        why="What has been mended can come back without being noticed while it stands there.",
        wrong="$ bpo-assess check processes --baseline baseline.json\n"
        "# one of its findings no longer occurs",
        right="$ bpo-assess check processes --write-baseline --baseline baseline.json\n"
        "# every finding of the baseline occurs",
        fix="Write the baseline again.",
        example_of=Example.COMMAND,
        final=True,
    ),
    Rule(
        code="BPO521",
        name="configuration-invalid",
        severity=Severity.ERROR,
        what="A configuration or an option cannot be read, or says what nobody knows.",
        why="A misspelt demand would otherwise never be made.",
        wrong="[tool.bpo-assess]\nmin-candidcay = 70",
        right="[tool.bpo-assess]\nmin-candidacy = 70",
        fix="Correct the key, the option or the value; config show lists what counts.",
        example_of=Example.CONFIGURATION,
        final=True,
    ),
)
