"""Shows the program on a display where nobody looks: one accept and one correction by key in the real window, a
screenshot, then the pack of it, verified. Usage: drive-demo.py BUILD PROJECT"""

import os
import subprocess
import sys
import tempfile

from driving import LIMIT, accessible_window, items, key, named, run, wait_for, write_settings

BUILD, PROJECT = sys.argv[1:3]
EMEND = os.path.join(BUILD, "src", "app", "emend")
EMENDCTL = os.path.join(BUILD, "src", "ctl", "emendctl")
PICTURE = os.path.join(BUILD, "review.png")
PACK = os.path.join(BUILD, os.path.basename(PROJECT) + ".zip")


def decided(verdict):
    return sum(item["n_" + verdict] for item in items(EMENDCTL, PROJECT))


def drive():
    import pyatspi

    window = wait_for("the window", lambda: accessible_window(pyatspi))
    wait_for("the first picture", lambda: named(window, ".jpg: "))
    accepted, corrected = decided("accepted"), decided("corrected")
    key("Return")
    wait_for("an accepted proposal", lambda: decided("accepted") == accepted + 1)
    key("Right")
    wait_for("a corrected proposal", lambda: decided("corrected") == corrected + 1)
    run("import", "-window", "root", PICTURE)


def main():
    with tempfile.TemporaryDirectory() as folder:
        write_settings(folder, reviewer="Demo", width=1280, height=800)
        program = subprocess.Popen([EMEND, PROJECT])
        try:
            drive()
        finally:
            key("ctrl+q")
            program.wait(timeout=LIMIT)
    if os.path.exists(PACK):
        os.unlink(PACK)
    run(EMENDCTL, "pack", PROJECT, "-o", PACK, "--kind", "delivery")
    print(run(EMENDCTL, "verify", PACK), end="")
    print("screenshot:", PICTURE)
    print("pack:      ", PACK)


main()
