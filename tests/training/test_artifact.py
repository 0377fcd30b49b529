import hashlib
import json
from pathlib import Path

from training.artifact import corpus_fingerprint, write_artifact


def written(root: Path, content: bytes = b"abc") -> Path:
    return write_artifact("toy", {"a.bin": content}, settings={"n": 1}, card=" # toy ", root=root)


def test_the_manifest_proves_every_file(tmp_path: Path) -> None:
    folder = written(tmp_path)

    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["id"] == "toy"
    assert manifest["settings"] == {"n": 1}
    assert manifest["files"] == {"a.bin": hashlib.sha256(b"abc").hexdigest()}
    assert (folder / "card.md").read_text("utf-8") == "# toy\n"


def test_the_same_bytes_carry_the_same_version(tmp_path: Path) -> None:
    folders = [written(tmp_path / "a"), written(tmp_path / "b"), written(tmp_path / "c", b"abd")]

    first, second, other = (
        json.loads((folder / "manifest.json").read_text("utf-8"))["version"] for folder in folders
    )

    assert first == second != other


def test_the_fingerprint_changes_with_a_label(tmp_path: Path) -> None:
    note = tmp_path / "style" / "n.note"
    note.parent.mkdir()
    note.write_text("one", "utf-8")
    before = corpus_fingerprint(tmp_path)

    note.write_text("two", "utf-8")

    assert corpus_fingerprint(tmp_path) != before
