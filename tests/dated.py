"""Finds comparisons of the machine's clock with a constant: they hold until that day has come."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef
Source = Callable[[ast.expr], bool]
MACHINE_CLOCKS = {"time.time", "datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
SPANS = {"timedelta", "pytest.approx"}
"""Calls for a length of time, which is no instant."""


def dated_comparisons(function: Function) -> list[ast.Compare]:
    """Those in which one thing comes of the machine's clock and another of a constant instant."""
    names = dict(assigned(function))
    clocks = MACHINE_CLOCKS | {f"{store}.current_time" for store in opened(function)}

    def is_clock(value: ast.expr) -> bool:
        return isinstance(value, ast.Call) and ast.unparse(value.func) in clocks

    def comes_of(value: ast.expr, source: Source, depth: int = 4) -> bool:
        if source(value):
            return True
        if isinstance(value, ast.Name) and depth:
            return any(comes_of(each, source, depth - 1) for each in names.get(value.id, ()))
        if isinstance(value, ast.Await):
            return source(value.value)  # an answer is not made of what was asked
        if isinstance(value, ast.Call) and ast.unparse(value.func) in SPANS:
            return False
        parts = (each for each in ast.iter_child_nodes(value) if isinstance(each, ast.expr))
        return any(comes_of(each, source, depth) for each in parts)

    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Compare)
        and all(
            any(comes_of(side, source) for side in (node.left, *node.comparators))
            for source in (is_clock, is_instant)
        )
    ]


def is_instant(value: ast.expr) -> bool:
    """A constant that says when: a name in capitals, a date spelled out, seconds of the epoch."""
    if isinstance(value, ast.Name):
        return value.id.isupper() and value.id != "UTC"
    if isinstance(value, ast.Call) and ast.unparse(value.func) in {"datetime", "date"}:
        return all(isinstance(each, ast.Constant) for each in value.args)
    if not isinstance(value, ast.Constant):
        return False
    if isinstance(value.value, str):
        return re.match(r"\d{4}-\d\d", value.value) is not None
    return isinstance(value.value, int | float) and value.value > 1e9


def opened(function: Function) -> Iterator[str]:
    """Stores that the test opens itself: nobody has started their clock."""
    for node in ast.walk(function):
        if isinstance(node, ast.AsyncWith):
            for item in node.items:
                if item.optional_vars and ast.unparse(item.context_expr).startswith("Store.open("):
                    yield ast.unparse(item.optional_vars)


def assigned(function: Function) -> list[tuple[str, list[ast.expr]]]:
    """Every name that the test gives a value, and all that it stands for."""
    found: dict[str, list[ast.expr]] = {}
    assignments = (node for node in ast.walk(function) if isinstance(node, ast.Assign))
    for node in assignments:
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            for name, value in pairs:
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(value)
    return list(found.items())
