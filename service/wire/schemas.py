"""JSON Schemas of the wire, made from its models; the copies in docs/schemas are tested."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from service.wire.draft import DraftOut
from service.wire.encounter import ClaimIn, EncounterIn

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: Mapping[str, type[BaseModel]] = {
    "claim": ClaimIn,
    "draft": DraftOut,
    "encounter": EncounterIn,
}


def schema(name: str) -> dict[str, Any]:
    """The schema called ``name``: ``claim`` (for ``check``), ``draft`` or ``encounter``."""
    made = MODELS[name].model_json_schema(mode="validation")
    return {"$schema": DIALECT, "$id": f"urn:noteproof:schema:{name}", **made}


def written(name: str) -> str:
    """The file of the schema called ``name``."""
    return json.dumps(schema(name), indent=2, sort_keys=True) + "\n"


def write(folder: Path) -> tuple[Path, ...]:
    """Write every schema into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = tuple(folder / f"{name}.schema.json" for name in MODELS)
    for path, name in zip(paths, MODELS, strict=True):
        path.write_text(written(name), "utf-8")
    return paths
