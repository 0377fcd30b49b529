"""``GET /api/v1/rules``: the rule book, for whoever shows a finding."""

from typing import Any

from fastapi import APIRouter

from service.people.access import needs
from service.people.records import Role, Scope
from service.problems import responses
from service.rules.book import all_rules, rule_called, rule_json

router = APIRouter(prefix="/rules", tags=["rules"], dependencies=[needs(*Role, scope=Scope.READ)])


@router.get("")
def list_rules() -> list[dict[str, Any]]:
    """Every rule with its citation, its examples, and the values it reads by date."""
    return all_rules()


@router.get("/{rule_id}", responses=responses(404))
def one_rule(rule_id: str) -> dict[str, Any]:
    """One rule."""
    return rule_json(rule_called(rule_id))
