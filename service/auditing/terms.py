"""What the answers of an audit depend on: parts made on other terms are not joined with ours."""

import hashlib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from model.checking import NO_MODEL
from model.policy_folder import fingerprint
from model.versions import POLICIES_VERSION, RULES_VERSION
from service.auditing.source import ENCOUNTERS_A_PART


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The input, and every version that can change an answer.

    Attributes:
        input: SHA-256 of the file.
        model: SHA-256 of the manifests of the weights, which hold those of the weights.
        part_size: Encounters in a part.
        layout: How parts are written.
    """

    input: str
    model: str
    rules: str
    policies: str
    part_size: int = ENCOUNTERS_A_PART
    layout: int = 1

    def to_json(self) -> dict[str, Any]:
        """For the manifest."""
        return asdict(self)

    def others(self, written: dict[str, Any]) -> list[str]:
        """The names of those that differ in a manifest; all are named of one not understood."""
        names = [field.name for field in fields(self)]
        return [name for name in names if written.get(name) != getattr(self, name)]


def terms_of(sha256: str, *, rules_only: bool, artifacts: Path | None) -> Terms:
    """The terms of an audit of the file with checksum ``sha256`` that begins now."""
    return Terms(
        input=sha256,
        model=NO_MODEL if rules_only else _weights(artifacts),
        rules=RULES_VERSION,
        policies="+".join(filter(None, (POLICIES_VERSION, fingerprint()))),
    )


def _weights(artifacts: Path | None) -> str:
    """Stands for all weights. Whether they are there and whole is seen when they are loaded."""
    if artifacts is None:
        from model.models import ARTIFACTS

        artifacts = ARTIFACTS
    summed = hashlib.sha256()
    for manifest in sorted(artifacts.glob("*/manifest.json")):
        summed.update(manifest.parent.name.encode() + b"\n" + manifest.read_bytes())
    return summed.hexdigest()
