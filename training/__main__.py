"""``python -m training``: check and export the corpus, fit artifacts, score, evaluate, bench."""

import json
import logging
import warnings
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from training.corpus import ROOT, read_corpus
from training.exporters.written import Format
from training.score import score, taxonomy

app = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


class Artifact(StrEnum):
    """What can be fitted."""

    LINEAR = "linear"
    READER = "reader"
    INDEX = "index"
    GATES = "gates"


@app.command()
def check() -> None:
    """Read every labelled note; name each that cannot be used, or whose labels contradict it."""
    from training.corpus_check import corpus_faults

    faults = list(corpus_faults())
    for fault in faults:
        typer.echo(fault, err=True)
    typer.echo(f"{len(list(ROOT.glob('*/*.note')))} notes, {len(faults)} faults")
    raise typer.Exit(1 if faults else 0)


@app.command()
def agreement() -> None:
    """Compare the first and the second, blind labelling of the same notes."""
    from training.agreement import agreement as measured
    from training.labellings import disputes, paired, read_rulings

    pairs, rulings = paired(), read_rulings()
    for measure in measured(pairs):
        typer.echo(str(measure))
    found = list(disputes(pairs))
    ruled = Counter(rulings[dispute] for dispute in found if dispute in rulings)
    typer.echo("; ".join(f"{ruling} right: {count}" for ruling, count in ruled.most_common()))
    unruled = [dispute for dispute in found if dispute not in rulings]
    for note, field in unruled:
        typer.echo(f"{note}: {field}: no ruling in second/rulings.csv", err=True)
    raise typer.Exit(1 if unruled else 0)


@app.command("export-corpus")
def export_corpus(form: Format, out: Path) -> None:
    """Write the labelled notes for spaCy, Label Studio or Prodigy into the file OUT."""
    from training.exporters.formats import EXPORTERS

    typer.echo(str(EXPORTERS[form](list(read_corpus()), out)))


@app.command()
def fit(
    artifacts: list[Artifact],
    runs: Annotated[Path, typer.Option(help="Where held-out readings are kept.")] = Path("runs"),
) -> None:
    """Fit artifacts in the order given and write them under model/artifacts.

    The gates need held-out readings (``python -m training hold-out``).
    """
    from training import release

    for artifact in artifacts:
        match artifact:
            case Artifact.LINEAR:
                folder = release.release_linear()
            case Artifact.READER:
                folder = release.release_reader()
            case Artifact.INDEX:
                folder = release.release_index()
            case Artifact.GATES:
                folder = release.release_gates(runs / "held-out")
        typer.echo(f"{artifact}: {folder}")


@app.command("hold-out")
def hold_out(
    runs: Annotated[Path, typer.Option(help="Where held-out readings are kept.")] = Path("runs"),
) -> None:
    """Read every note with readers that never saw its style; a stopped run goes on where it was."""
    from training.held_out import read_held_out

    read_held_out(runs / "held-out")


@app.command()
def evaluate(
    runs: Annotated[Path, typer.Option(help="Where held-out readings are kept.")] = Path("runs"),
    out: Annotated[Path, typer.Option(help="The report.")] = Path("docs/evaluation.md"),
) -> None:
    """Score the whole journey on held-out styles and write the report."""
    from training.evaluate import report

    out.write_text(report(runs / "held-out"), "utf-8")
    typer.echo(str(out))


@app.command("score")
def score_predictions(predictions: Path) -> None:
    """Score drafts (JSON lines, as ``noteproof code --json`` prints them) on the labelled notes."""
    drafts = {}
    for line in predictions.read_text("utf-8").splitlines():
        draft = json.loads(line)
        drafts[draft["id"]] = draft
    result = score((note for note in read_corpus() if note.id in drafts), drafts)
    for name, value in result.summary().items():
        typer.echo(f"{name:62} {value}")
    for kind, count in taxonomy(result):
        typer.echo(f"{count:5} {kind}")


@app.command()
def bench() -> None:
    """Time reading, rules and start-up on this machine, beside plain alternatives."""
    from training.bench import run

    for line in run():
        typer.echo(line)


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    warnings.filterwarnings("ignore", category=FutureWarning)
    app()


if __name__ == "__main__":
    main()
