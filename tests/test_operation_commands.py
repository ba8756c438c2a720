"""The commands that concern a proxy, as they are written: what is refused, who is added, what is said."""

from pathlib import Path

import pytest

from ljuskoll.service.cli import main

WRONG_USAGE = 2


def done(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    """The exit status of a command, and what it says."""
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), " ".join((said.out + said.err).split())


@pytest.mark.parametrize(
    "options",
    [
        ["--root-path", "/ljuskoll"],
        ["--trusted-proxy", "127.0.0.1"],
        ["--trusted-proxy", "10.0.0.0/28", "--trusted-proxy", "::1", "--user-header", "X-Remote-User"],
        ["--trusted-proxy", "127.0.0.1", "--user-header", "X-Remote-User", "--default-role", "read"],
    ],
    ids=" ".join,
)
def test_behind_a_proxy_the_door_is_never_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    status, said = done(capsys, "serve", "--data", tmp_path, *options)
    assert status == WRONG_USAGE
    assert "inloggning krävs" in said and "--proxy" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--user-header", "X-User"], "--trusted-proxy"),
        (["--trusted-proxy", "proxy"], "ingen adress"),
        (
            ["--trusted-proxy", "127.0.0.1", "--user-header", "X-User", "--default-role", "kung"],
            "Rollen «kung» finns inte",
        ),
        (["--root-path", "ljuskoll"], "ingen sökväg"),
        (["--log", "xml"], "json eller text"),
    ],
    ids=lambda value: value[-1] if isinstance(value, list) else "",
)
def test_wrong_options_are_refused_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    status, told = done(capsys, "serve", "--data", tmp_path / "data", *options)
    assert status == WRONG_USAGE
    assert said in told
    assert not (tmp_path / "data").exists()


def test_whom_the_proxy_names_is_added_without_a_secret_and_revoked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--data", tmp_path)
    added = done(capsys, "token", "add", "eva@kommun.se", "--role", "read", "--proxy", "--municipality", "Avik", *where)
    assert added == (0, "«eva@kommun.se» kommer in med det namnet från proxyn.")
    status, secret = done(capsys, "token", "add", "Program", *where)
    assert status == 0 and len(secret) > 40
    assert done(capsys, "token", "add", "Program", "--proxy", *where)[0] == WRONG_USAGE
    listed = done(capsys, "token", "list", *where)[1]
    assert "eva@kommun.se" in listed and "proxy" in listed and "nyckel" in listed and secret not in listed
    assert done(capsys, "token", "revoke", "eva@kommun.se", *where) == (0, "")
    assert "inget namn används två gånger" in done(capsys, "token", "add", "eva@kommun.se", "--proxy", *where)[1]
