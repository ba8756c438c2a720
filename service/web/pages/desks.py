"""What every page reaches the review by."""

from fastapi import Request

from ljuskoll.service.web.security import Visitor, guard_of, require
from ljuskoll.service.web.state import desk_of as desk_of


def unmasking(request: Request, visitor: Visitor) -> bool:
    """Whether the address asks for texts as they are: that needs a role of its own, and is logged."""
    if request.query_params.get("unmasked") != "true":
        return False
    require(visitor.user, "review")
    guard_of(request).log_unmasked(visitor.user, request.url.path[:200])
    return True
