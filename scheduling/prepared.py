"""Statements of every turn: compiled once, and run by the database's driver itself.

SQLAlchemy brings some hundred calls of Python to a statement that SQLite answers in two
microseconds. In a server that goes through much other code between two turns these come from cold
memory: twenty statements were a quarter of a turn's processor time.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnDefault, Connection, Delete, Insert, Select, TextualSelect, Update
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import MultipleResultsFound, NoResultFound
from sqlalchemy.sql import Executable

from scheduling.database import driver_errors

Statement = Select[Any] | TextualSelect | Insert | Update | Delete
Parameters = Mapping[str, Any]
Convert = Callable[[Any], Any] | None


class Bind(NamedTuple):
    """Where a placeholder's value comes from."""

    name: str
    place: int | None
    """In the list of that name; None: it is no list."""
    convert: Convert


class Plan(NamedTuple):
    """A statement as the driver takes it, and what becomes of values on their way."""

    sql: str
    binds: tuple[Bind, ...]
    lists: tuple[str, ...]
    """The parameters that are bound as so many values (`expanding`), empty ones among them."""
    fixed: dict[str, Any]
    """Values that belong to the statement itself."""
    row: Callable[[Iterable[Any]], Any] | None
    """None where no rows are asked for."""
    columns: tuple[Convert, ...]
    """Of the rows; empty where all values stay as they are."""

    def values(self, given: Parameters) -> list[Any]:
        """What is bound, in order."""
        bound = []
        for name, place, convert in self.binds:
            value = given[name] if name in given else self.fixed[name]
            if place is not None:
                value = value[place]
            bound.append(value if convert is None else convert(value))
        return bound

    def rows(self, cursor: Any) -> list[Any]:
        """Rows with names, their values as Python has them."""
        row = self.row
        if row is None:
            return []
        found: list[Sequence[Any]] = cursor.fetchall()
        if not self.columns:
            return [row(each) for each in found]
        return [
            row(
                value if convert is None else convert(value)
                for value, convert in zip(each, self.columns, strict=True)
            )
            for each in found
        ]


class Rows:
    """What a statement brought, with those methods of SQLAlchemy's results that are used here."""

    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """Every row."""
        return self._rows

    def first(self) -> Any:
        """The first row; None without any."""
        return self._rows[0] if self._rows else None

    def one_or_none(self) -> Any:
        """The only row, or None; more are a mistake."""
        if len(self._rows) > 1:
            raise MultipleResultsFound("more than one row")
        return self.first()

    def one(self) -> Any:
        """The only row; none is a mistake."""
        if not self._rows:
            raise NoResultFound("no row")
        return self.one_or_none()

    def scalar_one(self) -> Any:
        """The first column of the only row."""
        return self.one()[0]

    def scalar_one_or_none(self) -> Any:
        """The same, or None."""
        row = self.one_or_none()
        return None if row is None else row[0]

    def scalars(self) -> Rows:
        """First columns in place of rows."""
        return Rows([row[0] for row in self._rows])


class Prepared(Executable):
    """Stands for its statement wherever a connection executes one."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        self._inserts = isinstance(statement, Insert)
        self._lists: tuple[str, ...] = ()
        """Whose lengths its plan depends on; known once it ran."""
        self._plans: dict[tuple[Any, ...], Plan] = {}

    def _execute_on_connection(
        self, connection: Connection, parameters: Sequence[Parameters], _options: Any
    ) -> Any:
        """What `Connection.execute` asks of whatever is given to it."""
        given = parameters[0] if parameters else {}
        kind = connection.dialect.name
        plan = self._plans.get((kind, *self._shape(given)))
        if plan is None:
            plan = plan_of(self.statement, connection.dialect, given)
            self._lists = plan.lists
            self._plans[kind, *self._shape(given)] = plan
        if not connection.in_transaction():
            connection.begin()
        driver: Any = connection.connection.driver_connection
        with driver_errors(connection, plan.sql):
            cursor = driver.cursor()
            if len(parameters) > 1 and plan.row is None:
                cursor.executemany(plan.sql, [plan.values(each) for each in parameters])
                return Rows([])
            rows = []
            for each in parameters or ({},):
                cursor.execute(plan.sql, plan.values(each))
                rows += plan.rows(cursor)
            return Rows(rows)

    def _shape(self, given: Parameters) -> tuple[Any, ...]:
        """What its plan depends on: the columns of an insert, the lengths of lists."""
        if self._inserts:
            return tuple(given)
        return tuple(len(given[name]) for name in self._lists)


def prepare(statement: Statement) -> Executable:
    """The statement, to be executed often."""
    return Prepared(statement)


def plan_of(statement: Statement, dialect: Dialect, given: Parameters) -> Plan:
    """Compiled for parameters like these: an insert for its columns, all others for their lists."""
    inserts = isinstance(statement, Insert)
    columns = list(statement.exported_columns)
    compiled = statement.compile(
        dialect=dialect,
        column_keys=list(given) if inserts else None,
        for_executemany=not columns,  # PostgreSQL would be asked for the new row's id, unasked
    )
    state = compiled.construct_expanded_state(given, escape_names=False)
    lists = tuple(whole for whole in state.parameter_expansion if whole in given)
    in_lists = {
        name: (whole, place)
        for whole in lists
        for place, name in enumerate(state.parameter_expansion[whole])
    }

    def bind(name: str) -> Bind:
        whole, place = in_lists.get(name, (name, None))
        if whole not in compiled.binds:  # one of a list that is the statement's own
            return Bind(name, None, None)
        kind = compiled.binds[whole].type.dialect_impl(dialect)
        return Bind(whole, place, kind.bind_processor(dialect))

    own = {name: value for name, value in state.parameters.items() if name not in given}
    to_python = [
        each.type.dialect_impl(dialect).result_processor(dialect, None) for each in columns
    ]
    return Plan(
        sql=state.statement,
        binds=tuple(bind(name) for name in state.positiontup or ()),
        lists=lists,
        fixed=own | _defaults(compiled),
        row=_row_of([each.key or "" for each in columns]) if columns else None,
        columns=tuple(to_python) if any(to_python) else (),
    )


def _defaults(compiled: Any) -> dict[str, Any]:
    """What an insert puts into columns that it was given nothing for."""
    defaults = {}
    for column in compiled.insert_prefetch:
        if not isinstance(column.default, ColumnDefault) or not column.default.is_scalar:
            raise ValueError(f"{column} needs a value: only SQLAlchemy knows what it is by default")
        defaults[column.key] = column.default.arg
    return defaults


def _row_of(names: Iterable[str]) -> Callable[[Iterable[Any]], Any]:
    """A maker of rows; a column without a name has its place for one."""
    named: Callable[..., Any] = namedtuple
    made: Callable[[Iterable[Any]], Any] = named("Row", list(names), rename=True)._make
    return made
