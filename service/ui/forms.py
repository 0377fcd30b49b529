"""Forms as browsers send them: small, urlencoded, UTF-8. Files are never sent."""

from urllib.parse import parse_qsl

from fastapi import Request

MOST_FIELDS = 200


class Form:
    """The fields of one form; a field that was not sent is empty."""

    def __init__(self, fields: list[tuple[str, str]]) -> None:
        self.fields = fields

    def one(self, name: str) -> str:
        """The last value of ``name``, without blanks around it."""
        return next((value.strip() for key, value in reversed(self.fields) if key == name), "")

    def words(self, name: str) -> str:
        """The value of ``name``, its line ends as a note would have them."""
        return self.one(name).replace("\r\n", "\n")

    def every(self, name: str) -> tuple[str, ...]:
        """All values of ``name``, in the order of the page."""
        return tuple(value.strip() for key, value in self.fields if key == name and value.strip())

    def number(self, name: str) -> int | None:
        """``name`` as a whole number; None where it is none."""
        written = self.one(name)
        return (
            int(written) if written.isascii() and written.isdigit() and len(written) < 7 else None
        )

    def has(self, name: str) -> bool:
        """Whether ``name`` was sent at all."""
        return any(key == name for key, _ in self.fields)


async def form_of(request: Request) -> Form:
    """The form of ``request``; empty where the body is no urlencoded form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return Form([])
    body = (await request.body()).decode("utf-8", errors="replace")
    return Form(parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS))
