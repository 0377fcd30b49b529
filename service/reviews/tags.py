"""The tag of a review as HTTP writes it: what a decision was made on."""

from typing import Annotated

from fastapi import Header

from service.reviews.errors import TagNeeded
from service.reviews.view import ReviewState


def etag(state: ReviewState) -> str:
    """The ETag of a review."""
    return f'"{state.tag}"'


def expected(
    if_match: Annotated[str | None, Header(max_length=100)] = None,
) -> str | None:
    """The tag a request was made on; None where it says that any will do (``*``).

    Raises:
        TagNeeded: It does not say.
    """
    if if_match is None:
        raise TagNeeded
    written = if_match.strip().removeprefix("W/").strip('"')
    return None if written == "*" else written
