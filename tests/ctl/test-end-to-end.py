"""From pictures and a model's proposals to a delivered pack, every count checked by other means."""

import collections
import hashlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import zipfile

import harness
from harness import equal, facts, run

THRESHOLD = 0.5


def iou(a, b):
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (a[2] * a[3] + b[2] * b[3] - shared)


def match(found, truth):
    """Greedy one-to-one matching of (label, box, score) with (label, box); a second implementation."""
    partner = [None] * len(found)
    free = set(range(len(truth)))
    for i in sorted(range(len(found)), key=lambda i: -found[i][2]):
        best = max(((iou(found[i][1], truth[j][1]), -j) for j in free if truth[j][0] == found[i][0]),
                   default=(0, 0))
        if best[0] >= THRESHOLD:
            partner[i] = -best[1]
            free.discard(-best[1])
    return partner


def read_coco(path):
    """Boxes by picture name: (label, box, score), read without the program."""
    with open(path, encoding="utf-8") as file:
        tree = json.load(file)
    names = {category["id"]: category["name"] for category in tree["categories"]}
    images = {image["id"]: image["file_name"] for image in tree["images"]}
    boxes = collections.defaultdict(list)
    for annotation in tree["annotations"]:
        boxes[images[annotation["image_id"]]].append(
            (names[annotation["category_id"]], annotation["bbox"], annotation.get("score", 1.0)))
    return boxes


def near(a, b):
    return all(abs(x - y) < 1e-6 for x, y in zip(a, b))


def decide(path, marks, truth, decisions, expected):
    """Decisions that make the truth of the proposals: accept, correct, relabel, reject, add, done."""
    found = [(m["proposed"]["label"], m["proposed"]["shape"]["box"], m["proposed"]["score"]) for m in marks]
    partner = match(found, truth)
    missed = set(range(len(truth))) - {j for j in partner if j is not None}
    for i, mark in enumerate(marks):
        line = {"item": path, "proposal": mark["proposal"], "ms": 1000 + i}
        other = next((j for j in sorted(missed) if iou(found[i][1], truth[j][1]) >= THRESHOLD), None)
        if partner[i] is not None and iou(found[i][1], truth[partner[i]][1]) >= 0.8:
            line["verdict"] = "accept"
            expected["accepted"] += 1
            expected["final"].append((path, found[i][0], found[i][1]))
        elif partner[i] is not None:
            line.update(verdict="correct", box=truth[partner[i]][1])
            expected["corrected"] += 1
            expected["moved"].append(iou(found[i][1], truth[partner[i]][1]))
            expected["final"].append((path, truth[partner[i]][0], truth[partner[i]][1]))
        elif other is not None:
            missed.discard(other)
            line.update(verdict="correct", label=truth[other][0], box=truth[other][1])
            expected["corrected"] += 1
            expected["relabelled"] += 1
            expected["moved"].append(iou(found[i][1], truth[other][1]))
            expected["final"].append((path, truth[other][0], truth[other][1]))
        else:
            line.update(verdict="reject", comment="nothing there")
            expected["rejected"] += 1
        decisions.append(line)
    for j in sorted(missed):
        decisions.append({"item": path, "verdict": "add", "page": 1, "label": truth[j][0], "box": truth[j][1]})
        expected["added"] += 1
        expected["final"].append((path, truth[j][0], truth[j][1]))
    decisions.append({"item": path, "verdict": "done"})


def count_findings(items, truth):
    """True positives, false positives and misses of (label, box, score) by picture."""
    counts = collections.Counter()
    for path, found in items.items():
        matched = sum(j is not None for j in match(found, truth[path]))
        counts.update(hit=matched, false=len(found) - matched, miss=len(truth[path]) - matched)
    return [counts["hit"], counts["false"], counts["miss"]]


def check_import(project, proposals_file, truth_file, n_items):
    proposals = read_coco(proposals_file)
    truth = read_coco(truth_file)
    told = facts("import", project, proposals_file, "--run", "detector", "--dry-run")
    equal(told["records"], sum(map(len, proposals.values())), "records of the dry run")
    equal(facts("report", project)["total"]["proposals"], 0, "proposals after a dry run")
    told = facts("import", project, proposals_file, "--run", "detector", "--model", "some model")
    equal(told["records"], sum(map(len, proposals.values())), "proposals")
    equal(told["unmatched"], 0, "pictures not matched")
    equal(told["bad_lines"], 0, "bad lines")
    equal(told["images"] + told["untouched"], n_items, "pictures")
    by_label = collections.Counter(label for boxes in proposals.values() for label, _, _ in boxes)
    equal({label["name"]: label["records"] for label in told["labels"] if label["records"]}, dict(by_label), "labels")
    told = facts("import", project, truth_file, "--as", "reference", "--add-labels")
    equal(told["records"], sum(map(len, truth.values())), "reference")
    return proposals, truth


def check_items(project, proposals):
    """What the project holds is what the file says, number for number."""
    items = facts("items", project, "--proposals")["items"]
    for item in items:
        name = os.path.basename(item["path"])
        got = [(m["proposed"]["label"], m["proposed"]["shape"]["box"], m["proposed"]["score"]) for m in item["proposals"]]
        wanted = proposals.get(name, [])
        equal(len(got), len(wanted), name)
        for a, b in zip(got, wanted):
            assert a[0] == b[0] and near(a[1], b[1]) and abs(a[2] - b[2]) < 1e-9, (name, a, b)
        equal({m["verdict"] for m in item["proposals"]} - {"undecided"}, set(), name)
    return items


def check_report(project, items, truth, expected):
    report = facts("report", project)
    total = report["total"]
    for name in ("accepted", "corrected", "rejected", "added", "relabelled"):
        equal(total[name], expected[name], name)
    equal(total["moved"], len(expected["moved"]), "moved")
    if expected["moved"]:
        assert abs(total["mean_iou"] - sum(expected["moved"]) / len(expected["moved"])) < 1e-9, total
    judged = expected["accepted"] + expected["corrected"] + expected["rejected"]
    equal(total["proposals"], judged, "proposals")
    equal(total["undecided"], 0, "undecided")
    assert abs(total["override_rate"] - (expected["corrected"] + expected["rejected"]) / judged) < 1e-12, total
    proposed = {os.path.basename(i["path"]): [(m["proposed"]["label"], m["proposed"]["shape"]["box"],
                                               m["proposed"]["score"]) for m in i["proposals"]] for i in items}
    final = {os.path.basename(i["path"]): [] for i in items}
    for path, label, box in expected["final"]:
        final[os.path.basename(path)].append((label, box, 1.0))
    for row, found in ((total, proposed), (report["runs"][0], proposed), (report["reviewed"], final)):
        equal([row["true_positives"], row["false_positives"], row["misses"]], count_findings(found, truth), "findings")
    for name in ("proposals", "accepted", "corrected", "rejected", "added", "true_positives", "false_positives", "misses"):
        equal(sum(row[name] for row in report["labels"]), total[name], f"sum of {name} over the labels")
    equal([report["items"], report["items_done"]], [len(items), len(items)], "items done")
    assert "PRECISION" in run("report", project)
    return report


def check_database(project, expected, n_items):
    """The tables say the same, asked without the program."""
    with sqlite3.connect(f"file:{project}?mode=ro", uri=True) as database:
        counts = dict(database.execute("SELECT verdict, count(*) FROM annotation GROUP BY verdict"))
        wanted = {1: "accepted", 2: "corrected", 3: "rejected", 4: "added"}
        equal(counts, {number: expected[name] for number, name in wanted.items() if expected[name]}, "annotations")
        equal(database.execute("SELECT count(*) FROM item").fetchone()[0], n_items, "items")
        equal(database.execute("PRAGMA integrity_check").fetchone()[0], "ok", "integrity")


def check_export(project, folder, expected, n_items):
    out = os.path.join(folder, "final.json")
    told = facts("export", project, "--format", "coco", "-o", out)
    equal([told["items"], told["records"], told["undone"]], [n_items, len(expected["final"]), 0], "export")
    with open(out, "rb") as file:
        equal(hashlib.sha256(file.read()).hexdigest(), told["sha256"], "hash of the export")
    written = read_coco(out)
    got = sorted((os.path.basename(name), label, [round(v, 4) for v in box])
                 for name, boxes in written.items() for label, box, _ in boxes)
    wanted = sorted((os.path.basename(path), label, [round(v, 4) for v in box]) for path, label, box in expected["final"])
    equal(got, wanted, "exported boxes")
    harness.refused("export", project, "--format", "coco", "-o", out)


def check_pack(project, folder, n_items, expected):
    pack = os.path.join(folder, "out", "delivery.emend.zip")
    os.mkdir(os.path.dirname(pack))
    told = facts("pack", project, "-o", pack, "--kind", "delivery")
    equal(told["items"], n_items, "items of the pack")
    equal(told["annotations"], sum(expected[name] for name in ("accepted", "corrected", "rejected", "added")), "annotations")
    with open(pack, "rb") as file:
        equal(hashlib.sha256(file.read()).hexdigest(), told["sha256"], "hash of the pack")
    equal(facts("verify", pack)["problems"], [], "problems")
    with zipfile.ZipFile(pack) as archive:
        archive.extractall(os.path.join(folder, "plain"))
    top = os.path.join(folder, "plain", os.listdir(os.path.join(folder, "plain"))[0])
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--quiet", "-c", manifest], cwd=top, check=True)
    return pack


def check_unpacked(pack, folder, report):
    elsewhere = os.path.join(folder, "elsewhere")
    os.mkdir(elsewhere)
    project = facts("unpack", pack, "-C", elsewhere)["project"]
    equal(facts("check", project, "--rebuild")["problems"], [], "problems of the unpacked project")
    equal(facts("verify", project)["problems"], [], "problems of the unpacked media")
    equal(facts("report", project), report, "report of the unpacked project")


def check_damaged(pack, folder):
    damaged = os.path.join(folder, "damaged.emend.zip")
    with open(pack, "rb") as file:
        content = bytearray(file.read())
    content[len(content) // 2] ^= 1
    with open(damaged, "wb") as file:
        file.write(content)
    harness.refused("verify", damaged)
    target = os.path.join(folder, "target")
    os.mkdir(target)
    harness.refused("unpack", damaged, "-C", target)
    equal(os.listdir(target), [], "what a refused pack leaves")


def hash_files(folder):
    hashes = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            hashes[name] = hashlib.sha256(file.read()).hexdigest()
    return hashes


def whole_way(folder, images, proposals_file, truth_file):
    project = os.path.join(folder, "work.emend")
    before = hash_files(images)
    told = facts("new", project, "--name", "All the way", "--media", images, "--reviewer", "Ada")
    equal([told["added"], told["unreadable"]], [len(before), 0], "pictures added")
    proposals, truth = check_import(project, proposals_file, truth_file, len(before))
    items = check_items(project, proposals)
    equal({os.path.basename(i["path"]): i["sha256"] for i in items}, before, "hashes")
    decisions = []
    expected = collections.Counter(final=[], moved=[])
    for item in items:
        decide(item["path"], item["proposals"], truth[os.path.basename(item["path"])], decisions, expected)
    lines = os.path.join(folder, "decisions.jsonl")
    harness.write_lines(lines, decisions)
    equal(facts("review", project, lines, "--reviewer", "Ada"), {"problems": [], "applied": len(decisions), "failed": 0}, "review")
    report = check_report(project, items, truth, expected)
    check_database(project, expected, len(items))
    check_export(project, folder, expected, len(items))
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    decided = [e for e in facts("history", project)["events"] if e["action"] == "decided"]
    equal(len(decided), len(decisions), "events")
    equal({e["reviewer"] for e in decided}, {"Ada"}, "reviewer")
    pack = check_pack(project, folder, len(items), expected)
    check_unpacked(pack, folder, report)
    check_damaged(pack, folder)
    equal(hash_files(images), before, "the pictures afterwards")


def test_real_detector(folder):
    data = os.path.join(os.environ.get("EMEND_SHARED_DATA", ""), "detection", "voc100_eight_formats")
    if not os.path.isdir(data):
        raise harness.Skip("shared test data is not here: detection/voc100_eight_formats")
    images = os.path.join(folder, "images")
    shutil.copytree(os.path.join(data, "images"), images)
    whole_way(folder, images, os.path.join(data, "dets", "coco_format", "coco_dets.json"),
              os.path.join(data, "gts", "coco_format_v1", "instances_default.json"))


def test_generated(folder):
    random_numbers = random.Random(7)
    names = ["cat", "dog", "traffic light"]
    images = [(f"picture {i}.png", 120 + i, 90) for i in range(1, 13)]
    truth, proposals = [], []
    for name, width, height in images:
        harness.write_png(os.path.join(folder, "images", name), width, height, len(truth))
        for _ in range(random_numbers.randrange(6)):
            box = [random_numbers.randrange(70), random_numbers.randrange(50), random_numbers.randrange(10, 40), random_numbers.randrange(10, 30)]
            label = random_numbers.choice(names)
            truth.append((name, label, box, 1))
            kind = random_numbers.random()
            if kind < 0.8:
                shift = random_numbers.choice([0, 0.5, 3.25])
                proposals.append((name, label if kind < 0.65 else names[0], [box[0] + shift, *box[1:]], round(random_numbers.random(), 3)))
        if random_numbers.random() < 0.5:
            proposals.append((name, names[2], [60, 40, 9.5, 11], round(random_numbers.random(), 3)))
    proposals_file = os.path.join(folder, "proposals.json")
    truth_file = os.path.join(folder, "truth.json")
    harness.write_json(proposals_file, harness.make_coco(images, proposals, names, True))
    harness.write_json(truth_file, harness.make_coco(images, truth, names, False))
    whole_way(folder, os.path.join(folder, "images"), proposals_file, truth_file)


def test_blind_work(folder):
    """Some items go to another desk without what was decided here, and are reviewed there."""
    images = [(f"page {i}.png", 60, 40) for i in range(1, 6)]
    boxes = [(name, label, [x, 5, 10, 10], 0.5) for name, _, _ in images for x, label in ((2, "cat"), (30, "dog"))]
    for name, width, height in images:
        harness.write_png(os.path.join(folder, "images", name), width, height, len(name))
    harness.write_png(os.path.join(folder, "images", "page 2.png"), 60, 40, 2)
    source = os.path.join(folder, "proposals.json")
    harness.write_json(source, harness.make_coco(images, boxes, ["cat", "dog"], True))
    project = os.path.join(folder, "work.emend")
    run("new", project, "--media", os.path.join(folder, "images"))
    run("import", project, source)
    lines = [json.dumps({"item": "images/page 2.png", "proposal": f"1:{i}", "verdict": "accept"}).encode() for i in (2, 3)]
    run("review", project, "-", "--reviewer", "Ada", stdin=b"\n".join(lines))
    equal(facts("items", project, "--reviewer", "Bea", "--filter", "has:undecided")["count"], 5, "waiting for another reviewer")
    equal(facts("items", project, "--reviewer", "Ada", "--filter", "has:undecided")["count"], 4, "waiting for this reviewer")
    out = os.path.join(folder, "out.json")
    equal(facts("export", project, "--format", "coco", "-o", out, "--items", "page")["records"], 2, "exported")
    pack = os.path.join(folder, "work.emend.zip")
    harness.refused("pack", project, "-o", pack, "--items", "nothing like it")
    told = facts("pack", project, "-o", pack, "--kind", "work", "--blind", "--items", "page 2")
    equal([told["kind"], told["items"], told["annotations"]], ["work", 1, 0], "work pack")
    there = os.path.join(folder, "there")
    os.mkdir(there)
    copy = facts("unpack", pack, "-C", there)["project"]
    total = facts("report", copy)["total"]
    equal([total["proposals"], total["undecided"]], [2, 2], "blind")
    equal([e for e in facts("history", copy)["events"] if e["action"] == "decided"], [], "decisions of others")
    item = facts("items", copy, "--proposals", "--reviewer", "Bea")["items"][0]
    for mark in item["proposals"]:
        line = {"item": item["path"], "proposal": mark["proposal"], "verdict": "reject"}
        run("review", copy, "-", "--reviewer", "Bea", stdin=json.dumps(line).encode())
    equal(facts("report", copy)["total"]["rejected"], 2, "reviewed there")
    equal(facts("check", copy, "--rebuild")["problems"], [], "problems there")
    harness.refused("unpack", pack, "-C", there)


if __name__ == "__main__":
    harness.main(test_generated, test_blind_work, test_real_detector)
