"""The HTML report: as a parser reads it, and as a browser, a screen reader and a printer get it."""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from bpo_assess.assessment import assess
from bpo_assess.assessment.result import Assessment
from bpo_assess.reports.html import is_link, render
from browser import Opened, browser, in_browser
from builders import process
from hostile import hostile, hostile_method
from rendering import looked_at, rendered
from shipped import EXAMPLES, example, method_of

VOID = {"meta", "br", "rect", "path", "circle"}
"""Elements that hold nothing; those of SVG are closed by themselves."""


class Outline(HTMLParser):
    """What a page consists of, and whether every element is closed where it should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.errors: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.errors.append(f"{tag} at {self.getpos()}")

    def of(self, tag: str) -> Iterator[dict[str, str | None]]:
        return (attrs for name, attrs in self.tags if name == tag)


SURE, SURE_HOSTILE = "how sure supplier-onboarding.yaml is", "how sure a hostile method is"
"""Pages with the chapter that says how sure the verdict is."""

PAGES = (*EXAMPLES, SURE, SURE_HOSTILE)

CUT = "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
"""Everything that reaches beyond the right edge."""


@cache
def page_of(name: str) -> str:
    if name in {SURE, SURE_HOSTILE}:
        answers = {"exit-plan": 0, "commodity-sameness": 4, "competitive-advantage": 1}
        hostile_one = assess(process(answers), hostile_method())
        assessment = example("supplier-onboarding.yaml") if name == SURE else hostile_one
        return rendered(assessment, "html", analyses=looked_at(assessment))
    return rendered(hostile() if name == "hostile" else example(name), "html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed_and_refers_only_to_itself(name: str) -> None:
    outline = Outline(page_of(name))
    assert outline.errors == outline.open == []
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = {str(attrs["href"])[1:] for attrs in outline.of("a") if str(attrs["href"])[0] == "#"}
    labels = {
        key for _, attrs in outline.tags for key in str(attrs.get("aria-labelledby") or "").split()
    }
    assert inner | labels <= set(ids)
    assert not {"script", "img", "link", "iframe", "object", "form"} & {t for t, _ in outline.tags}
    assert not re.search(r"url\(|@import|@font-face", page_of(name))


@pytest.mark.parametrize("name", PAGES)
def test_headings_go_down_one_step_at_a_time(name: str) -> None:
    found = [int(tag[1]) for tag, _ in Outline(page_of(name)).tags if re.fullmatch(r"h\d", tag)]
    assert found[0] == 1
    assert found.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found))


@pytest.mark.parametrize("name", PAGES)
def test_tables_and_drawings_say_what_they_are(name: str) -> None:
    outline = Outline(page_of(name))
    assert len(list(outline.of("caption"))) == len(list(outline.of("table")))
    assert all(attrs.get("scope") for attrs in outline.of("th"))
    drawings = [attrs for attrs in outline.of("svg") if attrs.get("aria-hidden") != "true"]
    assert all(attrs["role"] == "img" and attrs["aria-labelledby"] for attrs in drawings)
    assert len(list(outline.of("desc"))) == len(drawings)
    assert next(outline.of("html"))["lang"] == "en"


def test_every_figure_of_the_scorecard_and_every_answer_is_on_the_page() -> None:
    assessment = example("supplier-onboarding.yaml")
    page = rendered(assessment, "html")
    for score in assessment.scorecard.dimensions:
        if score.index.value is not None:
            assert f">{score.index.value:.1f}<" in page
        assert f"{score.index.low:.1f} to {score.index.high:.1f}" in page or (
            score.index.low == score.index.high
        )
    for key in assessment.questionnaire.questions:
        assert f"<code>{key}</code>" in page
    assert "bpo-assess score examples/supplier-onboarding.yaml --as-of 2026-11-01 -f html" in page


def test_the_quadrant_places_the_dot_the_box_and_the_limits() -> None:
    """Suitability 63.7 (41.5 to 78.9), readiness 54.6 (33.1 to 74.9), on sides of 320 units.

    Dot: 63.7 % of 320 = 203.8 across, 320 - 54.6 % of 320 = 145.3 down. Box: from 41.5 % = 132.8 to
    78.9 % = 252.5 across, so 119.7 wide; from 320 - 74.9 % = 80.3 to 320 - 33.1 % = 214.1 down. Limits of
    suitability at 45 (144.0) and 65 (208.0), of readiness at 70 (96.0).
    """
    page = page_of("supplier-onboarding.yaml")
    assert '<circle cx="203.8" cy="145.3"' in page
    box = re.search(r'<rect x="132.8" y="80.3" width="([\d.]+)" height="([\d.]+)"', page)
    assert box
    assert [round(float(side), 1) for side in box.groups()] == [119.7, 133.8]
    assert 'd="M144.0 0V320"' in page
    assert 'd="M208.0 0V320"' in page
    assert 'd="M0 96.0H320"' in page


def test_the_bars_of_the_dimensions_add_up_to_the_candidacy_and_to_a_hundred() -> None:
    page = page_of("payroll.yaml")
    bars = re.findall(r": ([\d.]+) added, ([\d.]+) kept back", page)
    added = sum(float(one) for one, _ in bars)
    kept = sum(float(other) for _, other in bars)
    assert added == pytest.approx(77.4, abs=0.05)
    assert added + kept == pytest.approx(100, abs=0.1)


def test_text_of_files_becomes_no_markup() -> None:
    page = rendered(hostile(), "html")
    outline = Outline(page)
    assert outline.errors == outline.open == []
    assert not {"script", "img"} & {tag for tag, _ in outline.tags}
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not {"\x1b", "\x07", "\u202e"} & set(page)
    assert not [attrs for _, attrs in outline.tags if any(key.startswith("on") for key in attrs)]


def test_text_of_a_method_becomes_no_markup_either() -> None:
    answers = {"exit-plan": 0, "commodity-sameness": 4, "competitive-advantage": 1}
    page = rendered(assess(process(answers), hostile_method()), "html")
    outline = Outline(page)
    assert outline.errors == outline.open == []
    assert not {"script", "img", "b"} & {tag for tag, attrs in outline.tags if attrs}
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 100


@pytest.mark.parametrize(
    ("place", "linked"),
    [
        ("https://intranet.example/manual", True),
        ("javascript://x%0aalert(1)", False),
        ("data://text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        (" https://x.example", False),
        ("http://x.example www.x.example a@x.example", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(place: str, linked: bool) -> None:
    assert is_link(place) is linked
    described = process({"exit-plan": {"level": 2, "evidence": place}})
    outline = Outline(rendered(assess(described, method_of("readiness")), "html"))
    outward = [attrs for attrs in outline.of("a") if not str(attrs["href"]).startswith("#")]
    assert bool(outward) is linked
    assert all(attrs["rel"] == "noopener noreferrer" for attrs in outward)


def test_several_processes_make_one_page() -> None:
    page = render([example("payroll.yaml"), example("pricing-analysis.yaml")])
    outline = Outline(page)
    assert outline.errors == []
    assert len(list(outline.of("h1"))) == 1
    assert len(list(outline.of("article"))) == 2
    ids = [attrs["id"] for _, attrs in outline.tags if "id" in attrs]
    assert len(ids) == len(set(ids))


# In a browser


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    with browser() as found:
        yield found


def saved(assessment: Assessment, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(rendered(assessment, "html"), encoding="utf-8")
    return path


@in_browser
@pytest.mark.parametrize("width", [320, 400, 768, 1200])
@pytest.mark.parametrize("name", ["supplier-onboarding.yaml", "payroll.yaml", "hostile", SURE])
def test_a_page_opens_in_silence_and_never_scrolls_sideways(
    name: str, width: int, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(page_of(name), encoding="utf-8")
    opened.complaints.clear()
    opened.requests.clear()
    opened.open(path, width)
    assert opened.complaints == []
    assert opened.requests == [path.as_uri()]
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.page.evaluate(f"{CUT}.map(e => e.outerHTML.slice(0, 80))") == []


@in_browser
@pytest.mark.parametrize("width", [320, 768, 1200])
def test_what_analyses_found_fits_whatever_a_method_calls_things(
    width: int, opened: Opened, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(page_of(SURE_HOSTILE), encoding="utf-8")
    opened.open(path, width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    for chapter in ("sensitivity", "plan"):
        cut = CUT.replace("main *", f"section[aria-labelledby=p1-{chapter}] *")
        assert opened.page.evaluate(f"{cut}.map(e => e.outerHTML.slice(0, 80))") == []


@in_browser
def test_a_screen_reader_gets_the_verdict_the_tables_and_the_drawings(
    opened: Opened, tmp_path: Path
) -> None:
    for width in (400, 1200):
        opened.open(saved(example("supplier-onboarding.yaml"), tmp_path), width)
        page = opened.page
        assert page.get_by_role("heading", level=1).count() == 1
        assert page.get_by_role("table", name="Scorecard").count() == 1
        row = page.get_by_role("row").filter(
            has=page.get_by_role("rowheader", name="Governance", exact=True)
        )
        assert row.get_by_role("cell", name="50.0").count() == 1
        drawing = page.get_by_role("img", name="Suitability and Readiness")
        assert drawing.count() == 1
        assert page.get_by_role("navigation", name="Contents").count() == 1


@in_browser
def test_links_within_the_page_lead_somewhere(opened: Opened, tmp_path: Path) -> None:
    opened.open(saved(example("payroll.yaml"), tmp_path), 1200)
    opened.page.get_by_role("navigation").get_by_role("link", name="Risks").click()
    assert opened.page.url.endswith("#p1-risks")
    top = opened.page.evaluate("document.getElementById('p1-risks').getBoundingClientRect().top")
    assert 0 <= top < 100


CONTRASTS = """() => {
  const linear = part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(part => linear(Number(part) / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return [...document.querySelectorAll('table.map td, table.map a')].map(element => {
    const field = getComputedStyle(element.closest('td')).backgroundColor;
    const [dark, bright] = [getComputedStyle(element).color, field].map(light).sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  });
}"""


@in_browser
def test_text_is_dark_enough_on_every_field_of_the_map(opened: Opened, tmp_path: Path) -> None:
    """WCAG 2.2 asks for a contrast of 4.5 for text of this size."""
    opened.open(saved(example("payroll.yaml"), tmp_path), 1200)
    contrasts = opened.page.evaluate(CONTRASTS)
    assert len(contrasts) == 25 + 14
    assert min(contrasts) >= 4.5


@in_browser
def test_a_page_prints_on_a4_in_full(opened: Opened, tmp_path: Path) -> None:
    opened.open(saved(example("payroll.yaml"), tmp_path), 1200)
    opened.page.emulate_media(media="print")
    printed = opened.page.pdf(prefer_css_page_size=True)
    opened.page.emulate_media(media="screen")
    sheets = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert sheets
    assert {(round(float(width)), round(float(height))) for width, height in sheets} == {(595, 842)}
