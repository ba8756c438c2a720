"""A store of the version before is brought to this one with all that it holds, those who are signed in included."""

import pytest
from sqlalchemy import text

from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.database import Database, open_database
from ljuskoll.service.store.numbers import numbers
from ljuskoll.service.store.people import (
    add_person,
    add_token,
    named_user,
    own_key,
    revoke_token,
    sign_in,
    signed_in,
    tokens,
    user_of,
)

BEFORE = "0001"


def test_tokens_and_sessions_of_the_version_before_are_kept(store_url: str) -> None:
    before = open_database(store_url, BEFORE)
    with before.writing() as session:
        anna, bo = add_token(session, "Anna", "review", ["Granvik"]), add_token(session, "Bo", "read")
        session.flush()
        revoke_token(session, "Bo")
        secret = sign_in(session, anna)
    before.close()
    assert secret
    now = open_database(store_url)
    with now.writing() as session:
        add_person(session, "Eva", "read")
        add_person(session, "Ove", "administer", ["Avik"])
    with now.reading() as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0002"
        found = signed_in(session, secret)
        assert found and found.user.name == "Anna"
        assert user_of(session, anna) == found.user and user_of(session, bo) is None
        assert [(one.name, one.digest is None) for one in tokens(session)] == [
            ("Anna", False), ("Bo", False), ("Eva", True), ("Ove", True),
        ]  # fmt: skip
    now.close()


def test_what_the_tables_demanded_before_they_demand_still(database: Database) -> None:
    with database.writing() as session:
        add_person(session, "Eva", "read")
    for again in (add_person, add_token):
        with pytest.raises(UsageError, match="finns redan"), database.writing() as session:
            again(session, "Eva", "read")
    for name in ("", " ", SYSTEM.name):
        with pytest.raises(UsageError, match="Ange ett namn"), database.writing() as session:
            add_person(session, name, "read")


def test_whom_a_proxy_names(database: Database) -> None:
    with database.writing() as session:
        add_person(session, "Eva", "review", ["Granvik"])
        add_person(session, "Borta", "administer")
        add_token(session, "Nyckeln", "administer")
        session.flush()
        revoke_token(session, "Borta")
    with database.reading() as session:
        eva = named_user(session, "Eva", "read")
        assert eva and (eva.role, eva.municipalities) == ("review", frozenset({"Granvik"}))
        assert named_user(session, "eva") is None
        assert [named_user(session, name, "read") for name in ("Borta", "Nyckeln", SYSTEM.name)] == [None] * 3
        new = named_user(session, "Ny", "read")
        assert new and (new.role, new.municipalities) == ("read", None)


def test_the_stores_own_key_lasts(database: Database, store_url: str) -> None:
    with database.writing() as session:
        key = own_key(session)
    again = open_database(store_url)
    with again.writing() as session:
        assert own_key(session) == key
    again.close()
    assert len(key) == 32 and len(set(key)) > 8


def test_an_empty_store_in_numbers(database: Database) -> None:
    with database.reading() as session:
        found = numbers(session)
    assert (found.jobs, found.documents, found.open_findings, found.idle) == ({}, {}, 0, None)
