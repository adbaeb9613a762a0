"""Every code by which a problem is named: what is wrong, why it matters, and how to mend it."""

from collections.abc import Mapping
from types import MappingProxyType

from bpo_assess.diagnostics import Severity
from bpo_assess.diagnostics.documentation import DOCUMENTATION
from bpo_assess.diagnostics.gate import GATE
from bpo_assess.diagnostics.rule import Example, Rule

_YAML = (
    Rule(
        code="BPO101",
        name="file-unreadable",
        severity=Severity.ERROR,
        what="A file that was named cannot be opened and read.",
        why="An assessment must rest on the file that was meant. "
        "Nothing is guessed in the place of a file that is missing.",
        wrong="$ bpo-assess check proceses/payroll.yaml",
        right="$ bpo-assess check processes/payroll.yaml",
        fix="Check the name, the folder and your permission to read the file.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO102",
        name="not-utf-8",
        severity=Severity.ERROR,
        what="The file holds bytes that are not valid UTF-8, the encoding in which text is read.",
        why="In another encoding a letter can be read as another letter, "
        "so that the names and figures in the report would not be those that were written.",
        wrong="$ file payroll.yaml\npayroll.yaml: ISO-8859 text",
        right="$ iconv -f ISO-8859-1 -t UTF-8 payroll.yaml > payroll-utf-8.yaml\n"
        "$ file payroll-utf-8.yaml\n"
        "payroll-utf-8.yaml: Unicode text, UTF-8 text",
        fix="Save the file again with UTF-8 as its encoding.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO103",
        name="not-yaml",
        severity=Severity.ERROR,
        what="The text breaks the rules of YAML, so its structure cannot be told.",
        why="As long as it is open which entry belongs where, nobody can say what was answered.",
        wrong="name: Accounts payable: invoices",
        right='name: "Accounts payable: invoices"',
        fix="Mend the line that is shown, or the line above it.",
    ),
    Rule(
        code="BPO104",
        name="duplicate-key",
        severity=Severity.ERROR,
        what="The same key stands twice in one mapping.",
        why="Only one of the two values could count, and a reader of the file cannot see which. "
        "Two people could defend different answers from the same file.",
        wrong="answers:\n  documented-steps: 3\n  documented-steps: 1",
        right="answers:\n  documented-steps: 1",
        fix="Decide which value holds and delete the other.",
    ),
    Rule(
        code="BPO105",
        name="anchor-or-alias",
        severity=Severity.ERROR,
        what="The file refers to another place of itself with `&`, `*` or `<<`.",
        why="A value that stands elsewhere is easily changed without noticing whom it affects. "
        "Each answer has to be readable where it is given.",
        wrong="owner: &lead Head of finance\ndescription: *lead",
        right="owner: Head of finance\ndescription: Head of finance",
        fix="Write each value out where it belongs, or put text that begins with & or * in quotes.",
    ),
    Rule(
        code="BPO106",
        name="tag",
        severity=Severity.ERROR,
        what="A value carries a tag, a word that begins with an exclamation mark.",
        why="Tags tell a program to read a value as something other than it appears. "
        "What the board reads in the file and what is assessed must be the same.",
        wrong="staff_fte: !!str 12",
        right="staff_fte: 12",
        fix="Leave the tag out, or put the text in quotes if the exclamation mark belongs to it.",
    ),
    Rule(
        code="BPO107",
        name="several-documents",
        severity=Severity.ERROR,
        what="The file holds more than one document, parted by lines of three hyphens.",
        why="A report covers one process and names the one file that it rests on. "
        "With several documents in it, part of the file would be passed over.",
        wrong="name: Accounts payable\n---\nname: Payroll",
        right="name: Accounts payable",
        fix="Put each document in a file of its own.",
    ),
    Rule(
        code="BPO108",
        name="nested-too-deep",
        severity=Severity.ERROR,
        what="Mappings and lists stand in each other more than 64 levels deep.",
        why="No description or questionnaire needs such depth. "
        "It comes from a damaged file, or from one that is made to exhaust the machine.",
        wrong="in_scope:\n"
        "  [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\n"
        "    invoices\n"
        "  ]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        right="in_scope:\n  [invoices]",
        fix="Take out the surplus brackets or indentation.",
    ),
    Rule(
        code="BPO109",
        name="file-too-large",
        severity=Severity.ERROR,
        what="The file is larger than 5 MB.",
        why="A process description is far smaller, even a long one. "
        "A file of this size is most likely another file than the one that was meant.",
        wrong="$ wc -c payroll.yaml\n7340032 payroll.yaml",
        right="$ wc -c payroll.yaml\n41213 payroll.yaml",
        fix="Check that it is the right file, and name long documents by path instead of pasting "
        "them.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO110",
        name="empty-file",
        severity=Severity.ERROR,
        what="The file says nothing: it is empty, or holds only comments or an empty value.",
        why="An assessment of nothing would look like an assessment of a process of which "
        "nothing is known, and those are different findings.",
        wrong="# accounts payable, to follow",
        right="format: bpo-assess/process/v1\nid: accounts-payable\nname: Accounts payable",
        fix="Write at least `format`, `id` and `name`.",
    ),
    Rule(
        code="BPO111",
        name="key-not-text",
        severity=Severity.ERROR,
        what="A key is a number, a truth value, a list, a mapping or nothing, where keys are text.",
        why="Keys name questions and facts. A key of another kind names none of them, "
        "so its value would be lost.",
        wrong="answers:\n  2024: 3",
        right="answers:\n  documented-steps: 3",
        fix="Write the name before the colon, in quotes if it looks like a number or begins with "
        "a bracket.",
    ),
    Rule(
        code="BPO112",
        name="number-out-of-range",
        severity=Severity.ERROR,
        what="A number is infinite, is undefined, or has more than 60 digits.",
        why="Every figure in the report can be recomputed by hand. "
        "That takes numbers that people can write down.",
        wrong="staff_fte: .inf",
        right="staff_fte: 12.5",
        fix="Write the number in full with at most 60 digits, or in quotes if it is text.",
    ),
    Rule(
        code="BPO113",
        name="not-a-text-file",
        severity=Severity.ERROR,
        what="The file is no text file but, for instance, a Word, Excel or PDF file.",
        why="Only plain text can be read, compared between versions "
        "and checked by a second person line by line.",
        wrong="$ file payroll.yaml\npayroll.yaml: Microsoft Excel 2007+",
        right="$ file payroll.yaml\npayroll.yaml: Unicode text, UTF-8 text",
        fix="Name the YAML text file, or copy the content into one.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO114",
        name="too-many-values",
        severity=Severity.ERROR,
        what="The file holds more than 500,000 keys, values, beginnings and ends of mappings and lists.",
        why="No description or questionnaire needs so many, even a long one. "
        "They come from an export of data, or from a file that is made to exhaust the machine.",
        wrong="$ grep -c 'name:' payroll.yaml\n412903",
        right="$ grep -c 'name:' payroll.yaml\n38",
        fix="Check that it is the right file, and describe several processes in a file each.",
        example_of=Example.COMMAND,
    ),
)

_CONTENT = (
    Rule(
        code="BPO201",
        name="wrong-kind-of-file",
        severity=Severity.ERROR,
        what="The file does not state the format that is expected at this place.",
        why="Process descriptions and questionnaires are different files with different keys. "
        "The `format` line keeps one from being taken for the other.",
        wrong="id: accounts-payable\nname: Accounts payable",
        right="format: bpo-assess/process/v1\nid: accounts-payable\nname: Accounts payable",
        fix="Name the right file, or start it with the right `format:` line.",
    ),
    Rule(
        code="BPO202",
        name="unknown-key",
        severity=Severity.ERROR,
        what="A key stands where it has no meaning, most often because it is misspelt.",
        why="A misspelt key that is passed over leaves out a fact without a word. "
        "The report would then rest on less than its author believes.",
        wrong="staf_fte: 12",
        right="staff_fte: 12",
        fix="Correct the spelling, move the key to where it belongs, or delete it.",
    ),
    Rule(
        code="BPO203",
        name="missing-key",
        severity=Severity.ERROR,
        what="Something that cannot be done without is not stated.",
        why="What is left out cannot be supplied by assumption: "
        "somebody would have to defend what nobody has said.",
        wrong="steps:\n  - role: Clerk",
        right="steps:\n  - name: Enter the invoice\n    role: Clerk",
        fix="Add the key that is named.",
    ),
    Rule(
        code="BPO204",
        name="wrong-type",
        severity=Severity.ERROR,
        what="A value is of another kind than is expected, such as text in the place of a number.",
        why="Turning one kind into another would mean guessing at what was intended. "
        "A guess is no ground for a figure in the report.",
        wrong="staff_fte: about twelve",
        right="staff_fte: 12",
        fix="Write the value in the form that is expected.",
    ),
    Rule(
        code="BPO205",
        name="unknown-value",
        severity=Severity.ERROR,
        what="A value is none of the words that may stand there.",
        why="Each of these words has a fixed meaning in the assessment. "
        "A word without one would count for nothing, or for something that was not meant.",
        wrong="data:\n  - class: secret",
        right="data:\n  - class: confidential",
        fix="Choose one of the words that are listed.",
    ),
    Rule(
        code="BPO206",
        name="not-a-level",
        severity=Severity.ERROR,
        what="An answer is no whole number from 0 to 4, or gives a level for a question that it "
        "sets aside.",
        why="Every level stands for a description that can be checked against the process. "
        "Between two levels, or beyond them, there is nothing to check.",
        wrong="answers:\n  documented-steps: 2.5",
        right="answers:\n  documented-steps: 2",
        fix="Choose the highest level whose description holds today, or write `unknown`.",
    ),
    Rule(
        code="BPO207",
        name="out-of-bounds",
        severity=Severity.ERROR,
        what="A number is too small or too large, or a list has too few or too many entries.",
        why="Beyond its bounds a value has no meaning: no team has fewer than nought people. "
        "One such value can distort every figure that is computed from it.",
        wrong="staff_fte: -3",
        right="staff_fte: 3",
        fix="Correct the value so that it lies within the bounds that are named.",
    ),
    Rule(
        code="BPO208",
        name="not-a-date",
        severity=Severity.ERROR,
        what="A date is not written as YYYY-MM-DD, or is no day of the calendar.",
        why="03/04/2025 is a day in March to some readers and in April to others. "
        "Reviews and evidence are only as good as their dates.",
        wrong="reviewed: 03/04/2025",
        right="reviewed: 2025-04-03",
        fix="Write the date as four digits for the year, two for the month and two for the day.",
    ),
    Rule(
        code="BPO209",
        name="not-an-id",
        severity=Severity.ERROR,
        what="An id holds characters other than lower-case letters and digits, "
        "parted by single hyphens, dots or underscores.",
        why="Answers, risks and reports refer to each other by ids over years. "
        "Plain ids survive copying, sorting and typing.",
        wrong="id: Accounts Payable",
        right="id: accounts-payable",
        fix="Write it in lower case, with hyphens in the place of spaces.",
    ),
    Rule(
        code="BPO210",
        name="duplicate-id",
        severity=Severity.ERROR,
        what="Two parts of one kind have the same id, or one control is stated twice.",
        why="A reference to the id would mean either of them. "
        "An answer could be counted for the wrong question, or a control counted as both planned "
        "and in place.",
        wrong="controls:\n"
        "  - id: dual-approval\n"
        "    status: planned\n"
        "  - id: dual-approval\n"
        "    status: in-place",
        right="controls:\n  - id: dual-approval\n    status: planned",
        fix="Give one of them another id, or delete it.",
    ),
    Rule(
        code="BPO211",
        name="text-empty",
        severity=Severity.ERROR,
        what="A text that must say something is empty, or not written in the form that is "
        "prescribed for it.",
        why="A step without a name or a question without text cannot be discussed. "
        "A board cannot approve what is not named.",
        wrong='name: ""',
        right="name: Accounts payable",
        fix="Write the text that is missing.",
    ),
    Rule(
        code="BPO212",
        name="weights-sum-to-nothing",
        severity=Severity.ERROR,
        what="The weights that stand together are all 0, so nothing counts.",
        why="An index is a weighted mean, and a mean of nothing has no value. "
        "A risk without drivers of any weight could be rated by no answer at all.",
        wrong="risks:\n  - id: error\n    drivers:\n      documented-steps: 0",
        right="risks:\n  - id: error\n    drivers:\n      documented-steps: 1",
        fix="Give at least one of them a weight above 0.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO213",
        name="unknown-reference",
        severity=Severity.ERROR,
        what="A questionnaire refers to a part of itself that does not exist, or an acceptance to no rule.",
        why="A condition on a question that is never asked can never hold. "
        "The method would look stricter than it is.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-step, at_most: 1}",
        right="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}",
        fix="Correct the id, or add the part that it names.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO214",
        name="matrix-not-monotone",
        severity=Severity.ERROR,
        what="The risk matrix gives a lower level to a risk that is likelier or does more harm "
        "than another.",
        why="By such a matrix a process could improve its rating by getting worse. "
        "No committee should have to defend that.",
        wrong="risk_matrix:\n"
        "  rows:\n"
        "    - [low, moderate, low, moderate, high]\n"
        "    - [low, moderate, moderate, high, high]\n"
        "    - [moderate, moderate, high, high, high]\n"
        "    - [moderate, high, high, high, high]\n"
        "    - [high, high, high, high, high]",
        right="risk_matrix:\n"
        "  rows:\n"
        "    - [low, low, moderate, moderate, high]\n"
        "    - [low, moderate, moderate, high, high]\n"
        "    - [moderate, moderate, high, high, high]\n"
        "    - [moderate, high, high, high, high]\n"
        "    - [high, high, high, high, high]",
        fix="Let the levels rise, or stay the same, along every row and down every column.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO215",
        name="condition-malformed",
        severity=Severity.ERROR,
        what="A condition does not name exactly one subject and one limit.",
        why="A verdict rests on its conditions. Each must be readable in one way only, "
        "so that anyone can tell from the answers whether it holds.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - question: documented-steps",
        right="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - question: documented-steps\n"
        "          at_most: 1",
        fix="Name one subject and, where the subject takes one, one limit.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO216",
        name="condition-not-monotone",
        severity=Severity.ERROR,
        what="A condition of the decision holds a process back for a good answer.",
        why="A better answer could then give a worse verdict. "
        "People would be rewarded for describing their process as worse than it is.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_least: 3}",
        right="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}",
        fix="Use `at_most` on questions and `below` on dimensions and axes.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO217",
        name="unknown-measure",
        severity=Severity.ERROR,
        what="A question wants to read its level off a measure that does not exist.",
        why="Without the measure the claimed level would stand unchecked, "
        "while the method promises a check against the stated facts.",
        wrong="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            measure:\n"
        "              of: months-since-reviews\n"
        "              levels:\n"
        "                - {level: 2, at_most: 24}\n"
        "                - {level: 3, at_most: 12}",
        right="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            measure:\n"
        "              of: months-since-review\n"
        "              levels:\n"
        "                - {level: 2, at_most: 24}\n"
        "                - {level: 3, at_most: 12}",
        fix="Choose one of the measures that are listed.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO218",
        name="measure-levels-disordered",
        severity=Severity.ERROR,
        what="The levels of a measure do not rise with tightening bounds, or a bound does not "
        "give one limit.",
        why="A higher level must ask for more than the one below it. "
        "Otherwise weaker facts would support a stronger claim.",
        wrong="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            measure:\n"
        "              of: kpis-with-target\n"
        "              levels:\n"
        "                - {level: 2, at_least: 80}\n"
        "                - {level: 3, at_least: 50}",
        right="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            measure:\n"
        "              of: kpis-with-target\n"
        "              levels:\n"
        "                - {level: 2, at_least: 50}\n"
        "                - {level: 3, at_least: 80}",
        fix="List the levels rising, each with a tighter bound than the one before, and one limit "
        "in each bound.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO219",
        name="verdicts-disordered",
        severity=Severity.ERROR,
        what="The verdicts do not run from the least to the most favourable, "
        "the last of them has conditions, or one has the id `undetermined`.",
        why="A process gets the first verdict that holds it back. "
        "Out of order, a lesser concern could hide a graver one.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - {id: go, stance: favour}\n"
        "    - {id: later, stance: later}\n"
        "    - {id: keep, stance: against}",
        right="decision:\n"
        "  verdicts:\n"
        "    - {id: keep, stance: against}\n"
        "    - {id: later, stance: later}\n"
        "    - {id: go, stance: favour}",
        fix="List the verdicts from against to favour, each with an id of its own, "
        "the last without conditions.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO220",
        name="gate-can-be-set-aside",
        severity=Severity.ERROR,
        what="A question that alone can hold a process back may be answered as not applicable.",
        why="Anyone could pass the gate by saying that it does not apply. "
        "A gate protects only if everybody has to answer it.",
        wrong="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: data-protection\n"
        "            not_applicable: true",
        right="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: data-protection\n"
        "            not_applicable: false",
        fix="Leave out `not_applicable`, or let the question count only together with others.",
        example_of=Example.QUESTIONNAIRE,
    ),
    Rule(
        code="BPO221",
        name="question-unused",
        severity=Severity.WARNING,
        what="A question enters no index, drives no risk and stands in no condition.",
        why="People spend time on the answer and it changes nothing. "
        "They will also expect that it does.",
        wrong="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            weight: 0",
        right="axes:\n"
        "  - id: readiness\n"
        "    dimensions:\n"
        "      - id: people\n"
        "        questions:\n"
        "          - id: team-mood\n"
        "            weight: 1",
        fix="Give it a weight, a risk or a condition, or leave it out.",
        example_of=Example.QUESTIONNAIRE,
        final=True,
    ),
    Rule(
        code="BPO222",
        name="condition-idle",
        severity=Severity.WARNING,
        what="A condition holds whatever is answered, or can never hold.",
        why="The method looks stricter, or finer, than it is.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 4}",
        right="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}",
        fix="Set a limit that some answers reach and others do not.",
        example_of=Example.QUESTIONNAIRE,
        final=True,
    ),
    Rule(
        code="BPO223",
        name="verdict-out-of-reach",
        severity=Severity.WARNING,
        what="No answers were found that lead to a verdict.",
        why="Verdicts above it in the list may hold everything that would lead to it. "
        "A verdict that nobody can get promises a difference that is not there.",
        wrong="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}\n"
        "    - id: later\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}",
        right="decision:\n"
        "  verdicts:\n"
        "    - id: keep\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 0}\n"
        "    - id: later\n"
        "      held_by:\n"
        "        - {question: documented-steps, at_most: 1}",
        fix="Loosen the verdicts above it, or leave it out; a case that reaches it ends the doubt.",
        example_of=Example.QUESTIONNAIRE,
        final=True,
    ),
    Rule(
        code="BPO224",
        name="case-fails",
        severity=Severity.ERROR,
        what="A case of the questionnaire leads to something else than it states.",
        why="A weight, a limit or a condition was changed, and with it what the method says of a process "
        "for which it was agreed.",
        wrong="cases:\n"
        "  - name: Nothing is written down\n"
        "    answers: {documented-steps: 0}\n"
        "    otherwise: 4\n"
        "    verdict: go",
        right="cases:\n"
        "  - name: Nothing is written down\n"
        "    answers: {documented-steps: 0}\n"
        "    otherwise: 4\n"
        "    verdict: later",
        fix="Undo the change, or agree on the new outcome and correct the case.",
        example_of=Example.QUESTIONNAIRE,
    ),
)

_TOGETHER = (
    Rule(
        code="BPO301",
        name="unknown-question",
        severity=Severity.ERROR,
        what="An answer is given to a question that the questionnaire does not ask.",
        why="Such an answer counts for nothing, and the question that was meant stays open. "
        "When the answers were written for another questionnaire, this is only a note.",
        at_times=Severity.NOTE,
        wrong="answers:\n  documented-step: 3",
        right="answers:\n  documented-steps: 3",
        fix="Correct the id, or delete the answer.",
    ),
    Rule(
        code="BPO302",
        name="not-applicable-refused",
        severity=Severity.ERROR,
        what="A question that applies to every process is answered as not applicable.",
        why="A question that is set aside no longer weighs on the result. "
        "The method allows that only where a process can truly be without the matter.",
        wrong="answers:\n  documented-steps:\n    not_applicable: we have no documents",
        right="answers:\n  documented-steps: 0",
        fix="Answer with a level from 0 to 4, or `unknown`.",
    ),
    Rule(
        code="BPO303",
        name="unknown-control",
        severity=Severity.ERROR,
        what="The description states a control that the questionnaire does not know.",
        why="A control lowers a risk only through the questionnaire, which says what it acts on. "
        "Under a wrong id, it would be stated and counted by nobody. "
        "When the answers were written for another questionnaire, this is only a note.",
        at_times=Severity.NOTE,
        wrong="controls:\n  - id: dual-aproval\n    status: in-place",
        right="controls:\n  - id: dual-approval\n    status: in-place",
        fix="Correct the id, or delete the control.",
    ),
    Rule(
        code="BPO304",
        name="other-questionnaire-or-version",
        severity=Severity.ERROR,
        what="The answers were written for another questionnaire, or for another version of it.",
        why="Between major versions the same answer may mean something else, so it is refused. "
        "Another questionnaire or a minor version is only noted.",
        at_times=Severity.NOTE,
        wrong="questionnaire:\n  id: own-method\n  version: 1.4",
        right="questionnaire:\n  id: own-method\n  version: 2.1",
        fix="Read the changed questions again and set the version, or name the questionnaire that "
        "was answered.",
    ),
    Rule(
        code="BPO305",
        name="questionnaire-not-found",
        severity=Severity.ERROR,
        what="There is no questionnaire of that name.",
        why="The result depends on the questions, weights and verdicts of the method. "
        "Another method is never put in the place of the one that was asked for.",
        wrong="questionnaire: readyness",
        right="questionnaire: readiness",
        fix="Choose an id from the list of questionnaires, or name a file by its path.",
    ),
    Rule(
        code="BPO306",
        name="output-not-writable",
        severity=Severity.ERROR,
        what="The report or the new file cannot be written where it was asked for.",
        why="Nothing is left half written, and no new description replaces one that exists. "
        "What stood there before is as it was.",
        wrong="$ bpo-assess new payroll.yaml\n# payroll.yaml exists",
        right="$ bpo-assess new payroll-spain.yaml",
        fix="Name a file that can be written, in a folder that exists.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO307",
        name="function-unknown",
        severity=Severity.NOTE,
        what="The description names a function that the catalogue does not have.",
        why="What is usual of a function can be pointed out only where the function is known.",
        wrong="function: pay-roll",
        right="function: payroll",
        fix="Choose one that bpo-assess functions lists, or leave it out.",
    ),
    Rule(
        code="BPO308",
        name="template-broken",
        severity=Severity.ERROR,
        what="A report template cannot be filled: its syntax is wrong, it names what does not exist, or it "
        "reaches for more than a template may.",
        why="A page with a hole in it would go to a client. So no page is written.",
        wrong="{{ assessment.verdict.titel }}",
        right="{{ assessment.verdict.title }}",
        fix="Mend the line that is shown; bpo-assess schema assessment lists what there is.",
        example_of=Example.TEMPLATE,
    ),
)

_FINDINGS = (
    Rule(
        code="BPO401",
        name="claim-above-facts",
        severity=Severity.WARNING,
        what="An answer claims a higher level than the facts in the description support.",
        why="The lower level counts, because a claim that its own description contradicts "
        "will not stand up to a provider's due diligence or to an auditor.",
        wrong="steps:\n"
        "  - name: Enter the invoice\n"
        "    instructions: TBD\n"
        "answers:\n"
        "  documented-steps: 4",
        right="steps:\n"
        "  - name: Enter the invoice\n"
        "    instructions: Manual AP-07, section 2\n"
        "answers:\n"
        "  documented-steps: 4",
        fix="Complete the description, or answer with the level that it shows.",
    ),
    Rule(
        code="BPO402",
        name="facts-set-aside",
        severity=Severity.NOTE,
        what="A question is said not to apply, while the description states facts about it.",
        why="A question that is set aside no longer weighs on the result. "
        "A reader who finds the facts in the same file will ask why.",
        wrong="steps:\n"
        "  - name: Enter the invoice\n"
        "    systems: [Ledger]\n"
        "answers:\n"
        "  known-systems:\n"
        "    not_applicable: no systems are used",
        right="steps:\n"
        "  - name: Enter the invoice\n"
        "    systems: [Ledger]\n"
        "answers:\n"
        "  known-systems: 4",
        fix="Answer with a level, or take the facts out if they are wrong.",
    ),
    Rule(
        code="BPO403",
        name="placeholder-instructions",
        severity=Severity.WARNING,
        what="The instructions of a step are a placeholder such as TBD.",
        why="They count as absent. A provider cannot take over a step that nobody has written "
        "down.",
        wrong="steps:\n  - name: Enter the invoice\n    instructions: TBD",
        right="steps:\n  - name: Enter the invoice\n    instructions: Manual AP-07, section 2",
        fix="Write how the step is done, or name the document that says so.",
    ),
    Rule(
        code="BPO404",
        name="control-unproven",
        severity=Severity.WARNING,
        what="A control is said to be in place, without evidence of it.",
        why="It counts as planned and lowers no risk. "
        "A regulator or an auditor will ask for the same proof.",
        wrong="controls:\n  - id: dual-approval\n    status: in-place",
        right="controls:\n"
        "  - id: dual-approval\n"
        "    status: in-place\n"
        "    evidence: records/approvals-2025.md",
        fix="Add evidence, as a path or a web address, or set the status to planned.",
    ),
    Rule(
        code="BPO405",
        name="reviews-not-weighed",
        severity=Severity.NOTE,
        what="The description states dates of review, but no day of assessment is given.",
        why="How old a review is depends on the day on which it is judged. "
        "The clock of the machine is not used, so that the same files always give the same report.",
        wrong="$ bpo-assess score payroll.yaml",
        right="$ bpo-assess score payroll.yaml --as-of 2026-11-01",
        fix="State the day of assessment with --as-of YYYY-MM-DD.",
        example_of=Example.COMMAND,
    ),
    Rule(
        code="BPO406",
        name="review-overdue",
        severity=Severity.WARNING,
        what="The next review of the description was due before the day of assessment; or none is planned, "
        "and the last one is more than twenty-four months old.",
        why="The process may no longer be what is described. "
        "What is handed over would then be something else than what was assessed.",
        wrong="reviewed: 2025-06-30\nnext_review: 2026-06-30  # assessed as of 2026-11-01",
        right="reviewed: 2026-06-30\nnext_review: 2027-06-30  # assessed as of 2026-11-01",
        fix="Review the description and set `reviewed` and `next_review`.",
    ),
    Rule(
        code="BPO407",
        name="review-in-future",
        severity=Severity.WARNING,
        what="A review is dated after the day of assessment.",
        why="It cannot have taken place yet, so it is not counted. "
        "A date that cannot be right casts doubt on the others.",
        wrong="reviewed: 2027-03-01  # assessed as of 2026-11-01",
        right="reviewed: 2026-03-01  # assessed as of 2026-11-01",
        fix="Correct the date, or assess as of a later day.",
    ),
    Rule(
        code="BPO408",
        name="usual-kpis-missing",
        severity=Severity.NOTE,
        what="The function is usually measured by KPIs that the description does not have.",
        why="What is measured elsewhere and not here is often what goes wrong unseen.",
        wrong="function: payroll\n"
        "kpis:\n"
        "  - name: Payroll accuracy\n"
        "  - name: On-time payment\n"
        "  - name: Cost per error\n"
        "  - name: Tax filing on time\n"
        "  - name: First-time approval of the run",
        right="function: payroll\n"
        "kpis:\n"
        "  - name: Payroll accuracy\n"
        "  - name: On-time payment\n"
        "  - name: Cost per error\n"
        "  - name: Tax filing on time\n"
        "  - name: First-time approval of the run\n"
        "  - name: Days until an inquiry is resolved",
        fix="Add the KPI, or accept the finding and say why it does not matter here.",
    ),
    Rule(
        code="BPO409",
        name="usual-rules-missing",
        severity=Severity.NOTE,
        what="Rules that usually touch the function are not among the regulations of the description.",
        why="A rule that nobody named is found by the provider's lawyers, or by the regulator.",
        wrong="function: payroll\nregulations:\n  - SOC 1\n  - GDPR\n  - Wage-and-hour rules",
        right="function: payroll\n"
        "regulations:\n"
        "  - Tax and social-security law\n"
        "  - SOC 1\n"
        "  - GDPR\n"
        "  - Wage-and-hour rules",
        fix="Name the rule under `regulations`, or accept the finding and say why it does not apply.",
    ),
    Rule(
        code="BPO410",
        name="far-from-typical",
        severity=Severity.NOTE,
        what="An answer lies far from what is typical of the function.",
        why="It may be right: no process is typical in every respect. It will be asked about.",
        wrong="function: payroll\nanswers:\n  commodity-sameness: 1",
        right="function: payroll\nanswers:\n  commodity-sameness: 3",
        fix="Look at the answer again; where it is right, accept the finding and say why it differs.",
    ),
)

GROUPS: Mapping[str, tuple[Rule, ...]] = MappingProxyType(
    {
        "The file as YAML": _YAML,
        "The content of a file": _CONTENT,
        "Between files": _TOGETHER,
        "The assessment": _FINDINGS,
        "The description": DOCUMENTATION,
        "The gate": GATE,
    }
)
"""The rules by what they are about, in the order of their codes."""

RULES: Mapping[str, Rule] = MappingProxyType(
    {rule.code: rule for rules in GROUPS.values() for rule in rules}
)
"""Every rule by its code, in the order of the codes."""


def rule(name: str) -> Rule | None:
    """Look up a rule by its code, such as `BPO206`, or its name; return None where there is none."""
    found = RULES.get(name.upper())
    return found or next((entry for entry in RULES.values() if entry.name == name.lower()), None)
