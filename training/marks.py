"""The inline marks of an authored note: ``⟦label|words⟧``, nested where need be."""

from dataclasses import dataclass

from model.records import Span

OPEN, CLOSE, BAR = "⟦", "⟧", "|"
LONGEST_LABEL = 60


class MarkError(ValueError):
    """A mark that does not open, close or name a label where it should. Says where, not what."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One label over a span of the stripped text.

    Attributes:
        label: The words before the bar, split on spaces, such as ``("97110", "assistant")``.
        span: Code points of the stripped text.
    """

    label: tuple[str, ...]
    span: Span


def strip_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """Take the marks out of ``marked`` and say where their words now stand, in text order.

    Raises:
        MarkError: A bracket has no partner, or a mark has no label or no words.
    """
    plain: list[str] = []
    length, index = 0, 0
    open_marks: list[tuple[tuple[str, ...], int]] = []
    marks: list[Mark] = []
    while index < len(marked):
        character = marked[index]
        if character == OPEN:
            bar = marked.find(BAR, index, index + LONGEST_LABEL)
            label = tuple(marked[index + 1 : bar].split()) if bar > 0 else ()
            if not label:
                raise MarkError(f"mark at {index} of the marked text has no label")
            open_marks.append((label, length))
            index = bar + 1
            continue
        if character == CLOSE:
            if not open_marks:
                raise MarkError(f"closing bracket at {index} of the marked text opens nowhere")
            label, start = open_marks.pop()
            if start == length:
                raise MarkError(f"mark {' '.join(label)} before {index} holds no words")
            marks.append(Mark(label, Span(start, length)))
        else:
            plain.append(character)
            length += 1
        index += 1
    if open_marks:
        raise MarkError(f"mark {' '.join(open_marks[-1][0])} is never closed")
    return "".join(plain), tuple(sorted(marks, key=lambda mark: (mark.span, mark.label)))
