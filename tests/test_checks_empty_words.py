"""Comments that would fit any assignment, and short ones that say something of their own."""

import pytest

from findings import record, run_one

EMPTY = [
    "Vi kämpar på och har många bollar i luften, men stämningen är god.",
    "Ett bra och konstruktivt arbete görs av alla inblandade, vilket förtjänar att nämnas.",
    "Alla drar åt samma håll. Det känns i hela organisationen.",
    "Frågan är ytterst mångfacetterad och kräver ett brett angreppssätt där många perspektiv måste vägas in.",
    "Uppdraget omhändertas inom förvaltningens ordinarie processer på sedvanligt vis.",
    "Sakta men säkert rör vi oss åt rätt håll.",
    "Processen har sin gång och måste få ta den tid den tar.",
]
TELLING = [
    "Kurator anställd, och samtalen är i gång på båda skolorna.",
    "Remissen är ute hos föräldraföreningarna.",
    "Målet ligger utanför nämndens ansvarsområde och kommenteras därför inte.",
    "Två kvar, resten är rustade och besiktigade.",
    "Upphandlingen är överklagad.",
    "Förslag ligger hos utskottet.",
    "Alla rektorer har gått utbildningen.",
    "Barnen fick rida, bada och bygga koja hela sommaren.",
    "Personalen är inte på plats ännu.",
]


@pytest.mark.parametrize("comment", EMPTY)
def test_words_that_fit_anything_say_nothing(comment: str) -> None:
    (finding,) = run_one("empty_words", record("green", comment=comment))
    assert finding.kind == "completeness"


@pytest.mark.parametrize("comment", TELLING)
def test_a_short_comment_that_tells_a_fact_is_not_empty(comment: str) -> None:
    assert run_one("empty_words", record("green", comment=comment)) == []
