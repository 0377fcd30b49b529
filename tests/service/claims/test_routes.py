from datetime import timedelta
from typing import Any

from tests.support.drafts import NOTE
from tests.support.running import EVERYTHING, Service

PATH = "/api/v1/encounters"


def _finalize(service: Service, encounter_id: str, *acts: dict[str, Any]) -> None:
    service.program.post(PATH, json={"id": encounter_id, "text": NOTE})
    dana = service.enter("dana")
    for act in (*acts, EVERYTHING, {"kind": "finalize"}):
        dana.post(f"{PATH}/{encounter_id}/decisions", json=act, headers={"if-match": "*"})


def test_a_final_claim_is_exported_as_it_was_decided(service: Service) -> None:
    attest = {"kind": "attest_kx", "by": "R. Lee, OTR/L", "on": "2026-03-02"}
    _finalize(service, "a", attest, {"kind": "change", "key": "2", "units": 0})

    claim = service.program.get("/api/v1/claims/a").json()

    assert claim["lines"] == [
        {
            "code": "97530",
            "units": 2,
            "minutes": 23,
            "modifiers": ["GO", "KX"],
            "performed_by": "therapist",
            "diagnoses": ["I69.354"],
        }
    ]
    assert (claim["claim"], claim["kx_attested_by"], claim["diagnoses"]) == (
        1,
        "R. Lee, OTR/L",
        ["I69.354"],
    )


def test_a_claim_that_is_opened_again_stands_until_the_next_one(service: Service) -> None:
    _finalize(service, "a")
    dana = service.enter("dana")
    for act in (
        {"kind": "amend", "text": "late entry"},
        {"kind": "change", "key": "1", "units": 1},
    ):
        dana.post(f"{PATH}/a/decisions", json=act, headers={"if-match": "*"})

    claim = service.program.get("/api/v1/claims/a").json()

    assert (claim["claim"], claim["is_being_amended"]) == (1, True)
    assert claim["lines"][0]["units"] == 2


def test_a_claim_that_is_not_final_is_not_exported(service: Service) -> None:
    service.program.post(PATH, json={"id": "a", "text": NOTE})

    answer = service.program.get("/api/v1/claims/a")

    assert (answer.status_code, answer.json()["code"]) == (404, "claim.not_final")


def test_claims_are_listed_page_by_page_from_a_moment_on(service: Service) -> None:
    for each in ("b", "a", "c"):
        _finalize(service, each)
        service.clock.forward(timedelta(minutes=1))
    since = (service.clock.now - timedelta(minutes=2)).isoformat()

    first = service.program.get("/api/v1/claims?limit=2").json()
    rest = service.program.get(f"/api/v1/claims?limit=2&after={first['next']}").json()
    recent = service.program.get("/api/v1/claims", params={"since": since}).json()

    assert [each["encounter_id"] for each in first["claims"]] == ["b", "a"]
    assert ([each["encounter_id"] for each in rest["claims"]], rest["next"]) == (["c"], None)
    assert [each["encounter_id"] for each in recent["claims"]] == ["a", "c"]
