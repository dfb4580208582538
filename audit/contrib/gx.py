"""An expectation for Great Expectations that foots a table: import this module before a suite that names it.

`{"type": "expect_multicolumn_values_to_foot", "kwargs": {"column_list": ["closed", "resolved", "joined"]}}`: the first
column is the total of the others, row by row, within what rounding leaves open.
"""

from __future__ import annotations

from typing import Any, ClassVar

from great_expectations.execution_engine import (
    PandasExecutionEngine,
    SparkDFExecutionEngine,
    SqlAlchemyExecutionEngine,
)
from great_expectations.expectations.expectation import MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    MulticolumnMapMetricProvider,
    multicolumn_condition_partial,
)

from audit.contrib.footing import footed


class MulticolumnValuesFoot(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Whether the first of some columns is the sum of the others."""

    condition_metric_name = "multicolumn_values.foot"
    condition_domain_keys = ("batch_id", "table", "column_list", "row_condition", "condition_parser", "ignore_row_if")
    condition_value_keys = ("step",)

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(cls, column_list: Any, step: Any = None, **_: Any) -> Any:  # noqa: N805 (their decorator makes it so)
        import pandas as pd  # noqa: PLC0415

        names = list(column_list.columns)
        right, _computed = footed(column_list[names[0]], [column_list[name] for name in names[1:]], step)
        return pd.Series(right, index=column_list.index)

    @multicolumn_condition_partial(engine=SqlAlchemyExecutionEngine)  # type: ignore[untyped-decorator]
    def _sqlalchemy(cls, column_list: Any, step: Any = None, **_: Any) -> Any:  # noqa: N805
        import sqlalchemy as sa  # noqa: PLC0415

        total, *parts = column_list
        computed = parts[0]
        for part in parts[1:]:
            computed = computed + part
        allowance = float(step) * (len(parts) + 1) / 2 if step else 0
        return sa.func.abs(total - computed) <= allowance

    @multicolumn_condition_partial(engine=SparkDFExecutionEngine)  # type: ignore[untyped-decorator]
    def _spark(cls, column_list: Any, step: Any = None, **_: Any) -> Any:  # noqa: N805
        from pyspark.sql import functions  # noqa: PLC0415 (an extra)

        names = list(column_list.columns)
        computed = sum((functions.col(name) for name in names[2:]), functions.col(names[1]))
        allowance = float(step) * len(names) / 2 if step else 0
        return functions.abs(functions.col(names[0]) - computed) <= allowance


class ExpectMulticolumnValuesToFoot(MulticolumnMapExpectation):  # type: ignore[misc]
    """Expect the first column to be the sum of the others, within rounding."""

    column_list: list[str]
    step: float | str | None = None
    map_metric: ClassVar[str] = "multicolumn_values.foot"
    success_keys: ClassVar[tuple[str, ...]] = ("step", "mostly")
    args_keys: ClassVar[tuple[str, ...]] = ("column_list", "step")
