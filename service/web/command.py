"""The commands of the review service: `ljuskoll serve`, `ljuskoll token` and `ljuskoll forget`."""

import ipaddress
import logging
import socket
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from ljuskoll.models.adaptation import load_adaptations
from ljuskoll.models.judging import Judging
from ljuskoll.nlp.errors import UsageError
from ljuskoll.service.review.desk import Desk
from ljuskoll.service.review.forgetting import forget_document
from ljuskoll.service.review.reading import Reader
from ljuskoll.service.store.access import SYSTEM
from ljuskoll.service.store.people import has_tokens
from ljuskoll.service.web.app import create_app
from ljuskoll.service.web.behind import Behind, behind
from ljuskoll.service.web.limits import MEGABYTE, Bounds
from ljuskoll.service.web.logs import log_to_stderr, style_of
from ljuskoll.service.web.opening import Archive, Data, Url, opened_desk, role_of
from ljuskoll.service.web.serving import serve_until_told
from ljuskoll.service.web.token_command import token as token

_PROXY, _OPERATION = "Bakom en proxy", "Drift"
_out = Console(highlight=False, markup=False, soft_wrap=True)
_errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
_LOG = logging.getLogger(__name__)


def serve(
    archive: Archive = None,
    source: Annotated[
        list[Path] | None, typer.Option("--source", metavar="PATH", help="Filer eller mappar som importen läste.")
    ] = None,
    data: Data = None,
    database: Url = None,
    host: Annotated[str, typer.Option(help="Adress att svara på.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port att svara på.")] = 8472,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Antal processer som läser.")] = 1,
    max_upload: Annotated[int, typer.Option(min=1, metavar="MB", help="Största fil som tas emot.")] = 200,
    retention: Annotated[
        int | None, typer.Option(min=1, metavar="DAGAR", help="Glöm dokument som kom in för så länge sedan.")
    ] = None,
    fast: Annotated[bool, typer.Option("--fast", help="Bedöm snabbt, utan den noggranna modellen.")] = False,
    adaptation: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Anpassning till kommunen, från train --archive.")
    ] = None,
    log: Annotated[
        str | None,
        typer.Option(
            metavar="json|text", help="Logga allt på standard error, utan texter.", rich_help_panel=_OPERATION
        ),
    ] = None,
    root_path: Annotated[
        str, typer.Option(metavar="PATH", help="Sökväg som proxyn visar tjänsten under.", rich_help_panel=_PROXY)
    ] = "",
    trusted_proxy: Annotated[
        list[str] | None,
        typer.Option(metavar="IP", help="Proxyns adress eller nät; kan upprepas.", rich_help_panel=_PROXY),
    ] = None,
    user_header: Annotated[
        str | None,
        typer.Option(metavar="NAMN", help="Huvud där proxyn säger vem som har loggat in.", rich_help_panel=_PROXY),
    ] = None,
    default_role: Annotated[
        str | None, typer.Option(help="Roll för den som ingen har lagt till.", rich_help_panel=_PROXY)
    ] = None,
) -> None:
    """Startar granskningen: en sida i webbläsaren och ett API, för ett arkiv eller det som laddas upp."""
    style = style_of(log)
    role = role_of(default_role) if default_role else None
    proxy = behind(root_path, trusted_proxy or (), user_header, role)
    judging = Judging(fast, load_adaptations(adaptation) if adaptation else None)
    with opened_desk(archive, data, database, tuple(source or ()), judging) as desk:
        is_open = _is_open(desk, host, proxy)
        log_to_stderr(style)
        if is_open:
            _warn_of_open_door(is_logged=style == "json")
        reader, bounds = Reader(desk, workers=workers, retention=retention), Bounds(max_upload * MEGABYTE)
        app = create_app(desk, reader, is_open=is_open, bounds=bounds, behind=proxy)
        with _listening(host, port) as listener:
            _out.print(f"Öppna http://{f'[{host}]' if ':' in host else host}:{port}/")
            serve_until_told(app, listener)


def forget(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Sökväg eller sha256, som i documents.jsonl.", show_default=False)
    ],
    archive: Archive = None,
    data: Data = None,
    database: Url = None,
) -> None:
    """Tar bort ett dokument med alla spår: original, uppföljningar, avvikelser, bilder. Loggen säger när och av vem."""
    with opened_desk(archive, data, database) as desk:
        _out.print(forget_document(desk, SYSTEM, document))


def _is_open(desk: Desk, host: str, proxy: Behind) -> bool:
    """Whether everyone on this computer may come in. Raises UsageError where that would be everyone on the network."""
    with desk.database.reading() as session:
        if has_tokens(session):
            return False
    if proxy.is_used or not _is_loopback(host):
        where = "Bakom en proxy" if proxy.is_used else f"På {host}"
        raise UsageError(
            f"{where} når andra datorer granskningen, så inloggning krävs. Ge först ut en nyckel: "
            "ljuskoll token add NAMN --role administer (med samma --data, --archive eller --database). "
            "Loggar proxyn in: lägg till --proxy och ange namnet så som proxyn säger det."
        )
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _warn_of_open_door(*, is_logged: bool) -> None:
    """Say loudly that there is no sign-in."""
    if is_logged:
        _LOG.warning("open_without_sign_in")
        return
    _errors.print(
        "VARNING: Ingen inloggning. Alla som kan köra program på den här datorn når texterna och kan besluta. "
        "Lägg till en nyckel med «ljuskoll token add NAMN --role administer» för att kräva inloggning."
    )


def _listening(host: str, port: int) -> socket.socket:
    """The address taken. Raises UsageError where it cannot be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise UsageError(
            f"{host}:{port} kan inte användas ({error.strerror}). Kör tjänsten redan? Annars välj en annan --port."
        ) from error
