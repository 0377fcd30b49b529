"""What judging claims costs on one core, beside a plain pandas join and a rules engine.

``python -m scripts.bench_rules``; writes one line a measurement, in processor time of this process,
so that a neighbour on the same machine does not enter it. pandas comes with the extra
``[dev]``; zen-engine is measured only where somebody installed it. Claims are drawn with a seed, so
that two runs judge the same ones.
"""

import csv
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

import model
from model.checking import check_claim
from model.codes import pair, procedures
from model.records import Discipline, Setting
from service.wire import claim, draft_json
from service.wire.objects import as_line

TABLE = Path(model.__file__).parent / "policies" / "edits" / "ncci_practitioner.csv"
CLAIMS, SHORT = 10_000, 300
"""Claims judged, and those of them put to the engine that scans its table for each pair."""
ROUNDS = 3
FIRST, DAYS = date(2019, 7, 1), 2550
MODIFIERS = {Discipline.PT: "GP", Discipline.OT: "GO", Discipline.SLP: "GN"}
DIAGNOSES = ("M25.561", "M54.50", "I69.351", "R26.89", "S83.511D", "G20.A1", "R47.01")

Body = dict[str, Any]
Held = set[tuple[int, str, str, str]]
"""Pairs under an edit: the claim's number, both columns and the indicator."""


def bodies(count: int) -> list[Body]:
    """Claims of two to five lines over seven years, as a program sends them."""
    random = Random(2026)  # noqa: S311  (a sample, no secret)
    known = sorted(found.code for found in procedures(date(2024, 8, 1)))
    usual = [code for code in known if code.startswith("97")]
    return [_body(number, random, known, usual) for number in range(count)]


def _body(number: int, random: Random, known: Sequence[str], usual: Sequence[str]) -> Body:
    discipline = random.choice(list(Discipline))
    codes = random.sample(usual if random.random() < 0.8 else known, random.randint(2, 5))
    diagnoses = random.sample(DIAGNOSES, 2)
    return {
        "id": f"claim-{number}",
        "payer": "medicare_part_b",
        "discipline": discipline.value,
        "setting": Setting.PRIVATE_PRACTICE.value,
        "date_of_service": str(FIRST + timedelta(random.randrange(DAYS))),
        "lines": [
            {
                "code": code,
                "units": (units := random.randint(1, 3)),
                "minutes": units * 15,
                "modifiers": [MODIFIERS[discipline]],
                "diagnoses": diagnoses,
            }
            for code in codes
        ],
        "diagnoses": diagnoses,
        "episode": {"treatment_day": random.randint(1, 20), "last_progress_report_day": 1},
    }


def run() -> Iterator[str]:
    """One line a measurement."""
    given = bodies(CLAIMS)
    lines = sum(len(body["lines"]) for body in given)
    yield f"claims: {CLAIMS}, {lines} lines, {sum(1 for _ in _asked(given))} pairs of codes"
    yield from _rules(given)
    yield from _pairs(given)


def _rules(given: Sequence[Body]) -> Iterator[str]:
    claims = [claim(body) for body in given]
    check_claim(claims[0].encounter, claims[0].lines, claims[0].diagnoses)  # tables are read once
    spent = []
    for one in claims:
        start = time.process_time()
        check_claim(one.encounter, one.lines, one.diagnoses)
        spent.append((time.process_time() - start) * 1000)
    cuts = statistics.quantiles(spent, n=100)
    yield (
        f"rules alone, all tables loaded: median {statistics.median(spent):.2f} ms a claim,"
        f" p95 {cuts[94]:.2f}, p99 {cuts[98]:.2f}; {sum(spent) / 1000:.1f} s for all"
    )
    start = time.perf_counter()
    spent_in_all = _best(lambda: _wire(given), 1)
    passed = time.perf_counter() - start
    yield f"JSON in, rules, JSON out: {spent_in_all:.1f} s for all ({passed:.1f} s on the clock)"


def _wire(given: Sequence[Body]) -> int:
    written = 0
    for body in given:
        one = claim(body)
        draft = check_claim(one.encounter, one.lines, one.diagnoses)
        written += len(as_line(draft_json(draft, None)))
    return written


def _pairs(given: Sequence[Body]) -> Iterator[str]:
    """The same question to three: which pairs of the claims stand under an edit in force."""
    ours = _ours(given)
    yield f"code pairs, our look-up: {_best(lambda: _ours(given)):.2f} s, {len(ours)} found"
    table = _table()
    theirs = _pandas(given, table)
    spent = _best(lambda: _pandas(given, table))
    yield f"code pairs, one pandas join over all claims: {spent:.2f} s, {_same(theirs, ours)}"
    single = _best(lambda: [_pandas([body], table) for body in given[:SHORT]], 1)
    yield f"code pairs, a pandas join a claim: {single / SHORT * 1000:.2f} ms a claim"
    if find_spec("zen") is None:
        yield "code pairs, zen-engine: not installed, not measured"
        return
    decision = _decision()
    short = given[:SHORT]
    spent = _best(lambda: _zen(decision, short), 1)
    verdict = _same(_zen(decision, short), _ours(short))
    yield f"code pairs, zen-engine: {spent / SHORT * 1000:.2f} ms a claim, {verdict}"
    spent = _best(lambda: _ours(short))
    yield f"code pairs, our look-up, the same {SHORT}: {spent / SHORT * 1000:.3f} ms a claim"


def _asked(given: Sequence[Body]) -> Iterator[tuple[int, str, str, date]]:
    for number, body in enumerate(given):
        on = date.fromisoformat(body["date_of_service"])
        for a, b in combinations(sorted(line["code"] for line in body["lines"]), 2):
            yield number, a, b, on


def _ours(given: Sequence[Body]) -> Held:
    return {
        (number, edit.column1, edit.column2, str(int(edit.modifier_allowed)))
        for number, a, b, on in _asked(given)
        if (edit := pair(a, b, on)) is not None
    }


def _table() -> Any:
    found = pd.read_csv(TABLE, dtype=str, keep_default_na=False)
    return found.assign(
        start=found["from"].replace("", "1996-01-01"), end=found["to"].replace("", "9999-12-31")
    )


def _pandas(given: Sequence[Body], table: Any) -> Held:
    asked = [(n, *pair_, str(on)) for n, a, b, on in _asked(given) for pair_ in ((a, b), (b, a))]
    frame = pd.DataFrame(asked, columns=["claim", "column1", "column2", "on"])
    joined = frame.merge(table, on=["column1", "column2"])
    held = joined[(joined["start"] <= joined["on"]) & (joined["on"] <= joined["end"])]
    columns = held[["claim", "column1", "column2", "indicator"]]
    return set(columns.itertuples(index=False, name=None))


def _decision() -> Any:
    """The table as a decision of zen-engine: two codes and a day in, the indicator out."""
    with TABLE.open(encoding="utf-8") as file:
        rules = [
            {
                "_id": str(number),
                "a": json.dumps(row["column1"]),
                "b": json.dumps(row["column2"]),
                "on": f"[{_number(row['from'] or '1996-01-01')}"
                f"..{_number(row['to'] or '9999-12-31')}]",
                "out": json.dumps(row["indicator"]),
            }
            for number, row in enumerate(csv.DictReader(file))
        ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": field, "name": field, "field": field} for field in ("a", "b", "on")],
        "outputs": [{"id": "out", "name": "indicator", "field": "indicator"}],
        "rules": rules,
    }
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [
        {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}}
        | ({"content": content} if name == "table" else {})
        for name, kind in kinds.items()
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in (("in", "table"), ("table", "out"))
    ]
    engine = import_module("zen").ZenEngine()
    return engine.create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def _zen(decision: Any, given: Sequence[Body]) -> Held:
    found = set()
    for number, one, other, on in _asked(given):
        for a, b in ((one, other), (other, one)):
            said = decision.evaluate({"a": a, "b": b, "on": _number(str(on))})["result"]
            if said:
                found.add((number, a, b, said["indicator"]))
    return found


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _same(theirs: Held, ours: Held) -> str:
    return "the same found" if theirs == ours else f"{len(theirs ^ ours)} found differ"


def _best(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the quickest round."""
    spent = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    """Print what was measured."""
    for line in run():
        print(line, flush=True)


if __name__ == "__main__":
    main()
