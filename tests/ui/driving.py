"""What driving the real program needs: waiting for a state, keys, and the tree that a screen reader sees."""

import json
import os
import subprocess
import time

LIMIT = 60


def wait_for(what, check):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        value = check()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("waited in vain for: " + what)


def run(*arguments):
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise AssertionError(" ".join(arguments) + ": " + done.stderr)
    return done.stdout


def items(emendctl, project):
    return json.loads(run(emendctl, "items", project, "--json"))["items"]


def key(*names):
    run("xdotool", "key", "--clearmodifiers", *names)


def find(node, check, depth=0):
    if node is None or depth > 40:
        return None
    try:
        if check(node):
            return node
        for child in node:
            found = find(child, check, depth + 1)
            if found is not None:
                return found
    except Exception:  # the tree changes while it is read
        return None
    return None


def accessible_window(pyatspi):
    for program in pyatspi.Registry.getDesktop(0):
        if program is not None and "emend" in (program.name or "").lower():
            return find(program, lambda node: node.getRoleName() in ("frame", "window"))
    return None


def named(window, text):
    return find(window, lambda node: text in (node.name or ""))


def named_anywhere(pyatspi, text):
    """In whichever window of the program shows it, a dialog too."""
    for program in pyatspi.Registry.getDesktop(0):
        if program is not None and "emend" in (program.name or "").lower():
            return named(program, text)
    return None


def place_of_active_window():
    """Its left and upper edge on the screen. The window manager may still have to say which one is active."""

    def ask():
        done = subprocess.run(["xdotool", "getactivewindow", "getwindowgeometry", "--shell"], capture_output=True,
                              text=True, check=False)
        return done.stdout if done.returncode == 0 else None

    place = dict(line.split("=") for line in wait_for("an active window", ask).split())
    return int(place["X"]), int(place["Y"])


def write_settings(folder, reviewer, width, height, **others):
    """Gives the programs started from here folders and settings of their own, below @folder."""
    for variable, name in (("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "share")):
        os.environ[variable] = os.path.join(folder, name)
    os.environ["GSETTINGS_BACKEND"] = "keyfile"
    settings = os.path.join(folder, "config", "glib-2.0", "settings")
    os.makedirs(settings)
    values = {"reviewer": f"'{reviewer}'", "window-width": width, "window-height": height, **others}
    with open(os.path.join(settings, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[org/emend/Emend]\n")
        file.writelines(f"{name}={value}\n" for name, value in values.items())
