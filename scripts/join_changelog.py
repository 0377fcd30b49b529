"""Join the fragments of changelog.d/ under the version of pyproject.toml, policy entries first."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
KINDS = ("policy", "added", "changed", "fixed", "removed", "model")
MARK = "<!-- releases -->"


def joined(fragments: list[Path], version: str) -> str:
    """The entry of one release; fragments are called ``<slug>.<kind>.md``."""
    parts = [f"## {version}\n"]
    for kind in KINDS:
        of_kind = [path for path in fragments if path.name.endswith(f".{kind}.md")]
        if of_kind:
            parts.append(f"### {kind.capitalize()}\n")
            parts += [path.read_text("utf-8") for path in of_kind]
    return "\n".join(parts)


def main() -> None:
    """Rewrite CHANGELOG.md and take the fragments away."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    fragments = sorted((ROOT / "changelog.d").glob("*.md"))
    changelog = ROOT / "CHANGELOG.md"
    before, mark, after = changelog.read_text("utf-8").partition(MARK)
    if not fragments or not mark or f"## {version}\n" in after:
        raise SystemExit(f"nothing to join: no fragments, no {MARK}, or {version} is there already")
    changelog.write_text(f"{before}{mark}\n\n{joined(fragments, version)}{after}", "utf-8")
    for path in fragments:
        path.unlink()
    print(f"joined {len(fragments)} fragments into {version}")


if __name__ == "__main__":
    main()
