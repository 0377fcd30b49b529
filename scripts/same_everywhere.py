"""Whether the exam's drafts are the same on a processor without VNNI, which QEMU plays.

Run: ``python -m scripts.same_everywhere`` (needs ``qemu-x86_64``, Debian's package qemu-user; about
ten minutes). The processor played by default has AVX2, and neither AVX-512 nor VNNI.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from model.journey import Copilot
from model.models import load_models
from training.drafting import as_prediction
from training.encounters import encounter_of
from training.splits import exam_notes

Draft = dict[str, Any]


def main(
    cpu: Annotated[str, typer.Option(help="A processor of `qemu-x86_64 -cpu help`.")] = "Haswell",
    only_drafts: Annotated[bool, typer.Option(help="Print this processor's drafts.")] = False,
) -> None:
    """Compare the drafts of this processor with those of ``cpu``; exit 1 where one differs."""
    if only_drafts:
        copilot = Copilot(load_models())
        for note in exam_notes():
            typer.echo(json.dumps(as_prediction(copilot.draft(encounter_of(note)))))
        return
    own = (sys.executable, "-m", "scripts.same_everywhere", "--only-drafts")
    here = list(_drafts(own))
    there = list(_drafts(("qemu-x86_64", "-cpu", cpu, *own)))
    differing = [a["id"] for a, b in zip(here, there, strict=True) if _said(a) != _said(b)]
    most = max(abs(x - y) for a, b in zip(here, there, strict=True) for x, y in _sure(a, b))
    typer.echo(f"{len(here)} drafts, {len(differing)} differ on {cpu}: {' '.join(differing)}")
    typer.echo(f"largest difference of a confidence: {most:.4f}")
    raise typer.Exit(bool(differing))


def _drafts(command: Sequence[str]) -> Iterator[Draft]:
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    yield from map(json.loads, done.stdout.splitlines())


def _said(draft: Draft) -> Draft:
    """The draft without its confidences."""
    lines = [{k: v for k, v in line.items() if k != "confidence"} for line in draft["lines"]]
    return {**draft, "lines": lines, "sure": None}


def _sure(a: Draft, b: Draft) -> Iterator[tuple[float, float]]:
    yield a["sure"], b["sure"]
    if len(a["lines"]) == len(b["lines"]):
        for x, y in zip(a["lines"], b["lines"], strict=True):
            yield x["confidence"], y["confidence"]


if __name__ == "__main__":
    typer.run(main)
