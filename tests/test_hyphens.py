"""Lines become running text: words broken at a line's end are whole, real hyphens stay."""

import pytest

from ljuskoll.nlp.readers.hyphens import join_lines


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["under genom-", "förandet av planen"], "under genomförandet av planen"),
        (["kommunens mål-", "och budgetprocess"], "kommunens mål- och budgetprocess"),
        (["mål- och", "budgetprocess"], "mål- och budgetprocess"),
        (["barn-, ungdoms-", "samt kulturfrågor"], "barn-, ungdoms- samt kulturfrågor"),
        (["hela IT-", "avdelningen"], "hela IT-avdelningen"),
        (["nya e-", "tjänster"], "nya e-tjänster"),
        (["för 12-", "åringar"], "för 12-åringar"),
        (["covid-", "19"], "covid-19"),
        (["sträckan Storvik-", "Norrbyn"], "sträckan Storvik-Norrbyn"),
        (["under 2021-", "2023 byggs"], "under 2021-2023 byggs"),
        (["arbetet är klart -", "utan anmärkning"], "arbetet är klart - utan anmärkning"),
        (["arbetet –", "som dröjer"], "arbetet – som dröjer"),
        (["kommun\u00ad", "styrelsen"], "kommunstyrelsen"),
        (["Uppdraget är", "klart."], "Uppdraget är klart."),
        (["Trygghets-", "skapande", "åtgärder"], "Trygghetsskapande åtgärder"),
    ],
)
def test_hyphens_at_the_end_of_lines(lines: list[str], expected: str) -> None:
    assert join_lines(lines) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U P P D R A G 2 0 2 4", "UPPDRAG 2024"),
        ("Å S B O R G S kommun", "ÅSBORGS kommun"),
        ("Klass A B C", "Klass A B C"),
        ("KF och KS och TN", "KF och KS och TN"),
    ],
)
def test_tracked_capitals_are_words(text: str, expected: str) -> None:
    assert join_lines([text]) == expected
