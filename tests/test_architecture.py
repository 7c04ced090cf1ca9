"""What the code may not grow into: forbidden names, oversized rooms, second ways."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.dated import Function, dated_comparisons

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("rehearsal", "scheduling", "support", "voice", "webhooks")
FORBIDDEN_MODULES = {"utils", "helpers", "common", "core", "misc", "base"}
FORBIDDEN_SUFFIXES = ("Manager", "Helper", "Handler", "Processor", "Factory")
LONGEST_FILE = 500
USUAL_FILE = 300
"""Lines that nine files of ten keep to."""
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 6


def modules(*roots: str) -> Iterator[tuple[Path, ast.Module]]:
    for root in roots:
        yield from parsed(root)


@cache
def parsed(root: str) -> list[tuple[Path, ast.Module]]:
    """Every module under that folder, read once for all tests."""
    return [
        (path.relative_to(ROOT), ast.parse(path.read_text(), str(path)))
        for path in sorted((ROOT / root).rglob("*.py"))
        if "versions" not in path.parts
    ]


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


@cache
def calls(tree: ast.AST) -> list[tuple[ast.Call, str]]:
    return [(node, ast.unparse(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def none(found: Iterable[str]) -> None:
    faults = list(found)
    assert not faults, "\n".join(faults)


def test_no_module_is_named_after_nothing() -> None:
    none(
        str(path)
        for path, _ in modules(*PACKAGES, "tests", "benchmarks")
        if FORBIDDEN_MODULES & {part.removesuffix(".py") for part in path.parts}
    )


def test_classes_are_named_for_what_they_are() -> None:
    none(
        f"{path}: {node.name}"
        for path, tree in modules(*PACKAGES, "tests", "benchmarks")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        and (
            node.name.endswith(FORBIDDEN_SUFFIXES)
            or (node.name.endswith("Service") and node.name not in {"Service", "UnknownService"})
        )
    )


def test_a_package_file_holds_one_docstring_and_no_code() -> None:
    none(
        str(path)
        for path, tree in modules(*PACKAGES)
        if path.name == "__init__.py"
        and not (len(tree.body) == 1 and ast.get_docstring(tree) is not None)
    )


def test_every_module_and_class_states_a_fact() -> None:
    for path, tree in modules(*PACKAGES):
        assert ast.get_docstring(tree), f"{path} says nothing of itself"
        none(
            f"{path}: {node.name}"
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        )


def test_a_file_is_one_room() -> None:
    none(
        f"{path}: {lines} lines"
        for path, _ in modules(*PACKAGES, "tests", "benchmarks")
        if (lines := len((ROOT / path).read_text().splitlines())) > LONGEST_FILE
    )


def test_nine_files_of_ten_are_short() -> None:
    lengths = [
        len((ROOT / path).read_text().splitlines())
        for path, _ in modules(*PACKAGES, "tests", "benchmarks")
    ]
    assert sum(length > USUAL_FILE for length in lengths) <= len(lengths) / 10


def test_a_function_fits_on_a_screen() -> None:
    none(
        f"{path}: {function.name} has {lines} lines"
        for path, tree in modules(*PACKAGES, "tests", "benchmarks")
        for function in functions(tree)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    )


def test_a_function_takes_few_things() -> None:
    none(
        f"{path}: {function.name}"
        for path, tree in modules(*PACKAGES)
        for function in functions(tree)
        if len(parameters(function)) > MOST_PARAMETERS
    )


def parameters(function: Function) -> list[str]:
    given = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return [argument.arg for argument in given if argument.arg not in {"self", "cls"}]


def test_only_the_command_prints() -> None:
    none(
        f"{path}:{node.lineno}"
        for path, tree in modules(*PACKAGES)
        if path != Path("webhooks/__main__.py")
        for node, name in calls(tree)
        if name == "print"
    )


def test_nothing_is_opened_when_a_module_is_imported() -> None:
    opened = {"create_engine", "create_async_engine", "Settings", "AsyncOpenAI", "AsyncClient"}
    none(
        f"{path}:{node.lineno} {name}"
        for path, tree in modules(*PACKAGES)
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
        for node, name in calls(statement)
        if name.rsplit(".", 1)[-1] in opened
    )


def test_no_failure_is_swallowed_unseen() -> None:
    none(
        f"{path}:{node.lineno}"
        for path, tree in modules(*PACKAGES)
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
        and all(isinstance(step, ast.Pass | ast.Continue) for step in node.body)
    )


def test_only_the_store_opens_the_database_and_ends_its_transactions() -> None:
    none(
        f"{path}:{node.lineno} {name}"
        for path, tree in modules(*PACKAGES)
        if path.parent != Path("webhooks/migrations") and path.stem != "store"
        for node, name in calls(tree)
        if name.rsplit(".", 1)[-1] in {"create_engine", "commit"} or name == "sqlite3.connect"
    )


def test_the_environment_is_read_in_one_place() -> None:
    none(
        f"{path}:{node.lineno}"
        for path, tree in modules(*PACKAGES)
        if path != Path("webhooks/settings.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and ast.unparse(node) in {"os.environ", "os.getenv", "os.environb"}
    )


def test_the_domain_asks_one_clock() -> None:
    """The store's clock carries the rehearsal shift; the machine's own would miss it."""
    wall = {"datetime.now", "datetime.utcnow", "datetime.datetime.now", "date.today", "time.time"}
    none(
        f"{path}:{node.lineno} {name}"
        for path, tree in modules("scheduling", "support", "voice")
        if path != Path("scheduling/clock.py")
        for node, name in calls(tree)
        if name in wall
    )


def test_a_protocol_has_more_than_one_implementation() -> None:
    bases: dict[str, Path] = {}
    children: dict[str, int] = {}
    for path, tree in modules(*PACKAGES):
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef):
                continue
            names = [ast.unparse(base).split("[")[0] for base in node.bases]
            if {"ABC", "Protocol"} & {name.rsplit(".", 1)[-1] for name in names}:
                bases[node.name] = path
            for name in names:
                children[name] = children.get(name, 0) + 1
    none(f"{path}: {name}" for name, path in bases.items() if children.get(name, 0) < 2)


def test_tests_wait_for_states_and_never_for_time() -> None:
    none(
        f"{path}:{node.lineno}"
        for path, tree in modules("tests")
        for node, name in calls(tree)
        if name in {"time.sleep", "asyncio.sleep"} and ast.unparse(node.args[0]) != "0"
    )


def test_tests_carry_no_stopwatch() -> None:
    """How fast it is belongs to the benchmarks; what hangs is ended by pytest's own timeout."""
    watches = {"perf_counter", "monotonic", "process_time", "thread_time"}
    waits = {"asyncio.timeout", "asyncio.timeout_at", "asyncio.wait_for"}
    none(
        f"{path}:{node.lineno} {name}"
        for path, tree in modules("tests")
        for node, name in calls(tree)
        if name.rsplit(".", 1)[-1].removesuffix("_ns") in watches or name in waits
    )


def test_no_test_compares_the_machines_clock_with_a_constant() -> None:
    none(
        f"{path}:{comparison.lineno} {ast.unparse(comparison)}"
        for path, tree in modules("tests")
        for function in functions(tree)
        for comparison in dated_comparisons(function)
    )


@pytest.mark.parametrize(
    ("comparison", "dated"),
    [
        ("await fresh.current_time() < NOW", True),
        ("told < limit", True),
        ("datetime.now(UTC) < datetime(2027, 1, 1)", True),
        ("time.time() > 1_795_000_000", True),
        ("told.isoformat() < '2027-01-01'", True),
        ("await store.current_time() < NOW", False),  # the fixture has started its clock
        ("abs(told - time.time()) < timedelta(minutes=1)", False),
    ],
)
def test_a_comparison_with_a_day_that_will_pass_is_found(comparison: str, dated: bool) -> None:
    source = f"""
async def test_dated(store):
    async with Store.open(address) as fresh:
        limit, told = NOW + timedelta(days=9), await fresh.current_time()
        assert {comparison}
"""
    (function,) = functions(ast.parse(source))
    assert bool(dated_comparisons(function)) == dated


def test_tests_use_our_own_code_as_it_is() -> None:
    none(
        str(path)
        for path, tree in modules("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("unittest.mock")
    )
