"""The structure of a PDF for screen readers: headings, paragraphs, lists and tables, nested.

fpdf2 writes a structure tree, but only a flat one, for pictures. This fills it with elements inside
one another (a row in a table, a cell in a row), and lets one element go over the end of a page.
Not for: drawing (`paper`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFArray, PDFObject


class _Element(StructElem):
    """An element with attributes: `a` is written as /A."""

    def __init__(self, role: str, parent: PDFObject, page: PDFObject, number: int) -> None:
        super().__init__(f"/{role}", parent, [], page_number=number)
        self.pg: Any = page
        self.a = "<</O /Table /Scope /Row>>" if role == "TH" else None


class Tags(StructureTreeBuilder):
    """The elements of one document. Those that are open stand one inside the other."""

    def __init__(self) -> None:
        super().__init__()
        self._open: list[StructElem] = [self.doc_struct_elem]

    @property
    def inside(self) -> bool:
        """Whether an element is open."""
        return len(self._open) > 1

    def start(self, role: str, page: PDFObject, number: int) -> None:
        """Opens an element, inside the one that is open. number: of its page, from 1."""
        parent = self._open[-1]
        element = _Element(role, parent, page, number)
        parent.k.append(element)
        self._open.append(element)

    def end(self) -> None:
        self._open.pop()

    def piece(self, page: PDFObject, number: int) -> tuple[int, int]:
        """A piece of drawing in the open element: its number on this page, and the page's here.

        A second piece, on the next page, makes the element hold both.
        """
        element = self._open[-1]
        if element.k and isinstance(element.k[0], int):
            self._move_into_a_part(element)
        if element.k:
            element = self._part(element, page, number)
        return self._add(element, number)

    def _part(self, whole: StructElem, page: PDFObject, number: int) -> StructElem:
        part = _Element("Span", whole, page, number)
        whole.k.append(part)
        return part

    def _move_into_a_part(self, whole: StructElem) -> None:
        (piece,) = whole.k
        number = whole.page_number() or 1
        page: Any = whole.pg
        whole.k = PDFArray()
        part = self._part(whole, page, number)
        part.k.append(piece)
        self._pieces(number)[piece] = part

    def _add(self, element: StructElem, number: int) -> tuple[int, int]:
        pieces = self._pieces(number)
        element.k.append(len(pieces))
        pieces.append(element)
        return len(pieces) - 1, self.spid_per_page_number[number]

    def _pieces(self, number: int) -> list[PDFObject]:
        """The elements of a page's pieces, in the order of their numbers."""
        key = self.spid_per_page_number.setdefault(number, len(self.spid_per_page_number))
        return self.struct_tree_root.parent_tree.nums[key]

    def __iter__(self) -> Iterator[PDFObject]:
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from _inside(self.doc_struct_elem)


def _inside(element: StructElem) -> Iterator[PDFObject]:
    for kid in element.k:
        if isinstance(kid, StructElem):
            yield kid
            yield from _inside(kid)
