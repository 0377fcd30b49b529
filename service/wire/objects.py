"""JSON in and out: strict when read, one line an object when written."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn


class BrokenJson(ValueError):
    """Bytes are no JSON we read; says why, and at which column, without repeating them."""


def decoded(raw: bytes) -> Any:
    """The value ``raw`` spells.

    Raises:
        BrokenJson: Not UTF-8, not JSON, a name given twice in one object, a number JSON does not
            have (``NaN``), or nested beyond reason.
    """
    try:
        # Without the newline of a JSON Lines record, a text cut short ends on its own line.
        text = raw.decode("utf-8").rstrip("\r\n")
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except UnicodeDecodeError:
        raise BrokenJson("is not UTF-8 text") from None
    except json.JSONDecodeError as error:
        raise BrokenJson(f"is broken JSON at column {error.colno}") from None
    except RecursionError:
        raise BrokenJson("is JSON nested too deeply") from None
    except BrokenJson:
        raise
    except ValueError:
        raise BrokenJson("holds a number too long to read") from None


def as_line(answer: Mapping[str, Any]) -> str:
    """``answer`` as one line of JSON; escaped to ASCII, as some programs split at U+2028."""
    return json.dumps(answer) + "\n"


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BrokenJson("gives one name twice in an object")
    return found


def _no_number(_name: str) -> NoReturn:
    raise BrokenJson("holds a number that JSON does not have")
