"""Draws the columns of a table over the page in the real program, with keys and pointer, and reads the project afterwards.

The documents are two invoices of one company from the sample, whose truth says what stands in their tables.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from driving import LIMIT, accessible_window, find, key, named, place_of_active_window, run, wait_for, \
    write_settings

EMEND, EMENDCTL = sys.argv[1:3]
SAMPLE = os.environ["EMEND_SAMPLE_DOCUMENTS"]
SCHEMA = os.environ["DOCUMENTS_SCHEMA"]
NAMES = ("04-statement.pdf", "15-statement.pdf")
PAGE = (595.28, 841.89)  # A4 in points; all places here are points of the page


def make_project(folder):
    project = os.path.join(folder, "bills.emend")
    papers = [shutil.copy(os.path.join(SAMPLE, "papers", name), folder) for name in NAMES]
    run(EMENDCTL, "new", project, "--name", "Bills", "--reviewer", "Ada")
    run(EMENDCTL, "schema", project, "import", SCHEMA, "--reviewer", "Ada")
    run(EMENDCTL, "add", project, *papers, "--reviewer", "Ada")
    return project


def ask(project, question, *values):
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        return database.execute(question, values).fetchall()


CELL = "json_extract(%s.value, '$.row'), json_extract(%s.value, '$.column'), json_extract(%s.value, '$.normal')" % (("a",) * 3)
TABLE = 12  # number of the field "lines" in the sample's schema


def filled(project, name):
    """What a person decided of the table: {(row, column): (verdict, normalised value)}."""
    rows = ask(
        project,
        "SELECT a.verdict, " + CELL + " FROM annotation a JOIN item i ON i.id = a.item WHERE i.path LIKE ? AND a.label = ?",
        "%" + name, TABLE)
    return {(row, column): (verdict, normal) for verdict, row, column, normal in rows}


def truth(name, *left_out):
    rows = ask(
        os.path.join(SAMPLE, "documents.emend"),
        "SELECT " + CELL + " FROM proposal a JOIN item i ON i.id = a.item JOIN run r ON r.id = a.id >> 32 "
        "WHERE i.path LIKE ? AND a.label = ? AND r.role = 1",
        "%" + name, TABLE)
    return {(row, column): (4, normal) for row, column, normal in rows if column not in left_out}


def n_events(project):
    return ask(project, "SELECT count(*) FROM event")[0][0]


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


class Pointer:
    """Where a place of the page is on the screen, as long as the whole page is shown."""

    def __init__(self, pyatspi, window, name):
        canvas = wait_for("the canvas", lambda: find(
            window, lambda node: node.getRoleName() in ("image", "icon") and name in (node.name or "")))
        box = canvas.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        left, top = place_of_active_window()
        self.scale = min(box.width * 0.96 / PAGE[0], box.height * 0.96 / PAGE[1])
        self.x = left + box.x + box.width / 2 - self.scale * PAGE[0] / 2
        self.y = top + box.y + box.height / 2 - self.scale * PAGE[1] / 2

    def move(self, x, y):
        run("xdotool", "mousemove", str(round(self.x + self.scale * x)), str(round(self.y + self.scale * y)))

    def drag(self, *places):
        self.move(*places[0])
        run("xdotool", "mousedown", "1")
        for (x1, y1), (x2, y2) in zip(places, places[1:]):
            for part in (0.25, 0.5, 0.75, 1):
                self.move(x1 + (x2 - x1) * part, y1 + (y2 - y1) * part)
        run("xdotool", "mouseup", "1")


def begin(window, text):
    key("F7")
    wait_for(text, lambda: named(window, text))


def is_asked(pyatspi, window):
    """Whether an entry of the form has the focus."""
    return find(window, lambda node: node.getRoleName() in ("text", "entry") and node.getState().contains(pyatspi.STATE_FOCUSED))


def drive(project):
    import pyatspi

    print("1..8", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for("a field is asked", lambda: is_asked(pyatspi, window))
    wait_for("the columns of the table", lambda: named(window, "Draw the columns over the page"))
    begin(window, "6 rows are filled · 4 columns")
    step(1, "the table is found by its heading, and its columns by the white between the words")

    key("Delete")
    wait_for("a line less", lambda: named(window, "6 rows are filled · 3 columns"))
    key("Up")
    wait_for("a row less", lambda: named(window, "5 rows are filled"))
    key("Escape")
    wait_for("the form again", lambda: is_asked(pyatspi, window))
    if filled(project, NAMES[0]):
        raise AssertionError("something was decided although it was left")
    step(2, "Escape leaves the table as it was")

    begin(window, "6 rows are filled")
    pointer = Pointer(pyatspi, window, NAMES[0])
    pointer.drag((30, 448), (565, 355))
    wait_for("the rows that were drawn", lambda: named(window, "4 rows are filled · 4 columns"))
    pointer.drag((100, 400), (101, 400))
    wait_for("a new line", lambda: named(window, "Column 2"))
    pointer.drag((101, 400), (101, 600))
    wait_for("it is gone", lambda: named(window, "4 rows are filled · 4 columns"))
    key("Escape")
    step(3, "a drag draws another table, a press a line, and a line that is dragged out is gone")

    wait_for("the form again", lambda: is_asked(pyatspi, window))
    begin(window, "6 rows are filled · 4 columns")
    key("Tab", "0")
    wait_for("a column left out", lambda: named(window, "6 rows are filled · 3 columns"))
    before = n_events(project)
    key("Return")
    wait_for("all cells", lambda: len(filled(project, NAMES[0])) == 18)
    if filled(project, NAMES[0]) != truth(NAMES[0], "unit"):
        raise AssertionError("the cells are not what the truth says: %r" % filled(project, NAMES[0]))
    if n_events(project) != before + 1:
        raise AssertionError("it was not one step")
    step(4, "Enter fills the table as it is printed, in one step")

    key("ctrl+z")
    wait_for("nothing", lambda: not filled(project, NAMES[0]))
    key("ctrl+shift+z")
    wait_for("all again", lambda: filled(project, NAMES[0]) == truth(NAMES[0], "unit"))
    step(5, "it is undone and done again as one")

    key("ctrl+Next")
    wait_for("the next document", lambda: named(window, NAMES[1]))
    wait_for("a field is asked", lambda: is_asked(pyatspi, window))
    begin(window, "4 rows are filled · 3 columns")
    key("Return")
    wait_for("the next table", lambda: filled(project, NAMES[1]) == truth(NAMES[1], "unit"))
    step(6, "the lines of the last table take the next one with F7 and Enter")

    wait_for("a field is asked", lambda: is_asked(pyatspi, window))
    begin(window, "Nothing to fill")
    key("Tab", "3")
    wait_for("what is not decided", lambda: named(window, "4 rows are filled · 1 column"))
    key("Return")
    wait_for("the column", lambda: filled(project, NAMES[1]) == truth(NAMES[1]))
    step(7, "what is decided stays, and what is not is filled")

    saved = json.loads(ask(project, "SELECT value FROM setting WHERE key = ?", "grid-%d" % TABLE)[0][0])
    if saved["columns"] != ["description", "quantity", "unit", "amount"] or len(saved["lines"]) != 3:
        raise AssertionError("the lines are not remembered: %r" % saved)
    step(8, "the lines are remembered in the project")


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_settings(folder, reviewer="Ada", width=1200, height=740, follow="false")
        work = os.path.join(folder, "work")
        os.mkdir(work)
        project = make_project(work)
        program = subprocess.Popen([EMEND, project])
        try:
            drive(project)
        finally:
            key("ctrl+q")
            program.wait(timeout=LIMIT)
        if program.returncode != 0:
            raise AssertionError("the program ended with %d" % program.returncode)
        checked = run(EMENDCTL, "check", project, "--rebuild")
        print("# " + checked.strip().replace("\n", "\n# "))


main()
