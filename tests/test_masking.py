"""What is masked in a text, and what only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import AT_MOST, growth
from ljuskoll.service.masking import MASK, masked

MASKED = [
    # personal identity numbers and coordination numbers: both lengths, every sign between
    "850709-9805",
    "8507099805",
    "19850709-9805",
    "198507099805",
    "850709+9805",
    "850709–9805",
    "850709 9805",
    "850769-9802",
    "198507699802",
    # e-mail addresses
    "anna.svensson@granlunda.se",
    "ÅSA_ek+arkiv@vard.region-norr.example",
    # telephone numbers
    "070-123 45 67",
    "0701234567",
    "070-1234567",
    "070-123-45-67",
    "08-508 290 00",
    "(08) 508 290 00",
    "08/508 290 00",
    "0470-55 50 00",
    "0470 - 555 00",
    "+46 70 123 45 67",
    "+46 (0)70-123 45 67",
    "+46701234567",
    "0046701234567",
    "+358 40 123 4567",
]
LEFT = [
    # organisation numbers: their third digit is never that of a month
    "556036-0793",
    "212000-1355",
    "16556036-0793",
    # no such day, no such month, a wrong check digit
    "850732-9805",
    "851309-9805",
    "850709-9806",
    # dates and years
    "2024-08-31",
    "20240831",
    "01-02-2024",
    "31/12 2024",
    "2024–2027",
    "2023 2024 2025",
    "0831-0901",
    # amounts and figures
    "1 234 567 kr",
    "100 000 000",
    "12 345 678 901",
    "+12 500 000 kr",
    "+46 500 000 kr",
    "-46 500 000 000",
    "+46 000 000",
    "+100 000",
    "0,123456",
    "3,1415926535",
    "10-12 000",
    # numbers of matters, of municipalities and of articles
    "KS 2024/00123",
    "KS/2023:1234",
    "Dnr 2023-001234",
    "2021-001234",
    "KS-2024-0712345",
    "0180",
    "000123456",
    # hours
    "kl. 08-12 13-17",
    "08.30-16.00",
    "kl. 08-17 2024-05-01",
    # no address
    "@granlunda",
    "a @ b.se",
]


@pytest.mark.parametrize("text", MASKED)
def test_is_masked_within_a_sentence(text: str) -> None:
    assert masked(f"Ring {text}.") == f"Ring {MASK * len(text)}."
    assert masked(text) == MASK * len(text)


@pytest.mark.parametrize("text", LEFT)
def test_is_left_as_it_is(text: str) -> None:
    assert masked(f"Se {text}.") == f"Se {text}."
    assert masked(text) == text


def test_numbers_cut_off_where_a_quotation_ends_are_masked() -> None:
    assert masked("«Ring 070-123 …»") == "«Ring ••••••• …»"


def test_several_in_one_text() -> None:
    text = "Kontakt: Eva, 850709-9805, eva@granlunda.se, 070-123 45 67 (dnr KS 2024/00123)."
    shown = masked(text)
    assert len(shown) == len(text)
    assert shown.startswith("Kontakt: •••, •••") and shown.endswith("• (dnr KS 2024/00123).")
    assert not any(hidden in shown for hidden in ("850709", "eva@", "070"))


@given(st.text("0123456789+-– @.ab()•", max_size=60))
def test_length_stays_and_what_is_masked_stays_masked(text: str) -> None:
    shown = masked(text)
    assert len(shown) == len(text)
    assert all(one in (other, MASK) for one, other in zip(shown, text, strict=True))


@pytest.mark.parametrize("piece", ["a", "0", "1 ", "+", "0701 ", "a.a", "a@", "08-12 ", "850709-"])
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    assert growth(masked, piece) < AT_MOST
