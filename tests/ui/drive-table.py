"""Drives the rows of a table in the real program with keys and their menu, and reads the project and its exports."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

from driving import LIMIT, accessible_window, find, items, key, named, run, wait_for, write_settings

EMEND, EMENDCTL = sys.argv[1:3]
REJECTED = 3
SCHEMA = """{"labels": [], "fields": [
  {"name": "total", "title": "Total", "type": "amount"},
  {"name": "lines", "title": "Lines", "type": "table", "columns": [
    {"name": "item", "title": "Item", "type": "text"}, {"name": "price", "title": "Price", "type": "amount"}]}],
  "rules": [{"name": "sum", "kind": "sum", "target": "total", "operands": ["lines.price"]}]}"""
# What is printed, one line below the other: item and price.
PRINTED = [("Milk", "2.00"), ("Amount due", "10.00"), ("Fresh bread", "3.00"), ("of yesterday", ""), ("Butter", "1.50"),
           ("Cheese", "2.50"), ("Eggs", "1.00")]
# What a model made of it: item, price, first line, number of lines.
PROPOSED = [("Milk", "2.00", 0, 1), ("Amount due", "10.00", 1, 1), ("Fresh bread", "3.00", 2, 1), ("of yesterday", "", 3, 1),
            ("Butter Cheese", "1.50 2.50", 4, 2), ("Eggs", "1.00", 6, 1)]
TOP, PITCH = 100, 90


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def draw(path):
    command = ["convert", "-size", "900x900", "xc:white", "-fill", "black", "-font", "DejaVu-Sans", "-pointsize", "36"]
    for index, (item, price) in enumerate(PRINTED):
        command += ["-annotate", "+80+%d" % (TOP + PITCH * index), item]
        if price:
            command += ["-annotate", "+600+%d" % (TOP + PITCH * index), price]
    run(*command, path)


def values():
    lines = ["file,field,value,page,x,y,w,h,row,column", "1.png,total,10.00,,,,,,,"]
    for row, (item, price, first, n) in enumerate(PROPOSED, 1):
        for column, text, left in (("item", item, 70), ("price", price, 590)):
            if text:
                lines.append("1.png,lines,%s,1,%d,%d,%d,%d,%d,%s"
                             % (text, left, TOP + PITCH * first - 45, 300, 65 + PITCH * (n - 1), row, column))
    return "\n".join(lines) + "\n"


def make_project(folder):
    picture = os.path.join(folder, "1.png")
    draw(picture)
    project = os.path.join(folder, "lines.emend")
    run(EMENDCTL, "new", project, "--name", "Lines", "--reviewer", "Ada")
    run(EMENDCTL, "schema", project, "import", write(folder, "schema.json", SCHEMA), "--reviewer", "Ada")
    run(EMENDCTL, "add", project, picture, "--reviewer", "Ada")
    run(EMENDCTL, "import", project, write(folder, "values.csv", values()), "--format", "values", "--reviewer", "Ada")
    return project


def query(project, text):
    with sqlite3.connect("file:%s?mode=ro" % project, uri=True) as database:
        return database.execute(text).fetchall()


def decided(project):
    """What is decided of the lines: row, column, value and verdict."""
    return query(project, "SELECT json_extract(value, '$.row'), json_extract(value, '$.column'), json_extract(value, '$.value'), verdict"
                          " FROM annotation WHERE label = 2 ORDER BY 1, 2, 4")


def standing(project):
    return [cell[:3] for cell in decided(project) if cell[3] != REJECTED]


def n_rejected(project):
    return sum(cell[3] == REJECTED for cell in decided(project))


def focused(pyatspi, window, title):
    return find(window, lambda node: (node.name or "").startswith(title + ": ") and node.getState().contains(pyatspi.STATE_FOCUSED))


def wait_for_focus(pyatspi, window, title, text):
    def has_focus():
        node = focused(pyatspi, window, title)
        if node is None:
            return False
        content = node.queryText()
        return content.getText(0, content.characterCount) == text

    wait_for("%s is asked with “%s”" % (title, text), has_focus)


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


def split(project, done):
    """The words of the page come when they are read; until then the page does not say where the row ends."""
    wait_for("the words of the page", lambda: query(project, "SELECT count(*) FROM words")[0][0] > 0)
    for _ in range(20):
        key("ctrl+shift+s")
        for _ in range(20):
            if done():
                return
            time.sleep(0.1)
    raise AssertionError("the row was not split: %s" % decided(project))


def drive(project):
    import pyatspi

    print("1..6", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for_focus(pyatspi, window, "Total", "10.00")
    key("Return")
    wait_for_focus(pyatspi, window, "Item", "Milk")
    key("ctrl+shift+Return")
    wait_for("the row accepted", lambda: decided(project) == [(0, "item", "Milk", 1), (0, "price", "2.00", 1)])
    wait_for_focus(pyatspi, window, "Item", "Amount due")
    step(1, "one key accepts a row and goes on to the next")

    key("ctrl+shift+Delete")
    wait_for("the row rejected", lambda: n_rejected(project) == 2)
    wait_for_focus(pyatspi, window, "Item", "Fresh bread")
    key("ctrl+z")
    wait_for("the row undone", lambda: n_rejected(project) == 0)
    wait_for_focus(pyatspi, window, "Price", "10.00")  # what came last is undone first
    key("ctrl+shift+z")
    wait_for("the row rejected again", lambda: n_rejected(project) == 2)
    wait_for_focus(pyatspi, window, "Price", "3.00")
    step(2, "a row that is not there is deleted, undone and deleted again, each as one step")

    key("shift+F10")
    # The menu of a text is not in the accessible tree, but it takes the focus.
    wait_for("the menu of the cell", lambda: focused(pyatspi, window, "Price") is None)
    key("m")
    wait_for("the merged item", lambda: (2, "item", "Fresh bread of yesterday") in standing(project))
    wait_for("the lower row rejected", lambda: n_rejected(project) == 3)
    wait_for_focus(pyatspi, window, "Price", "3.00")
    key("ctrl+shift+Return")
    wait_for("the price of the merged row", lambda: (2, "price", "3.00") in standing(project))
    step(3, "the menu of a cell merges two rows, and what is left of them is accepted")

    wait_for_focus(pyatspi, window, "Item", "Butter Cheese")
    key("Down")
    wait_for_focus(pyatspi, window, "Item", "Eggs")
    key("ctrl+shift+Return")
    wait_for("the last row accepted", lambda: (5, "price", "1.00") in standing(project))
    wait_for_focus(pyatspi, window, "Item", "Butter Cheese")
    split(project, lambda: (5, "price", "2.50") in standing(project))
    expected = [(0, "item", "Milk"), (0, "price", "2.00"), (2, "item", "Fresh bread of yesterday"), (2, "price", "3.00"),
                (4, "item", "Butter"), (4, "price", "1.50"), (5, "item", "Cheese"), (5, "price", "2.50"), (6, "item", "Eggs"),
                (6, "price", "1.00")]
    wait_for("the two rows, and the one below moved down", lambda: standing(project) == expected)
    step(4, "a row is split where its lines end on the page, and the row below makes room")

    key("ctrl+z")
    wait_for("one row again", lambda: (5, "item", "Eggs") in standing(project) and len(standing(project)) == 6)
    key("ctrl+shift+z")
    wait_for("two rows again", lambda: standing(project) == expected)
    step(5, "splitting is one step")

    wait_for("all decided", lambda: named(window, "All fields decided"))
    key("ctrl+Return")
    wait_for("the document done without a question", lambda: items(EMENDCTL, project)[0]["reading"] == "done")
    step(6, "the sum of the lines is the total")


def check_exports(folder, project):
    table = os.path.join(folder, "out.csv")
    run(EMENDCTL, "export", project, "--format", "values-csv", "-o", table)
    with open(table, encoding="utf-8", newline="") as file:
        lines = [(row["row"], row["column"], row["value"]) for row in csv.DictReader(file) if row["field"] == "lines"]
    if lines != [(str(row + 1), column, value) for row, column, value in standing(project)]:
        raise AssertionError("the table of values: %s" % lines)
    parsed = os.path.join(folder, "out.jsonl")
    run(EMENDCTL, "export", project, "--format", "jsonl", "-o", parsed)
    with open(parsed, encoding="utf-8") as file:
        rows = json.loads(json.loads(file.readline())["ground_truth"])["gt_parse"]["lines"]
    if rows != [{"item": item, "price": price} for item, price in
                (("Milk", "2.00"), ("Fresh bread of yesterday", "3.00"), ("Butter", "1.50"), ("Cheese", "2.50"), ("Eggs", "1.00"))]:
        raise AssertionError("the rows in JSONL: %s" % rows)


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
        check_exports(folder, project)
        checked = run(EMENDCTL, "check", project, "--rebuild")
        print("# " + checked.strip().replace("\n", "\n# "))


main()
