"""Files, functions and parameter lists stay small enough to be read at once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "audit").rglob("*.py"))
LINES, FUNCTION, PARAMETERS = 300, 50, 6


@pytest.mark.parametrize("name", FILES)
def test_a_file_its_functions_and_their_parameters_are_small(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        assert (node.end_lineno or node.lineno) - node.lineno < FUNCTION, node.name
        if not name.startswith("audit/cli/"):  # a command has a parameter per option
            arguments = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
            assert len([a for a in arguments if a not in ("self", "cls")]) <= PARAMETERS, node.name
