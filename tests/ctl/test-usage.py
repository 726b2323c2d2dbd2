"""How the program is called: help, wrong usage, refusals, JSON, interruption."""

import json
import os
import re
import signal
import subprocess

import harness
from harness import call, equal, facts, refused, run

COMMANDS = ("new", "add", "schema", "items", "import", "propose", "learn", "search", "review", "export", "report",
            "history", "pack", "verify", "unpack", "check")


def make_project(folder, *options):
    project = os.path.join(folder, "work.emend")
    for i in range(1, 4):
        harness.write_png(os.path.join(folder, "images", f"page {i}.png"), 60, 40, i)
    run("new", project, "--media", os.path.join(folder, "images"), *options)
    return project


def make_reviewed(folder):
    """A project with proposals, two labels and the path of its first picture."""
    project = make_project(folder)
    images = [(f"page {i}.png", 60, 40) for i in range(1, 4)]
    boxes = [(name, label, [x, 5, 10, 10], 0.5) for name, _, _ in images for x, label in ((2, "cat"), (30, "dog"))]
    source = os.path.join(folder, "proposals.json")
    harness.write_json(source, harness.make_coco(images, boxes, ["cat", "dog"], True))
    run("import", project, source)
    return project


def test_help(folder):
    text = run("--help")
    for command in COMMANDS:
        assert re.search(rf"^  {command} ", text, re.M), command
        told = run(command, "--help")
        assert told.startswith("Usage:") and f"emendctl {command}" in told, told
    assert re.fullmatch(r"emendctl \d+\.\d+\.\d+\n", run("--version"))


def test_documented(folder):
    """Every option is in the manual page and in the completion."""
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")
    with open(os.path.join(data, "man", "emendctl.1"), encoding="utf-8") as file:
        manual = file.read()
    for command in COMMANDS:
        options = set(re.findall(r"--([a-z-]+)", run(command, "--help"))) - {"help"}
        script = f'_init_completion() {{ :; }}; complete() {{ :; }}; . "$1"; _emendctl_options {command}'
        told = subprocess.run(["bash", "-c", script, "bash", os.path.join(data, "completions", "emendctl")], capture_output=True, check=True)
        equal(set(told.stdout.decode().replace("--", "").split()), options, f"completion of {command}")
        assert f".It Cm {command} " in manual, command
        for option in options:
            assert f"Fl -{option}" in manual or option in ("output", "directory"), (command, option)


def test_wrong_usage(folder):
    refused(status=2)
    refused("nonsense", status=2)
    for command in COMMANDS:
        refused(command, status=2)
        refused(command, "x.emend", "--nonsense", status=2)
    for args in (("report", "a", "b"), ("schema", "a", "nonsense"), ("schema", "a", "import"), ("items", "a", "--order", "up"),
                 ("items", "a", "--limit", "-1"), ("items", "a", "--limit", "few"), ("import", "a", "b", "--as", "truth"),
                 ("import", "a", "b", "--map", "cat"), ("import", "a", "b", "--frame", "x"), ("import", "a", "b", "--trailing", "x"),
                 ("export", "a", "--format", "coco"), ("export", "a", "-o", "b"), ("export", "a", "--format", "coco", "-o", "b", "--state", "x"),
                 ("propose", "a"), ("propose", "a", "--with", "x"), ("propose", "a", "--with", "fields", "--again"),
                 ("propose", "a", "--with", "fields", "--language", "eng"), ("learn", "a", "b"), ("search", "a"),
                 ("search", "a", "b", "--limit", "-1"), ("schema", "a", "export", "b", "--list", "c=d"), ("pack", "a"), ("pack", "a", "-o", "b", "--kind", "x"), ("pack", "a", "-o", "b", "--blind"),
                 ("review", "a", "b", "--ack", "--json"), ("review", "a", "b", "--reviewer", ""), ("history", "a", "--limit", "-1")):
        assert "--help" in refused(*args, status=2), args
    equal(os.listdir(folder), [], "what wrong usage leaves")


def test_missing_file(folder):
    missing = os.path.join(folder, "missing.emend")
    out = os.path.join(folder, "out")
    for args in (("add", missing, folder), ("schema", missing), ("items", missing), ("import", missing, missing),
                 ("propose", missing, "--with", "ocr"), ("propose", missing, "--with", "fields"), ("learn", missing),
                 ("search", missing, "word"), ("export", missing, "--format", "coco", "-o", out), ("report", missing), ("history", missing),
                 ("pack", missing, "-o", out), ("verify", missing), ("unpack", missing, "-C", folder), ("check", missing)):
        first = refused(*args).splitlines()[0]
        assert re.fullmatch(rf"emendctl: {re.escape(missing)}: .+", first), first
    equal(os.listdir(folder), [], "what a refusal leaves")


def test_not_a_project(folder):
    text = os.path.join(folder, "text.emend")
    with open(text, "w", encoding="utf-8") as file:
        file.write("SQLite format 3, or so it says\n" * 100)
    for command in ("items", "learn", "report", "history", "verify", "check", "schema"):
        assert text in refused(command, text)
    with open(text, encoding="utf-8") as file:
        assert file.read().startswith("SQLite format 3, or")


def test_new(folder):
    project = make_project(folder, "--labels", "cat, dog", "--template", "objects", "--reviewer", "Ada")
    with open(project, "rb") as file:
        before = file.read()
    refused("new", project)
    with open(project, "rb") as file:
        equal(file.read(), before, "the project that was there")
    equal([label["name"] for label in facts("schema", project)["labels"]], ["object", "cat", "dog"], "labels")
    equal(facts("history", project)["events"][0]["reviewer"], "Ada", "reviewer")
    refused("new", os.path.join(folder, "b.emend"), "--media", os.path.join(folder, "nowhere"))
    refused("new", os.path.join(folder, "b.emend"), "--labels", "cat,cat")
    refused("new", os.path.join(folder, "b.emend"), "--template", os.path.join(folder, "nowhere.json"))
    equal(sorted(os.listdir(folder)), ["images", "work.emend"], "what a failure leaves")


def test_add(folder):
    project = make_project(folder)
    images = os.path.join(folder, "images")
    os.mkdir(os.path.join(images, "more"))
    harness.write_png(os.path.join(images, "page 10.png"), 30, 20, 10)
    harness.write_png(os.path.join(images, ".hidden.png"), 30, 20, 11)
    os.symlink(os.path.join(images, "page 1.png"), os.path.join(images, "link.png"))
    os.symlink("..", os.path.join(images, "more", "loop"))
    with open(os.path.join(images, "more", "broken.png"), "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\nnothing more")
    with open(os.path.join(images, "notes.txt"), "w", encoding="utf-8") as file:
        file.write("no picture")
    told = facts("add", project, images)
    equal([told["added"], told["known"], told["unreadable"]], [2, 3, 1], "added")
    equal([os.path.basename(name) for name in told["skipped"]], ["notes.txt"], "skipped")
    items = facts("items", project)["items"]
    equal([i["path"] for i in items], ["images/page 1.png", "images/page 2.png", "images/page 3.png",
                                       "images/more/broken.png", "images/page 10.png"], "paths")
    equal([i["media"] for i in items], ["ok", "ok", "ok", "unreadable", "ok"], "states")
    assert items[3]["reason"], items[3]
    equal(facts("items", project, "--filter", "is:unreadable")["count"], 1, "filter")
    equal([i["path"] for i in facts("items", project, "--order", "name", "--limit", "1")["items"]],
          ["images/more/broken.png"], "order and limit")
    assert "nowhere" in refused("add", project, images, os.path.join(folder, "nowhere"))
    equal(facts("add", project, images)["added"], 0, "added again")


def test_outside(folder):
    os.mkdir(os.path.join(folder, "project"))
    project = os.path.join(folder, "project", "work.emend")
    harness.write_png(os.path.join(folder, "elsewhere", "a.png"), 30, 20)
    run("new", project, "--media", os.path.join(folder, "elsewhere"))
    equal([i["path"] for i in facts("items", project)["items"]], ["../elsewhere/a.png"], "paths")
    equal(facts("verify", project)["media"], 1, "media compared")


def test_verify_media(folder):
    """A media file that was changed, or is gone, is a problem; the project itself is sound."""
    project = make_project(folder)
    equal(facts("verify", project)["media"], 3, "media compared")
    with open(os.path.join(folder, "images", "page 2.png"), "ab") as file:
        file.write(b"x")
    os.remove(os.path.join(folder, "images", "page 3.png"))
    told = facts("verify", project, status=1)
    equal([told["media"], len(told["problems"])], [2, 2], "what was found")
    assert "page 2.png" in told["problems"][0] and "page 3.png" in told["problems"][1], told
    error = refused("verify", project)
    equal(error.count(f"emendctl: {project}: "), 2, "lines of standard error")
    equal(facts("check", project)["problems"], [], "problems of the project")


def test_schema(folder):
    project = make_reviewed(folder)
    written = os.path.join(folder, "schema.json")
    run("schema", project, "export", written)
    refused("schema", project, "export", written)
    with open(written, encoding="utf-8") as file:
        schema = json.load(file)
    numbers = {label["name"]: label["id"] for label in schema["labels"]}
    equal(set(numbers), {"cat", "dog"}, "labels of an empty schema after an import")
    harness.write_json(written, {"labels": [{"id": 1, "name": "bird"}, {"id": 2, "name": "dog", "color": "#123456"}], "item_decisions": ["unusable"]})
    run("schema", project, "import", written)
    labels = {label["name"]: label for label in facts("schema", project)["labels"]}
    equal({name: label["id"] for name, label in labels.items() if name != "bird"}, numbers, "numbers")
    equal({name: label.get("retired", False) for name, label in labels.items()}, {"bird": False, "dog": False, "cat": True}, "retired")
    equal(labels["dog"]["color"], "#123456", "color")
    assert labels["bird"]["id"] not in numbers.values(), labels
    with open(written, "w", encoding="utf-8") as file:
        file.write('{"labels": [{"name": "a"}, {"name": "a"}]}')
    refused("schema", project, "import", written)
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")


def test_import(folder):
    project = make_reviewed(folder)
    images = [("page 1.png", 60, 40), ("page 9.png", 60, 40)]
    boxes = [("page 1.png", "cow", [1, 1, 5, 5], 0.5), ("page 1.png", "kitten", [1, 1, 5, 5], 0.5), ("page 9.png", "cat", [1, 1, 5, 5], 0.5),
             ("page 1.png", "cat", [7, 1, 5, 5], 0.25)]
    source = os.path.join(folder, "second.json")
    harness.write_json(source, harness.make_coco(images, boxes, ["cat", "cow", "kitten"], True))
    told = facts("import", project, source, "--run", "second", "--map", "kitten=cat")
    equal([told["records"], told["unmatched"], told["skipped"], told["images"]], [2, 1, 2, 1], "import")
    equal(told["unmatched_names"], ["page 9.png"], "names")
    labels = {label["name"]: label["label"] for label in told["labels"]}
    equal([labels["cow"], labels["kitten"], labels["cat"]], [None, "cat", "cat"], "labels")
    text = run("import", project, source, "--dry-run")
    assert "page 9.png" in text and "cow" in text and "dry run" in text, text
    equal([row["name"] for row in facts("report", project)["runs"]][1:], ["second"], "runs")
    refused("import", project, os.path.join(folder, "nowhere.json"))
    strange = os.path.join(folder, "strange.json")
    harness.write_json(strange, harness.make_coco([("page 9.png", 60, 40)], [("page 9.png", "cat", [1, 1, 5, 5], 0.5)], ["cat"], True))
    assert strange in refused("import", project, strange, "--dry-run")
    with open(source, "w", encoding="utf-8") as file:
        file.write('{"images": [')
    refused("import", project, source)
    equal(len(facts("report", project)["runs"]), 2, "runs after a failure")


def test_review_lines(folder):
    project = make_reviewed(folder)
    item = "images/page 1.png"
    good = [{"item": item, "proposal": "1:0", "verdict": "accept", "ms": 5}, {"item": item, "proposal": "1:1", "verdict": "correct", "label": "cat", "comment": "no dog"},
            {"item": item, "verdict": "add", "label": "dog", "box": [1, 2, 3, 4]}, {"item": item, "verdict": "done"}]
    bad = [{"item": "nowhere.png", "proposal": "1:0", "verdict": "accept"}, {"item": item, "proposal": "1:99", "verdict": "accept"},
           {"item": item, "proposal": "1-0", "verdict": "accept"}, {"item": item, "proposal": "1:2", "verdict": "reject"},
           {"item": item, "verdict": "accept"}, {"item": item, "proposal": "1:0", "verdict": "approve"},
           {"item": item, "proposal": "1:0", "verdict": "accept", "box": [1, 2, 3, 4]}, {"item": item, "proposal": "1:0", "verdict": "correct", "value": "x"},
           {"item": item, "verdict": "add", "label": "cow", "box": [1, 2, 3, 4]}, {"item": item, "verdict": "add", "label": "cat", "box": [1, 2, -3, 4]},
           {"item": item, "verdict": "add", "label": "cat", "box": [1, 2, 3, "4"]}, {"item": item, "verdict": "add", "label": "cat", "box": [1, 2, 3, 4], "page": 2},
           {"item": item, "proposal": "1:0", "verdict": "correct"}, {"item": item, "verdict": "item", "decision": "unheard of"}, ["accept"]]
    lines = [json.dumps(line) for line in good[:2] + bad] + ["", "{nonsense", '{"item": "a", "item": "b"}', "\x00"] + [json.dumps(line) for line in good[2:]]
    told = facts("review", project, "-", status=1, stdin="\n".join(lines).encode() + b"\xff\n")
    wanted = list(range(3, 3 + len(bad))) + [4 + len(bad), 5 + len(bad), 6 + len(bad)]
    equal([problem["line"] for problem in told["problems"]], wanted + [len(lines)], "lines")
    equal([told["applied"], told["failed"]], [3, len(wanted) + 1], "counts")
    marks = facts("items", project, "--proposals", "--filter", "page 1")["items"][0]["proposals"]
    equal([(m["verdict"], m["label"]) for m in marks], [("accepted", "cat"), ("corrected", "cat"), ("added", "dog")], "marks")
    equal([marks[0]["ms"], marks[1]["comment"], marks[1]["proposed"]["label"]], [5, "no dog", "dog"], "details")
    source = os.path.join(folder, "lines")
    harness.write_lines(source, [{"item": item, "annotation": marks[2]["annotation"], "verdict": "clear"}, bad[0]])
    text = run("history", project, "--item", item)
    assert "undecided → corrected, dog → cat" in text and "undecided → added, dog" in text, text
    equal([e["seq"] for e in facts("history", project, "--limit", "3")["events"]], [6, 7, 8], "the latest events in their order")
    status, out, err = call("review", project, source, "--ack")
    equal([status, out], [1, "ok 1\n"], "acknowledged")
    assert re.match(rf"emendctl: {re.escape(source)}: line 2: .+", err), err


def test_json(folder):
    project = make_reviewed(folder)
    lines = os.path.join(folder, "lines")
    harness.write_lines(lines, [{"item": "images/page 2.png", "proposal": "1:2", "verdict": "reject", "comment": "\x1b[31m \u202e“no”"}])
    pack = os.path.join(folder, "p.emend.zip")
    for args in (("review", project, lines), ("items", project), ("items", project, "--proposals"), ("items", project, "--filter", "nothing like it"),
                 ("schema", project), ("schema", project, "show"), ("schema", project, "export", os.path.join(folder, "s.json")), ("report", project),
                 ("history", project), ("history", project, "--limit", "1"), ("history", project, "--item", "images/page 2.png"), ("check", project),
                 ("check", project, "--rebuild"), ("export", project, "--format", "coco", "-o", os.path.join(folder, "o.json")),
                 ("pack", project, "-o", pack), ("verify", pack), ("verify", project), ("unpack", pack, "-C", os.path.join(folder, "images"))):
        assert isinstance(facts(*args), dict), args
        if args[0] not in ("review", "unpack", "pack", "export") and "export" not in args:
            text = run(*args)
            assert text and "\x1b" not in text and "\u202e" not in text, (args, text)
    equal(facts("history", project, "--item", "images/page 2.png")["events"][-1]["action"], "decided", "history of an item")


def test_locale(folder):
    """Names are UTF-8, also where the locale is not."""
    project = make_project(folder)
    environment = dict(harness.environment(), LC_ALL="C")
    subprocess.run([harness.PROGRAM, "add", project, os.path.join(folder, "images"), "--reviewer", "Zoë"], env=environment, check=True,
                   stdout=subprocess.DEVNULL)
    line = b'{"item": "images/page 1.png", "verdict": "done"}'
    subprocess.run([harness.PROGRAM, "review", project, "-", "--reviewer", "Zoë"], env=environment, check=True, input=line, stdout=subprocess.DEVNULL)
    equal(facts("history", project)["events"][-1]["reviewer"], "Zoë", "reviewer")


def test_terminal(folder):
    name = "\x1b]0;owned\x07 \u202e.png"
    harness.write_png(os.path.join(folder, "images", name), 20, 20)
    project = os.path.join(folder, "work.emend")
    run("new", project, "--media", os.path.join(folder, "images"))
    text = run("items", project)
    assert "\x1b" not in text and "\x07" not in text and "\u202e" not in text and "owned" in text, text
    equal(facts("items", project)["items"][0]["path"], "images/" + name, "the name itself")
    error = refused("add", project, os.path.join(folder, "\x1b[31mred"))
    assert "\x1b" not in error, error


def test_interrupted(folder):
    project = make_reviewed(folder)
    process = subprocess.Popen([harness.PROGRAM, "review", project, "-", "--ack", "--reviewer", "Ada"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=harness.environment())
    process.stdin.write(b'{"item": "images/page 1.png", "proposal": "1:0", "verdict": "accept"}\n{"item": ')
    process.stdin.flush()
    equal(process.stdout.readline(), b"ok 1\n", "acknowledged")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    equal([process.returncode, out], [1, b""], "interrupted")
    assert err.startswith(b"emendctl: "), err
    equal(facts("report", project)["total"]["accepted"], 1, "kept")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    equal(sorted(os.listdir(folder)), ["images", "proposals.json", "work.emend"], "files")


def test_full_disk(folder):
    project = make_reviewed(folder)
    with open("/dev/full", "wb") as full:
        result = subprocess.run([harness.PROGRAM, "items", project], stdout=full, stderr=subprocess.PIPE, env=harness.environment(), check=False)
    equal(result.returncode, 1, "exit status when standard output is full")
    assert result.stderr.startswith(b"emendctl: "), result.stderr


def test_read_only(folder):
    """A second program holds the project: it can be read and not written, and says so."""
    project = make_reviewed(folder)
    process = subprocess.Popen([harness.PROGRAM, "review", project, "-", "--ack", "--reviewer", "Ada"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, env=harness.environment())
    process.stdin.write(b'{"item": "images/page 1.png", "proposal": "1:0", "verdict": "accept"}\n')
    process.stdin.flush()
    equal(process.stdout.readline(), b"ok 1\n", "acknowledged")
    assert project in refused("add", project, os.path.join(folder, "images"))
    equal(facts("report", project)["total"]["accepted"], 1, "read meanwhile")
    process.stdin.close()
    equal(process.wait(), 0, "the first program")
    process.stdout.close()


if __name__ == "__main__":
    harness.main(test_help, test_documented, test_wrong_usage, test_missing_file, test_not_a_project, test_new, test_add, test_outside, test_verify_media, test_schema,
                 test_import, test_review_lines, test_json, test_locale, test_terminal, test_interrupted, test_full_disk, test_read_only)
