"""The API does what a reviewer's work asks of it, asked through its front door on a real store."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pyarrow.parquet as pq
import pytest

from ljuskoll.models.decisions import Decision
from ljuskoll.service.corrections import read_corrections
from ljuskoll.service.review.desk import Desk, open_desk
from serving import administered, client, opened, served, token_for, wait_until
from test_example import EXAMPLE

REPORT = EXAMPLE / "archive" / "Lillådalen" / "2023" / "uppdrag-t2-2023.html"
PDF = EXAMPLE / "archive" / "Lillådalen" / "2023" / "arsuppfoljning-2023.pdf"


@pytest.fixture(scope="module")
def eva(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """An administrator of a desk that no test changes."""
    with administered(tmp_path_factory.mktemp("eva")) as one:
        yield one


@pytest.fixture
def bo(desk: Desk, address: str) -> Iterator[httpx.Client]:
    with client(address, token_for(desk, "Bo", "review")) as one:
        yield one


def got(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def problem(answer: httpx.Response, status: int, code: str) -> str:
    error = got(answer, status)["error"]
    assert set(error) == {"code", "message", "details"}
    assert error["code"] == code
    return str(error["message"])


def listed(caller: httpx.Client, path: str, **parameters: Any) -> list[dict[str, Any]]:
    """All of a list, part by part."""
    items: list[dict[str, Any]] = []
    mark = None
    for _ in count():
        part = got(caller.get(path, params={**parameters, **({"mark": mark} if mark else {})}))
        items += part["items"]
        mark = part["next"]
        if mark is None:
            break
    return items


def surest(caller: httpx.Client) -> dict[str, Any]:
    return dict(got(caller.get("/findings", params={"limit": 1}))["items"][0])


def decide(caller: httpx.Client, finding: str, **decision: Any) -> httpx.Response:
    return caller.post(f"/findings/{finding}/decisions", json=decision)


def test_who_watches_over_the_service_needs_no_token(address: str) -> None:
    with client(address) as nobody:
        assert got(nobody.get("/health"))["status"] == "ok"


def test_a_user_learns_who_they_are(desk: Desk, address: str) -> None:
    with client(address, token_for(desk, "Lotta", "read", "Granvik", "Avik")) as lotta:
        assert got(lotta.get("/me")) == {
            "name": "Lotta",
            "role": "read",
            "municipalities": ["Avik", "Granvik"],
            "csrf": None,
        }


@pytest.mark.parametrize("path", ["/records", "/findings", "/documents"])
def test_a_list_in_parts_is_the_list_in_one(eva: httpx.Client, path: str) -> None:
    whole = got(eva.get(path, params={"limit": 500}))
    assert whole["next"] is None
    assert listed(eva, path, limit=3) == whole["items"]
    assert len(whole["items"]) > 3


def test_findings_come_with_the_surest_first(eva: httpx.Client) -> None:
    scores = [finding["score"] for finding in listed(eva, "/findings")]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("path", "parameters", "expected"),
    [
        ("/records", {"kind": "goal"}, 2),
        ("/records", {"municipality": "Granvik"}, 22),
        ("/records", {"municipality": "Granviks"}, 0),
        ("/records", {"year": 2024}, 22),
        ("/records", {"year": 2023}, 0),
        ("/findings", {"kind": "declared_vs_phrase"}, 2),
        ("/findings", {"severity": "low"}, 3),
        ("/findings", {"standing": "decided"}, 0),
    ],
)
def test_a_filter_lets_through_what_it_asks_for(
    eva: httpx.Client, path: str, parameters: dict[str, Any], expected: int
) -> None:
    assert len(listed(eva, path, **parameters)) == expected


@pytest.mark.parametrize("parameters", [{"mark": "trasigt"}, {"mark": "WzFd"}])
def test_a_mark_that_no_page_gave_is_refused(eva: httpx.Client, parameters: dict[str, Any]) -> None:
    assert "listans början" in problem(eva.get("/records", params=parameters), 400, "bad_request")


@pytest.mark.parametrize("parameters", [{"limit": 0}, {"limit": 501}, {"year": "i fjol"}, {"kind": "allt"}])
def test_a_wrong_parameter_is_named(eva: httpx.Client, parameters: dict[str, Any]) -> None:
    error = got(eva.get("/records", params=parameters), 422)["error"]
    assert [detail["field"] for detail in error["details"]] == [f"query.{next(iter(parameters))}"]
    assert "input" not in json.dumps(error).lower()


def test_a_finding_is_shown_with_its_records_and_a_record_with_its_findings(eva: httpx.Client) -> None:
    finding = got(eva.get(f"/findings/{surest(eva)['id']}"))
    assert [record["id"] for record in finding["about"]] == finding["records"]
    record = got(eva.get(f"/records/{finding['records'][0]}"))
    assert finding["id"] in record["findings"]


def test_what_is_not_there_is_not_found(eva: httpx.Client) -> None:
    for path in ("/records", "/findings", "/documents"):
        problem(eva.get(f"{path}/{'0' * 64}"), 404, "not_found")
    problem(eva.get("/nej"), 404, "not_found")
    problem(eva.put("/records"), 405, "method_not_allowed")


def test_a_decision_is_how_a_reviewer_stands_until_it_is_taken_back(anna: httpx.Client, bo: httpx.Client) -> None:
    finding = surest(anna)["id"]
    made = got(decide(anna, finding, verdict="disagree", light="green", note="Se bilagan."), 201)
    assert (made["who"], made["verdict"], made["light"]) == ("Anna", "disagree", "green")
    got(decide(bo, finding, verdict="agree"), 201)
    standings = {one["who"]: one["verdict"] for one in got(anna.get(f"/findings/{finding}"))["standings"]}
    assert standings == {"Anna": "disagree", "Bo": "agree"}
    assert got(anna.post("/decisions/undo", json={}))["id"] == made["id"]
    assert [one["who"] for one in got(anna.get(f"/findings/{finding}"))["standings"]] == ["Bo"]
    history = listed(anna, f"/findings/{finding}/decisions")
    assert [(one["who"], one["verdict"]) for one in history] == [
        ("Anna", "disagree"),
        ("Bo", "agree"),
        ("Anna", "undo"),
    ]
    problem(anna.post("/decisions/undo", json={}), 404, "not_found")


def test_what_is_sent_twice_with_the_same_key_counts_once(anna: httpx.Client) -> None:
    finding = surest(anna)["id"]
    first, second = (got(decide(anna, finding, verdict="agree", key="a"), 201) for _ in range(2))
    assert first == second
    assert len(listed(anna, "/decisions")) == 1


def test_many_findings_are_decided_at_once_or_not_at_all(anna: httpx.Client) -> None:
    findings = [finding["id"] for finding in listed(anna, "/findings", severity="low")]
    bulk = {"findings": [*findings, "0" * 64], "verdict": "skip"}
    problem(anna.post("/decisions", json=bulk), 404, "not_found")
    assert listed(anna, "/decisions") == []
    for _ in range(2):
        made = got(anna.post("/decisions", json={**bulk, "findings": findings, "key": "b"}), 201)
        assert len(made["items"]) == 3
    assert len(listed(anna, "/decisions")) == 3
    assert got(anna.get("/progress")) == {"total": 8, "open": 5, "skipped": 3, "agree": 0, "disagree": 0, "fault": 0}
    assert got(anna.get("/progress", params={"severity": "high"}))["open"] == 3


def test_a_wrong_decision_is_explained(eva: httpx.Client) -> None:
    answer = decide(eva, surest(eva)["id"], verdict="kanske")
    problem(answer, 422, "invalid")
    (detail,) = answer.json()["error"]["details"]
    assert detail["field"] == "body.verdict"
    assert detail["message"].startswith("Välj ett av")


def test_agreement_is_told_for_each_two(anna: httpx.Client, bo: httpx.Client) -> None:
    for finding, other in zip(listed(anna, "/findings")[:4], ("agree", "agree", "disagree", "agree"), strict=True):
        decide(anna, finding["id"], verdict="disagree" if other == "disagree" else "agree")
        decide(bo, finding["id"], verdict=other)
    (pair,) = listed(anna, "/agreement")
    assert pair == {"one": "Anna", "other": "Bo", "both": 4, "same": 4, "kappa": 1.0}


def test_a_field_is_corrected_and_judged_anew(anna: httpx.Client, desk: Desk) -> None:
    record = surest(anna)["records"][0]
    before = got(anna.get(f"/records/{record}"))
    comment = "Uppdraget är slutfört och antogs av nämnden i december."
    made = got(anna.post("/corrections", json={"record": record, "changes": {"comment": comment}}), 201)
    assert made["record"]["comment"] == comment
    assert made["record"]["corrected"] == ["comment"]
    assert made["record"]["assessment"]["colour"] == "green" != before["assessment"]["colour"]
    (correction,) = listed(anna, "/corrections")
    assert (correction["who"], correction["field"], correction["new"]) == ("Anna", "comment", comment)
    assert listed(anna, "/corrections", unfit=True) == []
    assert desk.archive is not None
    (written,) = read_corrections(desk.archive / "corrections.jsonl")
    assert (written.record, written.new) == (record, comment)


def test_a_correction_holds_when_the_service_starts_again(tmp_path: Path) -> None:
    with opened(tmp_path) as first, served(first) as at, client(at, token_for(first, "Anna", "review")) as anna:
        record, other = (finding["records"][0] for finding in listed(anna, "/findings")[:2])
        got(anna.post("/corrections", json={"record": record, "changes": {"goal": "Rättat mål"}}), 201)
        got(anna.post("/corrections", json={"record": other, "remove": True}), 201)
    desk = open_desk(tmp_path / "granskning", archive=tmp_path / "arkiv")
    with served(desk) as address, client(address, token_for(desk, "Bo", "review")) as bo:
        assert got(bo.get(f"/records/{record}"))["goal"] == "Rättat mål"
        problem(bo.get(f"/records/{other}"), 404, "not_found")
        assert len(listed(bo, "/corrections")) == 2
        assert listed(bo, "/corrections", unfit=True) == []
    desk.database.close()


def test_a_correction_to_what_stands_there_is_none(eva: httpx.Client) -> None:
    record = surest(eva)["records"][0]
    goal = got(eva.get(f"/records/{record}"))["goal"]
    assert got(eva.post("/corrections", json={"record": record, "changes": {"goal": goal}}), 201)["corrections"] == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"id": "0" * 64}, 400), ({"kind": "dröm"}, 400), ({"comment": None}, 400), ({"comment": "Ring •••• nu."}, 400)],
)
def test_a_correction_that_cannot_be_is_refused_whole(eva: httpx.Client, changes: dict[str, Any], status: int) -> None:
    record = surest(eva)["records"][0]
    body = {"record": record, "changes": {"goal": "Ett nytt mål", **changes}}
    problem(eva.post("/corrections", json=body), status, "bad_request")
    assert listed(eva, "/corrections") == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"record": "0" * 64}, "body"),
        ({"changes": {"goal": "Ett mål"}}, "body.changes.record"),
        ({"record": "0" * 64, "changes": {}}, "body.changes.changes"),
        ({"record": "0" * 64, "changes": {"goal": "Ett mål"}, "remove": True}, "body.changes.remove"),
    ],
)
def test_a_correction_is_one_of_three(eva: httpx.Client, body: dict[str, Any], field: str) -> None:
    answer = eva.post("/corrections", json=body)
    problem(answer, 422, "invalid")
    assert [detail["field"] for detail in answer.json()["error"]["details"]] == [field]


def test_a_row_is_taken_away_and_a_missed_one_added(anna: httpx.Client) -> None:
    record = got(anna.get(f"/records/{surest(anna)['records'][0]}"))
    assert got(anna.post("/corrections", json={"record": record["id"], "remove": True}), 201)["record"] is None
    problem(anna.get(f"/records/{record['id']}"), 404, "not_found")
    row = {"assignment": "Bygga en ny simhall", "comment": "Bygget är klart.", "period": record["period"]}
    document = record["document"]["sha256"]
    added = got(anna.post("/corrections", json={"document": document, "row": row}), 201)["record"]
    assert (added["assignment"], added["corrected"]) == ("Bygga en ny simhall", ["row"])
    again = got(anna.post("/corrections", json={"document": document, "row": row}), 201)["record"]
    assert again["id"] != added["id"]
    assert len(listed(anna, "/records")) == 23
    problem(anna.post("/corrections", json={"document": document, "row": {"assignment": " "}}), 400, "bad_request")


def test_a_row_is_added_to_a_document_that_gave_none(anna: httpx.Client) -> None:
    empty = next(one for one in listed(anna, "/documents") if one["status"] == "empty")
    row = {"assignment": "Bygga en ny simhall", "comment": "Bygget är klart."}
    added = got(anna.post("/corrections", json={"document": empty["sha256"], "row": row}), 201)["record"]
    assert added["document"]["path"] == empty["name"]


def test_a_sent_document_is_read_judged_and_checked(desk: Desk) -> None:
    with served(desk, workers=1) as address, client(address, token_for(desk, "Anna", "review")) as anna:
        wait_until(lambda: not got(anna.get("/jobs"))["checking"])
        sent = anna.post("/documents", files={"file": ("delår.html", REPORT.read_bytes())}, data={"period": "T2 2023"})
        taken = got(sent, 202)
        wait_until(lambda: got(anna.get(f"/jobs/{taken['job']}"))["state"] == "done")
        seen = got(anna.get(f"/documents/{taken['document']}"))
        assert (seen["name"], seen["status"], seen["received_by"]) == ("delår.html", "ok", "Anna")
        records = listed(anna, "/records", document=taken["document"])
        assert len(records) == seen["document"]["records"] > 5
        assert anna.get(f"/documents/{taken['document']}/original").content == REPORT.read_bytes()
        again = anna.post("/documents", files={"file": ("samma.html", REPORT.read_bytes())})
        assert got(again, 200) == {**taken, "job": None, "name": "samma.html"}
        wait_until(lambda: not got(anna.get("/jobs"))["checking"])
        correct_a_light(anna, records)


def correct_a_light(anna: httpx.Client, records: list[dict[str, Any]]) -> None:
    """A light that the comment does not support is found after the correction that makes it so."""
    record = next(
        one for one in records if one["assessment"]["colour"] == "green" and not one["assessment"]["abstained"]
    )
    red = {"colour": "red", "as_written": "Röd", "source": "text"}
    got(anna.post("/corrections", json={"record": record["id"], "changes": {"declared": red}}), 201)
    wait_until(lambda: not got(anna.get("/jobs"))["checking"])
    about = got(anna.get(f"/records/{record['id']}"))["findings"]
    kinds = {got(anna.get(f"/findings/{finding}"))["kind"] for finding in about}
    assert kinds & {"declared_vs_phrase", "declared_vs_comment"}


def test_a_period_that_cannot_be_read_is_refused_before_anything_is_kept(eva: httpx.Client) -> None:
    before = len(listed(eva, "/documents"))
    answer = eva.post("/documents", files={"file": ("a.txt", b"hej")}, data={"period": "i fjol"})
    assert "kan inte tolkas" in problem(answer, 400, "bad_request")
    problem(eva.post("/documents", data={"period": "T2 2021"}), 422, "invalid")
    assert len(listed(eva, "/documents")) == before


def test_a_forgotten_document_is_gone_everywhere(anna: httpx.Client) -> None:
    record = got(anna.get(f"/records/{surest(anna)['records'][0]}"))
    document = record["document"]["sha256"]
    assert anna.delete(f"/documents/{document}").status_code == 204
    for path in (f"/documents/{document}", f"/records/{record['id']}"):
        problem(anna.get(path), 404, "not_found")
    assert document not in json.dumps([listed(anna, "/findings"), listed(anna, "/records")])
    problem(anna.delete(f"/documents/{document}"), 404, "not_found")


def test_a_comment_is_judged_without_being_kept(eva: httpx.Client) -> None:
    question = {"comment": "Arbetet är försenat och blir inte klart i år.", "period": "T3"}
    assert got(eva.post("/assess", json=question))["colour"] == "red"
    assert "kan inte tolkas" in problem(eva.post("/assess", json={**question, "period": "Q9"}), 400, "bad_request")


def test_follow_ups_are_checked_without_being_kept(eva: httpx.Client) -> None:
    green = {"colour": "green", "as_written": "Grön", "source": "text"}
    late = {"id": "a", "assignment": "Bygga en simhall", "declared": green, "comment": "Simhallen blir inte klar i år."}
    done = {**late, "id": "b", "assignment": "Utreda en vikariepool", "comment": "Utredningen är klar."}
    period = {"year": 2023, "tertial": 3, "as_of": "2023-12-31"}
    body = {"records": [{**one, "period": period, "document": "rapport"} for one in (late, done)]}
    findings = got(eva.post("/check", json=body))["findings"]
    lights = [finding for finding in findings if finding["kind"].startswith("declared")]
    assert [finding["records"] for finding in lights] == [["a"]]
    problem(eva.post("/check", json={"records": [late, late]}), 400, "bad_request")
    whole = listed(eva, "/records")
    assert got(eva.post("/check", json={"records": whole}))["findings"] != []
    assert len(listed(eva, "/records")) == 22


def test_the_overview_counts_every_light_once(eva: httpx.Client) -> None:
    rows = got(eva.get("/overview"))["rows"]
    colours = [record["declared"] and record["declared"]["colour"] for record in listed(eva, "/records")]
    for colour in ("green", "yellow", "red"):
        assert sum(row[colour] for row in rows) == colours.count(colour) > 0
    assert sum(row["none"] for row in rows) == colours.count(None)
    assert got(eva.get("/overview", params={"municipality": "Avik"})) == {"rows": []}


def test_exports_hold_corrections_and_what_reviewers_say(anna: httpx.Client) -> None:
    finding = surest(anna)
    decide(anna, finding["id"], verdict="disagree", light="green", note="Nej.")
    record = finding["records"][0]
    got(anna.post("/corrections", json={"record": record, "changes": {"assignment": "Rättad rubrik"}}), 201)
    lines = [json.loads(line) for line in anna.get("/exports/records.jsonl").text.splitlines()]
    assert {line["id"]: line for line in lines}[record]["assignment"] == "Rättad rubrik"
    assert len(lines) == 22
    rows = list(
        csv.DictReader(io.StringIO(anna.get("/exports/records.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert {row["id"]: row for row in rows}[record]["assignment"] == "Rättad rubrik"
    table = pq.read_table(io.BytesIO(anna.get("/exports/records.parquet").content)).to_pylist()
    assert {row["id"]: row for row in table}[record]["assignment"] == "Rättad rubrik"
    findings = [json.loads(line) for line in anna.get("/exports/findings.jsonl").text.splitlines()]
    assert [(one["verdict"], one["light"], one["who"]) for one in findings[0]["standings"]] == [
        ("disagree", "green", "Anna")
    ]
    rows = list(
        csv.DictReader(io.StringIO(anna.get("/exports/findings.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert (rows[0]["id"], rows[0]["verdict"], rows[0]["note"]) == (finding["id"], "disagree", "Nej.")
    assert rows[1]["verdict"] == ""
    (correction,) = [json.loads(line) for line in anna.get("/exports/corrections.jsonl").text.splitlines()]
    assert correction["new"] == "Rättad rubrik"


def test_an_export_takes_the_lists_filters(eva: httpx.Client) -> None:
    assert len(eva.get("/exports/records.jsonl", params={"kind": "goal"}).text.splitlines()) == 2
    assert len(eva.get("/exports/findings.jsonl", params={"severity": "low"}).text.splitlines()) == 3
    assert len(eva.get("/exports/findings.jsonl", params={"kind": "over_time"}).text.splitlines()) == 1


def test_the_exported_workbook_opens(eva: httpx.Client) -> None:
    answer = eva.get("/exports/ljuskoll.xlsx")
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''ljuskoll.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Uppdrag", "Avvikelser", "Dokument", "Översikt"]
    assert book["Uppdrag"].max_row == 23
    filtered = openpyxl.load_workbook(io.BytesIO(eva.get("/exports/ljuskoll.xlsx", params={"kind": "goal"}).content))
    assert filtered["Uppdrag"].max_row == 3


def test_the_workbook_tells_what_reviewers_said(anna: httpx.Client, bo: httpx.Client) -> None:
    first, second, third, *_ = listed(anna, "/findings")
    decide(anna, first["id"], verdict="agree")
    decide(bo, first["id"], verdict="disagree", light="yellow")
    decide(anna, second["id"], verdict="fault")
    decide(anna, third["id"], verdict="skip")
    sheet = openpyxl.load_workbook(io.BytesIO(anna.get("/exports/ljuskoll.xlsx").content))["Avvikelser"]
    headings = [cell.value for cell in sheet[1]]
    said = [row[headings.index("Din bedömning")].value for row in sheet.iter_rows(min_row=2)]
    assert said[:3] == ["Anna: Håller med\nBo: Håller inte med (gul)", "Fel i läsningen", None]


def test_decided_lights_can_be_learnt_from(anna: httpx.Client, bo: httpx.Client) -> None:
    first, second, third, over_time, *_ = listed(anna, "/findings")
    decide(anna, first["id"], verdict="agree")
    decide(bo, first["id"], verdict="disagree", light="green")
    decide(anna, second["id"], verdict="skip")
    decide(anna, third["id"], verdict="fault")
    decide(anna, over_time["id"], verdict="agree")
    lines = anna.get("/exports/decisions.jsonl").text.splitlines()
    decided = [Decision.model_validate_json(line) for line in lines]
    assert [(one.who, one.verdict, one.light, one.others) for one in decided] == [
        ("Anna", "agree", first["suggested"], 0),
        ("Bo", "disagree", "green", 0),
    ]


def test_a_fault_in_reading_is_reported_as_a_case(anna: httpx.Client) -> None:
    finding = surest(anna)
    record = finding["records"][0]
    decide(anna, finding["id"], verdict="fault", note="Rubriken är en annan.")
    change = {"record": record, "changes": {"assignment": "Rätt rubrik"}, "finding": finding["id"]}
    got(anna.post("/corrections", json=change), 201)
    (fault,) = [json.loads(line) for line in anna.get("/exports/faults.jsonl").text.splitlines()]
    assert (fault["record"], fault["note"], fault["who"]) == (record, "Rubriken är en annan.", "Anna")
    assert fault["right"] == {"assignment": "Rätt rubrik"}
    assert set(fault["read"]) == {"assignment"}
    assert fault["document"]["sha256"] == got(anna.get(f"/records/{record}"))["document"]["sha256"]


def test_tokens_are_given_out_and_revoked(anna: httpx.Client, address: str) -> None:
    made = got(anna.post("/tokens", json={"name": "Disa", "role": "read", "municipalities": ["Granvik"]}), 201)
    with client(address, made["token"]) as disa:
        assert got(disa.get("/me"))["name"] == "Disa"
        assert [one["name"] for one in listed(anna, "/tokens")] == ["Anna", "Disa"]
        problem(anna.post("/tokens", json={"name": "Disa", "role": "read"}), 400, "bad_request")
        assert anna.delete("/tokens/Disa").status_code == 204
        problem(disa.get("/me"), 401, "not_signed_in")
    problem(anna.delete("/tokens/Disa"), 404, "not_found")
    assert [line["action"] for line in listed(anna, "/audit")] == ["add_token", "revoke_token"]


def test_a_page_is_shown_with_what_to_look_at_boxed(desk: Desk) -> None:
    with served(desk, workers=1) as address, client(address, token_for(desk, "Anna", "review")) as anna:
        taken = got(anna.post("/documents", files={"file": ("år.pdf", PDF.read_bytes())}), 202)
        wait_until(lambda: got(anna.get(f"/jobs/{taken['job']}"))["state"] == "done")
        document = f"/documents/{taken['document']}"
        record = next(
            one for one in listed(anna, "/records", document=taken["document"]) if one["assessment"]["evidence"]
        )
        page = record["places"][0]["page"]
        picture = anna.get(f"{document}/pages/{page}")
        assert picture.headers["content-type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")
        seen = got(anna.get(f"{document}/pages/{page}/boxes", params={"record": record["id"]}))
        assert (round(seen["width"]), round(seen["height"])) == (595, 842)
        assert {box["what"] for box in seen["boxes"]} == {"assignment", "light", "evidence"}
        row = record["places"][0]["bbox"]
        for box in seen["boxes"]:
            _, top, _, bottom = box["bbox"]
            assert row[1] - 1 <= top < bottom <= row[3] + 1
        assert got(anna.get(f"{document}/pages/{page}/boxes"))["boxes"] == []
        problem(anna.get(f"{document}/pages/999"), 404, "not_found")
        problem(anna.get(f"{document}/pages/{page}/boxes", params={"record": "0" * 64}), 404, "not_found")
