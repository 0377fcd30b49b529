"""Segments as the encoder's tokens, each knowing which characters of the note it covers."""

from dataclasses import dataclass

from tokenizers import Tokenizer

from model.records import ParsedNote, Span

LONGEST = 96
"""Tokens of one segment; a longer sentence is cut, and what is cut is not read."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One segment for the encoder.

    Attributes:
        ids: Token ids, heading first.
        types: 0 for the heading's tokens, 1 for the segment's own.
        spans: What each token covers in the note; None for the heading and special tokens.
    """

    ids: tuple[int, ...]
    types: tuple[int, ...]
    spans: tuple[Span | None, ...]


def encode(tokenizer: Tokenizer, note: ParsedNote) -> tuple[Encoded, ...]:
    """Every segment of ``note``, as ``[CLS] heading [SEP] segment [SEP]``."""
    pairs = [(segment.heading, segment.span.of(note.text)) for segment in note.segments]
    encodings = tokenizer.encode_batch(pairs)
    return tuple(
        Encoded(
            ids=tuple(encoding.ids),
            types=tuple(encoding.type_ids),
            spans=tuple(
                Span(segment.span.start + start, segment.span.start + end)
                if sequence == 1 and end > start
                else None
                for sequence, (start, end) in zip(
                    encoding.sequence_ids, encoding.offsets, strict=True
                )
            ),
        )
        for segment, encoding in zip(note.segments, encodings, strict=True)
    )


def tokens_within(encoded: Encoded, span: Span) -> tuple[int, ...]:
    """Positions of the tokens that share a character with ``span``."""
    return tuple(
        position
        for position, covered in enumerate(encoded.spans)
        if covered is not None and covered.overlaps(span)
    )


def load_tokenizer(path: str) -> Tokenizer:
    """The tokenizer in ``path``, cutting segments (never headings) at ``LONGEST`` tokens."""
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST, strategy="only_second")
    return tokenizer
