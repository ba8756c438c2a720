"""`python -m ljuskoll.corpora.rendering --out DIR`: the whole rendered corpus with its truth."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from ljuskoll.corpora.rendering.corpus import load_settings, render_corpus


def main(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Mapp för dokumenten.", show_default=False)],
    layout: Annotated[str | None, typer.Option(help="Bara den här layouten.")] = None,
) -> None:
    """Renderar korpusen av egna rapporter med facit i truth.jsonl."""
    settings = [setting for setting in load_settings() if layout in (None, setting.layout)]
    left_out = render_corpus(out, settings, workers=os.cpu_count() or 1)
    for one in left_out:
        print(f"Utelämnad: {one.path} ({one.reason})", file=sys.stderr)
    print(f"{len(settings) - len(left_out)} dokument i {out}", file=sys.stderr)


if __name__ == "__main__":
    typer.run(main)
