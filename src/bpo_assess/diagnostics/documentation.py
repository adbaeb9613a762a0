"""Rules about how well a process is described: what a gate in a repository of descriptions looks for."""

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.rule import Example, Rule

DOCUMENTATION = (
    Rule(
        code="BPO411",
        name="step-without-role",
        severity=Severity.WARNING,
        what="A step does not say who does it.",
        why="Work that nobody in particular does is in nobody's scope, and so in nobody's price.",
        wrong="steps:\n  - name: Enter the invoice",
        right="steps:\n  - name: Enter the invoice\n    role: Clerk",
        fix="Name the role that does the step.",
    ),
    Rule(
        code="BPO412",
        name="step-without-instructions",
        severity=Severity.WARNING,
        what="A step does not say how it is done.",
        why="A provider who is not told how will do it another way, and charge for finding out. "
        "Instructions that are only a placeholder are found by BPO403.",
        wrong="steps:\n  - name: Enter the invoice\n    role: Clerk",
        right="steps:\n  - name: Enter the invoice\n    role: Clerk\n"
        "    instructions: Manual AP-07, section 2",
        fix="Write how the step is done, or name the document that says so.",
    ),
    Rule(
        code="BPO413",
        name="step-without-inputs",
        severity=Severity.WARNING,
        what="A step does not say what it needs to start.",
        why="What the provider has to be given becomes a dispute when it is late.",
        wrong="steps:\n  - name: Enter the invoice\n    outputs: [posted invoice]",
        right="steps:\n  - name: Enter the invoice\n    inputs: [scanned invoice]\n"
        "    outputs: [posted invoice]",
        fix="Name what the step needs.",
    ),
    Rule(
        code="BPO414",
        name="step-without-outputs",
        severity=Severity.WARNING,
        what="A step does not say what it leaves behind.",
        why="Without an output nobody can tell when the step is done.",
        wrong="steps:\n  - name: Enter the invoice\n    inputs: [scanned invoice]",
        right="steps:\n  - name: Enter the invoice\n    inputs: [scanned invoice]\n"
        "    outputs: [posted invoice]",
        fix="Name what the step leaves behind.",
    ),
    Rule(
        code="BPO415",
        name="exception-without-rule",
        severity=Severity.WARNING,
        what="An exception does not say what is done then.",
        why="Exceptions are where the cost of an outsourced process hides.",
        wrong="steps:\n"
        "  - name: Enter the invoice\n"
        "    exceptions:\n"
        "      - name: The amount differs\n"
        "        owner: Team lead",
        right="steps:\n"
        "  - name: Enter the invoice\n"
        "    exceptions:\n"
        "      - name: The amount differs\n"
        "        owner: Team lead\n"
        "        rule: Ask the buyer; post what he confirms.",
        fix="Write the rule.",
    ),
    Rule(
        code="BPO416",
        name="exception-without-owner",
        severity=Severity.WARNING,
        what="An exception does not say who decides then.",
        why="A case that nobody decides waits until somebody complains.",
        wrong="steps:\n"
        "  - name: Enter the invoice\n"
        "    exceptions:\n"
        "      - name: The amount differs\n"
        "        rule: Ask the buyer; post what he confirms.",
        right="steps:\n"
        "  - name: Enter the invoice\n"
        "    exceptions:\n"
        "      - name: The amount differs\n"
        "        owner: Team lead\n"
        "        rule: Ask the buyer; post what he confirms.",
        fix="Name the owner.",
    ),
    Rule(
        code="BPO417",
        name="accountable-not-one",
        severity=Severity.WARNING,
        what="Several roles are accountable for a step, or none that is more than a placeholder.",
        why="Where two answer for a step, each relies on the other. "
        "Of a step that names no role at all, BPO411 says so.",
        wrong="steps:\n  - name: Enter the invoice\n    accountable: [Team lead, Controller]",
        right="steps:\n  - name: Enter the invoice\n    accountable: Team lead",
        fix="Name exactly one role under accountable; the doer counts where it is left out.",
    ),
    Rule(
        code="BPO418",
        name="kpi-incomplete",
        severity=Severity.WARNING,
        what="A KPI lacks its formula, unit, baseline, target, frequency or owner.",
        why="A measure that two people compute in two ways settles no dispute with a provider.",
        wrong="kpis:\n  - name: Paid in time\n    unit: percent\n    target: 97",
        right="kpis:\n"
        "  - name: Paid in time\n"
        "    formula: invoices paid in time / invoices paid\n"
        "    unit: percent\n"
        "    baseline: 88\n"
        "    target: 97\n"
        "    measured: monthly\n"
        "    owner: Team lead",
        fix="State what is missing.",
    ),
    Rule(
        code="BPO419",
        name="target-behind-baseline",
        severity=Severity.WARNING,
        what="The target of a KPI is worse than its baseline.",
        why="Either the direction or one of the figures is wrong, or the contract would reward decline. "
        "Figures that are written in different units are not compared.",
        wrong="kpis:\n"
        "  - name: Paid in time\n"
        "    direction: up\n"
        "    baseline: 97 %\n"
        "    target: 88 %",
        right="kpis:\n"
        "  - name: Paid in time\n"
        "    direction: up\n"
        "    baseline: 88 %\n"
        "    target: 97 %",
        fix="Correct the figure or the direction.",
    ),
    Rule(
        code="BPO420",
        name="review-missing",
        severity=Severity.NOTE,
        what="Neither the description nor a document of it states a day of review.",
        why="How old a description is tells how far it can be trusted.",
        wrong="owner: Head of finance",
        right="owner: Head of finance\nreviewed: 2026-06-30",
        fix="State reviewed: YYYY-MM-DD.",
    ),
    Rule(
        code="BPO421",
        name="evidence-not-found",
        severity=Severity.ERROR,
        what="A file that is named as evidence, document or instructions is not there, cannot be read or "
        "cannot be verified.",
        why="A proof that cannot be found proves nothing, and is the first thing an auditor looks for.",
        wrong="answers:\n  tested-exit:\n    level: 3\n    evidence: plans/exti.md",
        right="answers:\n  tested-exit:\n    level: 3\n    evidence: plans/exit.md",
        fix="Correct the path, seen from the folder of the description, or add the file. "
        "Of one description, the first 1,000 files are looked at, "
        "and files of more than 1 GB are not read to verify a fingerprint.",
    ),
    Rule(
        code="BPO422",
        name="evidence-outside",
        severity=Severity.ERROR,
        what="A path leads out of the repository, by itself or by a link, or is absolute.",
        why="Nobody else has that file in that place. What lies outside is never looked at.",
        wrong="answers:\n  tested-exit:\n    level: 3\n    evidence: /home/ann/plans/exit.md",
        right="answers:\n  tested-exit:\n    level: 3\n    evidence: plans/exit.md",
        fix="Put the file beside the description, or give its address.",
    ),
    Rule(
        code="BPO423",
        name="evidence-empty",
        severity=Severity.ERROR,
        what="A file or folder that is named as evidence, document or instructions holds nothing.",
        why="An empty file is a promise of proof.",
        wrong="answers:\n  tested-exit:\n    level: 3\n    evidence: plans/draft.md  # 0 bytes",
        right="answers:\n  tested-exit:\n    level: 3\n    evidence: plans/exit.md  # 1,204 bytes",
        fix="Add what proves the answer, or take the reference out.",
    ),
    Rule(
        code="BPO424",
        name="evidence-stale",
        severity=Severity.WARNING,
        what="Evidence is dated more than twenty-four months before the day of assessment.",
        why="What was true then may not be true now.",
        wrong="# assessed as of 2026-11-01\n"
        "answers:\n"
        "  tested-exit:\n"
        "    level: 3\n"
        "    evidence: {path: plans/exit.md, dated: 2021-03-01}",
        right="# assessed as of 2026-11-01\n"
        "answers:\n"
        "  tested-exit:\n"
        "    level: 3\n"
        "    evidence: {path: plans/exit.md, dated: 2026-03-01}",
        fix="Renew the proof and its date.",
    ),
    Rule(
        code="BPO425",
        name="evidence-changed",
        severity=Severity.ERROR,
        what="A file of evidence is no longer the one whose fingerprint is stated.",
        why="What was shown to prove the answer has been changed since.",
        wrong="controls:\n"
        "- id: dual-approval\n"
        "  status: in-place\n"
        "  evidence:\n"
        "    path: records/approvals-2025.md\n"
        "    sha256: 8b6cc64ca419deeab8a4b85970e1dd9fa4a27721c91242371574afa5cb0eae5b",
        right="controls:\n"
        "- id: dual-approval\n"
        "  status: in-place\n"
        "  evidence:\n"
        "    path: records/approvals-2025.md\n"
        "    sha256: cc4fe239dc8f9388143dd649b38dd41566b8c4a8220f06eb82d85c69cd959bd2",
        fix="Read it again; if it still proves the answer, state its new sha256.",
    ),
    Rule(
        code="BPO426",
        name="evidence-demanded",
        severity=Severity.WARNING,
        what="An answer claims a level from which its question demands evidence, and names none.",
        why="The higher the claim, the sooner somebody asks for the proof.",
        wrong="answers:\n  tested-exit: 4",
        right="answers:\n  tested-exit:\n    level: 4\n    evidence: plans/exit.md",
        fix="Name the proof, or answer the level that can be proven.",
    ),
    Rule(
        code="BPO427",
        name="gate-open",
        severity=Severity.WARNING,
        what="A question that can decide alone is not answered.",
        why="No average makes up for a bad answer to it. While it is open, nobody can rely on the verdict.",
        wrong="answers:\n  data-protection: unknown\n  documented-steps: 3",
        right="answers:\n  data-protection: 3\n  documented-steps: 3",
        fix="Find out, and answer it.",
    ),
    Rule(
        code="BPO428",
        name="answer-contradicted",
        severity=Severity.WARNING,
        what="An answer, or the data that is stated, says something that a fact of the description denies.",
        why="Whoever reads both will believe neither.",
        wrong="staff_fte: 12\n"
        "steps:\n"
        "  - name: Enter the invoice\n"
        "    stays: false\n"
        "answers:\n"
        "  staff-affected: 4  # nobody",
        right="staff_fte: 12\n"
        "steps:\n"
        "  - name: Enter the invoice\n"
        "    stays: false\n"
        "answers:\n"
        "  staff-affected: 2  # half of them",
        fix="Correct the answer or the fact.",
    ),
    Rule(
        code="BPO429",
        name="process-id-twice",
        severity=Severity.ERROR,
        what="Two descriptions have the same id.",
        why="Findings, acceptances and comparisons go by the id; two of one name are told apart by nobody.",
        wrong="# processes/france.yaml\n"
        "id: payroll\n"
        "name: Payroll in France\n"
        "\n"
        "# processes/spain.yaml\n"
        "id: payroll\n"
        "name: Payroll in Spain",
        right="# processes/france.yaml\n"
        "id: payroll-france\n"
        "name: Payroll in France\n"
        "\n"
        "# processes/spain.yaml\n"
        "id: payroll-spain\n"
        "name: Payroll in Spain",
        fix="Give each description an id of its own.",
        example_of=Example.FILES,
    ),
)
