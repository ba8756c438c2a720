"""Labels in any order and any setting: what they say of an assignment, and what of them is no comment."""

import pytest

from ljuskoll.nlp.extract import Extraction, extract
from ljuskoll.nlp.layouts.labels import read_label, split_labels
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

TOP = "Uppföljning av uppdrag per 31 augusti 2023\nSandvikså kommun\n\n"
VOCABULARY = Vocabulary()
Row = tuple[str, tuple[str, ...], str | None, str]
PAIR: list[Row] = [
    ("Bygg en brygga", ("TN",), "yellow", "Anbuden är inne."),
    ("Starta en lovskola", ("BUN",), "green", "Den hölls i juni."),
]


def read(text: str, name: str = "rapport.txt") -> Extraction:
    return extract(name, (text if name.endswith("html") else TOP + text).encode(), VOCABULARY)


def rows(text: str, name: str = "rapport.txt") -> list[Row]:
    return [
        (f.assignment, f.boards, f.declared.colour if f.declared else None, f.comment)
        for f in read(text, name).followups
    ]


def page(body: str) -> str:
    return f"<html><body><h1>Uppdrag T2 2023</h1>{body}</body></html>"


def twice(first: str) -> str:
    """A text for the first assignment, and the same for the second."""
    second = first.replace("Bygg en brygga", "Starta en lovskola").replace("TN", "BUN").replace("Gul", "Grön")
    return f"{first}\n\n{second.replace('Anbuden är inne.', 'Den hölls i juni.')}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Bygg en brygga\nStatus: Gul\nAnsvarig nämnd: TN\nKommentar: Anbuden är inne.",
        "Bygg en brygga\nKommentar: Anbuden är inne.\nAnsvarig nämnd: TN\nStatus: Gul",
        "Bygg en brygga\nStatus: Gul Ansvarig nämnd: TN Kommentar: Anbuden är inne.",
        "Bygg en brygga Status: Gul Ansvarig nämnd: TN Kommentar: Anbuden är inne.",
        "Bygg en brygga\nStatus: Gul, Ansvarig nämnd: TN, Kommentar: Anbuden är inne.",
        "Bygg en brygga\nStatus: Gul | Nämnd: TN | Startdatum: 2023-01-10 | Kommentar: Anbuden är inne.",
        "Bygg en brygga\nStatus Gul Ansvarig nämnd TN Kommentar Anbuden är inne.",
        "Bygg en brygga\nStatus\nGul\nAnsvarig nämnd\nTN\nKommentar\nAnbuden är inne.",
        "Bygg en brygga\nStatus:\nGul\nAnsvarig nämnd:\nTN\nKommentar:\nAnbuden är inne.",
        "Uppdrag: Bygg en brygga\nAnsvarig: TN\nStatus: Gul\nKommentar: Anbuden är inne.",
        "Uppdrag: Bygg en brygga\nNämnd\nTN\nStatus\nGul\nSlut\n2023-12-31\nRisk\nLåg\nKommentar\nAnbuden är inne.",
        "Uppdrag:\nBygg en brygga\nNämnd:\nTN\nStatus:\nGul\nKommentar:\nAnbuden är inne.",
        "Status: Gul\nBygg en brygga\nAnsvarig nämnd: TN\nKommentar: Anbuden är inne.",
        "Ansvarig nämnd: TN\nBygg en brygga\nStatus: Gul\nKommentar: Anbuden är inne.",
        "Bygg en brygga – TN\nStatus: Gul\nAnbuden är inne.",
        "Bygg en brygga [TN]\nStatus: Gul\nAnbuden är inne.",
        "TN: Bygg en brygga\nStatus: Gul\nAnbuden är inne.",
        "Bygg en brygga (TN)\nAnbuden är inne. Status: Gul",
        "Bygg en brygga (TN)\nAnbuden är inne. (Gul)",
        "Bygg en brygga (TN)\nGul. Anbuden är inne.",
        "- Bygg en brygga (TN): Gul. Anbuden är inne.",
        "Bygg en brygga\nBryggan ska ligga vid viken.\nStatus: Gul\nAnsvarig: TN\nKommentar: Anbuden är inne.",
    ],
)
def test_however_the_labels_stand(text: str) -> None:
    assert rows(twice(text)) == PAIR


@pytest.mark.parametrize(
    "body",
    [
        "<h2>Bygg en brygga</h2><p><b>Status</b> Gul<br><b>Ansvarig nämnd</b> TN<br>"
        "<b>Kommentar</b> Anbuden är inne.</p>",
        "<h2>Bygg en brygga</h2><p><b>Status</b>Gul</p><p><b>Ansvarig</b>: TN</p><p>Anbuden är inne.</p>",
        "<h2>Bygg en brygga</h2><h4>Status</h4><p>Gul</p><h4>Nämnd</h4><p>TN</p>"
        "<h4>Kommentar</h4><p>Anbuden är inne.</p>",
        '<h2>Bygg en brygga</h2><dl><dt>Status</dt><dd><img alt="Gul"></dd><dt>Ansvarig</dt><dd>TN</dd>'
        "<dt>Kommentar</dt><dd>Anbuden är inne.</dd></dl>",
        "<ul><li><b>Bygg en brygga</b><br>Status: Gul<br>Ansvarig: TN<br>Kommentar: Anbuden är inne.</li></ul>",
    ],
)
def test_labels_in_web_pages(body: str) -> None:
    assert rows(page(twice(body)), "sida.html") == PAIR


def test_more_labels_than_we_know_end_the_comment_and_are_none() -> None:
    text = """Bygg en brygga
Startdatum: 2023-01-01
Handläggare: Eva Berg
Dnr: KS 2023/12
Kommentar: Anbuden är inne.
Bygget börjar i oktober.
Status: Gul
Beslut: Nämnden godkänner rapporten.
Skyddsklass: B

Starta en lovskola
Startdatum: 2023-02-01
Handläggare: Bo Ek
Status: Grön
Kommentar: Den hölls i juni.
Skyddsklass: A
Trend: ↑
"""
    followups = read(text).followups
    assert [f.comment for f in followups] == ["Anbuden är inne.\nBygget börjar i oktober.", "Den hölls i juni."]
    assert [f.boards for f in followups] == [(), ()]
    assert [f.declared.trend for f in followups if f.declared] == [None, "up"]


def test_words_with_a_colon_in_a_comment_stay_in_it() -> None:
    comment = "Vi ser två skäl: pris och tid. OBS: nytt anbud."
    text = f"Bygg en brygga\nStatus: Gul\nKommentar: {comment}\nSvaren visar: hälften är nöjda.\n"
    assert rows(text) == [("Bygg en brygga", (), "yellow", f"{comment}\nSvaren visar: hälften är nöjda.")]


def test_paragraphs_lists_and_headings_within_a_comment() -> None:
    body = (
        "<h2>Bygg en brygga</h2><p>Status: Gul</p><h3>Nuläge</h3><p>Anbuden är inne.</p>"
        "<ul><li>Pålning</li><li>Däck</li></ul><h3>Nästa steg</h3><p>Bygget.</p>"
    )
    comment = "Nuläge\nAnbuden är inne.\nPålning\nDäck\nNästa steg\nBygget."
    last = body.replace("Bygg en brygga", "Starta en lovskola")
    assert [row[3] for row in rows(page(body + last), "sida.html")] == [comment, comment]


@pytest.mark.parametrize(
    ("labels", "colour"),
    [
        ("Status T1: Grön\nStatus T2: Gul", "yellow"),
        ("Status T2: Gul, Status T1: Grön", "yellow"),
        ("T1: Grön T2: Gul", "yellow"),
        ("Status 2022: Röd\nStatus 2023: Gul", "yellow"),
        ("Status: Gul\nFöregående status: Grön", "yellow"),
        ("Status föregående period: Grön\nStatus: Gul", "yellow"),
        ("Prognos: Grön\nStatus: Gul", "yellow"),
        ("Status: Ej mätbart\nPrognos: Grön", None),
    ],
)
def test_of_several_statuses_the_reports_own_wins(labels: str, colour: str | None) -> None:
    assert [row[2] for row in rows(f"Bygg en brygga\n{labels}\nKommentar: Anbuden är inne.\n")] == [colour]


def test_an_assignment_without_a_status_among_others_is_kept() -> None:
    text = "Bygg en brygga\nNämnd: TN\nStatus: Gul\n\nRusta torget\nNämnd: KS\nKommentar: Det vilar.\n"
    assert rows(text) == [("Bygg en brygga", ("TN",), "yellow", ""), ("Rusta torget", ("KS",), None, "Det vilar.")]


@pytest.mark.parametrize(
    ("numbers", "titles"),
    [
        (("Uppdrag 12\n", "Uppdrag 13\n"), PAIR),
        (("Uppdrag 12: ", "Uppdrag 13: "), PAIR),
        (("12. ", "13. "), PAIR),
        (("1.2 ", "1.3 "), PAIR),
        (("U3:4 ", "U3:5 "), PAIR),
        (("Uppdrag 12 – ", "Uppdrag 13 – "), PAIR),
    ],
)
def test_numbers_are_no_part_of_the_title(numbers: tuple[str, str], titles: list[Row]) -> None:
    first = f"{numbers[0]}Bygg en brygga\nStatus: Gul\nAnsvarig: TN\nAnbuden är inne."
    second = f"{numbers[1]}Starta en lovskola\nStatus: Grön\nAnsvarig: BUN\nDen hölls i juni."
    assert rows(f"{first}\n\n{second}\n") == titles


@pytest.mark.parametrize(
    "title", ["12 nya laddplatser vid stationen", "2023 års badplatsrapport", "Agenda 2030 i förskolan"]
)
def test_other_numbers_are_part_of_the_title(title: str) -> None:
    assert rows(f"{title}\nStatus: Gul\n")[0][0] == title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tekniska nämndens uppdrag att bygga en brygga", "Tekniska nämnden"),
        ("Kommunstyrelsen ska ta fram en plan", "Kommunstyrelsen"),
        ("Uppdra åt socialnämnden att minska köerna", "Socialnämnden"),
        ("Utveckla samverkan mellan socialnämnden och kommunstyrelsen", None),
        ("Stärk kommunstyrelsens uppsikt över bolagen", None),
    ],
)
def test_a_board_in_the_running_text_of_a_title(title: str, name: str | None) -> None:
    (followup,) = read(f"{title}\nStatus: Gul\n").followups
    assert (followup.assignment, followup.board_names) == (title, (name,) if name else ())


@pytest.mark.parametrize(
    ("comment", "name"),
    [
        ("Ansvarig nämnd är Tekniska nämnden. Anbuden är inne.", "Tekniska nämnden"),
        ("Socialnämnden ansvarar för uppdraget.", "Socialnämnden"),
        ("Arbetet sker tillsammans med socialnämnden.", None),
    ],
)
def test_a_board_that_a_comment_calls_responsible(comment: str, name: str | None) -> None:
    (followup,) = read(f"Bygg en brygga\nStatus: Gul\n{comment}\n").followups
    assert (followup.comment, followup.board_names) == (comment, (name,) if name else ())


@pytest.mark.parametrize(
    ("last", "names"),
    [
        ("Ansvarig organisation\n\nMiljönämnden", ("Miljönämnden",)),
        ("Ansvarig organisation: Miljönämnden", ("Miljönämnden",)),
        ("Ansvarig organisation\n\n- Miljönämnden\n- Tekniska nämnden", ("Miljönämnden", "Tekniska nämnden")),
    ],
)
def test_the_board_at_the_end_holds_for_all_above(last: str, names: tuple[str, ...]) -> None:
    text = f"GrönFrisk luft\n\nHalterna är låga.\n\nGulGul Levande sjöar\n\nTre av fem mår bra.\n\n{last}\n"
    followups = read(text).followups
    assert [(f.assignment, f.comment) for f in followups] == [
        ("Frisk luft", "Halterna är låga."),
        ("Levande sjöar", "Tre av fem mår bra."),
    ]
    assert [f.board_names for f in followups] == [names, names]


def test_the_board_at_the_end_of_a_section_holds_for_that_section() -> None:
    first = (
        "Mål 1: Frisk luft\n\nMät halterna\nGrön\nKlart.\n\nInför miljözon\nRöd\nVilar.\n\nAnsvarig: Miljönämnden\n\n"
    )
    second = "Mål 2: Levande vatten\n\nRensa bäcken\nGul\nDelvis.\n\nPlantera alar\nGrön\nKlart.\n\nAnsvarig: TN\n"
    assert [row[:2] for row in rows(first + second)] == [
        ("Mät halterna", ("Miljönämnden",)),
        ("Inför miljözon", ("Miljönämnden",)),
        ("Rensa bäcken", ("TN",)),
        ("Plantera alar", ("TN",)),
    ]


def test_each_with_its_own_board_keeps_it() -> None:
    assert [row[1] for row in rows(twice("Bygg en brygga\nGul\nAnbuden är inne.\nAnsvarig: TN"))] == [("TN",), ("BUN",)]


@pytest.mark.parametrize("heading", ["Läget efter andra tertialet 2022", "Delårsbokslut efter åtta månader 2022"])
def test_a_period_that_the_report_comes_after(heading: str) -> None:
    (followup,) = extract("r.txt", f"{heading}\n\nBygg en brygga\nStatus: Gul\n".encode(), VOCABULARY).followups
    assert followup.period is not None
    assert (followup.period.year, followup.period.tertial) == (2022, 2)


def test_periods_boards_goals_and_kinds_of_sections() -> None:
    text = """# Uppföljning 2023
## Tertial 1
### Kommunstyrelsen
#### Mål 1: Trygghet
Bygg en brygga
Status: Gul
#### Övriga uppdrag
Rusta torget
Status: Röd
## Tertial 2
### Socialnämndens uppdrag
Öppna ett boende
Status: Grön
#### Nyckeltal
Antal platser
Status: Grön
### Kommunstyrelsen
Bygg en brygga
Status: Grön
"""
    found = [
        (f.kind, f.assignment, f.board_names, f.goal, f.period.tertial if f.period else None)
        for f in extract("rapport.txt", text.encode(), VOCABULARY).followups
    ]
    assert found == [
        ("assignment", "Bygg en brygga", ("Kommunstyrelsen",), "Mål 1: Trygghet", 1),
        ("assignment", "Rusta torget", ("Kommunstyrelsen",), None, 1),
        ("assignment", "Öppna ett boende", ("Socialnämnden",), None, 2),
        ("indicator", "Antal platser", ("Socialnämnden",), None, 2),
        ("assignment", "Bygg en brygga", ("Kommunstyrelsen",), None, 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Riktlinjer för e-post\nDokumenttyp: Riktlinje\nStatus: Antagen\nGäller: tills vidare\n\nE-post besvaras.\n",
        "Budget\nPrognos: resultatet blir tjugo miljoner kronor\n\nSkatterna ökar.\n",
        "Enkät\nSvar från enkäten: 80 %\n\nTack för din hjälp.\n",
    ],
    ids=["a document's head", "a forecast", "answers"],
)
def test_labels_of_other_texts_make_no_record(text: str) -> None:
    assert extract("text.txt", text.encode(), VOCABULARY).followups == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Status: Gul Ansvarig nämnd: KS", ["Status: Gul", "Ansvarig nämnd: KS"]),
        ("StatusGul", ["Status: Gul"]),
        ("Kommentar: Tre delar: a och b. Resultat: 80 %", ["Kommentar: Tre delar: a och b. Resultat: 80 %"]),
        ("Kl 10:30 börjar mötet", ["Kl 10:30 börjar mötet"]),
        ("Vi frågar efter Status: hur går det?", ["Vi frågar efter Status: hur går det?"]),
        ("Nämnden Status Grön Gård", ["Nämnden Status Grön Gård"]),
    ],
)
def test_lines_are_cut_at_labels_alone(text: str, pieces: list[str]) -> None:
    assert split_labels(text, VOCABULARY) == pieces


@pytest.mark.parametrize(
    ("text", "role", "value"),
    [
        ("Status T2 2023: Gul", "status", "Gul"),
        ("Kommentar till status: Bra", "comment", "Bra"),
        ("Ansvarig handläggare: Eva Berg", "other", "Eva Berg"),
        ("Föregående status: Grön", "other", "Grön"),
        ("Nuläge: Grön", "status", "Grön"),
    ],
)
def test_what_a_label_says(text: str, role: str, value: str) -> None:
    label = read_label(text, VOCABULARY)
    assert label is not None
    assert (label.role, label.value) == (role, value)


@pytest.mark.parametrize(
    "text", ["Nuläge: Arbetet pågår i alla delar", "Uppdrag: Bygg en bro", "Prognos: 20 mnkr", "Två skäl: pris och tid"]
)
def test_what_is_no_label(text: str) -> None:
    assert read_label(text, VOCABULARY) is None


@pytest.mark.parametrize("question", ["Vad har hänt?", "Hur går det?"])
def test_a_question_that_opens_every_comment_is_a_label(question: str) -> None:
    text = twice(f"Bygg en brygga\nStatus: Gul\nNämnd: TN\n{question}\nAnbuden är inne.")
    assert rows(text) == PAIR


def test_a_question_in_one_comment_stays() -> None:
    text = twice("Bygg en brygga\nStatus: Gul\nNämnd: TN\nAnbuden är inne.").replace("Anbuden", "Klart när?\nAnbuden")
    assert [row[3] for row in rows(text)] == ["Klart när?\nAnbuden är inne.", "Den hölls i juni."]


def test_the_boards_label_at_the_end_of_the_text_with_the_board_below() -> None:
    body = "<h2>Bygg en brygga</h2><p>Status: Gul</p><p>Anbuden är inne. Ansvarig nämnd</p><p>TN</p>"
    second = body.replace("Bygg en brygga", "Starta en lovskola").replace("TN", "BUN").replace("Gul", "Grön")
    assert rows(page(body + second.replace("Anbuden är inne.", "Den hölls i juni.")), "sida.html") == PAIR


@pytest.mark.parametrize(
    "text", ["Bedömning: Ej uppfyllt Kommentar: Anbud saknas.", "Läge: Delvis klart Kommentar: Anbud saknas."]
)
def test_a_label_does_not_swallow_the_next(text: str) -> None:
    assert [piece.split(":")[0] for piece in split_labels(text, VOCABULARY)][-1] == "Kommentar"


def test_an_item_with_its_board_among_others_with_lights_is_an_assignment_without_a_light() -> None:
    text = "Bygg en brygga (TN) 🙂\nAnbuden är inne.\n\nRusta torget (KS)\nDet vilar.\n\n"
    text += "Starta en lovskola (BUN) ☹\nDen ställdes in.\n"
    assert [(row[0], row[2]) for row in rows(text)] == [
        ("Bygg en brygga", "green"),
        ("Rusta torget", None),
        ("Starta en lovskola", "red"),
    ]


def test_the_foot_of_a_short_page_names_the_period() -> None:
    body = (
        "<html><body><h1>Fullmäktiges uppdrag</h1><h2>Bygg en brygga (TN)</h2><p>Status: Gul</p><p>Anbuden är inne.</p>"
        "<h2>Rusta torget (KS)</h2><p>Status: Grön</p><h2>Årsredovisning 2021, Sandvikså</h2></body></html>"
    )
    periods = {(f.period.year, f.period.tertial) if f.period else None for f in read(body, "sida.html").followups}
    assert periods == {(2021, 3)}


def test_the_last_title_with_a_status_in_words_alone_is_not_lost() -> None:
    lit = "<h3>{} <img src='x.png' alt='{}'></h3><p>{}</p><p>{}</p>"
    body = lit.format("Bygg en brygga", "Grön", "Tekniska nämnden", "Den är byggd.")
    body += lit.format("Rusta torget", "Röd", "Kommunstyrelsen", "Det vilar.")
    body += (
        "<h3>Granska arvodena</h3><p>Kommunfullmäktige</p><p>Ej bedömd</p><p>Uppdraget gavs sent.</p><h2>Personal</h2>"
    )
    found = read(page(body), "sida.html").followups
    assert [(f.assignment, f.boards) for f in found] == [
        ("Bygg en brygga", ("Tekniska nämnden",)),
        ("Rusta torget", ("Kommunstyrelsen",)),
        ("Granska arvodena", ("Kommunfullmäktige",)),
    ]
    assert found[2].declared is not None
    assert (found[2].declared.colour, found[2].declared.as_written) == (None, "Ej bedömd")


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("Uppdraget är genomfört", "green"),
        ("Uppdraget är inte genomfört", "red"),
        ("Aktiviteten är delvis genomförd", "yellow"),
        ("Uppdraget pågår", "green"),
    ],
)
def test_a_label_makes_a_sentence_about_the_assignment_its_status(value: str, colour: str) -> None:
    body = f"<h3>Bygg en brygga</h3><p>Bedömning: {value}</p><p>Anbuden är inne.</p>"
    second = body.replace("Bygg en brygga", "Rusta torget")
    found = rows(page(f"<h2>Tekniska nämnden</h2>{body}{second}"), "sida.html")
    titles = ("Bygg en brygga", "Rusta torget")
    assert found == [(title, ("Tekniska nämnden",), colour, "Anbuden är inne.") for title in titles]


def test_a_sentence_that_gives_a_board_its_assignment_is_a_title() -> None:
    text = "Tekniska nämnden ges i uppdrag att bygga en brygga.\nStatus: Gul\nAnbuden är inne.\n\n"
    text += "Kommunstyrelsen ges i uppdrag att rusta torget.\nStatus: Röd\nDet vilar.\n"
    assert [(row[0], row[1]) for row in rows(text)] == [
        ("Tekniska nämnden ges i uppdrag att bygga en brygga", ("Tekniska nämnden",)),
        ("Kommunstyrelsen ges i uppdrag att rusta torget", ("Kommunstyrelsen",)),
    ]


def test_an_icon_beside_the_board_is_the_status() -> None:
    icon = "<img src='x.png' alt='{} ikon: uppnås'>"
    body = f"<h3>Bygg en brygga</h3><p>Ansvarig nämnd: TN {icon.format('Gul')}</p><p>Anbuden är inne.</p>"
    second = f"<h3>Starta en lovskola</h3><p>Ansvarig nämnd: BUN {icon.format('Grön')}</p><p>Den hölls i juni.</p>"
    assert rows(page(body + second), "sida.html") == PAIR


def test_the_year_of_a_goal_is_no_period() -> None:
    body = "<h2>Mål 3. Klimatneutralt 2035</h2><h3>Bygg en brygga (TN)</h3><p>Status: Gul</p>"
    assert [f.period and f.period.year for f in read(page(body), "sida.html").followups] == [2023]
