"""Real receipts: what a model read of them against what was published, counted by the program and by others."""

import csv
import json
import os
import re
import sys

import documents
import harness
from harness import equal, facts, run

DATA = os.path.join(os.environ.get("EMEND_SHARED_DATA", ""), "receipts", "sroie")
FIELDS = ("company", "address", "date", "total")
SCHEMA = {"labels": [], "fields": [{"name": "company", "type": "text"}, {"name": "address", "type": "text"},
                                   {"name": "date", "type": "date", "order": "dmy"}, {"name": "total", "type": "amount"}]}

# The published comparison says that 2016/05/01 and 2016-05-01 are different days.
EXCEPTIONS = {("402", "date")}


def load(kind, number):
    path = os.path.join(DATA, kind, f"{number}.json")
    if not os.path.exists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def proposed_values(number):
    tree = load("proposed_fields", number)
    if tree is None:
        return None
    return {"company": tree["merchant"]["name"], "address": tree["merchant"]["address"],
            "date": tree["transaction"]["date"], "total": tree["transaction"]["total"]}


def make_project(folder):
    if not os.path.isdir(DATA):
        raise harness.Skip("the receipts are not here: EMEND_SHARED_DATA")
    schema = os.path.join(folder, "schema.json")
    harness.write_json(schema, SCHEMA)
    project = os.path.join(folder, "work.emend")
    told = facts("new", project, "--template", schema, "--media", os.path.join(DATA, "img"))
    equal([told["added"], told["unreadable"]], [123, 0], "receipts")
    return project, {re.search(r"(\d+)\.jpg$", item["path"])[1]: item["path"] for item in facts("items", project)["items"]}


def read_expected():
    with open(os.path.join(DATA, "EXPECTED_field_agreement.csv"), encoding="utf-8", newline="") as file:
        return {(row["id"], row["field"]): row["equal_after_normalisation"] == "1" for row in csv.DictReader(file)}


def decide(paths, proposals):
    """Decisions that make the published values of what was proposed."""
    lines = []
    for number, path in paths.items():
        truth = load("truth_fields", number)
        for field in FIELDS:
            value = truth.get(field, "").strip()
            line = {"item": path, "field": field}
            if value == "":
                line["verdict"] = "absent"
            elif field not in proposals.get(number, {}):
                line.update(verdict="add", value=value)
            elif value == proposals[number][field]:
                line["verdict"] = "accept"
            else:
                line.update(verdict="correct", value=value)
            lines.append(line)
        lines.append({"item": path, "verdict": "done"})
    return lines


def differing_dates(project):
    """The receipts of which proposal and decision are different days, as the program reads them."""
    found = set()
    for item in facts("items", project, "--proposals")["items"]:
        for mark in item["proposals"]:
            if mark["field"] == "date" and "proposed" in mark and mark["normal"] != mark["proposed"]["normal"]:
                found.add(re.search(r"(\d+)\.jpg$", item["path"])[1])
    return found


def test_agreement(folder):
    project, paths = make_project(folder)
    proposals = {}
    values = []
    for number, path in paths.items():
        proposed = proposed_values(number)
        if proposed is None:
            continue
        proposals[number] = {field: str(value) if value is not None else "" for field, value in proposed.items()}
        values += [(path, field, proposals[number][field], {"score": 0.95}) for field in FIELDS]
    equal(len(proposals), 119, "receipts with proposals")
    documents.import_fields(project, "gpt-4o-vision", values)
    told = documents.review(project, folder, decide(paths, proposals))
    equal([told["applied"], told["failed"]], [123 * 5, 0], "decisions")
    report = facts("report", project)
    equal(report["items_done"], 123, "receipts that are done")
    expected = read_expected()
    rows = {row["name"]: row for row in report["fields"]}
    equal(set(rows), set(FIELDS), "rows")
    for field in FIELDS:
        row = rows[field]
        differing = sum(not same for (_, name), same in expected.items() if name == field)
        n = sum(name == field for _, name in expected)
        exceptions = sum(name == field for _, name in EXCEPTIONS)
        print(f"# {field}: {row['compared'] - row['agreeing']} of {row['compared']} differ, published: {differing} of {n}; "
              f"{row['accepted']} accepted, {row['corrected']} corrected, {row['absent']} absent, {row['added']} added")
        equal([row["proposals"], row["compared"]], [119, 119], field)
        equal(row["compared"] - row["agreeing"], differing - exceptions, f"differing {field}")
        equal(row["proposals"], row["accepted"] + row["corrected"] + row["absent"] + row["undecided"], field)
    equal(differing_dates(project), {number for (number, field), same in expected.items()
                                     if field == "date" and not same and (number, field) not in EXCEPTIONS}, "dates")
    equal(report["total"]["moved"], 0, "boxes that moved")
    equal(report["total"]["mean_iou"], None, "overlap of values without boxes")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")


def test_learning(folder):
    """Reads all receipts, learns the first hundred, and proposes for the rest what the published values say."""
    project, paths = make_project(folder)
    told = facts("propose", project, "--with", "ocr")
    equal([told["pages"], told["unreadable"]], [123, []], "pages")
    known, rest = list(paths)[:100], list(paths)[100:]
    lines = decide({number: paths[number] for number in known}, {})
    documents.review(project, folder, lines)
    told = facts("learn", project)
    equal(told["documents"], 100, "documents")
    for field in told["fields"]:
        print(f"# {field['name']}: {field['right']} of {field['tested']} right ({field['low']:.2f} to {field['high']:.2f}), "
              f"ceiling {field['recall']:.2f}, coverage {field['coverage']:.2f}")
        assert field["low"] < field["accuracy"] < field["high"], field
        equal(field["learning"], False, field["name"])
    told = facts("propose", project, "--with", "fields")
    equal(told["learned_from"], 100, "learned from")
    equal(facts("report", project)["total"]["proposals"], told["proposals"], "proposals")
    numbers = {path: number for number, path in paths.items()}
    proposed = {}
    for item in facts("items", project, "--proposals")["items"]:
        proposed[numbers[item["path"]]] = {mark["field"]: mark["value"] for mark in item["proposals"] if "proposed" in mark}
    equal([number for number in known if proposed[number]], [], "what is done and got proposals")
    documents.review(project, folder, decide({number: paths[number] for number in rest}, proposed))
    rows = {row["name"]: row for row in facts("report", project)["fields"]}
    for name, least in (("date", 0.7), ("total", 0.5)):
        print(f"# {name}: {rows[name]['agreeing']} of {rows[name]['compared']} proposals for the rest agree")
        assert rows[name]["agreement"] >= least, rows[name]


if __name__ == "__main__":
    harness.main(*{"agreement": [test_agreement], "learning": [test_learning]}[sys.argv[2]])
