"""Who writes the corpus in which form."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from training.corpus import LabeledNote
from training.exporters.docbin import write_docbin
from training.exporters.label_studio import write_label_studio
from training.exporters.prodigy import write_prodigy
from training.exporters.written import Exported, Format

EXPORTERS: Mapping[Format, Callable[[Sequence[LabeledNote], Path], Exported]] = {
    Format.DOCBIN: write_docbin,
    Format.LABEL_STUDIO: write_label_studio,
    Format.PRODIGY: write_prodigy,
}
