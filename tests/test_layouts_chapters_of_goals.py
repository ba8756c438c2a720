"""Goals that stand over tables and lists without calling themselves goals, and what only looks like one."""

import pytest

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TITLES = [("Måla bron", "Laga taket"), ("Byta lås", "Riva ladan")]


def page(body: str) -> Extraction:
    text = f"<html><body><h1>Uppföljning augusti 2023</h1>{body}</body></html>"
    return extract("rapport.html", text.encode(), Vocabulary())


def table(titles: tuple[str, str], heading: str = "Uppdrag") -> str:
    rows = "".join(f"<tr><td>{title}</td><td>Grön</td><td>Arbetet följer planen.</td></tr>" for title in titles)
    return f"<table><tr><th>{heading}</th><th>Status</th><th>Kommentar</th></tr>{rows}</table>"


def goals(found: Extraction) -> list[str | None]:
    return [one.goal for one in found.followups if one.kind != "goal"]


def chapter(lead: str, *heads: str) -> Extraction:
    parts = (f"<h4>{head}</h4><p>Läget i korthet.</p>{table(rows)}" for head, rows in zip(heads, TITLES, strict=True))
    return page(f"<h2>Uppdragen</h2><p>{lead}</p>{''.join(parts)}<h2>Ekonomi</h2><p>Resultatet är gott.</p>")


def test_headings_that_divide_the_tables_of_a_chapter_about_goals() -> None:
    heads = ("Alla trivs i sin by", "Vattnet är rent")
    assert goals(chapter("Uppdragen står under det mål som de hör till.", *heads)) == [
        one for one in heads for _ in range(2)
    ]


@pytest.mark.parametrize(
    ("lead", "heads"),
    [
        ("Uppdragen visas efter ort.", ("Alla trivs i sin by", "Vattnet är rent")),
        ("Målen gäller alla.", ("Tekniska nämnden", "Socialnämnden")),
        ("Målen gäller alla.", ("Uppdrag 2022", "Uppdrag 2023")),
    ],
)
def test_headings_that_are_no_goals(lead: str, heads: tuple[str, str]) -> None:
    assert set(goals(chapter(lead, *heads))) == {None}


def test_a_heading_that_says_how_the_goal_stands_is_none() -> None:
    body = "".join(
        f"<h3>{goal}</h3><h4>{status}</h4><p>Det mesta är gjort.</p>{table(rows, 'Indikator')}"
        for goal, status, rows in zip(
            ("Alla trivs i sin by", "Vattnet är rent"),
            ("Målet är delvis uppfyllt", "Målet är uppfyllt"),
            TITLES,
            strict=True,
        )
    )
    found = page(f"<h2>Uppföljning av nämndens mål</h2>{body}")
    assert goals(found) == ["Alla trivs i sin by", "Alla trivs i sin by", "Vattnet är rent", "Vattnet är rent"]


def test_a_summary_stands_above_what_it_folds_away() -> None:
    body = "".join(
        f"<details><summary>{goal} <span>Uppnått</span></summary><p>Bra gjort.</p><h3>Uppdrag</h3>"
        f"<h4>{title}</h4><p>Bedömning: Genomfört</p><p>Klart i maj.</p></details>"
        for goal, (title, _) in zip(("Alla trivs i sin by", "Vattnet är rent"), TITLES, strict=True)
    )
    assert [one.kind for one in page(body).followups].count("goal") == 2


def test_a_person_in_charge_is_no_board() -> None:
    rows = [
        ("Uppdrag", "Måla bron"), ("Ansvarigt organ", "Tekniska utskottet"), ("Ansvarig tjänsteperson", "Gatuchefen"),
        ("Status", "Grön"), ("Kommentar", "Målad i maj."),
    ]  # fmt: skip
    cells = "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in rows)
    (one,) = page(f"<table>{cells}</table>").followups
    assert (one.assignment, one.boards, one.board_names) == (
        "Måla bron",
        ("Tekniska utskottet",),
        ("Tekniska utskottet",),
    )


def test_a_goals_name_is_its_heading_without_the_number() -> None:
    heads = ("2.1 Alla trivs i sin by", "2.2 Vattnet är rent")
    assert set(goals(chapter("Uppdragen står under sitt mål.", *heads))) == {"Alla trivs i sin by", "Vattnet är rent"}
    heads = ("5000 nya träd", "3 byar har bredband")
    assert set(goals(chapter("Uppdragen står under sitt mål.", *heads))) == set(heads)


STATUS = "<table><tr><td>Prognos helår</td><td>{}</td></tr></table>"


def test_a_status_in_a_small_table_below_a_heading_is_that_of_the_goal() -> None:
    body = "".join(
        f"<h3>{goal}</h3>{STATUS.format(word)}<p>Det går framåt i byarna.</p>{table(rows, 'Indikator')}"
        for goal, word, rows in zip(
            ("Alla trivs i sin by", "Vattnet är rent"), ("Kommer att nås", "Kommer inte att nås"), TITLES, strict=True
        )
    )
    found = [one for one in page(f"<h2>Mål</h2>{body}").followups if one.kind == "goal"]
    assert [(one.assignment, one.declared and one.declared.colour, one.comment) for one in found] == [
        ("Alla trivs i sin by", "green", "Det går framåt i byarna."),
        ("Vattnet är rent", "red", "Det går framåt i byarna."),
    ]


def test_a_small_table_of_figures_is_no_status() -> None:
    body = "<h3>Befolkning</h3><table><tr><td>Prognos helår</td><td>4 100</td></tr></table><p>Fler flyttar in.</p>"
    assert page(body).followups == ()


BOX = "<p>{}</p><p>Bygga och bo Vatten och avlopp</p>"


@pytest.mark.parametrize(
    ("box", "is_left_out"), [("Relaterad information", True), ("Kontakt", True), ("Anbud", False), ("Kontakter", False)]
)
def test_boxes_beside_the_text_are_no_comment(box: str, is_left_out: bool) -> None:
    part = "<h3>{}</h3><p>Status: Grön</p><p>Arbetet följer planen.</p>" + BOX.format(box)
    (first, second) = page(part.format("Måla bron") + part.format("Laga taket")).followups
    for one in (first, second):
        assert (one.comment == "Arbetet följer planen.") is is_left_out
