"""The program killed at random moments while it reviews: what it acknowledged is never lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time

import harness
from harness import equal, facts

N_KILLS = int(sys.argv[2])
SEED = 20260417
VERDICTS = {"accept": "accepted", "reject": "rejected", "correct": "corrected", "clear": "undecided"}


def make_project(folder):
    images = [(f"{i}.png", 64, 48) for i in range(20)]
    boxes = []
    for name, width, height in images:
        harness.write_png(os.path.join(folder, "images", name), width, height, int(name[:-4]))
        boxes += [(name, "thing", [i, 2 * i, 10, 8], 0.5) for i in range(15)]
    project = os.path.join(folder, "work.emend")
    source = os.path.join(folder, "proposals.json")
    harness.write_json(source, harness.make_coco(images, boxes, ["thing"], True))
    facts("new", project, "--media", os.path.join(folder, "images"))
    facts("import", project, source)
    return project


def states(project):
    """Verdict and box of every proposal, as a new start of the program finds them."""
    return {(item["path"], mark["proposal"]): (mark["verdict"], mark["shape"]["box"])
            for item in facts("items", project, "--proposals", "--reviewer", "Ada")["items"] for mark in item["proposals"]}


def next_decision(state, numbers, key):
    """A decision that changes the state, so that it can be seen whether it was made."""
    verdict = numbers.choice([v for v in VERDICTS if VERDICTS[v] != state[key][0] or v == "correct"])
    line = {"item": key[0], "proposal": key[1], "verdict": verdict}
    if verdict == "correct":
        line["box"] = [numbers.randrange(1, 40) + 0.5, 1, 12, 9]
    return line


def apply(state, original, line):
    key = (line["item"], line["proposal"])
    state[key] = (VERDICTS[line["verdict"]], line.get("box", original[key][1]))


def review_until_killed(project, lines_file, numbers):
    """Starts a review and kills it; returns how many lines it had acknowledged, and whether it was still at work."""
    process = subprocess.Popen([harness.PROGRAM, "review", project, lines_file, "--reviewer", "Ada", "--ack"],
                               stdout=subprocess.PIPE, env=harness.environment())
    acknowledged = 0
    if numbers.random() < 0.85:
        equal(process.stdout.readline(), b"ok 1\n", "first line")
        acknowledged = 1
    time.sleep(numbers.random() * 0.12)
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.read().count(b"\n")
    process.wait()
    return acknowledged, process.returncode == -signal.SIGKILL


def test_kills(folder):
    numbers = random.Random(SEED)
    project = make_project(folder)
    original = states(project)
    state = dict(original)
    lines_file = os.path.join(folder, "decisions.jsonl")
    n_killed = n_acknowledged = n_unacknowledged = 0
    for kill in range(N_KILLS):
        planned = dict(state)
        lines = []
        for key in numbers.sample(sorted(original), len(original)):
            lines.append(next_decision(planned, numbers, key))
            apply(planned, original, lines[-1])
        harness.write_lines(lines_file, lines)
        acknowledged, killed = review_until_killed(project, lines_file, numbers)
        n_killed += killed
        for line in lines[:acknowledged]:
            apply(state, original, line)
        found = states(project)
        if found != state and acknowledged < len(lines):
            apply(state, original, lines[acknowledged])
            n_unacknowledged += 1
        equal({key: found[key] for key in found if found[key] != state[key]}, {}, f"kill {kill}, {acknowledged} acknowledged")
        n_acknowledged += acknowledged
        if kill % 10 == 9:
            equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    decided = sum(e["action"] == "decided" for e in facts("history", project)["events"])
    equal(decided, n_acknowledged + n_unacknowledged, "events")
    print(f"# {n_killed} of {N_KILLS} killed in time, {n_acknowledged} decisions acknowledged, "
          f"{n_unacknowledged} times one more was committed")
    assert n_killed > N_KILLS / 2, "the kills came too late to mean anything"
    assert n_acknowledged > N_KILLS, "too little was acknowledged to mean anything"


def test_import_kills(folder):
    """An import that is killed is either whole or not there at all."""
    numbers = random.Random(SEED + 1)
    images = [(f"{i}.png", 64, 48) for i in range(20)]
    for name, width, height in images:
        harness.write_png(os.path.join(folder, "images", name), width, height, int(name[:-4]))
    boxes = [(name, "thing", [i % 50, i % 30, 10, 8], 0.5) for name, _, _ in images for i in range(500)]
    source = os.path.join(folder, "proposals.json")
    harness.write_json(source, harness.make_coco(images, boxes, ["thing"], True))
    empty = os.path.join(folder, "empty.emend")
    facts("new", empty, "--media", os.path.join(folder, "images"))
    project = os.path.join(folder, "work.emend")
    outcomes = {0: 0, len(boxes): 0}
    for _ in range(max(10, N_KILLS // 5)):
        shutil.copyfile(empty, project)
        process = subprocess.Popen([harness.PROGRAM, "import", project, source], stdout=subprocess.DEVNULL, env=harness.environment())
        time.sleep(numbers.random() * 0.25)
        process.send_signal(signal.SIGKILL)
        process.wait()
        report = facts("report", project)
        equal([row["proposals"] for row in report["runs"]], [len(boxes)] * len(report["runs"]), "proposals of the run")
        outcomes[report["total"]["proposals"]] += 1
        equal(facts("check", project, "--rebuild")["problems"], [], "problems")
        os.remove(project)
    print(f"# {outcomes[0]} times nothing, {outcomes[len(boxes)]} times the whole import")
    assert outcomes[0] > 0, "the kills came too late to mean anything"


if __name__ == "__main__":
    harness.main(test_kills, test_import_kills)
