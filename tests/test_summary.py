"""The summary in the terminal, read as plain text at 80 columns."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from ljuskoll.service.outputs.files import read_result
from ljuskoll.service.outputs.lines import json_line
from ljuskoll.service.outputs.summary import MAX_BOARDS, MAX_FINDINGS, MAX_QUOTES, Summary, summarise
from ljuskoll.service.outputs.summary_print import print_summary
from ljuskoll.service.record import FindingEvidence, Problem, Result
from streaming import streamed

EXAMPLE = Path(__file__).parent / "outputs_example"
OUT = Path("out") / "granvik"


@pytest.fixture(scope="module")
def example() -> Result:
    return read_result(EXAMPLE)


def shown(result: Result | Summary, *, colour: bool = False, encoding: str = "utf-8", out: Path = OUT) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    console = Console(file=file, width=80, force_terminal=colour, color_system="standard" if colour else None)
    print_summary(summarise(result) if isinstance(result, Result) else result, out, console)
    file.flush()
    return raw.getvalue().decode(encoding)


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    "words",
    [
        "Ljuskoll har läst 6 dokument.",
        "Läst: 3 · Delvis läst: 1 · Ingen uppföljning: 1 · Kunde inte läsas: 1",
        "! 2024/bilaga inskannad.pdf: Filen är avkortad och kan inte öppnas.",
        "22 uppföljningar (uppdrag, mål, nyckeltal och aktiviteter), 8 avvikelser.",
        "Nämnd Grön Gul Röd Utan ljus",
        "Barn- och utbildningsnämnden 1 1 2 0",
        "Summa 11 5 4 2",
        "1 angivet antal jämfört med ljusen, 1 avviker",
        "7 jämförelser över tid och mellan dokument, 1 avviker, avstod i 1",
        "1. 97 % Ljus mot statusmening + Ljus mot kommentar",
        "”Uppdraget bedöms inte bli genomfört i år” 2024/delårsrapport augusti.pdf, sida 13",
        "”Kön är i stort sett oförändrad.” ”rekryteringen haltar” 2024/socialnämnden/uppföljning oktober.xlsx, sida 1",
        "”Av årets uppdrag är tre röda.” 2024/årsredovisning.pdf, sida 6",
        "omaskerade texter som kan röra personuppgifter",
    ],
)
def test_the_summary_tells(example: Result, words: str) -> None:
    assert words in flat(shown(example))


def test_it_fits_80_columns_and_ends_with_what_to_open(example: Result) -> None:
    lines = shown(example).rstrip("\n").split("\n")
    assert max(map(len, lines)) <= 80
    assert lines[-1] == f"Öppna {OUT / 'ljuskoll.xlsx'}"


def test_a_long_path_stays_on_one_line(example: Result) -> None:
    out = Path("kommunens gemensamma mapp " * 5) / "uppföljning"
    assert shown(example, out=out).rstrip("\n").split("\n")[-1] == f"Öppna {out / 'ljuskoll.xlsx'}"


def test_without_colour_there_are_no_escape_sequences_and_with_colour_there_are(example: Result) -> None:
    assert "\x1b" not in shown(example)
    assert "\x1b[32m" in shown(example, colour=True)


def test_no_finding_is_rounded_to_certainty(example: Result) -> None:
    surest = example.findings[0].model_copy(update={"score": 0.996})
    text = shown(example.model_copy(update={"findings": (surest,)}))
    assert "1. 99 %" in text and "100 %" not in text


def test_only_the_surest_findings_are_shown_the_surest_first(example: Result) -> None:
    text = shown(example)
    assert "97 %" in text and "5. 70 %" in text and "61 %" not in text
    assert len(example.findings) > MAX_FINDINGS


def test_a_result_that_stays_in_its_files_has_the_same_summary(example: Result, tmp_path: Path) -> None:
    assert summarise(streamed(example, tmp_path)) == summarise(example)


def test_a_summary_that_was_kept_in_a_file_is_printed_the_same(example: Result) -> None:
    finding = example.findings[0].model_copy(update={"message": "trasig \ud800 text\x1b[2J"})
    odd = example.model_copy(update={"findings": (finding, *example.findings[1:])})
    kept = json_line(summarise(odd))
    assert shown(Summary.model_validate_json(kept)) == shown(odd)
    assert "trasig  text[2J" in shown(odd)


def test_quotations_beyond_the_first_are_counted(example: Result) -> None:
    evidence = [FindingEvidence(record=None, text=f"Planens punkt {n} av alla") for n in range(MAX_QUOTES + 3)]
    finding = example.findings[0].model_copy(update={"evidence": tuple(evidence)})
    text = flat(shown(example.model_copy(update={"findings": (finding,)})))
    assert f"punkt {MAX_QUOTES - 1} av" in text and f"punkt {MAX_QUOTES} av" not in text
    assert "… och 3 citat till" in text


def test_a_quotation_from_a_record_that_the_finding_does_not_name_has_its_place(example: Result) -> None:
    other = example.records[-1]
    evidence = FindingEvidence(record=other.id, text="ord ur en annan post", start=0, end=5)
    finding = example.findings[0].model_copy(update={"evidence": (evidence,)})
    assert other.id not in finding.records
    text = flat(shown(example.model_copy(update={"findings": (finding,)})))
    assert f"”ord ur en annan post” {other.document.path}, sida {other.places[0].page}" in text


def test_a_finding_without_a_quotation_still_tells_where(example: Result) -> None:
    text = flat(shown(example.model_copy(update={"findings": example.findings[5:]})))
    assert "Digitalisera arkivet (Kommunstyrelsen, 2024 T2)" in text
    assert "samma tabell. 2024/delårsrapport augusti.pdf, sida 18" in text


def test_no_findings_and_nothing_checked_are_different_messages(example: Result) -> None:
    clean = example.model_copy(update={"findings": ()})
    assert "Inga avvikelser hittades: där ljuskoll kunde pröva" in flat(shown(clean))
    unchecked = clean.model_copy(update={"run": clean.run.model_copy(update={"checks": {}})})
    assert "Inga avvikelser hittades, men det fanns inget att pröva." in flat(shown(unchecked))
    assert "0 angivna antal jämförda med ljusen, 0 avviker" in flat(shown(unchecked))


def test_nothing_read_is_told(example: Result) -> None:
    text = shown(Result(documents=(), records=(), plans=(), findings=(), run=example.run))
    assert text.startswith("Inga dokument hittades.") and "Rapporternas ljus" not in text


@pytest.mark.parametrize("odd", ["[bold]fet[/bold]", "[/]", "[red]", "[link=http://x]y[/link]", ":smile:", "\\[x]"])
def test_markup_is_not_interpreted(example: Result, odd: str) -> None:
    record = example.records[1].model_copy(update={"assignment": odd, "board_names": (odd,)})
    document = example.documents[0].model_copy(update={"path": odd, "errors": (Problem(component="pdf", message=odd),)})
    finding = example.findings[0].model_copy(update={"message": odd})
    result = Result(documents=(document,), records=(record,), plans=(), findings=(finding,), run=example.run)
    assert flat(shown(result)).count(odd) >= 4
    assert odd in shown(result, colour=True)


def test_control_sequences_in_a_text_never_reach_the_terminal(example: Result) -> None:
    finding = example.findings[0].model_copy(update={"message": "före\x1b[2J\x07\x9b31mefter\ud800"})
    text = shown(example.model_copy(update={"findings": (finding,)}))
    assert "före[2J31mefter" in text and "\x1b" not in text and "\x9b" not in text


def test_an_old_terminal_gets_question_marks_instead_of_an_error(example: Result) -> None:
    finding = example.findings[0].model_copy(update={"message": "Läget är 🟢 enligt rapporten."})
    text = shown(example.model_copy(update={"findings": (finding,)}), encoding="cp1252")
    assert "Läget är ? enligt rapporten." in text


def test_a_long_quotation_is_shortened(example: Result) -> None:
    evidence = example.findings[0].evidence[0].model_copy(update={"text": "mycket " * 100})
    finding = example.findings[0].model_copy(update={"evidence": (evidence,)})
    text = flat(shown(example.model_copy(update={"findings": (finding,)})))
    assert "mycket …”" in text and text.count("mycket") < 30


def test_boards_beyond_the_first_become_one_row_and_the_sum_stays_right(example: Result) -> None:
    many = [
        example.records[0].model_copy(update={"id": str(n), "board_names": (f"Nämnd {n:02}",)})
        for n in range(MAX_BOARDS + 3)
    ]
    text = flat(shown(example.model_copy(update={"records": tuple(many)})))
    assert f"Nämnd {MAX_BOARDS - 1:02} 1 0 0 0" in text and f"Nämnd {MAX_BOARDS:02}" not in text
    assert "3 nämnder till 3 0 0 0" in text and f"Summa {MAX_BOARDS + 3} 0 0 0" in text


def test_documents_in_trouble_beyond_the_first_are_counted(example: Result) -> None:
    broken = [example.documents[5].model_copy(update={"path": f"trasig {n}.pdf"}) for n in range(7)]
    text = flat(shown(example.model_copy(update={"documents": tuple(broken)})))
    assert "trasig 4.pdf" in text and "trasig 5.pdf" not in text and "och 2 dokument till" in text
