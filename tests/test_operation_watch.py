"""What those who watch over the service see: whether it is ready, and its figures; and who may see them."""

import asyncio
import re
import shutil
import signal

import httpx
import pytest
from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from ljuskoll.models.judging import Judging
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.jobs import enqueue_check, finish
from ljuskoll.service.web.app import create_app
from ljuskoll.service.web.serving import Server
from serving import API, client, reader, refusal, served, token_for
from stores import cluster, missing

pytestmark = pytest.mark.processes


def parts_not_ready(answer: httpx.Response) -> list[str]:
    """Which parts a refusal names."""
    assert answer.status_code == 503, answer.text
    error = answer.json()["error"]
    assert error["code"] == "not_ready" and all(one["message"].endswith(".") for one in error["details"])
    return [one["field"] for one in error["details"]]


def asked_unserved(app: FastAPI) -> httpx.Response:
    """What an app answers that no server has started."""

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as one:
            return await one.get(f"{API}/ready")

    return asyncio.run(ask())


def test_a_service_at_work_is_ready_and_says_so_to_anyone(desk: Desk, address: str) -> None:
    token_for(desk, "Anna", "administer")
    answer = httpx.get(f"{address}{API}/ready", trust_env=False)
    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert set(answer.json()["parts"]) == {"serving", "judge", "readers", "store", "folder"}
    assert httpx.get(f"{address}{API}/health", trust_env=False).json()["status"] == "ok"


def test_a_service_that_has_not_begun_or_is_to_end_is_not_ready(desk: Desk) -> None:
    app = create_app(desk, Reader(desk, workers=1))
    assert parts_not_ready(asked_unserved(app)) == ["judge", "readers"]
    Server(app).handle_exit(signal.SIGTERM, None)
    assert parts_not_ready(asked_unserved(app)) == ["serving", "judge", "readers"]


def test_readers_that_have_ended_are_named(desk: Desk) -> None:
    working = Reader(desk, workers=2)
    with served(desk, reader=working) as address, client(address) as one:
        assert one.get("/ready").status_code == 200
        working.stop()
        assert parts_not_ready(one.get("/ready")) == ["readers"]


def test_a_folder_that_cannot_be_written_is_named(desk: Desk, address: str) -> None:
    shutil.rmtree(desk.folder / "original")
    desk.folder.rename(desk.folder.with_name("borta"))
    assert parts_not_ready(httpx.get(f"{address}{API}/ready", trust_env=False)) == ["folder"]


def test_a_store_that_does_not_answer_is_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    if lacking := missing():
        pytest.skip(lacking)
    server = cluster()
    url = server.__enter__()
    is_up = True
    try:
        desk = open_desk(tmp_path_factory.mktemp("granskning"), url, judging=Judging(fast=True))
        with served(desk) as address, client(address) as one:
            assert one.get("/ready").status_code == 200
            server.__exit__(None, None, None)
            is_up = False
            assert parts_not_ready(one.get("/ready")) == ["store"]
            assert one.get("/health").status_code == 200
        desk.database.close()
    finally:
        if is_up:
            server.__exit__(None, None, None)


def figures(caller: httpx.Client) -> dict[tuple[str, ...], float]:
    """Each sample by its name and its labels' values, in order of the labels' names."""
    answer = caller.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_figures_tell_what_was_answered_and_how_far_the_work_has_come(desk: Desk, anna: httpx.Client) -> None:
    before = figures(anna)
    assert ("ljuskoll_seconds_since_last_job",) not in before
    finding = anna.get("/findings").json()["items"][0]["id"]
    assert anna.get(f"/findings/{finding}").status_code == 200
    assert anna.get(f"/findings/{'0' * 64}").status_code == 404
    anna.get("/hemlig-sida?q=1")
    anna.request("HEMLIGT", "/me")
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "agree"})
    with desk.database.writing() as session:
        finish(session, enqueue_check(session))
    after = figures(anna)

    def grown(*labels: str) -> float:
        key = ("ljuskoll_requests_total", *labels)
        return after.get(key, 0) - before.get(key, 0)

    route = f"{API}/findings/{{identity}}"
    assert grown("GET", route, "200") == 1
    assert grown("GET", route, "404") == 1
    assert grown("GET", "-", "404") == 1
    assert grown("POST", f"{route}/decisions", "201") == 1
    assert after["ljuskoll_request_seconds_count", "GET", route] == 2
    assert after["ljuskoll_request_seconds_bucket", "+Inf", "GET", route] == 2
    assert after["ljuskoll_open_findings",] == before["ljuskoll_open_findings",] - 1 > 0
    assert after["ljuskoll_jobs", "done"] == before["ljuskoll_jobs", "done"] + 1
    assert after["ljuskoll_documents", "ok"] > 0 and after["ljuskoll_documents", "unread"] == 0
    assert 0 <= after["ljuskoll_seconds_since_last_job",] < 60
    assert sum(name == "ljuskoll_version_info" for name, *_ in after) == 1
    assert not any("HEMLIG" in part.upper() for key in after for part in key)


def test_figures_are_for_those_who_may_read_everything(desk: Desk, address: str) -> None:
    with client(address) as nobody:
        refusal(nobody.get("/metrics"), 401)
    with reader(desk, address, "Granvik") as one:
        assert "alla kommuner" in refusal(one.get("/metrics"), 403)
    with client(address, token_for(desk, "Prometheus", "read")) as one:
        assert figures(one)


def test_two_services_count_by_themselves(desk: Desk) -> None:
    token = token_for(desk, "Anna", "read")
    with served(desk) as one, served(desk) as other, client(one, token) as asking, client(other, token) as idle:
        for _ in range(3):
            asking.get("/me")
        key = ("ljuskoll_requests_total", "GET", f"{API}/me", "200")
        assert figures(asking)[key] == 3
        assert key not in figures(idle)


def test_every_path_has_a_template_of_its_own(desk: Desk, anna: httpx.Client) -> None:
    described = anna.get("/openapi.json").json()["paths"]
    asked = [path for path, methods in described.items() if "get" in methods]
    for path in asked:
        anna.get(re.sub(r"{(page|number)}", "1", path.removeprefix(API)).translate({ord(one): None for one in "{}"}))
    counted = {name[2] for name in figures(anna) if name[0] == "ljuskoll_requests_total"}
    assert set(asked) <= counted


def test_findings_that_are_only_skipped_stay_open(desk: Desk, anna: httpx.Client) -> None:
    before = figures(anna)["ljuskoll_open_findings",]
    finding = anna.get("/findings").json()["items"][0]["id"]
    anna.post(f"/findings/{finding}/decisions", json={"verdict": "skip"})
    assert figures(anna)["ljuskoll_open_findings",] == before
