"""The page that tells of an error."""

from dataclasses import dataclass

from fastapi import Request, Response

from ljuskoll.service.web.pages.rendering import TEXT, render


@dataclass(frozen=True, slots=True)
class ProblemPage:
    """What problem.html shows."""

    heading: str
    message: str


def error_page(request: Request, status: int, message: str) -> Response:
    """What went wrong, and where to go on."""
    heading = TEXT["problems"].get(str(status), TEXT["problems"]["400"])
    return render(request, None, "problem.html", ProblemPage(heading, message), status=status)
