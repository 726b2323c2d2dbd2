"""Drives the search in the words of all pages in the real program, in a project that asks for no field.

The pictures are drawn here, and read by Tesseract in the program itself.
"""

import os
import subprocess
import sys
import tempfile

from driving import LIMIT, accessible_window, find, key, named, named_anywhere, run, wait_for, write_settings

EMEND, EMENDCTL = sys.argv[1:3]
WORDS = ("Invoice", "Reminder", "Delivery")
ENTRY = "Words that stand on one page"  # of the search; the tree has it as long as the window is there


def make_project(folder):
    pictures = []
    for number, word in enumerate(WORDS, 1):
        pictures.append(os.path.join(folder, "%d.png" % number))
        run("convert", "-size", "600x300", "xc:white", "-fill", "black", "-font", "DejaVu-Sans", "-pointsize", "40",
            "-annotate", "+60+120", word + " number 12", pictures[-1])
    project = os.path.join(folder, "letters.emend")
    run(EMENDCTL, "new", project, "--name", "Letters", "--reviewer", "Ada")
    run(EMENDCTL, "add", project, *pictures, "--reviewer", "Ada")
    return project


def step(number, text):
    print("ok %d - %s" % (number, text), flush=True)


def canvas_shows(window, name):
    return find(window, lambda node: node.getRoleName() in ("image", "icon") and name in (node.name or "")) is not None


def is_active(title):
    done = subprocess.run(["xdotool", "getactivewindow", "getwindowname"], capture_output=True, text=True, check=False)
    return done.stdout.strip() == title


def drive():
    import pyatspi

    print("1..5", flush=True)
    window = wait_for("the window in the accessible tree", lambda: accessible_window(pyatspi))
    wait_for("the first picture", lambda: canvas_shows(window, "1.png"))
    key("ctrl+shift+f")
    wait_for("the search", lambda: named_anywhere(pyatspi, ENTRY))
    wait_for("pages that are not read", lambda: named_anywhere(pyatspi, "3 of 3 pages are not read yet"))
    wait_for("the button", lambda: named_anywhere(pyatspi, "Read All Pages")).queryAction().doAction(0)
    wait_for("all pages read", lambda: not named_anywhere(pyatspi, "pages are not read yet"))
    wait_for("the keys of the search", lambda: is_active("Search the Words"))
    step(1, "all pages of a project without fields are read when it is asked for")

    run("xdotool", "type", "remind")
    wait_for("a place", lambda: named_anywhere(pyatspi, "Places: 1"))
    key("Down", "Return")
    wait_for("the page with the place", lambda: canvas_shows(window, "2.png"))
    step(2, "a place that is chosen is shown")

    key("ctrl+shift+f")
    wait_for("the keys of the search", lambda: is_active("Search the Words"))
    run("xdotool", "type", "nowhere")
    wait_for("that there is nothing", lambda: not named_anywhere(pyatspi, "Places: "))
    step(3, "asked for again, the window takes another question")

    key("Escape")
    wait_for("the search closed", lambda: not named_anywhere(pyatspi, ENTRY))
    step(4, "Escape closes it")

    key("ctrl+shift+f")
    wait_for("the search again", lambda: named_anywhere(pyatspi, ENTRY))
    named(window, "Back to the projects").queryAction().doAction(0)
    wait_for("the project closed", lambda: not canvas_shows(window, "2.png"))
    wait_for("no search without a project", lambda: not named_anywhere(pyatspi, ENTRY))
    step(5, "it closes with the project")


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_settings(folder, reviewer="Ada", width=1200, height=740)
        work = os.path.join(folder, "work")
        os.mkdir(work)
        program = subprocess.Popen([EMEND, make_project(work)])
        try:
            drive()
        finally:
            key("ctrl+q")
            program.wait(timeout=LIMIT)
        if program.returncode != 0:
            raise AssertionError("the program ended with %d" % program.returncode)


main()
