"""The command `ljuskoll token`: who may use the review."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.people import admit, revoke_token, tokens
from ljuskoll.service.web.opening import Archive, Data, Url, opened_desk, role_of

_out = Console(highlight=False, markup=False, soft_wrap=True)

token = typer.Typer(no_args_is_help=True, help="Nycklar för människor och program som använder granskningen.")


@token.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Vem eller vad nyckeln är för.", show_default=False)],
    role: Annotated[str, typer.Option(help="read: läsa; review: besluta och rätta; administer: allt.")] = "review",
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", metavar="NAMN", help="Bara denna kommun; kan upprepas.")
    ] = None,
    proxy: Annotated[
        bool, typer.Option("--proxy", help="Ingen nyckel: proxyn loggar in personen och säger just det här namnet.")
    ] = False,
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Ger ut en nyckel, som visas en enda gång; med --proxy släpps den in som proxyn har loggat in."""
    with opened_desk(archive, data, database) as desk, desk.database.writing() as session:
        secret = admit(session, SYSTEM.name, name, role_of(role), municipality or None, by_proxy=proxy)
    _out.print(secret or f"«{name}» kommer in med det namnet från proxyn.")


@token.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAMN", show_default=False)],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Återkallar en nyckel eller någon som proxyn loggar in; den som är inne kommer inte in igen."""
    with opened_desk(archive, data, database) as desk, desk.database.writing() as session:
        revoke_token(session, name)
        log(session, SYSTEM.name, "revoke_token", name)


@token.command("list")
def list_(archive: Archive = None, data: Data = None, database: Url = None) -> None:
    """Visar vilka som har en nyckel eller kommer in genom proxyn."""
    table = Table("Namn", "Roll", "Kommuner", "Med", "Given", "Återkallad")
    with opened_desk(archive, data, database) as desk, desk.database.reading() as session:
        for row in tokens(session):
            way = "proxy" if row.digest is None else "nyckel"
            limits, given = row.municipalities or "alla", row.created_at[:10]
            table.add_row(row.name, row.role, limits, way, given, row.revoked_at or "")
    _out.print(table)
