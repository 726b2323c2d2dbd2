"""Drives the real program with keys and pointer, and reads the project afterwards.

Nothing here waits for a time: every step waits until the project, or the tree that a screen reader sees, says
that it happened.
"""

import json
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import time
import zlib

from driving import LIMIT, accessible_window, find, items, key, named, named_anywhere, place_of_active_window, run, \
    wait_for, write_settings

EMEND, EMENDCTL = sys.argv[1:3]


def write_png(path, width, height, grey):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + b"".join(bytes([grey, x * 255 // width, 120]) for x in range(width))
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
        file.write(chunk(b"IDAT", zlib.compress(row * height)))
        file.write(chunk(b"IEND", b""))


def write_tiff(path, n_pages, width, height):
    """Grey, uncompressed, one strip a page."""
    data = bytearray(struct.pack("<2sHI", b"II", 42, 8))
    for page in range(n_pages):
        tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 0), (277, 1), (278, height), (279, width * height)]
        pixels = len(data) + 2 + 12 * len(tags) + 4
        following = pixels + width * height if page + 1 < n_pages else 0
        data += struct.pack("<H", len(tags))
        for tag, value in tags:
            data += struct.pack("<HHII", tag, 4, 1, pixels if tag == 273 else value)
        data += struct.pack("<I", following) + bytes([60 * page + 40]) * (width * height)
    with open(path, "wb") as file:
        file.write(data)


def make_project(folder):
    names = ["a.png", "b.png", "c.png"]
    for index, name in enumerate(names):
        write_png(os.path.join(folder, name), 400, 300, 60 * index + 40)
    boxes = [(0, 20, 20, 80, 60, 0.9), (0, 160, 40, 90, 90, 0.8), (0, 280, 150, 100, 100, 0.7), (1, 50, 50, 120, 120, 0.6)]
    coco = {
        "images": [{"id": i + 1, "file_name": name, "width": 400, "height": 300} for i, name in enumerate(names)],
        "categories": [{"id": 1, "name": "cell"}, {"id": 2, "name": "nucleus"}],
        "annotations": [
            {"id": n + 1, "image_id": image + 1, "category_id": 1, "bbox": [x, y, w, h], "area": w * h, "iscrowd": 0, "score": score}
            for n, (image, x, y, w, h, score) in enumerate(boxes)
        ],
    }
    source = os.path.join(folder, "model.json")
    with open(source, "w", encoding="utf-8") as file:
        json.dump(coco, file)
    project = os.path.join(folder, "cells.emend")
    run(EMENDCTL, "new", project, "--name", "Cells")
    write_tiff(os.path.join(folder, "d.tif"), 3, 400, 300)
    run(EMENDCTL, "add", project, *[os.path.join(folder, name) for name in names + ["d.tif"]])
    run(EMENDCTL, "import", project, source, "--add-labels", "--reviewer", "Ada")
    return project


def counts(project, index, **expected):
    item = items(EMENDCTL, project)[index]
    return all(item[name] == value for name, value in expected.items())


def nameless_buttons(pyatspi, window):
    found = []

    def check(node):
        if node.getRoleName() in ("push button", "toggle button") and not node.name and node.getState().contains(pyatspi.STATE_SHOWING):
            found.append(node)
        return False

    find(window, check)
    return found


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_settings(folder, reviewer="Ada", width=1200, height=740, **{"undecided-at-done": "'accept'"})
        work = os.path.join(folder, "work")
        os.mkdir(work)
        project = make_project(work)
        program = subprocess.Popen([EMEND, project], env=dict(os.environ, EMEND_FRAME_LOG=os.path.join(folder, "frames")))
        try:
            corner = drive(project, folder)
        finally:
            key("ctrl+q")
            program.wait(timeout=LIMIT)
        if program.returncode != 0:
            raise AssertionError("the program ended with %d" % program.returncode)
        check_exported(project, folder, corner)
        step(15, "what was drawn is what is exported")
        checked = run(EMENDCTL, "check", project, "--rebuild")
        print("# " + checked.strip().replace("\n", "\n# "))


def is_at_rest(folder):
    """Whether no frame was drawn for half a second."""
    log = os.path.join(folder, "frames")
    before = os.path.getsize(log)
    time.sleep(0.5)
    return os.path.getsize(log) == before


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


def drive(project, folder):
    import pyatspi

    print("1..15", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for("the first proposal selected", lambda: named(window, "a.png: cell, 90"))
    unnamed = nameless_buttons(pyatspi, window)
    if unnamed:
        raise AssertionError("%d buttons have no accessible name" % len(unnamed))
    wait_for("panes as wide as the settings say", lambda: width_of(pyatspi, named(window, "Proposals and decisions of this item")) == 320)
    step(1, "opens at the first proposal, panes as wide as they should be, and every button has a name")

    wait_for("a window at rest that draws nothing", lambda: is_at_rest(folder))
    step(2, "a window at rest draws no frames")

    key("Return")
    wait_for("accepted", lambda: counts(project, 0, n_accepted=1, n_undecided=2))
    wait_for("the second selected", lambda: named(window, "a.png: cell, 80"))
    step(3, "Enter accepts and goes on")

    key("2")
    wait_for("relabelled", lambda: counts(project, 0, n_accepted=1, n_corrected=1))
    wait_for("the label in the tree", lambda: named(window, "nucleus, 80"))
    step(4, "a digit relabels")

    key("Right", "Right", "Down")
    wait_for("the new place", lambda: named(window, "90 × 90 at 162, 41"))
    key("Return")
    wait_for("the third selected", lambda: named(window, "a.png: cell, 70"))
    key("Delete")
    wait_for("rejected and on to the next item", lambda: counts(project, 0, n_rejected=1, n_undecided=0))
    wait_for("the next item", lambda: named(window, "b.png: cell, 60"))
    step(5, "arrows nudge, Delete rejects, the next waiting item opens")

    key("ctrl+z")
    wait_for("the rejection undone", lambda: counts(project, 0, n_rejected=0, n_undecided=1))
    wait_for("back at what was undone", lambda: named(window, "a.png: cell, 70"))
    step(6, "undo takes back and goes there")

    key("ctrl+shift+z")
    wait_for("done again", lambda: counts(project, 0, n_rejected=1))
    step(7, "redo does it again")

    key("Escape", "b")
    canvas = wait_for("the canvas", lambda: find(window, lambda node: node.getRoleName() in ("image", "icon") and "a.png" in (node.name or "")))
    place = on_screen(pyatspi, canvas)
    drag(place(0.5, 0.667), place(0.6, 0.75))
    wait_for("a new box", lambda: counts(project, 0, n_added=1))
    step(8, "a drag adds a box")

    corner = draw_shapes(window, project, place)
    step(9, "a rotated box and a polygon are drawn, a corner is moved, removed and brought back")

    key("ctrl+Return")
    wait_for("the item done", lambda: items(EMENDCTL, project)[0]["reading"] == "done")
    wait_for("the next item", lambda: named(window, "b.png"))
    step(10, "Ctrl+Enter: the item is done")

    key("Return")
    wait_for("nothing left", lambda: counts(project, 1, n_accepted=1, n_undecided=0))
    step(11, "the last one is decided")

    key("ctrl+Next", "ctrl+Next", "ctrl+Next")
    wait_for("the first page", lambda: named(window, "Page 1 of 3"))
    key("ctrl+shift+Next", "ctrl+shift+Next")
    wait_for("the last page", lambda: named(window, "Page 3 of 3"))
    key("ctrl+shift+Prior")
    wait_for("the page before", lambda: named(window, "Page 2 of 3"))
    step(12, "pages are turned with keys")

    key("F6")
    key("question")
    wait_for("the list of keys", lambda: named_anywhere(pyatspi, "Accept and go to the next undecided"))
    key("Escape")
    wait_for("the list of keys closed", lambda: not named_anywhere(pyatspi, "Accept and go to the next undecided"))
    step(13, "? shows the keys from another pane")

    pack(pyatspi, folder)
    step(14, "a pack made in the window is complete and unaltered")
    return corner


def width_of(pyatspi, node):
    return node.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width if node is not None else 0


def on_screen(pyatspi, canvas):
    """Gives the place on the screen of a part of the picture's width and height; the picture is fitted."""
    box = canvas.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
    left, top = place_of_active_window()

    def place(x, y):
        return str(round(left + box.x + box.width * x)), str(round(top + box.y + box.height * y))

    return place


def drag(start, end):
    middle = [str((int(a) + int(b)) // 2) for a, b in zip(start, end)]
    run("xdotool", "mousemove", *start, "mousedown", "1", "mousemove", *middle, "mousemove", *end, "mouseup", "1")


def click(place):
    run("xdotool", "mousemove", *place, "click", "1")


def active_corner(window):
    """What a screen reader is told of the corner that has the keys: number, how many, x, y."""
    found = []

    def check(node):
        match = re.match(r"Corner (\d+) of (\d+) at ([\d.]+), ([\d.]+)", node.description or "")
        if match:
            found.append([float(number) for number in match.groups()])
        return bool(found)

    find(window, check)
    return found[0] if found else None


def draw_shapes(window, project, place):
    key("Escape", "r")
    drag(place(0.25, 0.30), place(0.45, 0.45))
    click(place(0.40, 0.60))
    wait_for("a rotated box", lambda: counts(project, 0, n_added=2))
    wait_for("its place in the inspector", lambda: named(window, "turned by"))
    key("Escape", "p")
    for corner in ((0.55, 0.30), (0.75, 0.35), (0.80, 0.50), (0.65, 0.60), (0.60, 0.45)):
        click(place(*corner))
    key("BackSpace", "Return")
    wait_for("a polygon", lambda: counts(project, 0, n_added=3))
    wait_for("its corners in the inspector", lambda: named(window, "4 points, "))
    key("v", "v")
    second = wait_for("the second corner has the keys", lambda: active_corner(window))
    if second[:2] != [2, 4]:
        raise AssertionError("not the second of four corners: %s" % second)
    key("Right", "Right")
    wait_for("it moved", lambda: active_corner(window) == [2, 4, second[2] + 2, second[3]])
    key("Delete")
    wait_for("it removed", lambda: named(window, "3 points, "))
    key("ctrl+z")
    wait_for("it back", lambda: named(window, "4 points, "))
    return second[2] + 2, second[3]


def check_exported(project, folder, corner):
    """The rotated box has right angles, and the polygon the corner that was moved."""
    path = os.path.join(folder, "shapes.json")
    run(EMENDCTL, "export", project, "--format", "coco", "-o", path)
    with open(path, encoding="utf-8") as file:
        exported = json.load(file)
    first = next(image["id"] for image in exported["images"] if image["file_name"].endswith("a.png"))
    segments = [a["segmentation"][0] for a in exported["annotations"] if a["image_id"] == first and a["segmentation"]]
    box, polygon = [list(zip(segment[0::2], segment[1::2])) for segment in segments[-2:]]
    if len(box) != 4 or abs(math.dist(box[0], box[2]) - math.dist(box[1], box[3])) > 0.01 or abs(box[0][1] - box[1][1]) < 5:
        raise AssertionError("not a rotated box: %s" % box)
    if len(polygon) != 4 or math.dist(polygon[1], corner) > 0.11:
        raise AssertionError("not the polygon that was drawn: %s" % polygon)


def pack(pyatspi, folder):
    """The archive that is proposed lies beside the project's folder: no file chooser is needed."""
    key("ctrl+p")
    wait_for("what would be packed", lambda: named_anywhere(pyatspi, "4 items, "))
    key("alt+p")
    wait_for("the result", lambda: named_anywhere(pyatspi, "Packed"))
    archives = [name for name in os.listdir(folder) if name.endswith(".emend.zip")]
    if len(archives) != 1:
        raise AssertionError("expected one archive, found: " + ", ".join(archives))
    run(EMENDCTL, "verify", os.path.join(folder, archives[0]))
    key("Escape")
    wait_for("the dialog closed", lambda: not named_anywhere(pyatspi, "Packed"))


try:
    main()
except AssertionError as problem:
    print("Bail out! %s" % problem, flush=True)
    sys.exit(1)
