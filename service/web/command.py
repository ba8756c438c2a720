"""The commands of the review service: `ljuskoll serve`, `ljuskoll token` and `ljuskoll forget`."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeAlias

import typer
import uvicorn
from rich.console import Console
from rich.table import Table

from ljuskoll.models.adaptation import load_adaptations
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review.desk import Desk, open_desk
from ljuskoll.service.review.forgetting import forget_document
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.access import SYSTEM, Role
from ljuskoll.service.store.audit import log
from ljuskoll.service.store.people import add_token, has_tokens, revoke_token, tokens
from ljuskoll.service.web.app import create_app
from ljuskoll.service.web.limits import MEGABYTE, Bounds

DATA = Path("ljuskoll-data")
BESIDE = "granskning"
"""The folder of the review inside the import folder that it shows."""

Archive: TypeAlias = Annotated[
    Path | None, typer.Option("--archive", metavar="DIR", help="Mapp från ljuskoll import att granska.")
]
Data: TypeAlias = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="Mapp för original och beslut.", show_default="vid arkivet")
]
Url: TypeAlias = Annotated[
    str | None, typer.Option("--database", metavar="URL", help="PostgreSQL i stället för en fil i mappen.")
]

_out = Console(highlight=False, markup=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

token = typer.Typer(no_args_is_help=True, help="Nycklar för människor och program som använder granskningen.")


def serve(
    archive: Archive = None,
    source: Annotated[
        list[Path] | None, typer.Option("--source", metavar="PATH", help="Filer eller mappar som importen läste.")
    ] = None,
    data: Data = None,
    database: Url = None,
    host: Annotated[str, typer.Option(help="Adress att svara på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8472,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Antal processer som läser.")] = 1,
    max_upload: Annotated[int, typer.Option(min=1, metavar="MB", help="Största fil som tas emot.")] = 200,
    retention: Annotated[
        int | None, typer.Option(min=1, metavar="DAGAR", help="Glöm dokument som kom in för så länge sedan.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Bedöm snabbt, utan den noggranna modellen.")] = False,
    adaptation: Annotated[Path | None, typer.Option("--adaptation", metavar="FILE")] = None,
) -> None:
    """Startar granskningen: en sida i webbläsaren och ett API, för ett arkiv eller det som laddas upp."""
    judging = Judging(fast, load_adaptations(adaptation) if adaptation else None)
    with _desk(archive, data, database, tuple(source or ()), judging) as desk:
        is_open = _is_open(desk, host)
        if is_open:
            _errors.print(
                "VARNING: Ingen inloggning. Alla som kan köra program på den här datorn når texterna och kan besluta. "
                "Lägg till en nyckel med «ljuskoll token add NAMN --role administer» för att kräva inloggning."
            )
        bounds = Bounds(max_upload * MEGABYTE)
        app = create_app(desk, Reader(desk, workers=workers, retention=retention), is_open=is_open, bounds=bounds)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
        with _listening(host, port) as listener:
            _out.print(f"Öppna http://{f'[{host}]' if ':' in host else host}:{port}/")
            server.run(sockets=[listener])


@token.command("add")
def add(
    name: Annotated[str, typer.Argument(metavar="NAMN", help="Vem eller vad nyckeln är för.", show_default=False)],
    role: Annotated[str, typer.Option(help="read: läsa; review: besluta och rätta; administer: allt.")] = "review",
    municipality: Annotated[
        list[str] | None, typer.Option("--municipality", metavar="NAMN", help="Bara denna kommun; kan upprepas.")
    ] = None,
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Ger ut en nyckel. Den visas en enda gång."""
    with _desk(archive, data, database) as desk, desk.database.writing() as session:
        secret = add_token(session, name, _role(role), municipality or None)
        log(session, SYSTEM.name, "add_token", name)
    _out.print(secret)


@token.command("revoke")
def revoke(
    name: Annotated[str, typer.Argument(metavar="NAMN", show_default=False)],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Återkallar en nyckel; den som är inloggad med den loggas ut."""
    with _desk(archive, data, database) as desk, desk.database.writing() as session:
        revoke_token(session, name)
        log(session, SYSTEM.name, "revoke_token", name)


@token.command("list")
def list_(archive: Archive = None, data: Data = None, database: Url = None) -> None:
    """Visar vilka nycklar som finns."""
    table = Table("Namn", "Roll", "Kommuner", "Given", "Återkallad")
    with _desk(archive, data, database) as desk, desk.database.reading() as session:
        for row in tokens(session):
            table.add_row(row.name, row.role, row.municipalities or "alla", row.created_at[:10], row.revoked_at or "")
    _out.print(table)


def forget(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Sökväg eller sha256, som i documents.jsonl.", show_default=False)
    ],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Tar bort ett dokument med alla spår: original, poster, fynd, sidbilder. Loggen behåller id, tid och vem."""
    with _desk(archive, data, database) as desk:
        _out.print(forget_document(desk, SYSTEM, document))


def _is_open(desk: Desk, host: str) -> bool:
    """Whether everyone on this computer may come in. Raises UsageError where that would be everyone on the network."""
    with desk.database.reading() as session:
        if has_tokens(session):
            return False
    if not _is_loopback(host):
        raise UsageError(
            f"På {host} når andra datorer granskningen, så inloggning krävs. Ge först ut en nyckel: "
            "ljuskoll token add NAMN --role administer (med samma --data, --archive eller --database)."
        )
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listening(host: str, port: int) -> socket.socket:
    """The address taken. Raises UsageError where it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} kan inte användas ({error.strerror}). Kör tjänsten redan? Annars välj en annan --port."
        ) from error


def _role(name: str) -> Role:
    match name:
        case "read" | "review" | "administer":
            return name
    raise UsageError(f"Rollen «{name}» finns inte. Välj read, review eller administer.")


@contextmanager
def _desk(
    archive: Path | None,
    data: Path | None,
    database: str | None,
    sources: tuple[Path, ...] = (),
    judging: Judging = Judging(),  # noqa: B008
) -> Iterator[Desk]:
    folder = data or (archive / BESIDE if archive else DATA)
    desk = open_desk(folder, database, archive, sources, judging)
    try:
        yield desk
    finally:
        desk.database.close()
