"""Write docs/images/code.svg: what ``noteproof code`` shows for one sample note."""

import io
import re
from pathlib import Path
from xml.etree import ElementTree

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from model.records import Encounter
from service.copilot import load_copilot
from service.printing import print_draft
from service.printing.console import THEME

ROOT = Path(__file__).parents[1]
NOTE = ROOT / "samples" / "ot-stroke-daily.txt"
PICTURE = ROOT / "docs" / "images" / "code.svg"
COLUMNS = 100
# rich's own format names fonts on somebody's server; the reader's fixed-width font will do.
FORMAT = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def picture() -> str:
    """The terminal's page as SVG; the same note and versions give the same bytes."""
    text = NOTE.read_text("utf-8")
    draft = load_copilot().draft(Encounter(id=NOTE.stem, text=text))
    console = Console(
        record=True,
        width=COLUMNS,
        force_terminal=True,
        color_system="truecolor",
        file=io.StringIO(),
        theme=THEME,
        highlight=False,
        emoji=False,
        markup=False,
    )
    print_draft(console, draft, text)
    title = f"noteproof code {NOTE.relative_to(ROOT)}"
    return console.export_svg(title=title, code_format=FORMAT)


def main() -> None:
    """Write the picture."""
    written = picture()
    ElementTree.fromstring(written)  # noqa: S314
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(written, "utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
