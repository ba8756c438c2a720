"""Bold titles with a sign before them or a label below them are apart from the text that follows."""

from ljuskoll.nlp.readers.pdf.paragraphs import paragraphs
from ljuskoll.nlp.readers.raw.lines import Line, Word

B, P = True, False


def line(top: float, *words: tuple[str, bool]) -> Line:
    x, made = 50.0, []
    for text, bold in words:
        made.append(Word(text, (x, top, x + 5.0 * len(text), top + 10.0), 10.0, bold))
        x += 5.0 * len(text) + 2.5
    return Line(tuple(made))


def seen(*lines: Line) -> list[str]:
    return [one.text for one in paragraphs(lines)]


def test_a_bold_title_after_a_sign_is_apart_from_its_comment() -> None:
    title = line(100.0, ("🙂", P), ("Rusta upp badplatsen vid sjön", B))
    comment = line(113.0, ("Bryggan är lagad och sanden är ny, och allt är klart till sommaren.", P))
    first, second = paragraphs((title, comment))
    assert (first.text, first.bold) == ("🙂 Rusta upp badplatsen vid sjön", True)
    assert (second.bold, second.lines) == (False, 1)


def test_a_label_below_a_bold_title_begins_a_text_of_its_own() -> None:
    title = line(100.0, ("Rusta upp badplatsen vid sjön", B))
    assert seen(title, line(113.0, ("Status:", B), ("Klart", P))) == ["Rusta upp badplatsen vid sjön", "Status: Klart"]


def test_bold_words_within_a_sentence_part_nothing() -> None:
    first = line(100.0, ("Nämnden har beslutat att", P), ("badplatsen", B))
    assert len(seen(first, line(113.0, ("vid sjön", B), ("ska rustas upp i år.", P)))) == 1


def test_a_bold_line_that_goes_on_in_small_letters_is_no_title_with_a_label() -> None:
    first = line(100.0, ("Rusta upp badplatserna vid sjön och", B))
    assert len(seen(first, line(113.0, ("ån:", B), ("arbetet pågår hela året.", P)))) == 1
