"""One file for the officer: self-contained, safe, and with everything that was found."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from docexam.nouns.capture_set import CaptureSet
from docexam.nouns.finding import Limit, Measured
from docexam.report.html_report import report_html
from docexam.report.sentences import sentence
from docexam.report.value_scale import value_scale
from tests.checks.documents import examined, field
from tests.report.reports import pictures, pixel_finding, report

_VOID = {"meta", "img", "br", "link", "input", "hr"}
_DRAWN = {"rect", "line", "image", "use", "text"}


class Page(HTMLParser):
    """What an HTML file holds, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.stack: list[str] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in _VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.stack, f"</{tag}> without a beginning"
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.stack or self.stack[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def test_it_needs_no_script_no_other_file_and_no_network() -> None:
    text = report_html(report(), pictures())
    page = Page(text)
    assert page.stack == []
    assert not {"script", "link", "iframe", "object", "form"} & set(page.tags)
    for tag, name, value in page.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("src", "href", "action", "poster"):
            assert value.startswith(("data:image/", "#")), (tag, name, value[:40])
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert not re.search(r"https?://", text)


def test_verdict_and_reasons_come_first_then_the_lights_then_each_finding() -> None:
    made = report(None, pixel_finding("uv.halo", "failed"))
    text = Page(report_html(made, pictures())).text
    places = [
        text.index(word)
        for word in ("REFER", "Refer to second line", "Why", "Under each light", "Step by step")
    ]
    assert places == sorted(places)
    for finding in made.findings:
        assert finding.check in text
        assert " ".join(sentence(finding).split()) in text
    for word in ("Face", "Altered data", "Lamina", "Stitching", "Edges", "Overseas travel"):
        assert word in text
    assert "at least 0.6" in text
    assert "0.812 ± 0.030" in text
    assert "Doc 9303-3, 4.11" in text


def test_a_finding_of_two_steps_is_told_under_both() -> None:
    passed = pixel_finding("uv.dull-photo", step=("A", "F"), light=("uv",))
    failed = pixel_finding("uv.halo", "failed", step=("A", "L"), light=("uv",))
    text = Page(report_html(report(None, passed, failed), pictures())).text
    face = text[text.index("Is the portrait") : text.index("Has anything been changed")]
    assert "Portrait dull in ultraviolet" in face
    assert "No check of this step" not in face
    lamina = text[text.index("Is the laminate whole") : text.index("Are thread, holes")]
    assert "Halo of an erasure" in lamina
    assert "something does not fit" in lamina


def test_findings_are_drawn_on_their_page_in_millimetres_under_their_light() -> None:
    box = (41.0, 22.5, 30.25, 6.0)
    made = report(None, pixel_finding("uv.halo", "failed", box_mm=box, light=("uv",), evidence=()))
    text = report_html(made, pictures())
    figures = re.findall(r"<figure>\s*<svg viewBox=\"0 0 125.00 88.00\".*?</figure>", text, re.S)
    assert len(figures) == 3
    drawn = ['x="41.00" y="22.50" width="30.25" height="6.00"' in figure for figure in figures]
    assert drawn == [False, False, True]


def test_every_link_has_its_target_and_every_id_is_unique() -> None:
    page = Page(report_html(report(None, pixel_finding("uv.halo", "failed")), pictures()))
    ids = [value for _, name, value in page.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {v[1:] for _, name, v in page.attributes if name == "href" and v.startswith("#")}
    assert targets <= set(ids), targets - set(ids)


def test_every_picture_has_words_and_every_colour_a_sign() -> None:
    page = Page(report_html(report(), pictures()))
    for tag in ("img",):
        assert all(name for t, name, _ in page.attributes if t == tag)
    signs = [v for t, n, v in page.attributes if n == "class" and v.startswith("sign")]
    labels = [v for t, n, v in page.attributes if n == "aria-label"]
    assert len(labels) >= len(signs) > 8
    assert ("html", "lang", "en") in page.attributes


def test_hostile_text_stays_text() -> None:
    wicked = "<script>alert(1)</script>\"'><img src=x onerror=y>"
    case = examined(viz=(field("surname", wicked),))
    case = replace(case, capture=CaptureSet(wicked, case.capture.pages))
    page = Page(report_html(report(case), pictures()))
    assert "script" not in page.tags
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "alert(1)" in page.text


def test_it_can_be_made_without_pictures_zone_or_number() -> None:
    page = Page(report_html(report(examined(zones={}), reading=None), ()))
    assert "INCOMPLETE" in page.text
    assert page.stack == []


def test_the_scale_shows_value_limit_and_spread() -> None:
    scale = value_scale(Measured(2.0, "mm", 0.1), Limit(1.0, 3.0, "mm", "s"))
    assert scale is not None
    assert scale.low is not None
    assert scale.high is not None
    assert scale.low < scale.spread_from < scale.value < scale.spread_to < scale.high
    outside = value_scale(Measured(0.4, "mm", 0.02), Limit(None, 0.2, "mm", "s"))
    assert outside is not None
    assert outside.value > outside.allowed_to
    assert value_scale(Measured(1.0, "mm", 0.1), None) is None
    assert value_scale(None, Limit(1.0, None, "mm", "s")) is None


def test_the_model_is_told_with_its_likeness_and_whose_word_it_is() -> None:
    model = {
        "name": "UTO-P-1-2021",
        "identified_by": "zone-and-print",
        "likeness": 0.8181,
        "signed_by": "sha256:0123",
        "learned_from": 5,
    }
    text = Page(report_html(report(model=model), pictures())).text
    assert "UTO-P-1-2021: chosen by its zone and print, fixed print alike by 0.82" in text
    assert "learned from 5 genuine captures, signed by sha256:0123" in text
    assert "Held against" not in Page(report_html(report(), pictures())).text


def test_a_notice_is_called_one_once_and_a_title_stands_once_beside_a_step() -> None:
    told = [
        pixel_finding("x.viz-mrz", "passed", step=("A", "C"), measured=Measured(at, "", 0.0))
        for at in (0.1, 0.2)
    ]
    text = Page(report_html(report(None, *told), pictures())).text
    assert "notice, notice" not in text
    also = text[text.rindex("Also of this step:") :]
    assert also.split(".")[0].count("✓ Visual zone against machine readable zone") == 1
