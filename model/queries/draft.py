"""A query's text as the linter reads it: quotations set aside, cut into sentences."""

import re
from dataclasses import dataclass
from functools import cached_property

from model.records import Span

_QUOTED = re.compile(
    r"“(?P<curly>[^”\n]+)”|\"(?P<straight>[^\"\n]+)\"|(?:(?<=\s)|^)\u2018(?P<single>[^\u2019\n]+)\u2019(?!\w)"
)
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.?!](?![\s”\"]|$)[^.?!\n]*)*[.?!]?")
_SET_ASIDE = "▢"
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”\"\u2018\u2019'", " "))


@dataclass(frozen=True)
class Sentence:
    """One sentence of a query; ``text`` has quotations of the note set aside."""

    span: Span
    text: str

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip().endswith("?")

    def part(self, start: int, end: int) -> Span:
        """Where in the query ``text[start:end]`` stands, without blanks around it."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        begin = self.span.start + start + lead
        return Span(begin, begin + max(1, len(words.strip())))


@dataclass(frozen=True)
class Draft:
    """A query beside the note it is about; ``note`` is None where nobody has it."""

    text: str
    note: str | None

    @cached_property
    def quotes(self) -> tuple[Span, ...]:
        """The insides of its quotation marks."""
        found = (match for match in _QUOTED.finditer(self.text))
        return tuple(Span(*match.span(match.lastgroup or 0)) for match in found)

    @cached_property
    def misquotes(self) -> tuple[Span, ...]:
        """Quotations that the note does not hold."""
        return tuple(span for span in self.quotes if not self.is_in_note(span.of(self.text)))

    @cached_property
    def own(self) -> str:
        """The text with every quotation of the note set aside, offsets kept."""
        words = list(self.text)
        for span in self.quotes:
            if span not in self.misquotes:
                words[span.start : span.end] = _SET_ASIDE * len(span)
        return "".join(words)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of ``own``."""
        return tuple(
            Sentence(Span(*match.span()), match.group())
            for match in _SENTENCE.finditer(self.own)
            if match.group().strip()
        )

    def is_in_note(self, words: str) -> bool:
        """Whether the note has ``words``, whatever their case and spacing; yes without a note."""
        return self.note is None or _flat(words) in _flat(self.note)


def _flat(words: str) -> str:
    plain = words.casefold().translate(_QUOTATION_MARKS)
    return " ".join(plain.split()).strip(".,;:!? ")
