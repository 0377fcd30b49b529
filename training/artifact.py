"""Write what training made as a released artifact: files, checksums, settings and a card."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.corpus import ROOT

ARTIFACTS = Path(__file__).parents[1] / "model" / "artifacts"


def corpus_fingerprint(root: Path = ROOT) -> str:
    """One short hash of every labelled file, so an artifact says what it learned from."""
    digest = hashlib.sha256()
    for path in sorted([*root.glob("*/*.note"), *root.glob("*/*.tsv")]):
        digest.update(path.name.encode("utf-8"))
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def write_artifact(
    name: str,
    files: Mapping[str, bytes],
    *,
    settings: Mapping[str, Any],
    card: str,
    root: Path = ARTIFACTS,
) -> Path:
    """Write ``files`` with their manifest and card to ``root/name`` and return that folder.

    The version is the hash of the files, so the same bytes always carry the same version.
    """
    folder = root / name
    folder.mkdir(parents=True, exist_ok=True)
    checksums = {}
    for file, content in sorted(files.items()):
        (folder / file).write_bytes(content)
        checksums[file] = hashlib.sha256(content).hexdigest()
    version = hashlib.sha256("".join(checksums.values()).encode("ascii")).hexdigest()[:8]
    manifest = {
        "id": name,
        "version": version,
        "corpus": corpus_fingerprint(),
        "files": checksums,
        "settings": dict(settings),
    }
    (folder / "manifest.json").write_text(
        json.dumps(manifest, indent=1, sort_keys=True) + "\n", "utf-8"
    )
    (folder / "card.md").write_text(card.strip() + "\n", "utf-8")
    return folder
