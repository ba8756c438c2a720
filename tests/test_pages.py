"""The pages do what a reviewer needs with forms alone, no program in the browser; and show texts as texts."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest

from ljuskoll.service.corrections import read_corrections
from ljuskoll.service.masking.measured import shipped_figures
from ljuskoll.service.review.correcting import correct
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.store.access import SYSTEM, User
from ljuskoll.service.store.audit import audit_log
from ljuskoll.service.store.decisions import history, standings
from ljuskoll.service.store.findings import FindingFilter, all_findings, replace_findings
from ljuskoll.service.store.records import all_records
from serving import PATIENCE, opened, served, token_for

PAGES = [
    "/", "/granska", "/granska?standing=open", "/dokument", "/enighet", "/passar-inte", "/administration",
    "/tillganglighet", "/logga-in",
]  # fmt: skip


class Browser:
    """A browser without programs: it follows links and sends the forms that a page has."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE, trust_env=False)
        self.last = self.http.get("/")

    @property
    def text(self) -> str:
        """The page as it is read: without markup."""
        main = self.last.text.partition("<main")[2]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())

    @property
    def path(self) -> str:
        return self.last.url.path

    def open(self, path: str) -> "Browser":
        self.last = self.http.get(path)
        return self

    def send(self, path: str, files: Any = None, **fields: Any) -> "Browser":
        found = re.search(r'name="csrf" value="([^"]*)"', self.last.text)
        self.last = self.http.post(path, data={"csrf": found[1] if found else "", **fields}, files=files)
        return self

    def form_fields(self, action: str) -> dict[str, str]:
        """What the fields of a form hold when it is opened."""
        form = re.search(rf'<form[^>]*action="{re.escape(action)}[^"]*".*?</form>', self.last.text, re.DOTALL)
        assert form, f"no form leads to {action}"
        inputs = dict(re.findall(r'<input(?: type="\w+")? name="(\w+)" value="([^"]*)"', form[0]))
        chosen = re.findall(r'<select name="(\w+)".*?<option value="(\w*)" selected', form[0], re.DOTALL)
        texts = re.findall(r'<textarea name="(\w+)"[^>]*>\n?(.*?)</textarea>', form[0], re.DOTALL)
        return {name: unescape(value) for name, value in [*inputs.items(), *chosen, *texts]}


@pytest.fixture
def visit() -> Iterator[Callable[..., Browser]]:
    """Opens a browser at an address, signed in where a token is given."""
    with ExitStack() as opened_browsers:

        def one(address: str, token: str | None = None) -> Browser:
            browser = Browser(address)
            opened_browsers.callback(browser.http.close)
            return browser if token is None else browser.send("/logga-in", token=token, target="/")

        yield one


@pytest.fixture
def kim(desk: Desk, visit: Callable[..., Browser]) -> Iterator[Browser]:
    """At an open service on this computer, where everyone may do everything."""
    with served(desk, is_open=True) as address:
        yield visit(address)


def findings(desk: Desk, user: User = SYSTEM) -> list[Any]:
    with desk.database.reading() as session:
        return list(all_findings(session, user, FindingFilter()))


def stands(desk: Desk, finding: str) -> list[tuple[str, str | None, str]]:
    with desk.database.reading() as session:
        return [(one.verdict, one.light, one.note) for one in standings(session, [finding]).get(finding, [])]


def test_every_page_opens(kim: Browser) -> None:
    for path in PAGES:
        assert kim.open(path).last.status_code == 200, path
        assert "<h1" in kim.last.text, path


def test_every_finding_record_and_document_has_a_page(desk: Desk, kim: Browser) -> None:
    with desk.database.reading() as session:
        records = list(all_records(session, SYSTEM))
    paths = [f"/granska/{one.id}" for one in findings(desk)]
    paths += [f"/uppdrag/{one.id}" for one in records]
    paths += [f"/dokument/{sha256}" for sha256 in {one.document.sha256 for one in records}]
    for path in paths:
        assert kim.open(path).last.status_code == 200, path
    assert "Rapportens ljus" in kim.open(f"/granska/{findings(desk)[0].id}").text


def test_nothing_on_a_page_needs_what_the_policy_forbids(desk: Desk, kim: Browser) -> None:
    for path in [*PAGES, f"/granska/{findings(desk)[0].id}"]:
        page = kim.open(path).last.text
        assert not re.search(r"<style|<script(?![^>]* src=)|\bstyle=|\bon\w+=|javascript:", page), path
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', page), path


def test_what_is_not_there_says_so_on_a_page(kim: Browser) -> None:
    for path in ("/granska/finnsinte", "/uppdrag/finnsinte", "/dokument/finnsinte", "/finnsinte"):
        answer = kim.open(path).last
        assert answer.status_code == 404
        assert "<h1" in answer.text and "Finns inte" in answer.text


def test_the_surest_finding_opens_first_and_a_decision_opens_the_next(desk: Desk, kim: Browser) -> None:
    first, second, third, *_ = findings(desk)
    kim.open("/granska/nasta?standing=open")
    assert kim.path == f"/granska/{first.id}"
    kim.send(f"/granska/{first.id}/beslut?standing=open", verdict="agree", note=" Stämmer. ", key="k1")
    assert kim.path == f"/granska/{second.id}"
    assert "Sparat: håller med." in kim.text
    assert stands(desk, first.id) == [("agree", None, "Stämmer.")]
    kim.send(f"/granska/{second.id}/beslut?standing=open", verdict="disagree-yellow")
    assert kim.path == f"/granska/{third.id}"
    assert stands(desk, second.id) == [("disagree", "yellow", "")]


def test_a_decision_sent_twice_counts_once(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    for _ in range(2):
        kim.open(f"/granska/{first.id}").send(f"/granska/{first.id}/beslut", verdict="agree", key="same")
    with desk.database.reading() as session:
        assert len(history(session, SYSTEM, first.id).items) == 1


@pytest.mark.parametrize("verdict", ["maybe", "disagree-blue", "", "agree-"])
def test_a_decision_that_no_button_has_is_not_kept(desk: Desk, kim: Browser, verdict: str) -> None:
    first = findings(desk)[0]
    kim.open(f"/granska/{first.id}").send(f"/granska/{first.id}/beslut", verdict=verdict)
    expected = [("agree", None, "")] if verdict == "agree-" else []
    assert stands(desk, first.id) == expected


def test_what_is_skipped_waits_and_next_leaves_it_open(desk: Desk, kim: Browser) -> None:
    first, second, third, *_ = findings(desk)
    kim.open("/granska/nasta").send(f"/granska/{first.id}/beslut", verdict="skip")
    assert kim.path == f"/granska/{second.id}"
    kim.open(f"/granska/nasta?efter={second.id}")
    assert kim.path == f"/granska/{third.id}"
    assert stands(desk, first.id) == [("skip", None, "")]
    assert stands(desk, second.id) == []
    assert f"/granska/{first.id}?" in kim.open("/granska?standing=skipped").last.text
    assert f"/granska/{second.id}?" not in kim.last.text


def test_undo_takes_the_latest_decision_back_and_opens_its_finding(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    kim.open(f"/granska/{first.id}").send(f"/granska/{first.id}/beslut", verdict="agree")
    kim.send("/granska/angra")
    assert kim.path == f"/granska/{first.id}"
    assert "Beslutet är ångrat." in kim.text
    assert stands(desk, first.id) == []
    assert "Det finns inget beslut att ångra." in kim.send("/granska/angra").text


def test_after_the_last_finding_the_queue_says_that_all_is_done(desk: Desk, kim: Browser) -> None:
    kim.open("/granska/nasta?standing=open")
    for _ in findings(desk):
        kim.send(f"{kim.path}/beslut?standing=open", verdict="agree")
    assert kim.path == "/granska"
    assert "Här är allt granskat." in kim.text


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("kind=over_time", lambda one: one.kind == "over_time"),
        ("severity=low", lambda one: one.severity == "low"),
        ("kind=coverage&severity=high", lambda one: one.kind == "coverage" and one.severity == "high"),
        ("municipality=&kind=", lambda _one: True),
    ],
)
def test_filters_let_through_what_they_ask_for(desk: Desk, kim: Browser, query: str, condition: Any) -> None:
    shown = set(re.findall(r'class="title" href="/granska/(\w{64})', kim.open(f"/granska?{query}").last.text))
    assert shown == {one.id for one in findings(desk) if condition(one)}


def test_filters_stay_from_one_finding_to_the_next(desk: Desk, kim: Browser) -> None:
    own = [one for one in findings(desk) if one.severity == "low"]
    kim.open("/granska/nasta?severity=low")
    seen = []
    for _ in own:
        seen.append(kim.path.removeprefix("/granska/"))
        assert kim.last.url.params["severity"] == "low"
        kim.send(f"{kim.path}/beslut?severity=low", verdict="agree")
    assert seen == [one.id for one in own]
    assert kim.path == "/granska"


def test_a_filter_that_cannot_be_read_is_refused_in_words(kim: Browser) -> None:
    answer = kim.open("/granska?year=tjugo").last
    assert answer.status_code == 400
    assert "Filtret kan inte läsas" in answer.text


def test_many_are_decided_at_once(desk: Desk, kim: Browser) -> None:
    first, second, third, *_ = findings(desk)
    kim.open("/granska?standing=open")
    kim.send("/granska?standing=open", verdict="agree", findings=[first.id, third.id], note="Samma sak")
    assert "2 beslut sparade: håller med." in kim.text
    assert stands(desk, first.id) == stands(desk, third.id) == [("agree", None, "Samma sak")]
    assert stands(desk, second.id) == []
    assert "Ingen avvikelse är vald." in kim.send("/granska", verdict="agree").text


def test_every_page_says_how_far_names_are_masked(kim: Browser) -> None:
    for path in ("/", "/granska", "/dokument"):
        assert f"hittades {shipped_figures().percent} % av dem, ingen garanti" in kim.open(path).text


def test_what_was_decided_at_once_is_undone_at_once(desk: Desk, kim: Browser) -> None:
    first, second, third, *_ = findings(desk)
    kim.open(f"/granska/{second.id}").send(f"/granska/{second.id}/beslut", verdict="skip")
    kim.open("/granska?standing=open").send("/granska", verdict="agree", findings=[first.id, third.id])
    assert "Besluten är ångrade." in kim.send("/granska/angra").text
    assert kim.path == "/granska"
    assert stands(desk, first.id) == stands(desk, third.id) == []
    assert stands(desk, second.id) == [("skip", None, "")]


def test_a_correction_on_the_spot_is_kept_marks_a_fault_and_reaches_the_archive(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    record, action = first.records[0], f"/uppdrag/{first.records[0]}/ratta"
    fields = kim.open(f"/granska/{first.id}").form_fields(action)
    assert {"assignment", "colour", "period", "boards", "comment", "finding"} <= fields.keys()
    kim.send(action, **{**fields, "colour": "yellow", "period": "T1 2021", "boards": "KS; Socialnämnden"})
    assert "Rättelsen är sparad." in kim.text
    assert kim.path != f"/granska/{first.id}"
    assert stands(desk, first.id) == [("fault", None, "")]
    with desk.database.reading() as session:
        now = {one.id: one for one in all_records(session, SYSTEM)}[record]
    assert now.declared and now.declared.colour == "yellow"
    assert now.period and (now.period.year, now.period.tertial) == (2021, 1)
    assert now.boards == ("KS", "Socialnämnden")
    assert now.board_names == ("Kommunstyrelsen", "Socialnämnden")
    assert now.corrected == ("board_names", "boards", "declared", "period")
    assert desk.archive
    written = read_corrections(desk.archive / "corrections.jsonl")
    assert {one.field for one in written if one.record == record} == set(now.corrected)
    assert "rättad av en granskare" in kim.open(f"/granska/{first.id}").text


def test_a_form_sent_back_unchanged_corrects_nothing(desk: Desk, kim: Browser) -> None:
    with desk.database.reading() as session:
        records = list(all_records(session, SYSTEM))
    for record in records:
        action = f"/uppdrag/{record.id}/ratta"
        fields = kim.open(f"/uppdrag/{record.id}").form_fields(action)
        kim.send(action, **{name: value.replace("\n", "\r\n") for name, value in fields.items()})
        assert "Inget är ändrat" in kim.text, record.assignment


def test_a_correction_that_cannot_be_says_why_and_keeps_what_was_typed(desk: Desk, kim: Browser) -> None:
    record = findings(desk)[0].records[0]
    action = f"/uppdrag/{record}/ratta"
    fields = kim.open(f"/uppdrag/{record}").form_fields(action)
    answer = kim.send(action, **{**fields, "period": "i somras", "comment": "Min nya text"}).last
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text and "i somras" in answer.text
    assert kim.form_fields(action)["comment"] == "Min nya text"


def test_a_row_is_taken_away_only_when_that_is_sure(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    record = first.records[0]
    kim.open(f"/granska/{first.id}").send(f"/uppdrag/{record}/ratta/bort", finding=first.id)
    assert "Sätt krysset" in kim.text
    kim.send(f"/uppdrag/{record}/ratta/bort", finding=first.id, sure="yes")
    assert "Raden är borttagen." in kim.text
    assert kim.open(f"/uppdrag/{record}").last.status_code == 404


def test_a_row_that_was_missed_is_added(desk: Desk, kim: Browser) -> None:
    with desk.database.reading() as session:
        document = next(iter(all_records(session, SYSTEM))).document.sha256
    action = f"/dokument/{document}/rad"
    fields = kim.open(f"/dokument/{document}").form_fields(action)
    kim.send(action, **{**fields, "assignment": "Bygga en bro", "comment": "Bron är klar.", "colour": "green"})
    assert kim.path.startswith("/uppdrag/")
    assert "Bygga en bro" in kim.text and "Raden är tillagd." in kim.text
    assert "Bygga en bro" in kim.open(f"/dokument/{document}").text
    assert "Ange uppdragets rubrik" in kim.send(action, **{**fields, "assignment": " "}).text


def test_a_text_with_markup_is_shown_as_text(desk: Desk, kim: Browser) -> None:
    evil = '<script>alert("x")</script><b onclick=alert(1)>&amp; \u202eslut'
    first = findings(desk)[0]
    correct(desk, SYSTEM, first.records[0], {"comment": evil, "assignment": evil, "goal": evil, "municipality": evil})
    kim.open(f"/granska/{first.id}").send(f"/granska/{first.id}/beslut", verdict="agree", note=evil)
    for path in ("/", "/granska", f"/granska/{first.id}", f"/uppdrag/{first.records[0]}", "/dokument", "/enighet"):
        page = kim.open(path).last.text
        assert "<script>alert" not in page and "<b onclick" not in page and "\u202e" not in page, path
    assert "<script>" in kim.open(f"/uppdrag/{first.records[0]}").text


def test_personal_data_is_masked_until_someone_asks_who_may(desk: Desk, visit: Callable[..., Browser]) -> None:
    first = findings(desk)[0]
    correct(desk, SYSTEM, first.records[0], {"comment": "Ring Eva på 070-123 45 67 om 811228-9874."})
    anna, lena = token_for(desk, "Anna", "review"), token_for(desk, "Lena", "read")
    with served(desk) as address:
        reviewer, reader = visit(address, anna), visit(address, lena)
        for path in (f"/granska/{first.id}", f"/uppdrag/{first.records[0]}"):
            assert "811228" not in reviewer.open(path).last.text and "•••" in reviewer.last.text
            assert "811228-9874" in reviewer.open(f"{path}?unmasked=true").text
            assert reader.open(f"{path}?unmasked=true").last.status_code == 403
            assert "811228" not in reader.last.text
    with desk.database.reading() as session:
        assert [one.who for one in audit_log(session).items if one.action == "unmasked"] == ["Anna", "Anna"]


def test_a_masked_text_is_never_corrected_to_its_mask(desk: Desk, kim: Browser) -> None:
    record = findings(desk)[0].records[0]
    correct(desk, SYSTEM, record, {"comment": "Ring Eva på 070-123 45 67."})
    action = f"/uppdrag/{record}/ratta"
    fields = kim.open(f"/uppdrag/{record}").form_fields(action)
    assert "Inget är ändrat" in kim.send(action, **fields).text
    kim.send(action, **{**fields, "comment": fields["comment"] + " Nu."})
    assert "maskerade tecken" in kim.text
    assert kim.send(action, **{**fields, "goal": "Mål 9"}).path == f"/uppdrag/{record}"
    with desk.database.reading() as session:
        now = {one.id: one for one in all_records(session, SYSTEM)}[record]
    assert now.comment == "Ring Eva på 070-123 45 67." and now.goal == "Mål 9"


def test_who_may_only_read_sees_no_forms_and_is_refused(desk: Desk, visit: Callable[..., Browser]) -> None:
    first = findings(desk)[0]
    token = token_for(desk, "Lena", "read")
    with served(desk) as address:
        lena = visit(address, token)
        for path in ("/granska", f"/granska/{first.id}", "/dokument", f"/uppdrag/{first.records[0]}"):
            assert lena.open(path).last.status_code == 200
            forms = re.findall(r'<form method="post" action="([^"]*)"', lena.last.text)
            assert forms == ["/logga-ut"], path
        assert lena.send(f"/granska/{first.id}/beslut", verdict="agree").last.status_code == 403
        assert lena.open("/administration").last.status_code == 403
    assert stands(desk, first.id) == []


def test_who_has_not_signed_in_is_led_there_and_back(desk: Desk, visit: Callable[..., Browser]) -> None:
    first = findings(desk)[0]
    token = token_for(desk, "Anna", "review")
    with served(desk) as address:
        anna = visit(address)
        assert anna.open(f"/granska/{first.id}?kind={first.kind}").path == "/logga-in"
        target = re.search(r'name="target" value="([^"]*)"', anna.last.text)
        assert target
        assert "Nyckeln är fel" in anna.send("/logga-in", token="fel", target=unescape(target[1])).text
        anna.send("/logga-in", token=token, target=unescape(target[1]))
        assert anna.path == f"/granska/{first.id}"
        assert anna.last.url.params["kind"] == first.kind
        anna.send("/logga-ut")
        assert anna.open("/").path == "/logga-in"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere_after_signing_in(desk: Desk, target: str, visit: Callable[..., Browser]) -> None:
    token = token_for(desk, "Anna", "review")
    with served(desk) as address:
        anna = visit(address)
        anna.http.follow_redirects = False
        anna.send("/logga-in", token=token, target=target)
        assert (anna.last.status_code, anna.last.headers["location"]) == (303, "/")


def test_a_form_without_the_page_s_secret_is_refused(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    answer = kim.http.post(f"/granska/{first.id}/beslut", data={"verdict": "agree", "csrf": "gissat"})
    assert answer.status_code == 403
    assert stands(desk, first.id) == []


def test_one_municipality_s_reviewer_sees_no_other(desk: Desk, visit: Callable[..., Browser]) -> None:
    token = token_for(desk, "Olle", "review", "Annanstans")
    with served(desk) as address:
        olle = visit(address, token)
        assert "Här finns inga dokument än." in olle.open("/").text
        assert "Det finns inga avvikelser." in olle.open("/granska").text
        first = findings(desk)[0]
        for path in (f"/granska/{first.id}", f"/uppdrag/{first.records[0]}"):
            assert olle.open(path).last.status_code == 404


def test_two_reviewers_are_compared(desk: Desk, visit: Callable[..., Browser]) -> None:
    first, second, third, *_ = findings(desk)
    anna, bo = token_for(desk, "Anna", "review"), token_for(desk, "Bo", "review")
    with served(desk) as address:
        one, other = visit(address, anna), visit(address, bo)
        for finding, verdicts in ((first, "agree agree"), (second, "agree disagree-red"), (third, "fault fault")):
            mine, theirs = verdicts.split()
            one.open("/granska").send(f"/granska/{finding.id}/beslut", verdict=mine)
            other.open("/granska").send(f"/granska/{finding.id}/beslut", verdict=theirs, note="Se sida 3")
        page = one.open("/enighet")
        assert "Anna och Bo 3 2 67 % 0,50 måttlig" in page.text
        assert f'href="/granska/{second.id}"' in page.last.text and f'href="/granska/{first.id}"' not in page.last.text
        assert "Bo: Håller inte med: Röd – ”Se sida 3”" in one.open(f"/granska/{second.id}").text


def test_a_document_sent_with_the_form_is_kept_and_listed(desk: Desk, kim: Browser) -> None:
    sent = {"file": ("mål & medel.txt", b"Uppdrag: Bygga en bro\n", "text/plain")}
    kim.open("/dokument").send("/dokument", files=sent, municipality="Granvik", period="T1 2024")
    assert "Filerna är mottagna" in kim.text and "mål & medel.txt" in kim.text and "Inte läst än" in kim.text
    assert "någon gång" in kim.send("/dokument", files=sent, period="någon gång").text
    assert kim.last.status_code in (400, 422)


def test_a_key_is_given_out_once_and_revoked(desk: Desk, visit: Callable[..., Browser]) -> None:
    token = token_for(desk, "Chefen", "administer")
    with served(desk) as address:
        chief = visit(address, token)
        chief.open("/administration").send("/administration/nycklar", name="Nils", role="review", municipalities="Avik")
        given = re.search(r"<code>([\w-]{40,})</code>", chief.last.text)
        assert given
        assert given[1] not in chief.open("/administration").last.text
        nils = visit(address, given[1])
        assert nils.path == "/" and nils.last.status_code == 200
        chief.send("/administration/nycklar/bort", name="Nils")
        assert "Nyckeln är återkallad." in chief.text
        assert nils.open("/").path == "/logga-in"
        assert "Gav ut nyckel Nils" in chief.text


def test_a_document_is_forgotten_when_that_is_sure(desk: Desk, kim: Browser) -> None:
    with desk.database.reading() as session:
        document = next(iter(all_records(session, SYSTEM))).document
    action = f"/dokument/{document.sha256}/glom"
    assert "Sätt krysset" in kim.open(f"/dokument/{document.sha256}").send(action).text
    assert "borttagna" in kim.send(action, sure="yes").text
    assert kim.open(f"/dokument/{document.sha256}").last.status_code == 404


def test_what_no_longer_fits_is_shown(desk: Desk, kim: Browser) -> None:
    first = findings(desk)[0]
    kim.open("/granska").send(f"/granska/{first.id}/beslut", verdict="agree")
    assert "Alla beslut gäller" in kim.open("/passar-inte").text
    kim.send(f"/uppdrag/{first.records[0]}/ratta/bort", sure="yes")
    from_scratch = [one for one in findings(desk) if first.records[0] not in one.records]
    with desk.database.writing() as session:
        replace_findings(session, from_scratch, {})
    assert first.message[:30] in kim.open("/passar-inte").text


def test_an_empty_service_says_how_to_begin(tmp_path: Path, visit: Callable[..., Browser]) -> None:
    with opened(tmp_path, None) as desk, served(desk, is_open=True) as address:
        browser = visit(address)
        assert "Ladda upp uppföljningar" in browser.open("/").text
        assert "Det finns inga avvikelser." in browser.open("/granska").text
        assert "Ingen har beslutat" in browser.open("/enighet").text
        assert browser.open("/granska/nasta").path == "/granska"


def test_a_document_whose_original_is_missing_says_what_to_do(desk: Desk, kim: Browser) -> None:
    with desk.database.reading() as session:
        record = next(one for one in all_records(session, SYSTEM) if one.document.path.endswith(".pdf"))
    assert "--source" in kim.open(f"/uppdrag/{record.id}").text
