"""What the service gives out: texts masked, markup and formulas as data, errors without details."""

import csv
import io
import json
import re
from contextlib import closing
from pathlib import Path

import httpx
import openpyxl
import pytest

from ljuskoll.service.masking import MASK
from ljuskoll.service.one_file import Options
from ljuskoll.service.outputs.files import write_result
from ljuskoll.service.pipeline import run_import
from ljuskoll.service.reporting import make_report
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.web.limits import HEADERS, Bounds
from serving import API, client, corrected, reader, refusal, served, token_for

NUMBER = "811228-9874"
"""A made-up personal identity number with a right check digit."""
MAIL = "kim.larsson@granvik.example"
BOUNDS = Bounds(body=40_000)


@pytest.fixture
def bounds() -> Bounds:
    return BOUNDS


# Masking


def test_texts_are_masked_unless_a_reviewer_asks_and_that_is_logged(
    desk: Desk, address: str, anna: httpx.Client
) -> None:
    comment = f"Kontakta {MAIL} eller {NUMBER}. Uppdraget är klart."
    record = corrected(anna, comment=comment)
    with reader(desk, address) as one:
        shown = one.get(f"/records/{record}").json()["comment"]
        assert len(shown) == len(comment)
        assert "Uppdraget är klart." in shown
        answers = [one.get(path) for path in (f"/records/{record}", "/records", "/corrections", "/exports/records.csv")]
        answers += [one.get("/exports/corrections.jsonl"), one.get("/exports/records.parquet")]
        for answer in answers:
            assert NUMBER.encode() not in answer.content
            assert MAIL.encode() not in answer.content
        for path in ("/records", "/findings", "/documents", "/corrections", "/decisions", "/exports/records.jsonl"):
            refusal(one.get(path, params={"unmasked": "true"}), 403)
    assert anna.get(f"/records/{record}", params={"unmasked": "true"}).json()["comment"] == comment
    log = anna.get("/audit").json()["items"]
    assert [(line["who"], line["target"]) for line in log if line["action"] == "unmasked"] == [
        ("Anna", f"{API}/records/{record}")
    ]


def test_a_masked_text_is_not_corrected_back_as_it_is_shown(anna: httpx.Client) -> None:
    record = corrected(anna, comment=f"Kontakta {NUMBER}. Uppdraget är klart.")
    shown = anna.get(f"/records/{record}").json()["comment"]
    change = {"record": record, "changes": {"comment": shown.replace("klart", "slutfört")}}
    assert "maskerade tecken" in refusal(anna.post("/corrections", json=change), 400)
    assert NUMBER in anna.get(f"/records/{record}", params={"unmasked": "true"}).json()["comment"]


def test_an_archives_officials_are_left_readable(tmp_path: Path) -> None:
    sources, out = tmp_path / "källa", tmp_path / "ut"
    sources.mkdir()
    told = "Arbetet pågår enligt plan, berättar Siv Nordlander och Gunnel Nordlander."
    rows = "".join(f".\n{title} (TN)\n\n{told}\n\n" for title in ("Bygga en bro", "Laga en väg"))
    (sources / "t2.txt").write_text(f"Kommunens uppdrag – uppföljning per 31 augusti 2024\n\n{rows}", encoding="utf-8")
    (sources / "ljuskoll.toml").write_text('officials = ["Siv Nordlander"]\n', encoding="utf-8")
    write_result(run_import([sources], out, Options()).result, out)
    desk = open_desk(tmp_path / "desk", archive=out)
    with closing(desk.database), served(desk) as address, client(address, token_for(desk, "Eva", "read")) as one:
        record, _ = one.get("/records").json()["items"]
    page = make_report(out).read_text(encoding="utf-8")
    assert "Gunnel" not in page
    assert record["comment"] == told.replace("Gunnel Nordlander", MASK * 17)


def test_notes_and_questions_come_back_masked(anna: httpx.Client) -> None:
    finding = anna.get("/findings").json()["items"][0]["id"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "fault", "note": f"Ring {NUMBER}."})
    for path in (f"/findings/{finding}", "/decisions", "/exports/findings.jsonl", "/exports/faults.jsonl"):
        assert NUMBER not in anna.get(path).text, path
    answer = anna.post("/assess", json={"comment": f"Uppdraget är klart, säger {MAIL}."})
    assert answer.status_code == 200
    assert MAIL not in answer.text


def test_the_log_holds_no_texts(anna: httpx.Client) -> None:
    secret = "Hemliga ordalydelser"
    record = corrected(anna, comment=f"{secret}. Uppdraget är klart.")
    row = {"assignment": secret, "comment": f"{secret}. Klart."}
    document = anna.get(f"/records/{record}").json()["document"]["sha256"]
    assert anna.post("/corrections", json={"document": document, "row": row}).status_code == 201
    finding = anna.get("/findings").json()["items"][0]["id"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "agree", "note": secret})
    anna.post("/documents", files={"file": (f"{secret}.txt", secret.encode())})
    anna.get("/exports/records.csv", params={"board": secret, "unmasked": "true"})
    anna.get("/records", params={"board": secret, "unmasked": "true"})
    log = anna.get("/audit").json()["items"]
    assert [line["action"] for line in log] == ["correct", "correct", "upload", "unmasked", "export", "unmasked"]
    assert secret not in json.dumps(log, ensure_ascii=False)


# What is given out


def test_markup_in_a_text_comes_back_as_data(anna: httpx.Client) -> None:
    comment = "<script>alert(1)</script> <img src=x onerror=alert(1)> Uppdraget är klart."
    record = corrected(anna, comment=comment)
    answer = anna.get(f"/records/{record}")
    assert answer.json()["comment"] == comment
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("title", ['=HYPERLINK("http://elak.example";"x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1"])
def test_a_formula_in_a_title_is_harmless(anna: httpx.Client, title: str) -> None:
    record = corrected(anna, assignment=title)
    text = anna.get("/exports/records.csv").content.decode("utf-8-sig")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";")}
    assert rows[record]["assignment"] == f"'{title}"
    sheet = openpyxl.load_workbook(io.BytesIO(anna.get("/exports/ljuskoll.xlsx").content))["Uppdrag"]
    cells = [cell for row in sheet.iter_rows() for cell in row if title.strip() in str(cell.value)]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}


def test_every_answer_tells_the_browser_what_to_refuse(desk: Desk, address: str, anna: httpx.Client) -> None:
    answers = [
        anna.get("/health"),
        anna.get("/records"),
        anna.get("/nej"),
        anna.get("/records", params={"limit": 0}),
        httpx.get(f"{address}{API}/records"),
        httpx.get(f"{address}/logga-in"),
        httpx.get(f"{address}/nej"),
        anna.get("/exports/records.csv"),
        anna.post("/assess", content=b"x" * (BOUNDS.body + 1)),
    ]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (answer.url, name)
        assert answer.headers["cache-control"] == "no-store"
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_a_fault_of_ours_is_told_without_details_and_logged(
    desk: Desk, address: str, anna: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    record = corrected(anna, comment="Hemliga ordalydelser. Uppdraget är klart.")
    with desk.database.writing() as session:
        session.connection().exec_driver_sql("UPDATE records SET data = 'trasig'")
    answer = anna.get(f"/records/{record}")
    message = refusal(answer, 500)
    (number,) = re.findall(r"[0-9a-f]{8}", message)
    (fault,) = (one for one in caplog.records if one.message == "fault")
    assert vars(fault)["fields"] == {"number": number}
    assert fault.exc_info
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
