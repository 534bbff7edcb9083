"""A workbook of Open XML marked in its own package: styles, the marked sheets, their comments, one sheet more."""

from gansu_care.spreadsheets import limits

from .book import COMMENTS, STYLES, VML, Book, BookSheet, relation_attribute
from .comments import Comments, empty_comments, text_of
from .notes_drawing import with_boxes
from .orders import AUTHOR, Order
from .own_strings import OwnStrings
from .package import Package
from .problem_sheet import ProblemSheet
from .relations import Relation, Relations
from .sheet_frame import Area, area
from .sheet_marks import Drawing, mark_sheet
from .sheet_plan import Look, Plan, look_at, plan_for
from .styles import Styles
from .tags import root
from .threads import PERSONS, answered, introduce_us


def marked(data: bytes, order: Order, *, remarks: list[str], of_text_file: bool = False) -> bytes:
    """The workbook with what `order` says written into it, in place of an earlier marking.

    `remarks` stand above the list of problems. `of_text_file`: it was made of a file without types.
    """
    marking = _Marking(Book(Package(data)), order)
    if marking.book.without_signature():
        remarks = [*remarks, order.words["unsigned"]]
    marking.sheets()
    marking.list_of_problems(remarks, of_text_file)
    return marking.saved()


class _Marking:
    def __init__(self, book: Book, order: Order) -> None:
        self.book, self.package, self.order = book, book.package, order
        held = book.relations.find("styles")
        self.styles = Styles(self.package.read(held.part)) if held else Styles()
        self.strings = OwnStrings(self.package)
        self.own_part = ""

    def sheets(self) -> None:
        for sheet in self.book.sheets:
            wanted = self.order.sheet(sheet.name)
            if wanted is None and not self._may_be_marked(sheet):
                continue
            look = look_at(self.package, sheet.part, self.strings)
            if look.is_our_sheet:
                self.own_part = sheet.part
            else:
                plan = plan_for(wanted, look, self._tables(sheet)) if wanted else Plan(look)
                self._mark(sheet, plan)

    def _may_be_marked(self, sheet: BookSheet) -> bool:
        """Whether an earlier marking may have left something in a sheet that is not marked now."""
        held = Relations(self.package, sheet.part).find("comments")
        ours = held is not None and AUTHOR.encode() in self.package.read(held.part)
        return bool(ours or self.strings.any or self.styles.marked)

    def _tables(self, sheet: BookSheet) -> list[Area]:
        parts = [
            each.part for each in Relations(self.package, sheet.part).all if each.kind.endswith("/table")
        ]
        found = (area(root(self.package.read(part)).get("ref")) for part in parts if part in self.package)
        return [one for one in found if one]

    def _mark(self, sheet: BookSheet, plan: Plan) -> None:
        relations = Relations(self.package, sheet.part)
        drawing = self._comment(relations, plan)
        if plan or self.styles.marked or drawing.relation_id:
            mark_sheet(self.package, sheet.part, plan, self.styles, drawing)

    # --- comments

    def _comment(self, relations: Relations, plan: Plan) -> Drawing:
        """Write the comments of a sheet; how the sheet is to name their drawing, if it does not yet."""
        held = relations.find("comments")
        xml = self.package.read(held.part) if held else empty_comments(strict=self.book.strict)
        if not plan.notes and AUTHOR.encode() not in xml:
            return Drawing()
        comments = Comments(xml)
        new = comments.with_notes(plan.notes)
        self.package.put(self._part_of_comments(relations, held), new)
        self._answer(relations, plan)
        boxes = {place: text_of(plan.notes[place]) for place in comments.added}
        return self._draw(relations, plan.look, boxes, comments.removed)

    def _part_of_comments(self, relations: Relations, held: Relation | None) -> str:
        if held:
            return held.part
        part = self.package.free_name("xl/comments{}.xml")
        relations.add(f"{self.book.kind}/comments", part)
        self.book.add_type(part, COMMENTS)
        return part

    def _answer(self, relations: Relations, plan: Plan) -> None:
        held = relations.find("threadedComment")
        if held and answered(self.package, held.part, plan.notes, self.order.words["moment"]):
            added = introduce_us(self.package, self.book.relations)
            if added:
                self.book.add_type(added, PERSONS)

    def _draw(
        self, relations: Relations, look: Look, boxes: dict[tuple[int, int], str], gone: set[tuple[int, int]]
    ) -> Drawing:
        held = relations.by_id(look.drawing)
        if held and held.part in self.package:
            self.package.put(held.part, with_boxes(self.package.read(held.part), boxes, gone))
            return Drawing()
        if not boxes:
            return Drawing()
        part = self.package.free_name("xl/drawings/vmlDrawing{}.vml")
        self.package.put(part, with_boxes(None, boxes, ()))
        self.book.add_default("vml", VML)
        added = relations.add(f"{self.book.kind}/vmlDrawing", part)
        return Drawing(relation_attribute(look.root), added.id)

    # --- the end

    def list_of_problems(self, remarks: list[str], of_text_file: bool) -> None:
        if not self.own_part and len(self.book.sheets) >= limits.SHEETS:
            return  # with one more it could not be uploaded again
        part = self.own_part or self.book.add_sheet(self.order.words["title"])
        with self.package.rewriting(part) as out:
            ProblemSheet(self.order, remarks, self.book.namespace, of_text_file).write(out, self.styles)

    def saved(self) -> bytes:
        held = self.book.relations.find("styles")
        part = held.part if held else "xl/styles.xml"
        if held is None:
            self.book.relations.add(f"{self.book.kind}/styles", part)
            self.book.add_type(part, STYLES)
        self.package.put(part, self.styles.written())
        return self.package.saved()
