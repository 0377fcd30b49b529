"""The command line, installed as ``noteproof``; CONTRACT.md describes it.

Exit codes: 0 done; 1 some inputs refused, the others done; 2 wrong usage or nothing could run.
"""

import sys
from io import TextIOWrapper

import typer

from service.batch import NOTHING_RAN, unexpected
from service.commands.audit import audit
from service.commands.audit_log import audit_log
from service.commands.drafts import check, code
from service.commands.explain import explain
from service.commands.keys import keys
from service.commands.people import people
from service.commands.policies import policies
from service.commands.serve import schemas, serve
from service.commands.units import units
from service.commands.upkeep import backup, migrate, restore

app = typer.Typer(
    name="noteproof",
    help="Read therapy notes, propose the claim each supports, and prove every line of it.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # a traceback with its variables would print notes
)
for _command in (code, check, units, audit, explain, serve):
    app.command()(_command)
for _upkeep in (migrate, backup, restore):
    app.command()(_upkeep)
app.add_typer(people, name="people")
app.add_typer(keys, name="keys")
app.add_typer(audit_log, name="audit-log")
app.add_typer(policies, name="policies")
app.command(hidden=True)(schemas)


def main() -> None:
    """Run a command. What nobody planned is named by kind and place, never by its message."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception as error:
        sys.stderr.write(f"noteproof {unexpected(error)}\n")
        sys.exit(NOTHING_RAN)


if __name__ == "__main__":
    main()
