import io

import numpy as np
import pytest

from model.extract.index import BUCKETS, DiagnosisIndex, bucket, fingerprint
from model.extract.phrases import grams, terms


@pytest.fixture(scope="module")
def index() -> DiagnosisIndex:
    """Three sayings of two codes, every gram weighing one, the last believed half."""
    sayings = [("rotator cuff tear", 0), ("low back pain", 1), ("lumbago", 1)]
    postings: dict[int, list[tuple[int, float]]] = {}
    for row, (words, _) in enumerate(sayings):
        own = {bucket(gram) for gram in grams(words)}
        for place in own:
            postings.setdefault(place, []).append((row, len(own) ** -0.5))
    counts = [len(postings.get(place, ())) for place in range(BUCKETS)]
    flat = [pair for place in sorted(postings) for pair in postings[place]]
    return DiagnosisIndex(
        {
            "starts": np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
            "row_steps": np.diff([row for row, _ in flat], prepend=0).astype(np.uint16),
            "weights": np.rint([255 * weight for _, weight in flat]).astype(np.uint8),
            "inverse": np.ones(BUCKETS, np.float32),
            "codes": np.asarray(["M75.100", "M54.50"]),
            "code_of": np.asarray([code for _, code in sayings], np.int32),
            "belief": np.asarray([1.0, 1.0, 0.5], np.float32),
            "known": np.asarray([fingerprint(terms(words)) for words, _ in sayings], np.uint64),
        }
    )


@pytest.mark.parametrize(
    ("phrase", "code"),
    [("low back pain", "M54.50"), ("L rotator cuff tear", "M75.100"), ("rotater cuff", "M75.100")],
)
def test_the_nearest_saying_gives_the_code(index: DiagnosisIndex, phrase: str, code: str) -> None:
    assert index.nearest(phrase)[0].code == code


def test_the_same_words_score_as_much_as_their_source_is_believed(index: DiagnosisIndex) -> None:
    assert index.nearest("rotator cuff tear")[0].score == pytest.approx(1.0, abs=0.01)
    assert index.nearest("lumbago")[0].score == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("phrase", ["", "left", "qqqq zzzz"])
def test_nothing_resembles_nothing(index: DiagnosisIndex, phrase: str) -> None:
    assert index.nearest(phrase) == ()


def test_no_more_codes_come_than_were_asked_for(index: DiagnosisIndex) -> None:
    assert len(index.nearest("low back pain cuff", most=1)) == 1


def test_bytes_that_are_no_archive_are_refused() -> None:
    with pytest.raises((ValueError, OSError, EOFError)):
        DiagnosisIndex.from_bytes(io.BytesIO(b"no archive").getvalue())


def test_a_gram_has_the_same_bucket_on_every_machine() -> None:
    assert bucket("w:knee") == bucket("w:knee") < BUCKETS
    assert bucket("") == 0


@pytest.mark.parametrize(
    ("phrase", "known"), [("low back pain", True), ("LBP", True), ("back low pain", False)]
)
def test_only_a_whole_saying_in_its_order_is_known(
    index: DiagnosisIndex, phrase: str, known: bool
) -> None:
    assert index.is_known(terms(phrase)) is known
