"""Every statement of the package says whose rows it means, or why it need not."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import Delete, FromClause, Insert, Select, TextClause, Update
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression

import scheduling
import support
import voice
from scheduling.prepared import Prepared

Narrowable = Select[Any] | Update | Delete
Statement = Narrowable | Insert | TextClause

NEED_NOT = {
    "scheduling.occupying.READ_BUSY": "rows of resources, which the organisation's roster gave",
    "scheduling.occupying.SWEEP": "the same; the guard itself knows resources alone",
    "scheduling.occupying.READ_TAKEN": "the same",
    "voice.journal.statements.READ_CALL": "call ids are unique; who asks compares whose it is",
    "voice.journal.statements.READ_END": "the same",
    "voice.journal.statements.CLOSE_TURN": "an attempt's id never leaves the process",
    "voice.journal.statements.WITHDRAW_TURN": "an attempt's id never leaves the process",
    "scheduling.settlement.READ_ATTEMPT": "an attempt's id never leaves the process",
    "voice.journal.lost_attempts.BEGIN_TELLING": "an attempt's id never leaves the process",
    "voice.journal.lost_attempts.READ_HEARD_OF": "an attempt's id never leaves the process",
    "voice.journal.lost_attempts.READ_LEFT_RUNNING": "what a lost process left: ids alone",
    "scheduling.shared_state.ADD_KEY": "the processes' own, no organisation's",
    "scheduling.shared_state.ADD_SIGNATURE": "the processes' own, no organisation's",
    "scheduling.store.PROVE_DISK": "a row that is nobody's",
    "scheduling.calendars.feeds.READ_ADDRESS": "the secret beside the number says whose it is",
}
INLINE_NEED_NOT = {
    "scheduling.tables._only": "a condition of an index, not a statement",
    "scheduling.clock.shift_to": "the clock is everybody's",
    "scheduling.clock.end_shift": "the clock is everybody's",
    "scheduling.shared_state.key": "the processes' own, no organisation's",
    "scheduling.shared_state.keep": "the processes' own, no organisation's",
    "scheduling.shared_state.use_signature": "the processes' own, no organisation's",
    "scheduling.shared_state.use": "the processes' own, no organisation's",
    "voice.journal.turns.greet": "keep_call refuses another organisation's call first",
}
BUILDERS = {"select", "update", "delete", "insert", "text"}


def modules() -> Iterator[ModuleType]:
    for package in (scheduling, support, voice):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(found.name)


def statements() -> Iterator[tuple[str, Statement]]:
    """Every statement that a module keeps ready, where it is made."""
    for module in modules():
        made = names_made(module)
        for name, kept in vars(module).items():
            value = kept.statement if isinstance(kept, Prepared) else kept
            if name in made and isinstance(value, Select | Update | Delete | Insert | TextClause):
                yield f"{module.__name__}.{name}", value


def names_made(module: ModuleType) -> set[str]:
    """The names that a module assigns itself; others it has from elsewhere."""
    assert module.__file__ is not None
    with open(module.__file__) as source:
        body = ast.parse(source.read()).body
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def narrowed_tables(statement: Narrowable) -> set[FromClause]:
    """The tables whose organisation the statement's own condition fixes."""
    found: set[FromClause] = set()
    if statement.whereclause is None:
        return found
    for part in visitors.iterate(statement.whereclause):
        if isinstance(part, BinaryExpression) and part.operator is operators.eq:
            for side in (part.left, part.right):
                if getattr(side, "name", None) == "organisation_id" and hasattr(side, "table"):
                    found.add(side.table)
    return found


def tables_of(statement: Narrowable) -> set[FromClause]:
    froms = statement.get_final_froms() if isinstance(statement, Select) else [statement.table]
    return {each for each in froms if "organisation_id" in each.c}


def names_its_organisation(statement: Statement) -> bool:
    """Every table of an organisation's, in every part, is narrowed to one organisation."""
    if isinstance(statement, TextClause):
        return not writes_tenant_rows(statement.text) or ":organisation_id" in statement.text
    if isinstance(statement, Insert):
        column = statement.table.c.get("organisation_id")
        return column is None or not column.nullable
    parts = [part for part in visitors.iterate(statement) if isinstance(part, Select)]
    everywhere = {table for part in (statement, *parts) for table in narrowed_tables(part)}
    return all(tables_of(part) <= everywhere for part in (statement, *parts))


def writes_tenant_rows(sql: str) -> bool:
    return sql.startswith(("INSERT", "UPDATE", "DELETE"))


def test_statements_are_found() -> None:
    assert len(list(statements())) > 60
    assert NEED_NOT.keys() <= {name for name, _ in statements()}


@pytest.mark.parametrize(("name", "statement"), list(statements()))
def test_a_statement_names_its_organisation(name: str, statement: Statement) -> None:
    assert names_its_organisation(statement) != (name in NEED_NOT), name


def test_a_statement_built_on_the_way_names_its_organisation() -> None:
    silent = {}
    for module in modules():
        assert module.__file__ is not None
        with open(module.__file__) as source:
            tree = ast.parse(source.read())
        for function in ast.walk(tree):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            built = {
                node.func.id
                for node in ast.walk(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            }
            if built & BUILDERS and "organisation" not in ast.unparse(function):
                silent[f"{module.__name__}.{function.name}"] = built
    assert silent.keys() == INLINE_NEED_NOT.keys()
