"""Source as mutmut can mutate it: the same program, with no rule out of its reach.

mutmut leaves decorated functions and everything at a module's top level alone. In the copy,
`@property def x` becomes `def x` and `x = property(x)`, and a lambda in a table becomes a function.
Not for: drawing or running mutants (`running`).
"""

from __future__ import annotations

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

_WRAPPERS = frozenset({"property", "cached_property", "cache"})
_OF_LAMBDA = "_lambda_at_"


def plain(source: str) -> str:
    """The source with wrappers and the lambdas of tables as plain functions."""
    return MetadataWrapper(cst.parse_module(source)).visit(_Plain()).code


def line_of_lambda(function: str) -> int | None:
    """The line on which a lambda stood, from the name of its function; None for other functions."""
    found = function.removeprefix(_OF_LAMBDA)
    return int(found.split("_")[0]) if found != function else None


class _Plain(cst.CSTTransformer):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self._inside = 0  # how many functions and classes deep
        self._functions: list[cst.FunctionDef] = []  # made of the lambdas of this statement

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        self._inside += 1

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef | cst.FlattenSentinel[cst.BaseStatement]:
        self._inside -= 1
        if len(updated_node.decorators) != 1:
            return updated_node
        wrapper = updated_node.decorators[0].decorator
        if not isinstance(wrapper, cst.Name) or wrapper.value not in _WRAPPERS:
            return updated_node
        name = updated_node.name.value
        wrapped = cst.parse_statement(f"{name} = {wrapper.value}({name})")
        return cst.FlattenSentinel([updated_node.with_changes(decorators=[]), wrapped])

    def visit_ClassDef(self, node: cst.ClassDef) -> None:
        self._inside += 1

    def leave_ClassDef(
        self, original_node: cst.ClassDef, updated_node: cst.ClassDef
    ) -> cst.ClassDef:
        self._inside -= 1
        return updated_node

    def leave_Lambda(
        self, original_node: cst.Lambda, updated_node: cst.Lambda
    ) -> cst.BaseExpression:
        if self._inside:
            return updated_node
        start = self.get_metadata(PositionProvider, original_node).start
        name = f"{_OF_LAMBDA}{start.line}_{start.column}"
        function = cst.FunctionDef(
            name=cst.Name(name),
            params=updated_node.params,
            body=cst.IndentedBlock(
                [cst.SimpleStatementLine([cst.Return(updated_node.body)])],
            ),
        )
        self._functions.append(function)
        return cst.Name(name)

    def leave_SimpleStatementLine(
        self,
        original_node: cst.SimpleStatementLine,
        updated_node: cst.SimpleStatementLine,
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.BaseStatement]:
        if self._inside or not self._functions:
            return updated_node
        functions, self._functions = self._functions, []
        return cst.FlattenSentinel([*functions, updated_node])
