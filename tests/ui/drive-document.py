"""Drives the form of a document in the real program with keys and pointer, and reads the project afterwards.

The receipts are drawn here, and read by Tesseract in the program itself.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile

from driving import LIMIT, accessible_window, find, items, key, named, named_anywhere, place_of_active_window, run, \
    wait_for, write_settings

EMEND, EMENDCTL = sys.argv[1:3]
SIZE = (700, 900)
N_DOCUMENTS = 8  # more than are read ahead
WORD = (293, 369)  # the middle of the amount that is wanted, in pixels of the picture


def draw(path, number, total):
    lines = ["ACME TRADING", "12 MAIN STREET", "Receipt %d" % number, "Date: 1%d/03/2021" % number, "Subtotal  88.10"]
    command = ["convert", "-size", "%dx%d" % SIZE, "xc:white", "-fill", "black", "-font", "DejaVu-Sans", "-pointsize", "34"]
    for index, line in enumerate(lines):
        command += ["-annotate", "+80+%d" % (100 + 70 * index), line]
    command += ["-annotate", "+80+650", "Total due:", "-annotate", "+360+650", total, path]
    run(*command)


def make_project(folder):
    pictures = [os.path.join(folder, "%d.png" % number) for number in range(1, N_DOCUMENTS + 1)]
    for number, picture in enumerate(pictures, 1):
        draw(picture, number, "93.40" if number == 1 else "71.25")
    schema = {
        "labels": [],
        "fields": [
            {"name": "company", "title": "Company", "type": "text"},
            {"name": "date", "title": "Date", "type": "date", "order": "dmy", "required": True},
            {"name": "total", "title": "Total", "type": "amount", "required": True},
            {"name": "note", "title": "Note", "type": "text"},
        ],
    }
    path = os.path.join(folder, "schema.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(schema, file)
    project = os.path.join(folder, "receipts.emend")
    run(EMENDCTL, "new", project, "--name", "Receipts", "--reviewer", "Ada")
    run(EMENDCTL, "schema", project, "import", path, "--reviewer", "Ada")
    run(EMENDCTL, "add", project, *pictures, "--reviewer", "Ada")
    return project


def values(project):
    """What the project says of the first document: field number, verdict and value, as SQLite reads it."""
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        rows = database.execute("SELECT label, verdict, json_extract(value, '$.value'), json_extract(value, '$.normal') FROM annotation WHERE item = 1")
        return {row[0]: row[1:] for row in rows}


def n_proposals(project, item):
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        return database.execute("SELECT count(DISTINCT label) FROM proposal WHERE item = ?", (item,)).fetchone()[0]


def n_learned(project):
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        return database.execute("SELECT count(*) FROM learned").fetchone()[0]


def n_read(project):
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        return database.execute("SELECT count(DISTINCT sha256) FROM words").fetchone()[0]


def entry(window, title):
    return find(window, lambda node: (node.name or "").startswith(title + ": ") and node.getRoleName() in ("text", "entry"))


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


def click_word(pyatspi, window):
    canvas = wait_for("the canvas", lambda: find(window, lambda node: node.getRoleName() in ("image", "icon") and "1.png" in (node.name or "")))
    box = canvas.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    left, top = place_of_active_window()
    scale = min(box.width * 0.96 / SIZE[0], box.height * 0.96 / SIZE[1])
    x = left + box.x + box.width / 2 + (WORD[0] - SIZE[0] / 2) * scale
    y = top + box.y + box.height / 2 + (WORD[1] - SIZE[1] / 2) * scale
    run("xdotool", "mousemove", str(int(x)), str(int(y)), "click", "1")


def focus_is(pyatspi, window, title):
    node = entry(window, title)
    return node is not None and node.getState().contains(pyatspi.STATE_FOCUSED)


def text_of(window, title):
    node = entry(window, title)
    if node is None:
        return None
    text = node.queryText()
    return text.getText(0, text.characterCount)


def drive(project):
    import pyatspi

    print("1..12", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for("what the rules of the types find on the page", lambda: n_proposals(project, 1) >= 2)
    wait_for("the date in its entry", lambda: text_of(window, "Date") == "11/03/2021")
    step(1, "a page is read in the background, and the types' rules propose")

    # Company is there or not, as the rules see it; it is typed. With openbox, keys go to the window that is active.
    wait_for("the first entry has the focus", lambda: focus_is(pyatspi, window, "Company"))
    key("ctrl+a")
    run("xdotool", "type", "ACME Trading")
    key("Return")
    wait_for("the typed company", lambda: values(project).get(1, (0, ""))[1] == "ACME Trading")
    step(2, "typing and Enter records a value")

    wait_for("the next that needs a person", lambda: focus_is(pyatspi, window, "Date"))
    key("Return")
    wait_for("the date accepted", lambda: values(project).get(2) == (1, "11/03/2021", "2021-03-11"))
    step(3, "Enter accepts what is proposed, and it is normalised")

    wait_for("the total is asked", lambda: focus_is(pyatspi, window, "Total"))
    key("ctrl+a")
    run("xdotool", "type", "nonsense")
    key("Return")
    wait_for("a sentence that says what is wrong", lambda: named(window, "cannot be read as"))
    key("Escape")
    step(4, "what cannot be read as the type is not recorded without a reason")

    click_word(pyatspi, window)
    wait_for("the word in the entry", lambda: text_of(window, "Total") == "88.10")
    key("Return")
    wait_for("the total", lambda: values(project).get(3, (0, "", ""))[2] == "88.10")
    step(5, "a click on a word fills the field")

    wait_for("the note is asked", lambda: focus_is(pyatspi, window, "Note"))
    key("ctrl+b")
    wait_for("the note absent", lambda: values(project).get(4, (0,))[0] == 5)
    key("ctrl+z")
    wait_for("the note undone", lambda: 4 not in values(project))
    key("ctrl+u")
    wait_for("the note illegible", lambda: values(project).get(4, (0,))[0] == 6)
    step(6, "Ctrl+B, Ctrl+Z and Ctrl+U")

    key("ctrl+Return")
    wait_for("the document done", lambda: items(EMENDCTL, project)[0]["reading"] == "done")
    wait_for("the next document", lambda: named(window, "2.png"))
    step(7, "Ctrl+Enter: the document is done, and the next one opens")

    wait_for("proposals for the next document", lambda: n_proposals(project, 2) >= 2)
    wait_for("its date in the entry", lambda: text_of(window, "Date") == "12/03/2021")
    step(8, "the next document has its proposals")

    for title in ("Company", "Date", "Total", "Note"):
        wait_for(title + " is asked", lambda: focus_is(pyatspi, window, title))
        key("Return")
    wait_for("all fields decided", lambda: named(window, "All fields decided"))
    key("ctrl+Return")
    wait_for("the second document done", lambda: items(EMENDCTL, project)[1]["reading"] == "done")
    step(9, "a document whose proposals are right takes four times Enter and Ctrl+Enter")

    if n_read(project) == N_DOCUMENTS:
        raise AssertionError("all documents were read before it was asked for")
    key("F10")
    wait_for("the menu", lambda: named(window, "Read All Pages")).queryAction().doAction(0)
    wait_for("all documents in the project", lambda: n_read(project) == N_DOCUMENTS)
    step(10, "all pages of the project are read when it is asked for")

    key("F10")
    wait_for("the menu", lambda: named(window, "What Was Learned")).queryAction().doAction(0)
    wait_for("what was learned", lambda: named_anywhere(pyatspi, "Learned from 2 documents that were done."))
    wait_for("that it is too early", lambda: named_anywhere(pyatspi, "Still learning: 2 of 30 documents"))
    key("Escape")
    step(11, "what was learned is told, and that it is too little to rely on")

    if n_learned(project) != 1:
        raise AssertionError("what was learned is not in the project")
    for number in (2, 1):
        key("ctrl+Prior")
        wait_for("the document before", lambda: named(window, "%d.png" % number))
        named(window, "View")[0].queryAction().doAction(0)
        wait_for("the menu", lambda: named(window, "Item Is Not Done After All")).queryAction().doAction(0)
        wait_for("it is open again", lambda: items(EMENDCTL, project)[number - 1]["reading"] == "open")
    wait_for("nothing learned any more", lambda: n_learned(project) == 0)
    step(12, "what is no longer done is forgotten")


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
