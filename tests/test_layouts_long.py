"""Annual reports of a hundred pages in which the follow-up is a few: its records, and none else."""

from itertools import cycle, islice

import pytest

from ljuskoll.nlp.document import Block, Cell, Document, Item, Mark, MarkColour, Page, Place, Table
from ljuskoll.nlp.extract import Extraction, extract, extract_document
from ljuskoll.nlp.vocabulary.vocabulary import Vocabulary

SENTENCES = (
    "Antalet invånare ökade med 214 personer, främst genom inflyttning från grannkommunerna.",
    "Bygget är färdigställt och lokalerna togs i bruk efter sommaren.",
    "Arbetet pågår enligt plan i samtliga tätorter.",
    "Vattenläckan vid Kvarngatan åtgärdades i mars, men återställningen av gatan är försenad.",
    "Upphandlingen är klar och avtal har tecknats med två entreprenörer.",
    "Sjukfrånvaron minskade till 6,1 procent, vilket är lägre än året innan.",
    "Målet är att hälften av resorna ska ske med cykel år 2030.",
    "Under våren genomfördes en enkät bland vårdnadshavare på sju förskolor.",
    "Projektet är avslutat och slutredovisas för nämnden nästa år.",
    "Kostnaden för placeringar har inte kunnat hållas inom ramen.",
    "Verksamheten har haft svårt att rekrytera sjuksköterskor till nattjänst.",
    "Biblioteket lånade ut 61 200 böcker och höll nittio sagostunder.",
    "Renoveringen av simhallen är inte påbörjad eftersom anbuden blev för höga.",
    "Räddningstjänsten larmades vid 340 tillfällen, varav en fjärdedel var automatiska larm.",
    "Kommunen deltog i länets övning i krisberedskap och har uppdaterat sina planer.",
    "Elevernas resultat i matematik har förbättrats tre år i rad.",
    "Nya riktlinjer för föreningsbidrag är antagna och gäller från årsskiftet.",
    "Färdtjänsten körde 8 900 resor, lite färre än budgeterat.",
)
HEADINGS = (
    *(
        "Befolkning",
        "Arbetsmarknad",
        "Bostadsbyggande",
        "Gator och vägar",
        "Vatten och avlopp",
        "Förskola",
        "Grundskola",
    ),
    *(
        "Hemtjänst",
        "Särskilt boende",
        "Kultur i skolan",
        "Idrottsanläggningar",
        "Detaljplaner",
        "Bygglov",
        "Räddningstjänst",
    ),
    *("Miljötillsyn", "Överförmyndare", "Näringsliv", "Digitalisering", "Upphandling", "Kommunikation", "Framtiden"),
    *("Gata och park (TN)", "Barn och elever (BUN)", "Omsorg om äldre (VON)", "Bibliotek och kultur (KFN)"),
)
FIGURES = (("Nettokostnad", "412,5", "398,1"), ("Semesterlöneskuld", "21,0", "20,4"), ("Resultat", "12,2", "8,9"))
STAFF = (
    ("Tillsvidareanställda", "1 214", "1 198"),
    ("Visstidsanställda", "201", "233"),
    ("Sjukfrånvaro, %", "6,1", "6,7"),
)

ASSIGNMENTS: tuple[tuple[str, str, MarkColour, str], ...] = (
    ("Ta fram en lekplatsplan", "Tekniska nämnden", "green", "Planen antogs i november."),
    ("Inför digitala trygghetslarm", "Vård- och omsorgsnämnden", "yellow", "Sex av nio områden har bytt larm."),
    ("Starta en fritidsbank", "Kultur- och fritidsnämnden", "red", "Lokalen såldes och ingen ny har hittats."),
    ("Se över skolskjutsreglerna", "Barn- och utbildningsnämnden", "green", "Reglerna gäller från hösten."),
    ("Bygg en gångväg till stationen", "Tekniska nämnden", "red", "Marken kunde inte lösas in."),
    ("Öppna ett medborgarkontor", "Kommunstyrelsen", "green", "Kontoret öppnade i april."),
)


class Writer:
    """Writes a report page by page, with headings marked as such or left as plain lines."""

    def __init__(self, *, marked: bool) -> None:
        self.marked = marked
        self.pages: list[list[Item]] = [[]]
        self.sentences = cycle(SENTENCES)
        self.headings = cycle(HEADINGS)

    @property
    def place(self) -> Place:
        top = 50.0 + 20 * len(self.pages[-1])
        return Place(len(self.pages), (50.0, top, 500.0, top + 12))

    def turn(self) -> None:
        self.pages.append([])

    def head(self, text: str, level: int, *marks: Mark) -> None:
        kind, marked = ("heading", level) if self.marked else ("paragraph", None)
        self.pages[-1].append(
            Block(text, (self.place,), "heading" if kind == "heading" else "paragraph", marked, marks)
        )

    def say(self, text: str, *marks: Mark) -> None:
        self.pages[-1].append(Block(text, (self.place,), marks=marks))

    def table(self, head: tuple[str, ...], *rows: tuple[str, ...]) -> None:
        cells = tuple(tuple(Cell(text, self.place) for text in row) for row in (head, *rows))
        self.pages[-1].append(Table(cells, len(self.pages), 1))

    def prose(self, pages: int) -> None:
        for _ in range(pages):
            for heading in islice(self.headings, 3):
                self.head(heading, 3)
                self.say(" ".join(islice(self.sentences, 3)))
                self.say(" ".join(islice(self.sentences, 2)))
            self.turn()

    def document(self) -> Document:
        pages = tuple(Page(number, tuple(items)) for number, items in enumerate(self.pages, start=1) if items)
        return Document("0" * 64, "application/pdf", pages, "Årsredovisning 2023", ("Sandvikså kommun",))


def light(colour: MarkColour) -> Mark:
    return Mark("fill", colour)


def write_opening(writer: Writer) -> None:
    writer.head("Årsredovisning 2023", 1)
    writer.say("Sandvikså kommun")
    writer.turn()
    writer.head("Innehåll", 1)
    for number, heading in enumerate(
        ("Inledning", "Förvaltningsberättelse", "Uppdrag från fullmäktige", "Noter"), start=1
    ):
        writer.say(f"{heading} {number * 20}")
    writer.turn()
    writer.head("Förvaltningsberättelse", 1)
    writer.prose(30)


def write_risks(writer: Writer) -> None:
    writer.head("Intern kontroll", 2)
    writer.say("Nämnderna har följt upp sina kontrollplaner.")
    colours: tuple[MarkColour, ...] = ("green", "yellow", "red", "yellow")
    risks = ("Felaktiga utbetalningar", "Brister i delegation", "Otillåten direktupphandling", "Driftstopp i system")
    for risk, colour in zip(risks, colours, strict=True):
        writer.head(risk, 3, light(colour))
        writer.say("Stickprov har gjorts under hösten.")
    writer.table(("Risk", "Åtgärd", "Status"), ("Hot och våld", "Utbildning", "Grön"), ("Bränder", "Larm", "Röd"))
    writer.head("Väsentliga risker", 2)
    for risk in ("Vakanser", "Räntor"):
        writer.say(f"{risk}: Gul")
        writer.say("Risken bedöms öka.")
    writer.turn()


def write_economy(writer: Writer) -> None:
    writer.head("Ekonomisk analys", 2)
    for goal in ("Soliditet", "Resultatnivå", "Självfinansiering"):
        writer.head(goal, 3)
        writer.say("Målet är uppnått. Värdet är bättre än året innan.")
    writer.head("Investeringar", 2)
    for project in ("Ny förskola i Ängen (BUN)", "Ombyggnad av reningsverket (TN)", "Utbyte av ställverk (TN)"):
        writer.say(project)
        writer.say("Entreprenaden är tilldelad och arbetet pågår.")
    writer.table(("Mnkr", "2023", "2022"), *FIGURES)
    writer.table(("Personal", "2023", "2022"), *STAFF)
    writer.turn()


def write_closing(writer: Writer) -> None:
    writer.head("Noter", 1)
    for number in range(1, 12):
        writer.head(f"Not {number} Verksamhetens intäkter", 3)
        writer.table(("Mnkr", "2023", "2022"), *FIGURES)
        writer.turn()
    writer.head("Revisionsberättelse", 1)
    writer.say("Vi bedömer att målen delvis är uppfyllda och att den interna kontrollen är tillräcklig.")
    writer.say("Anna Berg (KD)")
    writer.say("Ordförande")
    writer.say("Lars Ek (SD)")
    writer.say("Vice ordförande")


def write_report(*, marked: bool, follow_up: "Follow") -> Document:
    writer = Writer(marked=marked)
    write_opening(writer)
    write_risks(writer)
    writer.prose(20)
    writer.head("Uppdrag från fullmäktige 2023", 1)
    writer.say("Här redovisas de uppdrag som fullmäktige gav i budgeten.")
    follow_up(writer)
    write_economy(writer)
    writer.prose(30)
    write_closing(writer)
    return writer.document()


class Follow:
    """One way to write the follow-up itself."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, writer: Writer) -> None:
        words = {"green": "Grön", "yellow": "Gul", "red": "Röd"}
        for title, board, colour, comment in ASSIGNMENTS:
            if self.name == "labels":
                writer.head(title, 2)
                writer.say(f"Status: {words[colour]}")
                writer.say(f"Ansvarig nämnd: {board}")
                writer.say(f"Kommentar: {comment}")
            elif self.name == "marks":
                writer.head(title, 2, light(colour))
                writer.say(f"Ansvarig nämnd: {board}")
                writer.say(comment)
            elif self.name == "words":
                writer.head(title, 2)
                writer.say(words[colour])
                writer.say(f"Ansvarig nämnd: {board}")
                writer.say(comment)
            elif self.name == "codes":
                writer.head(f"{title} ({board})", 2)
                writer.say(words[colour])
                writer.say(comment)
            writer.turn()


def seen(extraction: Extraction) -> list[tuple[str, tuple[str, ...], str | None, str]]:
    return [
        (f.assignment, f.board_names, f.declared.colour if f.declared else None, f.comment)
        for f in extraction.followups
    ]


EXPECTED = [(title, (board,), colour, comment) for title, board, colour, comment in ASSIGNMENTS]


@pytest.mark.parametrize("marked", [True, False], ids=["headings marked", "headings by looks"])
@pytest.mark.parametrize("name", ["labels", "marks", "words", "codes"])
def test_a_follow_up_of_a_few_pages_and_nothing_else(name: str, marked: bool) -> None:
    document = write_report(marked=marked, follow_up=Follow(name))
    assert len(document.pages) > 95
    extraction = extract_document(document, Vocabulary())
    assert seen(extraction) == EXPECTED
    assert {f.period.year for f in extraction.followups if f.period} == {2023}


@pytest.mark.parametrize("marked", [True, False], ids=["headings marked", "headings by looks"])
def test_a_long_report_without_a_follow_up_gives_no_record(marked: bool) -> None:
    document = write_report(marked=marked, follow_up=Follow("none"))
    assert seen(extract_document(document, Vocabulary())) == []


def test_headings_whose_status_only_the_sentence_tells() -> None:
    writer = Writer(marked=True)
    write_opening(writer)
    writer.head("Uppdrag från fullmäktige", 1)
    sentences = ("Uppdraget är genomfört.", "Uppdraget är delvis genomfört.", "Uppdraget är inte påbörjat.")
    for (title, _, _, comment), sentence in zip(ASSIGNMENTS, cycle(sentences), strict=False):
        writer.head(title, 3)
        writer.say(f"{sentence} {comment}")
    write_economy(writer)
    writer.prose(40)
    found = [f.assignment for f in extract_document(writer.document(), Vocabulary()).followups]
    assert found == [title for title, _, _, _ in ASSIGNMENTS]


@pytest.mark.parametrize("name", ["labels", "words", "codes"])
def test_the_same_as_text_with_pages(name: str) -> None:
    document = write_report(marked=False, follow_up=Follow(name))
    pages = [
        "\n\n".join(item.text for item in page.items if isinstance(item, Block))
        for page in document.pages
        if page.items
    ]
    extraction = extract("rapport.txt", "\f".join(pages).encode(), Vocabulary())
    assert seen(extraction) == EXPECTED
