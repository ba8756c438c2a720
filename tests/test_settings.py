"""`ljuskoll.toml`: what it can say, and clear words about what it cannot."""

from pathlib import Path

import pytest

from ljuskoll.nlp.errors import UsageError
from ljuskoll.nlp.vocabulary.columns import Column
from ljuskoll.service.settings import read_settings, settings_in


def write(folder: Path, text: str) -> Path:
    file = folder / "ljuskoll.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_all_that_layout_can_say(tmp_path: Path) -> None:
    text = """
[layout]
"Vad" = "assignment"
"Hur går  det?" = "status"
"1" = "activity"
"2023" = "status"
title = "heading 3"
board = "before"
pages = "34-41, 50"
"""
    columns = read_settings(write(tmp_path, text)).vocabulary().columns
    assert columns.read("VAD") == Column("title", "assignment")
    assert columns.read("Hur går det? ") == Column("status")
    assert columns.read("2023") == Column("status")
    assert columns.numbered == ((1, Column("title", "activity")),)
    assert (columns.title, columns.board) == ("heading 3", "before")
    assert [page for page in range(1, 60) if columns.reads_page(page)] == [*range(34, 42), 50]


def test_the_layout_of_the_guide(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[1] / "docs" / "lasa-in.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n[layout]\n", 1)[1].split("```", 1)[0]
    columns = read_settings(write(tmp_path, f"[layout]\n{example}")).vocabulary().columns
    assert (columns.title, columns.board, columns.pages) == ("heading 3", "before", ((34, 41), (50, 50)))
    assert len(columns.own) == 4


def test_one_page_as_a_number(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "[layout]\npages = 7\n")).vocabulary().columns.pages == ((7, 7),)


def test_a_heading_longer_than_any_built_in(tmp_path: Path) -> None:
    heading = "Beskriv hur arbetet med uppdraget har gått sedan förra rapporten och vad som återstår"
    columns = read_settings(write(tmp_path, f'[layout]\n"{heading}" = "comment"\n')).vocabulary().columns
    assert columns.read(heading) == Column("comment")


def test_all_pages_without_a_setting(tmp_path: Path) -> None:
    assert read_settings(write(tmp_path, "")).vocabulary().columns.reads_page(999)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_files_as_editors_and_shells_save_them(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "ljuskoll.toml").write_text('[scale]\n"Nivå Å" = "green"\n', encoding=encoding)
    assert read_settings(tmp_path / "ljuskoll.toml").scale == {"Nivå Å": "green"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[layout]\n"Vad" = "rubrik"', ["[layout]", "«Vad»", "«rubrik»", "assignment", "status"]),
        ('[layout]\n"0" = "status"', ["«1»", "«0»"]),
        ('[layout]\npages = "sist"', ["pages", "«sist»", "«34-41»"]),
        ('[layout]\npages = "9-4"', ["pages", "«9-4»"]),
        ('[layout]\nboard = "nedanför"', ["board", "«nedanför»"]),
        ('[layout]\ntitle = ""', ["title"]),
        ('[layout]\ntitle = "heading 9"', ["title", "«heading 9»", "heading 6"]),
        ('[layout]\n"Vad" = 3', ["[layout] Vad", "text inom citattecken"]),
        ('layout = "Vad"', ["«layout»", "avsnitt"]),
        ('[scale]\n"Nivå A" = "grön"', ["[scale] Nivå A", "«grön»", "green, yellow, red, none"]),
        ('[scale.forecast]\n"Nivå A" = "grön"', ["[scale.forecast] Nivå A", "«grön»", "green, yellow, red, none"]),
        ('[scale.forecast]\n"Nivå A" = 3', ["[scale.forecast] Nivå A", "«3»"]),
        ('[scale."vår"]\n"Nivå A" = "green"', ["[scale.vår]", "[scale.forecast]", "[scale.year_end]"]),
        (
            '[scale.year_end]\n"Pågår" = "green"\n"PÅGÅR" = "yellow"',
            ["[scale.year_end]", "«Pågår» och «PÅGÅR»", "green, yellow"],
        ),
        ('[scale]\n"Klar" = "green"\n"klar" = "red"', ["[scale]:", "«Klar» och «klar»"]),
        ('[phrases]\n"i hamn" = "klart"', ["[phrases] i hamn", "«klart»", "completed"]),
        ('[rubriker]\n"Vad" = "assignment"', ["okänd inställning", "rubriker", "layout"]),
        ('officials = "Anna Ek"', ["«officials»", "lista", "citattecken"]),
        ("officials = [7]", ["«officials»", "lista", "citattecken"]),
        ('period = "i våras"', ["i våras", "T2 2021"]),
        ("[layout", ["TOML"]),
    ],
)
def test_what_is_wrong_is_said_in_swedish(text: str, words: list[str], tmp_path: Path) -> None:
    file = write(tmp_path, text + "\n")
    with pytest.raises(UsageError) as raised:
        read_settings(file)
    message = str(raised.value)
    assert str(file) in message
    assert all(word in message for word in words), message
    assert "Input should" not in message
    assert "Value error" not in message


def test_what_inner_folders_say_wins(tmp_path: Path) -> None:
    inner = tmp_path / "2023"
    inner.mkdir()
    write(tmp_path, '[layout]\n"Vad" = "assignment"\ntitle = "item"\n')
    write(inner, '[layout]\n"Vad" = "activity"\n')
    layout = settings_in(inner, settings_in(tmp_path)).layout
    assert layout == {"Vad": "activity", "title": "item"}


def test_officials_of_inner_folders_join_those_further_out(tmp_path: Path) -> None:
    inner = tmp_path / "2023"
    inner.mkdir()
    write(tmp_path, 'officials = ["Anna Ek", "Bo Lind"]\n')
    write(inner, 'officials = ["Siv Ask", "Anna Ek"]\n')
    assert settings_in(inner, settings_in(tmp_path)).officials == ("Anna Ek", "Bo Lind", "Siv Ask")


def test_a_word_may_mean_another_thing_at_year_end(tmp_path: Path) -> None:
    text = """
[scale]
"Pågår" = "green"
[scale.forecast]
"pågår" = "green"
[scale.year_end]
partial = "red"
"Pågår" = "red"
"""
    assert read_settings(write(tmp_path, text)).scale == {
        "Pågår": "green",
        "forecast.pågår": "green",
        "year_end.partial": "red",
        "year_end.Pågår": "red",
    }


def test_the_scale_of_the_readme(tmp_path: Path) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    example = readme.split("```toml\n", 1)[1].split("```", 1)[0]
    assert read_settings(write(tmp_path, example)).scale["year_end.partial"] == "red"


def test_sections_of_the_scale_are_laid_over_those_of_outer_folders(tmp_path: Path) -> None:
    inner = tmp_path / "2023"
    inner.mkdir()
    write(tmp_path, '[scale]\nKlar = "green"\n[scale.year_end]\n"Pågår" = "yellow"\npartial = "red"\n')
    write(inner, '[scale]\nblock = "red"\n[scale.forecast]\n"Pågår" = "green"\n[scale.year_end]\n"pågår" = "red"\n')
    assert settings_in(inner, settings_in(tmp_path)).scale == {
        "Klar": "green",
        "year_end.partial": "red",
        "block": "red",
        "forecast.Pågår": "green",
        "year_end.pågår": "red",
    }
