"""Ways of saying a status that few reports share: in front of a comment, after a bullet, under a month, as a result."""

import pytest

from ljuskoll.nlp.extract import extract
from ljuskoll.nlp.vocabulary.periods import month_of
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary
from table_texts import colour, read

Row = tuple[str, str | None, str]


def page(body: str) -> list[Row]:
    text = f"<html><body><h1>Uppföljning av uppdrag T2 2023</h1><p>Ekby kommun</p>{body}</body></html>"
    return [(f.assignment, colour(f), f.comment) for f in extract("sida.html", text.encode(), Vocabulary()).followups]


def test_a_status_that_opens_every_comment_is_declared() -> None:
    found = read("""
Aktivitet | Slut | Framsteg
Inventera avloppen | 2023-12 | Avslutad. 212 avlopp har besökts under sommaren.
Kalka tre sjöar | 2023-09 | Pågår. Två sjöar är kalkade hittills.
Ta fram en vattenplan | 2023-11 | Ej påbörjad. Resurser saknas.""")
    assert [(colour(one), one.comment) for one in found.followups] == [
        ("green", "212 avlopp har besökts under sommaren."),
        ("green", "Två sjöar är kalkade hittills."),
        ("red", "Resurser saknas."),
    ]


def test_a_status_that_opens_some_comments_is_part_of_them() -> None:
    found = read("""
Aktivitet | Slut | Framsteg
Inventera avloppen | 2023-12 | Avslutad. 212 avlopp har besökts under sommaren.
Kalka tre sjöar | 2023-09 | Två sjöar är kalkade hittills.
Ta fram en vattenplan | 2023-11 | Ej påbörjad. Resurser saknas.""")
    assert [colour(one) for one in found.followups] == [None] * 3


def test_sentences_in_a_column_of_statuses_are_comments() -> None:
    found = read("""
Uppdrag | Klart när | Status
Utred bolagen | 2023-06 | Utredningen är klar och skickas på remiss i maj.
Ta fram riktlinjer | 2023-03 | Försenad. Läggs fram i september.
Se över policyn | 2023-12 | Ej startad.""")
    assert [(one.declared and one.declared.as_written, one.comment) for one in found.followups] == [
        (None, "Utredningen är klar och skickas på remiss i maj."),
        ("Försenad", "Läggs fram i september."),
        ("Ej startad.", ""),
    ]


def test_the_reports_own_month_shows_the_status() -> None:
    found = read(
        """
Uppdrag | aug | sep | okt | Läget
Måla tunnlarna | [green] | [green] | [yellow] | Två av fem återstår.
Byta räcken | [red] | [yellow] | [green] | Räckena är på plats.""",
        heading="Månadsrapport oktober 2023, uppföljning av uppdrag",
    )
    assert [colour(one) for one in found.followups] == ["yellow", "green"]


def test_bars_in_a_timetable_of_months_are_no_lights() -> None:
    found = read("""
Aktivitet | jan | feb | mars | Anteckning
Bokslut | [green] | | | Skickas ut.
Budgetdialog | | [red] | | Bokas av kansliet.
Plan | | | [green] | Sammanställs.""")
    assert {colour(one) for one in found.followups} <= {None}


@pytest.mark.parametrize(("text", "month"), [("okt", 10), ("Status okt.", 10), ("Oktober", 10), ("i maj.", None)])
def test_a_heading_can_name_a_month_alone(text: str, month: int | None) -> None:
    mention = month_of(text)
    assert (mention.as_of[0] if mention is not None and mention.as_of is not None else None) == month


def test_an_assessment_below_the_comment_with_a_bullet_before_its_colour() -> None:
    assert page("""<h3>1. Inför skolbibliotek</h3><p>Beslut: KF 2022-11-20, § 112</p><p>Åtta av elva är klara.</p>
<p>Bedömning: ● Gult – uppdraget slutförs delvis</p>
<h3>2. Ge alla simundervisning</h3><p>Beslut: KF 2022-11-20, § 113</p><p>Simhallen är stängd.</p>
<p>Bedömning: ● Rött – uppdraget slutförs inte</p>""") == [
        ("Inför skolbibliotek", "yellow", "Åtta av elva är klara."),
        ("Ge alla simundervisning", "red", "Simhallen är stängd."),
    ]


def test_a_result_in_words_is_a_status_and_in_figures_is_none() -> None:
    cards = "".join(
        f"<div><h3>{title}</h3><p>{text}</p><p>Utfall: {result}</p></div>"
        for title, text, result in (
            ("Plantera 500 träd", "Träden står längs infarten.", "Uppnått"),
            ("Minska hyran", "Värden avböjde.", "Ej uppnått"),
        )
    )
    assert [row[1] for row in page(cards)] == ["green", "red"]
    assert all(row[1] is None for row in page(cards.replace("Ej uppnått", "12").replace("Uppnått", "512")))


def test_bold_titles_whose_texts_end_in_a_labelled_status() -> None:
    assert page("""<p><b>Öppna en musikverkstad.</b> Lokalen är målad. <i>Status: grön</i></p>
<p><b>Flytta skateparken.</b> Markägaren har sagt nej. <i>Status: röd</i></p>""") == [
        ("Öppna en musikverkstad", "green", "Lokalen är målad."),
        ("Flytta skateparken", "red", "Markägaren har sagt nej."),
    ]


def test_a_list_with_the_status_as_a_sentence_before_each_comment() -> None:
    assert page("""<ol><li>Sälj flygplatsen. (KS) – <b>Genomfört.</b> Avtalet undertecknades i maj.</li>
<li>Bygg laddstolpar. (TN) – <b>Pågår.</b> Elnätet förstärks i oktober.</li>
<li>Lägg ned skolan. (BUN) – <b>Ej genomfört.</b> Beslutet upphävdes.</li></ol>""") == [
        ("Sälj flygplatsen", "green", "Avtalet undertecknades i maj."),
        ("Bygg laddstolpar", "green", "Elnätet förstärks i oktober."),
        ("Lägg ned skolan", "red", "Beslutet upphävdes."),
    ]


BOXES = """<div style="border-left:8px solid #4caf50"><h3>Fler företag</h3><p>Elva nya bolag har registrerats.</p></div>
<div style="border-left:8px solid {}"><h3>Lägre sjukfrånvaro</h3><p>Frånvaron har stigit.</p></div>"""


def test_thick_borders_in_several_colours_are_lights_and_in_one_are_ornaments() -> None:
    assert [row[1] for row in page(BOXES.format("#e53935"))] == ["green", "red"]
    assert page(BOXES.format("#4caf50")) == []
    assert page(BOXES.format("#e53935").replace("8px", "1px")) == []


BADGE = '<p><b>{}</b> <span style="background:{}">{}</span><br>{}</p>'


def test_a_word_on_a_label_is_learnt_beside_those_that_agree_with_the_usual_scale() -> None:
    rows = [
        ("Starta en träfflokal", "#4caf50", "Enligt plan", "Lokalen hyrs från maj."),
        ("Minska väntetiden", "#fbc02d", "Delvis", "Väntetiden är sju veckor."),
        ("Inför digital ansökan", "#e53935", "Kräver beslut", "Leverantören har gått i konkurs."),
    ]
    assert [row[1] for row in page("".join(BADGE.format(*row) for row in rows))] == ["green", "yellow", "red"]


def test_the_municipalitys_name_is_no_title() -> None:
    assert "Ekby kommun" not in {row[0] for row in page("<p>Status: grön</p><p>Allt går bra.</p>")}


GOAL_ABOVE = """
Mål 1: Trygga äldre | | | {}
Undersökningen visar bättre siffror än i fjol. | | |
Uppdrag | Ansvarig | Klart | Status
Inför kontaktman | TN | juni | Grön
Pröva nattillsyn | TN | dec | Röd"""


def test_a_goal_with_its_light_above_the_headings_of_a_table() -> None:
    found = read(GOAL_ABOVE.format("[yellow] Delvis uppfyllt"))
    assert [(one.kind, one.assignment, colour(one), one.comment, one.goal) for one in found.followups] == [
        ("goal", "Mål 1: Trygga äldre", "yellow", "Undersökningen visar bättre siffror än i fjol.", None),
        ("assignment", "Inför kontaktman", "green", "", "Mål 1: Trygga äldre"),
        ("assignment", "Pröva nattillsyn", "red", "", "Mål 1: Trygga äldre"),
    ]
    assert [one.kind for one in read(GOAL_ABOVE.format("Sida 3")).followups] == ["assignment"] * 2


def test_a_forecast_decides_where_the_status_only_says_that_work_goes_on() -> None:
    one = "<p><b>Utred en skola</b><br>Status: {}<br>Prognos: {}<br>Kommentar: Tre lägen har jämförts.</p>"
    body = one + one.replace("Utred en skola", "Byt pannan")
    lights = [row[1] for row in page(body.format("Pågående", "Klart i tid", "Pågår", "Försenat"))]
    assert lights == ["green", "red"]
    assert [row[1] for row in page(body.format("Avslutat", "-", "Röd", "Klart i tid"))] == ["green", "red"]


def test_no_to_whether_it_is_finished_is_no_light_before_the_years_end() -> None:
    rows_ = "Uppdrag | Beslut | Handläggning | Avslutat\nTa fram en plan | 2022-02-23 | Planen antogs i juni. | Ja\n"
    rows_ += "Se över normen | 2022-04-27 | Samråd under hösten. | Nej"
    assert [colour(one) for one in read(rows_).followups] == ["green", None]
    late = read(rows_, heading="Uppföljning av uppdrag T3 2023").followups
    assert [colour(one) for one in late] == ["green", "red"]


def test_the_text_beside_a_light_is_the_comment_where_no_column_has_one() -> None:
    found = read("""
Perspektiv | Mål | Bedömning
Invånare | Snabba besked | [green] Svar inom en dag i snitt.
Medarbetare | Friska medarbetare | [red] Frånvaron är 7,2 procent.""")
    assert [(colour(one), one.comment) for one in found.followups] == [
        ("green", "Svar inom en dag i snitt."),
        ("red", "Frånvaron är 7,2 procent."),
    ]


def test_the_status_sentence_can_stand_last_below_a_bold_line_with_a_number() -> None:
    body = "<p><b>{}</b></p><p>Undervisning ges i sex av åtta byar.</p><p><i>{}</i></p>"
    found = page(
        body.format("2022:14 Kulturskola i alla byar", "Uppdraget bedöms som delvis genomfört.")
        + body.format("2022:15 Meröppet bibliotek", "Uppdraget bedöms som genomfört.")
    )
    assert [row[0] for row in found] == ["Kulturskola i alla byar", "Meröppet bibliotek"]
    assert "delvis genomfört" in found[0][2]


LISTED = """<h2>{}</h2><ul><li>Bygg ett utegym (KFN). Det invigdes i juni.</li>
<li>Inför e-faktura (KS). Infört i april.</li></ul>"""


def test_titles_with_their_boards_run_on_below_headings_that_say_how_they_stand() -> None:
    other = "<ul><li>Se över arvodena (KS). Beredningen är inte tillsatt.</li></ul>"
    found = page(LISTED.format("Avslutade uppdrag") + "<h2>Ej påbörjade uppdrag</h2>" + other)
    assert found == [
        ("Bygg ett utegym", "green", "Det invigdes i juni."),
        ("Inför e-faktura", "green", "Infört i april."),
        ("Se över arvodena", "red", "Beredningen är inte tillsatt."),
    ]


def test_boards_in_a_list_of_sentences_are_no_ends_of_titles() -> None:
    text = "<ul><li>Vi tackar barn- och utbildningsnämnden (BUN). Det var trevligt.</li><li>Nu ses vi snart.</li></ul>"
    assert page(text) == []


def test_lines_of_a_list_item_with_how_it_stands_as_the_comment() -> None:
    assert page("""<ol><li><b>Utred en ny simhall</b><br>Beslut: KF 2022-06-14<br>Läge: två platser har valts ut.<br>
Status: Verkställt</li><li><b>Se över arvodena</b><br>Beslut: KF 2022-09-20<br>Läge: beredningen är inte tillsatt.<br>
Status: Ej verkställt</li></ol>""") == [
        ("Utred en ny simhall", "green", "två platser har valts ut."),
        ("Se över arvodena", "red", "beredningen är inte tillsatt."),
    ]


def test_a_label_of_the_status_with_a_light_is_no_comment() -> None:
    assert page("""<h3>Bygg en bro</h3><p>Läge: gult</p><p>Anbuden har kommit in.</p>
<h3>Måla tunneln</h3><p>Läge: rött</p><p>Målaren har gått i konkurs.</p>""") == [
        ("Bygg en bro", "yellow", "Anbuden har kommit in."),
        ("Måla tunneln", "red", "Målaren har gått i konkurs."),
    ]


def test_goals_judged_in_bold_beside_a_table_of_their_figures() -> None:
    text = """<html><body><h1>Delårsbokslut augusti 2029</h1><p>Kulturnämnden, Ekby kommun</p><h2>Nämndens mål</h2>
<h3>Mål 1. Alla barn ska få spela ett instrument</h3><p><b>Målet bedöms bli uppfyllt.</b></p><p>Kön är borta.</p>
<table><tr><td>Indikator</td><td>Mål 2029</td><td>Utfall aug</td><td></td></tr>
<tr><td>Elever i musikskolan</td><td>400</td>
<td>412</td><td style="background:#43a047"></td></tr><tr><td>Konserter på skolor</td><td>30</td><td>11</td>
<td style="background:#e53935"></td></tr></table>
<h3>Mål 2. Biblioteken ska nå fler vuxna</h3><p><b>Målet bedöms inte bli uppfyllt.</b></p><p>Utlåningen minskar.</p>"""
    found = extract("sida.html", text.encode(), Vocabulary()).followups
    assert [(one.kind, one.assignment, one.comment) for one in found if one.kind == "goal"] == [
        ("goal", "Mål 1. Alla barn ska få spela ett instrument", "Målet bedöms bli uppfyllt.\nKön är borta."),
        ("goal", "Mål 2. Biblioteken ska nå fler vuxna", "Målet bedöms inte bli uppfyllt.\nUtlåningen minskar."),
    ]
    figures = ["Elever i musikskolan", "Konserter på skolor"]
    assert [one.assignment for one in found if one.kind == "indicator"] == figures


def test_the_word_on_a_coloured_label_before_a_title_is_no_part_of_it() -> None:
    label = '<span style="background:{}">&nbsp;{}&nbsp;</span>'
    assert page(f"""<p>{label.format("#43a047", "KLART")} <b>Kartlägg förorenad mark</b></p><p>Rapport i maj.</p>
<p>{label.format("#fbc02d", "PÅGÅR")} <b>Besök små avlopp</b></p><p>Hälften är besökta.</p>
<p>{label.format("#e53935", "FÖRSENAT")} <b>Skydda Svartmossen</b></p><p>Markägarna har överklagat.</p>""") == [
        ("Kartlägg förorenad mark", "green", "Rapport i maj."),
        ("Besök små avlopp", "yellow", "Hälften är besökta."),
        ("Skydda Svartmossen", "red", "Markägarna har överklagat."),
    ]


def test_numbers_before_titles_in_a_table() -> None:
    found = read("""
Uppdrag | Status
1. Tillsyn av badplatser | Klart
2. Digitalt bygglov | Försenat
10 nya lekplatser | Klart""")
    assert [one.assignment for one in found.followups] == [
        "Tillsyn av badplatser",
        "Digitalt bygglov",
        "10 nya lekplatser",
    ]


def test_a_number_over_each_card_with_labels_of_a_table() -> None:
    found = read("""
Uppdrag 1 |
Uppdrag | Inför larmmattor på alla boenden
Bedömning | [yellow] Delvis
Kommentar | Tre av sju boenden har fått mattor.
Uppdrag 2 |
Uppdrag | Minska antalet timanställda
Bedömning | [red] Nej
Kommentar | Timmarna ökade under sommaren.""")
    assert [(one.assignment, colour(one), one.comment) for one in found.followups] == [
        ("Inför larmmattor på alla boenden", "yellow", "Tre av sju boenden har fått mattor."),
        ("Minska antalet timanställda", "red", "Timmarna ökade under sommaren."),
    ]


def test_smileys_before_titles_that_run_on_after_a_colon() -> None:
    assert page("""<ul><li>😀 Öppna en ny isrink: invigd i oktober.</li><li>😐 Rusta elljusspåret: två km är klara.</li>
<li>☹️ Bygg ett utegym: lovet är överklagat.</li></ul>""") == [
        ("Öppna en ny isrink", "green", "invigd i oktober."),
        ("Rusta elljusspåret", "yellow", "två km är klara."),
        ("Bygg ett utegym", "red", "lovet är överklagat."),
    ]


def test_questions_whether_something_is_done_with_their_answers() -> None:
    assert page("""<p><b>1. Uppdrag: Snabbare bygglov</b></p><p>Har uppdraget genomförts? Ja</p>
<p>Beskriv kortfattat: Handläggningen tar fem veckor.</p><p><b>2. Uppdrag: Ny översiktsplan</b></p>
<p>Har uppdraget genomförts? Nej</p><p>Beskriv kortfattat: Arkitekten kom i november.</p>""") == [
        ("Snabbare bygglov", "green", "Handläggningen tar fem veckor."),
        ("Ny översiktsplan", "red", "Arkitekten kom i november."),
    ]


def test_headings_over_two_rows_of_a_web_page() -> None:
    assert page("""<table><tr><th rowspan=2>Åtagande</th><th colspan=2>Prognos helår</th><th rowspan=2>Svar</th></tr>
<tr><th>T2</th><th>Föregående</th></tr><tr><td>Plantera 300 träd</td><td style="background:#e53935"></td>
<td style="background:#fbc02d"></td><td>Plantskolan har gått i konkurs.</td></tr><tr><td>Lägg om tolv gator</td>
<td style="background:#43a047"></td><td style="background:#43a047"></td><td>Fyra är klara.</td></tr></table>""") == [
        ("Plantera 300 träd", "red", "Plantskolan har gått i konkurs."),
        ("Lägg om tolv gator", "green", "Fyra är klara."),
    ]


def test_signs_that_gave_no_record_make_the_document_partial() -> None:
    told = "vi har under våren mött alla som söker stöd, " * 6
    body = "".join(f"<p>{sign} Det gick så att {told}och mer.</p>" for sign in ("🟢", "🔴", "🟡"))
    text = f"<html><body><h1>Verksamhetsplan 2026, avstämning</h1>{body}</body></html>"
    found = extract("sida.html", text.encode(), Vocabulary())
    assert found.followups == ()
    assert [signal.what for signal in found.signals] == ["tecken för status"] * 3
