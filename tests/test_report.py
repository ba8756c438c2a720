"""The report as its reader gets it: all there, in order, safe, masked, readable without colour and by keyboard."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.followup import Declared, Period
from ljuskoll.service.cli import main
from ljuskoll.service.outputs import report as report_module
from ljuskoll.service.outputs.files import read_result, write_result
from ljuskoll.service.outputs.markup import Html, joined, tag
from ljuskoll.service.outputs.report import REPORT_NAME, report_page
from ljuskoll.service.outputs.report_courses import STATES, years_of_courses
from ljuskoll.service.outputs.report_findings import anchor, marked
from ljuskoll.service.outputs.report_sample import Sampling, draw, most_wrong, unflagged
from ljuskoll.service.outputs.wording import WORDS, boards_label
from ljuskoll.service.record import Finding, FindingEvidence, Record, Result
from ljuskoll.service.reporting import masked_result, report_material

EXAMPLE = Path(__file__).parent / "outputs_example"
SAMPLING = Sampling(5, 11)
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">"\'&amp;</details></main>\u202e'
VOID = {"meta", "input", "br"}
Page = html.HtmlElement


@pytest.fixture(scope="module")
def example() -> Result:
    return read_result(EXAMPLE)


@pytest.fixture(scope="module")
def text(example: Result) -> str:
    return report_page(report_material(example), SAMPLING)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return html.document_fromstring(text)


def made(result: Result, sampling: Sampling | None = None, *, unmasked: bool = False) -> str:
    return report_page(report_material(result, unmasked=unmasked), sampling)


def changed(result: Result, place: int = 0, **fields: object) -> Result:
    """The result with some fields of one of its records changed."""
    records = list(result.records)
    records[place] = records[place].model_copy(update=fields)
    return result.model_copy(update={"records": tuple(records)})


def words(element: Page) -> str:
    return " ".join(element.text_content().split())


def course(result: Result, place: int, *lights: str) -> list[Record]:
    """One assignment in reports per T1, T2 and T3 as the lights say; "-" for a report without it."""
    first = result.records[0]
    return [
        first.model_copy(
            update={
                "id": f"{place:02}{tertial}" + "0" * 61,
                "assignment": f"Uppdrag nummer {place} om {'abcdefghijklmnop'[place] * 9}",
                "period": Period.of_tertial(2024, tertial),
                "document": first.document.model_copy(update={"sha256": f"{tertial}" * 64}),
                "declared": Declared(colour=light, as_written="", source="icon"),
                "phrase": None,
            }
        )
        for tertial, light in zip((1, 2, 3), lights, strict=True)
        if light != "-"
    ]


def year(result: Result, *courses: tuple[str, ...]) -> Result:
    records = [record for place, lights in enumerate(courses) for record in course(result, place, *lights)]
    return result.model_copy(update={"records": tuple(records), "findings": (), "documents": ()})


class Balance(HTMLParser):
    """Every element is closed by its own end tag, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_element_is_closed(text: str) -> None:
    parser = Balance()
    parser.feed(text)
    parser.close()
    assert parser.open == []


def test_the_same_result_gives_the_same_page(example: Result, text: str) -> None:
    turned = example.model_copy(update={"records": tuple(reversed(example.records))})
    assert made(example, SAMPLING) == text
    assert made(turned, SAMPLING).count('class="sheet"') == 5


def test_nothing_is_fetched_or_run(text: str, page: Page) -> None:
    assert not page.xpath("//script | //link | //iframe | //object | //img | //form | //@style | //base")
    assert not [name for name in page.xpath("//@*") if str(name.attrname).startswith("on")]
    assert all(target.startswith("#") for target in page.xpath("//@href"))
    assert "url(" not in text and "@import" not in text


def test_the_policy_allows_this_style_alone(text: str, page: Page) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_links_lead_somewhere_and_ids_are_unique(page: Page) -> None:
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.removeprefix("#") for target in page.xpath("//@href")} <= set(ids)
    assert set(page.xpath("//@aria-labelledby")) <= set(ids)


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_title_landmarks_and_skip_link(page: Page) -> None:
    assert page.get("lang") == "sv"
    assert page.findtext(".//title") == "Granvik 2024 – rapport från ljuskoll"
    (main_part,) = page.xpath("//main")
    assert page.xpath("//body/*")[0].get("href") == f"#{main_part.get('id')}"
    assert all(nav.get("aria-label") for nav in page.xpath("//nav"))


def test_tables_have_captions_and_every_heading_its_scope(page: Page) -> None:
    tables = page.xpath("//table")
    assert len(tables) > 8
    for table in tables:
        assert words(table.find("caption"))
        assert all(heading.get("scope") in ("col", "row") for heading in table.iter("th"))
        assert len({sum(1 for _ in row) for row in table.iter("tr")}) == 1
    assert all(one.get("role") == "region" and one.get("aria-label") for one in page.xpath("//*[@tabindex='0']"))


def test_controls_have_names(page: Page) -> None:
    for control in page.xpath("//input | //textarea"):
        assert words(control.getparent())
        assert control.getparent().tag == "label"
    assert len(page.xpath("//fieldset[legend]")) == len(page.xpath("//fieldset")) == 5


def test_every_light_has_its_word_and_its_shape(page: Page) -> None:
    lights = page.xpath("//*[contains(concat(' ', @class, ' '), ' light ')]")
    known = {*WORDS["colours"].values(), WORDS["records"]["not_shown"]}
    assert lights
    for light in lights:
        assert any(words(light).startswith(word) for word in known)
        assert light.xpath(".//*[local-name()='use']/@href")
    assert all(one.get("aria-hidden") or one.get("aria-label") for one in page.iter("svg"))


def themes() -> dict[str, dict[str, str]]:
    """The colours of the page by name: in light, in dark and on paper."""
    source = Path(report_module.__file__).with_name("report.html").read_text(encoding="utf-8")
    blocks = re.findall(r":root \{(.*?)\}", source, re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_contrast_of_texts_and_shapes(theme: str) -> None:
    colours = themes()[theme]
    texts = [(ink, ground) for ink in ("ink", "muted", "accent") for ground in ("paper", "sheet", "tint")]
    texts += [(level, "paper") for level in ("high", "medium", "low")] + [("mark-ink", "mark")]
    texts += [(f"on-{light}", light) for light in ("green", "yellow", "red", "none")]
    for ink, ground in texts:
        assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for shape in ("green", "red", "none", "edge"):
        assert contrast(colours[shape], colours["paper"]) >= 3, shape


def test_every_finding_stands_with_message_and_quotation(example: Result, page: Page) -> None:
    shown = page.xpath("//article[contains(@class, 'finding')]")
    assert {article.get("id") for article in shown} == {anchor(finding) for finding in example.findings}
    for finding in example.findings:
        (article,) = page.xpath(f"//article[@id='{anchor(finding)}']")
        assert finding.message in words(article)
        assert WORDS["severities"][finding.severity] in words(article)
        assert f"{round(100 * finding.score)} %" in words(article)
        assert all(evidence.text in words(article) for evidence in finding.evidence)


def test_quoted_words_are_marked_in_their_comment_with_place(example: Result, page: Page) -> None:
    (article,) = page.xpath(f"//article[@id='{anchor(example.findings[0])}']")
    assert [words(mark) for mark in article.iter("mark")] == ["Uppdraget bedöms inte bli genomfört i år"]
    assert example.records[1].comment in article.text_content()
    assert "2024/delårsrapport augusti.pdf, sida 13" in words(article)
    assert "Rapportens ljus Grön" in words(article).replace("Rapportens ljusGrön", "Rapportens ljus Grön")
    assert "Kultur- och fritidsnämnden" in words(article)


def test_findings_stand_by_severity_and_then_by_score(example: Result) -> None:
    turned = example.model_copy(update={"findings": tuple(reversed(example.findings))})
    page = html.document_fromstring(made(turned))
    order = [article.get("id") for article in page.xpath("//article[contains(@class, 'finding')]")]
    ranks = {"high": 0, "medium": 1, "low": 2}
    expected = sorted(example.findings, key=lambda finding: (ranks[finding.severity], -finding.score))
    assert order == [anchor(finding) for finding in expected]


def test_links_filter_findings_without_a_program(example: Result, text: str, page: Page) -> None:
    kinds = {finding.kind for finding in example.findings}
    assert {target.removeprefix("typ-") for target in page.xpath("//p[@class='only']/@id") if "typ-" in target} == kinds
    for target in page.xpath("//p[@class='only']/@id"):
        assert f"#{target}:target~.group .finding:not(.{target}){{display:none}}" in text
        named = page.xpath(f"//article[contains(concat(' ', @class, ' '), ' {target} ')]")
        (chip,) = page.xpath(f"//nav//a[@href='#{target}']//*[@class='count']")
        assert int(chip.text) == len(named) > 0


def test_a_long_comment_stands_on_request_below_what_is_quoted(example: Result) -> None:
    start = "Uppdraget är stoppat. "
    finding = example.findings[0].model_copy(
        update={"evidence": (FindingEvidence(record=example.records[1].id, text=start[:-1], start=0, end=21),)}
    )
    result = changed(example, 1, comment=start + "Mer står här. " * 60)
    page = html.document_fromstring(made(result.model_copy(update={"findings": (finding,)})))
    (side,) = page.xpath("//article//*[@class='side']")
    assert words(side.find("blockquote")) == "Uppdraget är stoppat."
    assert [words(mark) for mark in side.find("details").iter("mark")] == ["Uppdraget är stoppat."]


def test_a_finding_about_many_records_names_them_on_request(example: Result) -> None:
    many = [record.id for record in example.records[:6]]
    finding = Finding(id="a" * 64, kind="aggregate", severity="medium", score=0.7, records=tuple(many), message="Fel.")
    page = html.document_fromstring(made(example.model_copy(update={"findings": (finding,)})))
    (shown,) = page.xpath("//article[contains(@class, 'finding')]//details[summary[contains(., '6 uppdrag')]]")
    assert all(record.assignment in words(shown) for record in example.records[:6])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "abcdef"),
        ([(0, 2)], "<mark>ab</mark>cdef"),
        ([(1, 3), (2, 5)], "a<mark>bcde</mark>f"),
        ([(4, 99)], "abcd<mark>ef</mark>"),
        ([(3, 3), (9, 12)], "abcdef"),
    ],
)
def test_marks(spans: list[tuple[int, int]], expected: str) -> None:
    assert joined(marked("abcdef", spans)) == expected


def test_hostile_texts_are_only_texts(example: Result) -> None:
    result = changed(
        example, 1, comment=HOSTILE, assignment=HOSTILE, boards=(HOSTILE,), board_names=(HOSTILE,), goal=HOSTILE
    )
    result = changed(
        result, 1, municipality=HOSTILE, document=result.records[1].document.model_copy(update={"path": HOSTILE})
    )
    finding = example.findings[0].model_copy(update={"message": HOSTILE, "evidence": ()})
    documents = [example.documents[0].model_copy(update={"path": HOSTILE, "status": "partial"})]
    result = result.model_copy(update={"findings": (finding,), "documents": tuple(documents)})
    for text in (made(result, Sampling(99)), made(result, Sampling(99), unmasked=True)):
        page = html.document_fromstring(text)
        assert not page.xpath("//script | //img") and "<script" not in text and "\u202e" not in text
        assert not [name for name in page.xpath("//@*") if str(name.attrname).startswith("on")]
        assert "<script>alert(1)</script>" in page.text_content()
        Balance().feed(text)


def test_control_characters_and_lone_surrogates_can_be_written(example: Result, tmp_path: Path) -> None:
    path = report_module.write_report(tmp_path, made(changed(example, 0, comment="a\x00\x1b[31m\ud800b\u2028c")))
    assert "\x00" not in path.read_text(encoding="utf-8")


def test_markup_escapes_all_but_markup() -> None:
    assert tag("p", "<b>", Html("<i></i>"), 3, None, class_='"x"', hidden=True, title=None) == (
        '<p class="&quot;x&quot;" hidden>&lt;b&gt;<i></i>3</p>'
    )


def test_every_board_and_period_has_its_lights_in_words(example: Result, page: Page) -> None:
    (table,) = page.xpath("//section[@id='ljus']//table")
    rows = {words(row[0]): words(row) for row in table.iter("tr")}
    assert {boards_label(record) for record in example.records} <= set(rows)
    assert [words(heading) for heading in table.xpath("./thead//th")][1:-1] == ["2024 T2", "2024 31 oktober", "2024 T3"]
    assert "2 gröna, 1 gul, 1 utan ljus" in rows["Socialnämnden"]


def test_courses_are_counted_with_what_comes_and_goes(example: Result) -> None:
    result = year(
        example,
        ("green", "green", "green"),
        ("green", "red", "green"),
        ("yellow", "yellow", "-"),
        ("-", "green", "red"),
    )
    (counted,) = years_of_courses(report_material(result))
    assert counted.labels == ("T1", "T2", "T3")
    assert (counted.kept, counted.added, counted.vanished) == (2, 1, 1)
    assert counted.moves(0)["green", "red"] == 1 and counted.moves(0)["absent", "green"] == 1
    assert all(sum(counted.column(place).values()) == 4 for place in range(3))
    page = html.document_fromstring(made(result))
    (figure,) = page.xpath("//section[@id='rorelser']//figure")
    assert "2 av 4 uppdrag finns i alla 3 rapporterna." in words(figure)
    tables = page.xpath("//section[@id='rorelser']//table")
    assert len(tables) == 2
    assert all(sum(int(cell.text) for cell in table.iter("td")) == 4 for table in tables)
    assert len(figure.xpath(".//*[contains(@class, 'band')]")) == sum(
        bool(counted.moves(place)[one, other]) for place in (0, 1) for one in STATES for other in STATES
    )


def test_two_documents_of_one_day_count_by_the_worst_light(example: Result) -> None:
    result = year(example, ("green", "green", "green"))
    twin = result.records[0].model_copy(
        update={
            "id": "f" * 64,
            "document": result.records[0].document.model_copy(update={"sha256": "e" * 64}),
            "declared": Declared(colour="red", as_written="", source="icon"),
        }
    )
    (counted,) = years_of_courses(report_material(result.model_copy(update={"records": (*result.records, twin)})))
    assert counted.states == (("red", "green", "green"),)


@pytest.mark.parametrize(
    ("good", "bad", "expected"), [(3, 2, "60 % (3 av 5)"), (3, 1, "3 av 4"), (7, 0, "100 % (7 av 7)")]
)
def test_forecasts_give_percentages_from_five_cases_on(example: Result, good: int, bad: int, expected: str) -> None:
    kept, broken = ("green", "green", "green"), ("green", "green", "red")
    page = html.document_fromstring(made(year(example, *[kept] * good, *[broken] * bad, ("yellow", "green", "-"))))
    rows = page.xpath("//section[@id='prognoser']//tbody/tr")
    cells = [words(cell) for cell in rows[0]]
    assert cells[1:7] == [str(good + bad + 1), str(good), "0", str(bad), "0", "1"]
    assert cells[7].endswith(expected) and ("%" in cells[7]) == ("%" in expected)
    assert words(rows[-1][0]) == "Alla nämnder, 2024"


def test_what_was_not_checked_is_said(page: Page) -> None:
    part = words(page.xpath("//section[@id='kontroller']")[0])
    assert "inte gjord" in part
    assert "2 av 6 dokument är lästa utan anmärkning. 1 är en kopia" in part
    assert "Filen är avkortad och kan inte öppnas." in part and "Fossilfri fordonsflotta" in part
    assert "2 av 22 saknar ljus" in part and "1 av 22 saknar kommentar" in part
    assert "Kultur- och fritidsnämnden har ingen uppföljning per den 31 oktober 2024." in part


def test_links_that_are_not_clear_are_named_with_what_they_may_be(example: Result) -> None:
    material = report_material(example)
    one, other = unflagged(material)[0], example.records[2].id
    text = report_page(replace(material, ambiguous={one: (other,)}), Sampling(99))
    page = html.document_fromstring(text)
    part = words(page.xpath("//section[@id='kontroller']")[0])
    assert "1 uppföljning utan klar motsvarighet" in part
    assert material.by_id[one].assignment in part and example.records[2].assignment in part
    (sheet,) = page.xpath(f"//article[@id='p-{one[:12]}']")
    assert "1 möjlig motsvarighet i andra rapporter, ingen klart bäst. avstod" in " ".join(sheet.itertext())


def test_every_check_of_the_program_is_described() -> None:
    from_text = set(report_module.TEXT["checked"]["checks"])
    checks = (EXAMPLE.parents[1] / "service" / "consistency" / "checks.py").read_text(encoding="utf-8")
    assert set(re.findall(r'"(\w+)": \w+\.check\b', checks)) == from_text


def test_the_sample_is_drawn_from_what_was_not_flagged(example: Result, page: Page) -> None:
    material = report_material(example)
    flagged = {id for finding in example.findings for id in finding.records}
    ids = [record.id for record in draw(material, SAMPLING)]
    assert unflagged(material) == sorted({record.id for record in example.records} - flagged)
    assert len(set(ids)) == 5 and not flagged & set(ids)
    assert [sheet.get("id") for sheet in page.xpath("//article[@class='sheet']")] == [f"p-{id[:12]}" for id in ids]
    turned = example.model_copy(update={"records": tuple(reversed(example.records))})
    assert [record.id for record in draw(report_material(turned), SAMPLING)] == ids
    assert [record.id for record in draw(material, Sampling(5, 12))] != ids


def test_the_working_paper_tells_how_it_was_made(example: Result, page: Page) -> None:
    paper = words(page.xpath("//section[@id='arbetspapper']")[0])
    population = len(unflagged(report_material(example)))
    for part in (f"random.Random({SAMPLING.seed}).sample", example.run.model, "ljuskoll 0.1.0", "Namn", "Underskrift"):
        assert part in paper
    assert f"Är ingen av de 5 fel är, med 95 procents säkerhet, högst 45,1 % av de {population} som" in paper
    assert paper.count("Håller inte med") == 5


@pytest.mark.parametrize(("drawn", "share"), [(1, 0.95), (30, 0.0950), (59, 0.0495), (299, 0.00997)])
def test_the_bound_on_errors(drawn: int, share: float) -> None:
    assert most_wrong(drawn) == pytest.approx(share, abs=5e-5)


def test_a_sample_larger_than_what_there_is_takes_all(example: Result) -> None:
    paper = made(example, Sampling(1000))
    assert paper.count('class="sheet"') == len(unflagged(report_material(example)))
    assert "Stickprovet är hela mängden" in paper


def test_without_a_sample_there_is_no_working_paper(example: Result) -> None:
    assert "arbetspapper" not in re.sub(r"<style>.*?</style>", "", made(example), flags=re.DOTALL)


def test_texts_are_masked_unless_all_is_asked_for(example: Result) -> None:
    secrets = ("850709-9805", "eva.ek@granvik.se", "070-123 45 67")
    comment = f"Mottagningen är i drift. Ring {secrets[2]}, {secrets[1]} ({secrets[0]}) om dnr KS 2024/00123."
    finding = example.findings[0].model_copy(update={"message": comment, "evidence": ()})
    result = changed(example, 1, comment=comment, assignment=f"Utred {secrets[0]}", goal=comment)
    result = result.model_copy(update={"findings": (finding,)})
    hidden, shown = made(result, Sampling(99)), made(result, Sampling(99), unmasked=True)
    assert not any(secret in hidden for secret in secrets) and "KS 2024/00123" in hidden
    assert all(secret in shown for secret in secrets)
    assert "av namnen, ingen garanti" in hidden and "Omaskerad" in shown


def test_masking_keeps_all_but_texts(example: Result) -> None:
    masked = masked_result(example)
    assert masked == example
    assert [record.id for record in masked.records] == [record.id for record in example.records]


def test_an_empty_result_is_a_report_too(example: Result) -> None:
    nothing = example.model_copy(update={"records": (), "findings": (), "documents": (), "plans": ()})
    page = html.document_fromstring(made(nothing, SAMPLING))
    assert "hittade inga avvikelser" in words(page) and "Inga avvikelser hittades." in words(page)


def test_records_without_municipality_and_period_have_their_place(example: Result) -> None:
    page = html.document_fromstring(made(changed(example, 0, municipality=None, period=None)))
    assert "Kommun saknas: ljus efter nämnd och period" in words(page)
    assert "1 av 22 saknar kommun" in words(page) and "1 av 22 saknar period" in words(page)


def test_the_command_writes_one_file(example: Result, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_result(example, tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    with pytest.raises(SystemExit) as ended:
        main(["report", str(tmp_path), "--sample", "5", "--seed", "11"])
    assert ended.value.code == 0
    assert {path.name for path in tmp_path.iterdir()} - before == {REPORT_NAME}
    assert capsys.readouterr().out.strip().endswith(REPORT_NAME)
    assert (tmp_path / REPORT_NAME).read_bytes() == made(read_result(tmp_path), SAMPLING).encode()


def test_a_folder_without_an_import_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["report", str(tmp_path)])
    assert ended.value.code == 2 and "ingen mapp från ljuskoll import" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / REPORT_NAME).mkdir()
    with pytest.raises(UsageError, match="Kan inte skriva"):
        report_module.write_report(tmp_path, "sida")
    assert [path.name for path in tmp_path.iterdir()] == [REPORT_NAME]
