"""Drives the two readings of a date in the real program with keys, and reads the project afterwards."""

import os
import sqlite3
import subprocess
import sys
import tempfile

from driving import LIMIT, accessible_window, find, key, named, run, wait_for, write_settings

EMEND, EMENDCTL = sys.argv[1:3]

SCHEMA = """{"labels": [], "fields": [
  {"name": "issued", "title": "Issued", "type": "date", "order": "dmy"},
  {"name": "due", "title": "Due", "type": "date", "order": "dmy"},
  {"name": "seen", "title": "Seen", "type": "date", "order": "dmy", "blind": true}]}"""
VALUES = "file,field,value\n1.png,issued,09/02/2020\n1.png,due,10/02/2020\n1.png,seen,11/02/2020\n"


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def make_project(folder):
    picture = os.path.join(folder, "1.png")
    run("convert", "-size", "400x300", "xc:white", picture)
    project = os.path.join(folder, "dates.emend")
    run(EMENDCTL, "new", project, "--name", "Dates", "--reviewer", "Ada")
    run(EMENDCTL, "schema", project, "import", write(folder, "schema.json", SCHEMA), "--reviewer", "Ada")
    run(EMENDCTL, "add", project, picture, "--reviewer", "Ada")
    run(EMENDCTL, "import", project, write(folder, "values.csv", VALUES), "--format", "values", "--reviewer", "Ada")
    return project


def normal(project, field):
    """How the project says that the field's value is read; None while nobody has decided."""
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        row = database.execute("SELECT json_extract(value, '$.normal') FROM annotation WHERE label = ?", (field,)).fetchone()
        return row[0] if row else None


def entry(window, title):
    return find(window, lambda node: (node.name or "").startswith(title + ": ") and node.getRoleName() in ("text", "entry"))


def wait_for_focus(pyatspi, window, title):
    def has_focus():
        node = entry(window, title)
        return node is not None and node.getState().contains(pyatspi.STATE_FOCUSED)

    wait_for(title + " is asked", has_focus)


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


def drive(project):
    import pyatspi

    print("1..5", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for_focus(pyatspi, window, "Issued")
    wait_for("an offer of the other reading", lambda: named(window, "or 2 September 2020"))
    key("alt+d")
    wait_for("an offer of the reading before", lambda: named(window, "or 9 February 2020"))
    key("Return")
    wait_for("the other day in the project", lambda: normal(project, 1) == "2020-09-02")
    step(1, "Alt+D and Enter: the other reading of the same words is recorded")

    wait_for_focus(pyatspi, window, "Due")
    wait_for("the next date is read alike", lambda: named(window, "or 10 February 2020"))
    key("Return")
    wait_for("the next date in the project", lambda: normal(project, 2) == "2020-10-02")
    step(2, "another date of the document is read in the same order")

    wait_for_focus(pyatspi, window, "Seen")
    run("xdotool", "type", "11.2.2020")
    wait_for("the date typed blind is read alike", lambda: named(window, "or 11 February 2020"))
    key("Return")
    wait_for("the date typed blind", lambda: normal(project, 3) == "2020-11-02")
    step(3, "a date typed blind is compared with the proposal in the same order")

    key("ctrl+z", "ctrl+z", "ctrl+z")
    wait_for("nothing decided", lambda: [normal(project, field) for field in (1, 2, 3)] == [None, None, None])
    wait_for("the offer as at first", lambda: named(window, "or 2 September 2020"))
    step(4, "undo brings the reading of the field back")

    wait_for_focus(pyatspi, window, "Issued")
    key("Return")
    wait_for("the day as the field reads it", lambda: normal(project, 1) == "2020-02-09")
    step(5, "without Alt+D it is read as the field says")


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
