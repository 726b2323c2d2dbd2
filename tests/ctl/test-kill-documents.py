"""The program killed while it reads pages and while it learns: what was there before is never lost."""

import random
import signal
import subprocess
import sys
import time

import documents
import harness
from harness import equal, facts

N_KILLS = int(sys.argv[2])
SEED = 20260418


def run_until_killed(seconds, *args, ready=lambda: True):
    """Starts the program and kills it some time after it is ready; returns whether it was still at work."""
    process = subprocess.Popen([harness.PROGRAM, *args], stdout=subprocess.DEVNULL, env=harness.environment())
    while process.poll() is None and not ready():
        time.sleep(0.002)
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return process.returncode == -signal.SIGKILL


def test_reading(folder):
    numbers = random.Random(SEED)
    n_pages = 40 * 25
    project = documents.make_books(folder, 40, 25)
    n_known = n_killed = n_partial = 0
    for kill in range(N_KILLS):
        # Most while pages are stored, whatever the speed of the machine; some before.
        n_known = documents.count_pages(project)
        ready = (lambda: documents.count_pages(project) > n_known) if numbers.random() < 0.75 else (lambda: True)
        n_killed += run_until_killed(numbers.random() * 0.15, "propose", project, "--with", "ocr", ready=ready)
        equal(facts("check", project, "--rebuild")["problems"], [], "problems")
        found = documents.count_pages(project)
        assert found >= n_known, f"kill {kill}: {n_known - found} pages were lost"
        n_partial += found > n_known
        # What is kept is whole: each page that has words is found by them.
        equal(facts("search", project, "shop", "page")["count"], found, "pages that are found")
    n_known = documents.count_pages(project)
    print(f"# {n_killed} of {N_KILLS} killed in time, {n_known} of {n_pages} pages kept")
    assert n_killed > 0 and n_partial > 0, "the kills came at no time that means anything"
    equal(facts("propose", project, "--with", "ocr")["pages"], n_pages - n_known, "the rest")
    equal(facts("search", project, "shop", "--limit", "0")["count"], n_pages, "all in the end")


def test_learning(folder):
    numbers = random.Random(SEED + 1)
    project, fields = documents.make_project(folder, 60)
    facts("propose", project, "--with", "ocr")
    lines = []
    for path, values in fields.items():
        lines += [{"item": path, "field": name, "verdict": "add", "value": value} for name, value in values.items()]
        lines.append({"item": path, "verdict": "done"})
    n_decisions = documents.review(project, folder, lines[:-30])["applied"]
    before = facts("items", project, "--proposals", "--reviewer", "Ada")
    n_killed = 0
    started = time.monotonic()
    facts("learn", project)
    duration = time.monotonic() - started
    for _ in range(N_KILLS):
        n_killed += run_until_killed(numbers.random() * duration, "learn", project)
        equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    equal(facts("items", project, "--proposals", "--reviewer", "Ada"), before, "what was decided")
    equal(facts("learn", project)["documents"], 50, "documents in the end")
    for _ in range(N_KILLS):
        n_killed += run_until_killed(numbers.random() * duration, "propose", project, "--with", "fields")
        equal(facts("check", project, "--rebuild")["problems"], [], "problems")
        # A run of proposals is whole or not there.
        report = facts("report", project)
        equal([row["proposals"] in (0, 20) for row in report["runs"]], [True] * len(report["runs"]), "proposals of a run")
    facts("propose", project, "--with", "fields")
    equal(facts("report", project)["total"]["undecided"], 20, "proposals for what is not done")
    print(f"# {n_killed} of {2 * N_KILLS} killed in time, {n_decisions} decisions kept")
    assert n_killed > N_KILLS, "the kills came too late to mean anything"


if __name__ == "__main__":
    harness.main(test_reading, test_learning)
