"""Documents: templates, schemas with fields, words of pages, learning, and what the program prints of values."""

import json
import os
import re
import signal
import subprocess
import time

import documents
import harness
from harness import equal, facts, refused, run


def write_text(path, text):
    with open(path, "wb") as file:
        file.write(text.encode() if isinstance(text, str) else text)


def test_templates(folder):
    wanted = {"objects": ([], 0), "receipt": (["company", "date", "total"], 2), "invoice": (["invoice_number", "due_date", "lines", "net", "total"], 4),
              "form": (["last_name", "birth_date", "signed"], 1), "radiology": (["patient_id", "study_date", "modality", "impression"], 2)}
    for name, (fields, n_rules) in wanted.items():
        project = os.path.join(folder, f"{name}.emend")
        told = facts("new", project, "--template", name)
        schema = facts("schema", project)
        names = [field["name"] for field in schema.get("fields", [])]
        equal(told["fields"], len(names), f"fields of {name}")
        equal([field for field in fields if field not in names], [], f"fields of {name}")
        equal(len(schema.get("rules", [])), n_rules, f"rules of {name}")
        shown = run("schema", project)
        equal([field for field in names if field not in shown], [], f"what is shown of {name}")
        # A file of its own gives the same schema.
        written = os.path.join(folder, f"{name}.json")
        run("schema", project, "export", written)
        copy = os.path.join(folder, f"{name}-copy.emend")
        run("new", copy, "--template", written)
        equal(facts("schema", copy), schema, f"copy of {name}")
    assert name in run("new", "--help")
    refused("new", os.path.join(folder, "other.emend"), "--template", "nonsense")


def ids(schema):
    return {kind: {entry["name"]: entry["id"] for entry in schema.get(kind, [])} for kind in ("labels", "fields")}


def test_schema(folder):
    """Fields keep their numbers, which they share with labels; what the next schema does not have is retired."""
    project = os.path.join(folder, "work.emend")
    run("new", project, "--labels", "stamp", "--template", "receipt")
    before = ids(facts("schema", project))
    written = os.path.join(folder, "schema.json")
    # As another program writes it: without numbers, in another order, with a new label and a new field.
    harness.write_json(written, {"labels": [{"name": "signature"}, {"name": "stamp"}],
                                 "fields": [{"name": "total", "type": "amount", "currency": "MYR"}, {"name": "note", "type": "text"},
                                            {"name": "date", "type": "date"}],
                                 "rules": [{"name": "same", "kind": "equal", "target": "total", "operands": ["total"]}]})
    told = facts("schema", project, "import", written)
    equal([told["version"], told["fields"], told["rules"]], [2, 12, 1], "told")
    schema = facts("schema", project)
    after = ids(schema)
    for kind in before:
        equal({name: after[kind][name] for name in before[kind]}, before[kind], f"numbers of {kind}")
    numbers = [*after["labels"].values(), *after["fields"].values()]
    equal(len(set(numbers)), len(numbers), "numbers that are used once")
    equal({field["name"] for field in schema["fields"] if field.get("retired")}, set(before["fields"]) - {"total", "date"}, "retired")
    equal([field["name"] for field in schema["fields"]][:3], ["total", "note", "date"], "order")
    for wrong, reason in (({"labels": [], "fields": [{"name": "a", "type": "colour"}]}, "colour|type"),
                          ({"labels": [], "fields": [{"name": "a", "type": "text", "nonsense": 1}]}, "nonsense"),
                          ({"labels": [], "fields": [{"name": "a", "type": "code", "pattern": "("}]}, "pattern"),
                          ({"labels": [], "fields": [{"name": "a", "type": "text"}] * 2}, "“a”"),
                          ({"labels": [], "rules": [{"name": "r", "kind": "sum", "target": "b", "operands": ["c"]}]}, "“r”")):
        harness.write_json(written, wrong)
        assert re.search(reason, refused("schema", project, "import", written)), wrong
    equal(facts("schema", project), schema, "what a refusal leaves")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")


def without_defaults(entry):
    """An entry without what is given by the project when it is left out."""
    return {name: value for name, value in entry.items() if name not in ("id", "order")}


def test_manual(folder):
    """The example of the manual is a schema, and comes back as it is."""
    manual = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "schema.md")
    with open(manual, encoding="utf-8") as file:
        text = file.read()
    example = json.loads(re.search("```json\n(.*?)```", text, re.S)[1])
    written = os.path.join(folder, "schema.json")
    harness.write_json(written, example)
    project = os.path.join(folder, "work.emend")
    run("new", project, "--template", written)
    schema = facts("schema", project)
    for kind in ("rules", "lists", "item_decisions"):
        equal(schema[kind], example[kind], kind)
    for kind in ("labels", "fields"):
        equal([without_defaults(entry) for entry in schema[kind]], [without_defaults(entry) for entry in example[kind]], kind)
    for template in ("objects", "receipt", "invoice", "form", "radiology"):
        assert f"`{template}`" in text, template
    equal(run("schema", project, "import", written).count("retired: 0"), 1, "the same again")


def test_lists(folder):
    project = os.path.join(folder, "work.emend")
    run("new", project, "--template", "radiology")
    written = os.path.join(folder, "wards.csv")
    write_text(written, '\ufeffValue,alias\r\n"Ward 1, East",W1E,"the ""east"" ward"\r\nWard 2\r\n\r\nWard 3,,W3\r\n')
    told = facts("schema", project, "--list", f"ward={written}", "--list", f"modality={written}")
    equal([told["lists"], told["version"]], [2, 2], "told")
    lists = {entry["name"]: entry["entries"] for entry in facts("schema", project)["lists"]}
    equal(lists["ward"], [{"value": "Ward 1, East", "aliases": ["W1E", 'the "east" ward']}, {"value": "Ward 2"},
                          {"value": "Ward 3", "aliases": ["W3"]}], "list")
    equal(lists["modality"], lists["ward"], "list that was replaced")
    before = facts("schema", project)
    for text, reason in (('a,b\n"open,c\n', "Line 2: .*never closed"), ("a\nb\na\n", "Line 3: .*twice"), ("", "no value"),
                         (",x\n", "Line 1: .*spellings"), ('"a"b\n', "Line 1: .*comma"), (b"\xff\n", "UTF-8"),
                         ("x\n" + "".join(f"value {i}\n" for i in range(20001)), "20000"), ("a," * 1001, "Line 1: .*1000")):
        write_text(written, text)
        told = refused("schema", project, "--list", f"ward={written}")
        assert re.search(reason, told) and written in told, told
    refused("schema", project, "--list", "ward")
    refused("schema", project, "--list", f"ward={folder}/nowhere.csv")
    refused("schema", project, "show", "--list", f"ward={written}", status=2)
    equal(facts("schema", project), before, "what a refusal leaves")


def test_words(folder):
    """Pages are read once, what cannot be read is told and stops nothing, and words are found."""
    project, fields = documents.make_project(folder, 6)
    write_text(os.path.join(folder, "bills", "broken.pdf"), "%PDF-1.4\nand no more")
    run("add", project, os.path.join(folder, "bills"))
    changed, gone = (os.path.join(folder, "bills", f"bill {number}.pdf") for number in (2, 3))
    documents.write_pdf(changed, [(40, 50, "Another file")])
    os.rename(gone, gone + ".away")
    ended, out, err = harness.call("propose", project, "--with", "ocr", "--items", "bills", "--json")
    told = json.loads(out)
    equal([ended, told["pages"], told["items"], told["left_out"], told["interrupted"]], [1, 4, 7, 1, False], "read")
    equal([(entry["item"], entry["page"]) for entry in told["unreadable"]], [("bills/bill 2.pdf", 1), ("bills/bill 3.pdf", 1)], "unreadable")
    first, second = err.splitlines()
    assert re.fullmatch("emendctl: bills/bill 2.pdf: Page 1: .*changed since.*", first), first
    assert second.startswith("emendctl: bills/bill 3.pdf: Page 1: "), second
    equal(facts("search", project, "another")["count"], 0, "words of a file that is not the item's")
    documents.write_pdf(changed, documents.bill(2)[0])
    os.rename(gone + ".away", gone)
    equal(facts("propose", project, "--with", "ocr", "--items", "nothing here")["items"], 0, "items of a filter")
    equal(facts("propose", project, "--with", "ocr")["pages"], 2, "the pages that were left")
    told = facts("propose", project, "--with", "ocr")
    equal([told["pages"], told["words"]], [0, 0], "all are known")
    equal(facts("propose", project, "--with", "ocr", "--again")["pages"], 6, "again")
    hits = facts("search", project, "SHOP", "numb")
    equal(sorted((hit["item"], hit["page"]) for hit in hits["hits"]), sorted((path, 1) for path in fields), "hits")
    equal(facts("search", project, "shop", "nowhere")["count"], 0, "words that are on no page")
    total = fields["bills/bill 4.pdf"]["total"]
    equal(facts("search", project, total)["hits"], [{"item": "bills/bill 4.pdf", "page": 1}], "hit of a number")
    equal(facts("search", project, "shop", "--limit", "2")["count"], 2, "limit")
    assert "bills/bill 4.pdf" in run("search", project, total)
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    assert "qqq" in refused("propose", project, "--with", "ocr", "--language", "eng+qqq")


def test_learning(folder):
    """From rules to what was learned; what a person decided is never touched."""
    project, fields = documents.make_project(folder, 45)
    assert "nothing to learn" in refused("learn", project)
    run("propose", project, "--with", "ocr")
    told = facts("propose", project, "--with", "fields")
    equal(told["learned_from"], 0, "before anything is done")
    assert told["proposals"] > 0, told
    equal(facts("propose", project, "--with", "fields")["proposals"], 0, "the same again")
    paths = list(fields)
    lines = []
    for path in paths[:35]:
        lines += [{"item": path, "field": name, "verdict": "correct", "value": value, "ms": 2000} for name, value in fields[path].items()]
        lines.append({"item": path, "verdict": "done"})
    lines.append({"item": paths[40], "field": "total", "verdict": "absent"})
    lines.append({"item": paths[41], "field": "date", "verdict": "illegible"})
    equal(documents.review(project, folder, lines)["failed"], 0, "failed decisions")
    before = {item["path"]: item["proposals"] for item in facts("items", project, "--proposals", "--reviewer", "Ada")["items"]}
    told = facts("learn", project)
    equal(told["documents"], 35, "documents")
    rows = {field["name"]: field for field in told["fields"]}
    equal([(rows[name]["present"], rows[name]["learning"]) for name in ("date", "total")], [(35, False)] * 2, "learned")
    equal([point["documents"] for point in rows["total"]["curve"]], [5, 10, 20], "points of the curve")
    assert rows["date"]["accuracy"] > 0.9 and rows["total"]["accuracy"] > 0.9, rows
    assert "95 % INTERVAL" in run("learn", project)
    told = facts("propose", project, "--with", "fields", "--reviewer", "Ben")
    equal(told["learned_from"], 35, "learned from")
    right = 0
    for item in facts("items", project, "--proposals", "--reviewer", "Ada")["items"]:
        path = item["path"]
        decided = [mark for mark in item["proposals"] if mark["verdict"] != "undecided"]
        equal(decided, [mark for mark in before[path] if mark["verdict"] != "undecided"], f"what was decided of {path}")
        if path in paths[:35]:
            equal(item["n_undecided"], 0, f"what waits of {path}")
            continue
        right += sum(mark["value"] == fields[path][mark["field"]] for mark in item["proposals"] if mark["verdict"] == "undecided")
    assert right >= 15, right
    rows = {row["name"]: row for row in facts("report", project)["fields"]}
    equal([rows["total"]["absent"], rows["date"]["illegible"]], [1, 1], "absent and illegible")
    equal(rows["date"]["mean_ms"], 2000, "time")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")
    # What is reopened has no influence any more.
    documents.review(project, folder, [{"item": path, "verdict": "reopen"} for path in paths[:35]])
    equal(facts("propose", project, "--with", "fields")["learned_from"], 0, "learned from nothing")
    run("new", os.path.join(folder, "empty.emend"))
    assert "no fields" in refused("propose", os.path.join(folder, "empty.emend"), "--with", "fields")


def test_still_learning(folder):
    project, fields = documents.make_project(folder, 4)
    run("propose", project, "--with", "ocr")
    documents.review(project, folder, [line for path, values in fields.items() for line in (
        {"item": path, "field": "total", "verdict": "add", "value": values["total"]}, {"item": path, "field": "date", "verdict": "absent"},
        {"item": path, "verdict": "done"})])
    rows = {field["name"]: field for field in facts("learn", project)["fields"]}
    equal([(rows[name]["present"], rows[name]["absent"], rows[name]["learning"]) for name in ("total", "date")],
          [(4, 0, True), (0, 4, True)], "fields")
    text = run("learn", project)
    assert text.count("learning") == 2, text


def test_values(folder):
    """What is printed of values: items, history, report."""
    project, fields = documents.make_project(folder, 3)
    paths = list(fields)
    documents.import_fields(project, "some model", [
        (paths[0], "total", "12.5", {"score": 0.75, "box": [10, 20, 30, 8]}), (paths[0], "date", "3/4/2020", {}),
        (paths[1], "total", "7", {}), (paths[1], "date", "1/1/2021", {}), (paths[2], "total", "1", {})])
    lines = [{"item": paths[0], "field": "total", "verdict": "accept", "ms": 3000},
             {"item": paths[0], "field": "date", "verdict": "correct", "value": "4.4.2020", "override": "it is printed so"},
             {"item": paths[1], "field": "total", "verdict": "absent"}, {"item": paths[1], "field": "date", "verdict": "illegible"},
             {"item": paths[2], "field": "date", "verdict": "add", "value": "2022-02-02"}]
    equal(documents.review(project, folder, lines)["failed"], 0, "failed decisions")
    items = facts("items", project, "--proposals", "--reviewer", "Ada")["items"]
    marks = {(item["path"], mark["field"]): mark for item in items for mark in item["proposals"]}
    total = marks[paths[0], "total"]
    equal([total["verdict"], total["value"], total["normal"], total["shape"]["box"], total["proposed"]["score"]],
          ["accepted", "12.5", "12.5", [10, 20, 30, 8], 0.75], "accepted")
    assert "label" not in total and total["source"] == "imported", total
    date = marks[paths[0], "date"]
    equal([date["verdict"], date["normal"], date["proposed"]["normal"], date["override"]],
          ["corrected", "2020-04-04", "2020-04-03", "it is printed so"], "corrected")
    assert "shape" not in date, date
    equal([marks[paths[1], "total"][name] for name in ("verdict", "value")], ["absent", None], "absent")
    equal(marks[paths[1], "date"]["verdict"], "illegible", "illegible")
    equal([marks[paths[2], "date"]["verdict"], "proposed" in marks[paths[2], "date"]], ["added", False], "added")
    table = run("items", project, "--proposals", "--reviewer", "Ada")
    assert re.search(r"accepted +0\.750 +1 +10\.0, 20\.0, 30\.0 × 8\.0 +total +12\.5", table), table
    assert re.search(r"undecided +– +1 +– +total +1\n", table), table
    told = run("history", project)
    for words in ("undecided → accepted, total, “12.5”", "corrected, date, “3/4/2020” → “4.4.2020”, against the rules: it is printed so",
                  "undecided → absent, total, “7” → –", "added, date, – → “2022-02-02”"):
        assert words in told, (words, told)
    rows = {row["name"]: row for row in facts("report", project)["fields"]}
    equal([rows["total"][name] for name in ("proposals", "undecided", "accepted", "corrected", "absent", "illegible", "added", "compared",
                                            "agreeing", "agreement", "override_rate", "mean_ms")],
          [3, 1, 1, 0, 1, 0, 0, 2, 1, 0.5, 0.5, 3000], "row of the total")
    equal([rows["date"][name] for name in ("proposals", "undecided", "accepted", "corrected", "absent", "illegible", "added", "compared",
                                           "agreeing", "agreement", "override_rate", "mean_ms")],
          [2, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, None], "row of the date")
    total = facts("report", project)["total"]
    equal([total["proposals"], total["moved"], total["mean_iou"]], [5, 0, None], "all")
    assert "AGREEMENT" in run("report", project)


def test_interrupted(folder):
    """Ctrl+C stops reading; what was read is kept, and the rest is read the next time."""
    n_pages = 40 * 25
    project = documents.make_books(folder, 40, 25)
    process = subprocess.Popen([harness.PROGRAM, "propose", project, "--with", "ocr", "--json"], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, env=harness.environment())
    while process.poll() is None and documents.count_pages(project) == 0:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    told = json.loads(out)
    equal([process.returncode, told["interrupted"], told["unreadable"]], [1, True, []], "interrupted")
    assert b"What was read is kept" in err, err
    assert 0 < told["pages"] < n_pages, told
    equal(facts("search", project, "shop")["count"], told["pages"], "kept")
    equal(facts("propose", project, "--with", "ocr")["pages"], n_pages - told["pages"], "the rest")
    equal(facts("check", project, "--rebuild")["problems"], [], "problems")


if __name__ == "__main__":
    harness.main(test_templates, test_schema, test_manual, test_lists, test_words, test_learning, test_still_learning, test_values, test_interrupted)
