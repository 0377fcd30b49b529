"""JSON lines or Parquet, told by the ending; Parquet is an extra, loaded when needed."""

from pathlib import Path
from types import ModuleType

from service.auditing.errors import ParquetMissing


def is_parquet(path: Path) -> bool:
    """Whether ``path`` is to be read or written as Parquet."""
    return path.suffix.lower() == ".parquet"


def parquet() -> ModuleType:
    """``service.auditing.parquet``.

    Raises:
        ParquetMissing: The extra is not installed.
    """
    try:
        from service.auditing import parquet as found
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "pyarrow":
            raise
        raise ParquetMissing from None
    return found
