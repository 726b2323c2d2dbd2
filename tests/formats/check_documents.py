"""Checks the readers of document formats against what json, csv and xml.etree read from the same public files.

Usage: check_documents.py READ-DOCUMENT DATA. READ-DOCUMENT is the test program that prints what a reader gave. Prints every
fault; the exit status is 1 when there is one, and 77 when the data is not here.
"""

import collections
import csv
import glob
import json
import math
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

READ, DATA = sys.argv[1], sys.argv[2]
WIDTH, HEIGHT = 3000, 4200
faults = []
n_checked = collections.Counter()


def fault(text):
    faults.append(text)


def path(name):
    return os.path.join(DATA, name)


def files(pattern):
    return sorted(glob.glob(path(pattern)))


def read(name, format="auto", width=WIDTH, height=HEIGHT, pages=10):
    run = subprocess.run([READ, format, name, str(width), str(height), str(pages)], capture_output=True, encoding="utf-8")
    if run.returncode not in (0, 2):
        fault("%s: the reader ended with %d: %s" % (name, run.returncode, run.stderr[-200:]))
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    result = collections.defaultdict(list)
    for row in rows:
        result[row["kind"]].append(row)
    result["status"] = run.returncode
    return result


def words_of(result, page=0):
    return [w for page_words in result["words"] if page_words["key"].endswith("/%d" % page) for w in page_words["words"]]


def near(a, b, tolerance):
    return len(a) == len(b) and all(abs(x - y) <= tolerance for x, y in zip(a, b))


def local(element):
    return element.tag.rsplit("}", 1)[-1]


def expect_format(result, name, format):
    found = result["format"][0]["id"] if result["format"] else None
    if found != format:
        fault("%s: was taken for %s" % (name, found))


# hOCR, ALTO and TSV are three outputs of the same run of Tesseract.


def check_tesseract():
    for hocr_name in files("receipts/tesseract/*.hocr"):
        stem = hocr_name[: -len(".hocr")]
        with open(stem + ".tsv", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
        page = next(row for row in rows if row["level"] == "1")
        width, height = int(page["width"]), int(page["height"])
        truth = [row for row in rows if row["level"] == "5" and row["text"].strip()]
        hocr = read(hocr_name, width=width, height=height)
        alto = read(stem + ".xml", width=width, height=height)
        expect_format(hocr, hocr_name, "hocr")
        expect_format(alto, stem + ".xml", "alto")
        by_line = collections.defaultdict(list)
        for row in truth:
            by_line[tuple(int(row[k]) for k in ("block_num", "par_num", "line_num"))].append(row)
        truth = [row for line in sorted(by_line) for row in by_line[line]]
        for source, given in (("hOCR", words_of(hocr)), ("ALTO", words_of(alto))):
            if [w["text"] for w in given] != [row["text"].strip() for row in truth]:
                fault("%s: the words of %s are not those of the TSV" % (stem, source))
                continue
            for word, row in zip(given, truth):
                box = [float(row[k]) for k in ("left", "top", "width", "height")]
                if not near(word["box"], box, 1e-3):
                    fault("%s: %s has %s at %s, not at %s" % (stem, source, word["text"], word["box"], box))
                percent = int(float(row["conf"]))
                if source == "ALTO" and (0 < percent < 10 or percent == 100):
                    if "confidence" in word:
                        fault("%s: ALTO gives a confidence that cannot be known: %s" % (stem, word))
                elif not abs(word.get("confidence", -1) - percent / 100) < 1e-6:
                    fault("%s: %s has the confidence %s, not %d %%" % (stem, source, word.get("confidence"), percent))
            lines = [len(by_line[line]) for line in sorted(by_line)]
            if [n for _, n in sorted(collections.Counter(w["line"] for w in given).items())] != lines:
                fault("%s: %s has other lines than the TSV" % (stem, source))
        n_checked["hocr, alto, tsv"] += 1


def points_box(text):
    points = [tuple(float(v) for v in point.split(",")) for point in text.split()]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return [min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)]


def page_words(name):
    root = ET.parse(name).getroot()
    page = next(e for e in root if local(e) == "Page")
    words = []
    for word in (e for e in root.iter() if local(e) == "Word"):
        texts = [e for e in word if local(e) == "TextEquiv"]
        texts.sort(key=lambda e: float(e.get("index", -1)))
        coords = next(e for e in word if local(e) == "Coords")
        text = "".join(next((e.text or "" for e in texts[0] if local(e) == "Unicode"), "")) if texts else ""
        if text.strip():
            words.append((text.strip(), points_box(coords.get("points"))))
    return int(page.get("imageWidth")), int(page.get("imageHeight")), words


def check_page_alto():
    for name in files("formats/ocrd_page_alto/*/data/*PAGE/*.xml"):
        width, height, truth = page_words(name)
        result = read(name, width=width, height=height)
        expect_format(result, name, "page")
        given = words_of(result)
        if [w["text"] for w in given] != [t for t, _ in truth]:
            fault("%s: other words than in the file" % name)
        for word, (text, box) in zip(given, truth):
            if not near(word["box"], box, 1e-3):
                fault("%s: %s at %s, not at %s" % (name, text, word["box"], box))
        twice = read(name, width=2 * width, height=2 * height)
        if not all(near(b["box"], [2 * v for v in a["box"]], 1e-2) for a, b in zip(given, words_of(twice))):
            fault("%s: boxes do not grow with the page" % name)
        n_checked["page"] += 1
        alto_name = name.replace("GT-PAGE", "GT-ALTO").replace("_PAGE.xml", "_ALTO.xml")
        if os.path.exists(alto_name):
            alto = words_of(read(alto_name, width=width, height=height))
            if [w["text"] for w in alto] != [w["text"] for w in given]:
                fault("%s: ALTO has other words than PAGE" % name)
            strings = [e for e in ET.parse(alto_name).getroot().iter() if local(e) == "String"]
            for word, string in zip(alto, strings):
                box = [float(string.get(k)) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT")]
                if not near(word["box"], box, 1e-3):
                    fault("%s: %s is not where the file has it" % (alto_name, word["text"]))
            n_checked["alto and page"] += 1
    for name in files("formats/page_prima/*.xml"):
        result = read(name)
        if "abbyy" in name:
            if result["status"] != 2:
                fault("%s: is no format that can be read" % name)
        elif result["status"] or not result["problem"]:
            fault("%s: has regions only, which must be told" % name)


# Textract: an independent walk of the graph.


class Textract:
    def __init__(self, tree):
        pages = tree if isinstance(tree, list) else [tree]
        self.blocks = [b for page in pages for b in page.get("Blocks") or []]
        self.by_id = {b["Id"]: b for b in self.blocks}

    def related(self, block, kind):
        ids = [i for r in block.get("Relationships") or [] if r["Type"] == kind for i in r["Ids"]]
        return [self.by_id[i] for i in ids if i in self.by_id]

    def text(self, block):
        return " ".join(b["Text"] for b in self.related(block, "CHILD") if "Text" in b)

    def marks(self, block):
        return [b for b in self.related(block, "CHILD") if b["BlockType"] == "SELECTION_ELEMENT"]


def clean_key(text):
    text = " ".join(text.split())
    while len(text) > 1 and text[-1] in ": .":
        text = text[:-1]
    return text


def textract_forms(graph):
    pairs = collections.Counter()
    for block in graph.blocks:
        if block["BlockType"] != "KEY" and not (block["BlockType"] == "KEY_VALUE_SET" and "KEY" in block["EntityTypes"]):
            continue
        key, values = clean_key(graph.text(block)), graph.related(block, "VALUE")
        text = " ".join(t for t in (graph.text(v) for v in values) if t)
        marks = [m for v in values for m in graph.marks(v)]
        if not key or not (text or marks):
            continue
        if not text:
            text = "yes" if any(m["SelectionStatus"] == "SELECTED" for m in marks) else "no"
        pairs[(key, text)] += 1
    for block in graph.blocks:
        if block["BlockType"] == "QUERY":
            answers = [a for a in graph.related(block, "ANSWER") if "Text" in a]
            if answers:
                best = max(answers, key=lambda a: a.get("Confidence", -1))
                pairs[(block["Query"].get("Alias") or block["Query"]["Text"], best["Text"])] += 1
        elif block["BlockType"] == "SIGNATURE":
            pairs[("Signature", "yes")] += 1
    return pairs


def textract_cells(graph):
    cells = collections.Counter()
    for table in (b for b in graph.blocks if b["BlockType"] == "TABLE"):
        inner = [c for c in graph.related(table, "CHILD") if c["BlockType"] == "CELL"]
        headers = {c["RowIndex"] for c in inner if "COLUMN_HEADER" in (c.get("EntityTypes") or [])}
        rows = [r for r in range(1, max([c["RowIndex"] for c in inner], default=0) + 1) if r not in headers]
        for cell in inner:
            marks = graph.marks(cell)
            text = graph.text(cell)
            if cell["RowIndex"] in headers or not (text or marks):
                continue
            if not text:
                text = "yes" if any(m["SelectionStatus"] == "SELECTED" for m in marks) else "no"
            cells[(rows.index(cell["RowIndex"]), text)] += 1
    return cells


def expense_values(tree):
    values, items = collections.Counter(), collections.Counter()
    row = -1
    for document in tree.get("ExpenseDocuments") or []:
        for field in document["SummaryFields"]:
            count_expense(field, values, None)
        for group in document.get("LineItemGroups") or []:
            for item in group["LineItems"]:
                row += 1
                for field in item["LineItemExpenseFields"]:
                    count_expense(field, items, row)
    return values, items


def count_expense(field, into, row):
    name = field["Type"]["Text"] if field["Type"]["Text"] != "OTHER" else (field.get("LabelDetection") or {}).get("Text")
    text = field["ValueDetection"].get("Text", "").strip()
    if not name or not text or (row is not None and name == "EXPENSE_ROW"):
        return
    into[(clean_key(name), text) if row is None else (row, clean_key(name), text)] += 1


def check_scores(name, result):
    for value in result["value"]:
        parts = [v for k, v in value.get("attributes", {}).items() if k.endswith("_confidence")]
        if parts and not abs(value["score"] - min(parts) / 100) < 1e-9:
            fault("%s: the score %s is not the smaller of %s" % (name, value["score"], parts))


def check_textract():
    for name in files("receipts/textract/*.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)
        result = read(name)
        expect_format(result, name, "textract")
        if isinstance(tree, dict) and tree.get("JobStatus") == "IN_PROGRESS":
            if result["status"] != 2 or "IN_PROGRESS" not in result["refused"][0]["reason"]:
                fault("%s: a job in progress is no result" % name)
            continue
        graph = Textract(tree)
        plain = collections.Counter((v["field"], v["text"]) for v in result["value"] if v["row"] < 0 and "text" in v)
        table = collections.Counter((v["row"], v["text"]) for v in result["value"] if v["row"] >= 0)
        items = collections.Counter((v["row"], v["field"].partition("/")[2], v["text"]) for v in result["value"] if v["row"] >= 0)
        if graph.blocks:
            if plain != textract_forms(graph):
                fault("%s: forms: %s" % (name, (plain - textract_forms(graph)) + (textract_forms(graph) - plain)))
            if table != textract_cells(graph):
                fault("%s: tables: %s" % (name, (table - textract_cells(graph)) + (textract_cells(graph) - table)))
            check_textract_words(name, graph, result)
        elif "ExpenseDocuments" in tree:
            truth = expense_values(tree)
            if (plain, items) != truth:
                fault("%s: expenses: %s" % (name, (plain - truth[0]) + (truth[0] - plain) + (items - truth[1]) + (truth[1] - items)))
        elif "IdentityDocuments" in tree:
            truth = collections.Counter((f["Type"]["Text"], f["ValueDetection"]["Text"]) for d in tree["IdentityDocuments"]
                                        for f in d["IdentityDocumentFields"] if f["ValueDetection"]["Text"])
            if plain != truth:
                fault("%s: identity: %s" % (name, (plain - truth) + (truth - plain)))
        elif "Results" in tree:
            n = sum(1 for r in tree["Results"] for e in r["Extractions"] for f in (e.get("LendingDocument") or {}).get("LendingFields", [])
                    for d in f["ValueDetections"] if d.get("Text") or d.get("SelectionStatus"))
            if len(result["value"]) < n or n == 0:
                fault("%s: lending: %d of %d" % (name, len(result["value"]), n))
        elif result["value"]:
            fault("%s: values from nowhere" % name)
        check_scores(name, result)
        n_checked["textract"] += 1


def check_textract_words(name, graph, result):
    for page in sorted({b.get("Page", 1) for b in graph.blocks}):
        truth = []
        for line in (b for b in graph.blocks if b["BlockType"] == "LINE" and b.get("Page", 1) == page):
            truth += [w for w in graph.related(line, "CHILD") if w["BlockType"] == "WORD"]
        given = words_of(result, page - 1)
        if [w["text"] for w in given] != [w["Text"] for w in truth]:
            fault("%s: page %d has %d words, not %d" % (name, page, len(given), len(truth)))
            continue
        for word, block in zip(given, truth):
            bounds = block["Geometry"]["BoundingBox"]
            box = [bounds["Left"] * WIDTH, bounds["Top"] * HEIGHT, bounds["Width"] * WIDTH, bounds["Height"] * HEIGHT]
            if not near(word["box"], box, 0.5) or not abs(word["confidence"] - block["Confidence"] / 100) < 1e-5:
                fault("%s: %s is not where it should be" % (name, word["text"]))


# Azure.


def quad_box(q, sx, sy):
    xs, ys = q[0::2], q[1::2]
    return [min(xs) * sx, min(ys) * sy, (max(xs) - min(xs)) * sx, (max(ys) - min(ys)) * sy]


def check_azure():
    name = path("receipts/azure/receipt-result.json")
    with open(name, encoding="utf-8") as file:
        tree = json.load(file)["analyzeResult"]
    result = read(name)
    expect_format(result, name, "azure")
    page = tree["readResults"][0]
    sx, sy = WIDTH / page["width"], HEIGHT / page["height"]
    given = {v["field"]: v for v in result["value"] if v["row"] < 0}
    truth = {k: f for k, f in tree["documentResults"][0]["fields"].items() if "valueArray" not in f}
    if set(given) != set(truth):
        fault("%s: fields %s" % (name, set(given) ^ set(truth)))
    for key, field in truth.items():
        value = given[key]
        if value["text"] != field.get("text", field.get("valueString")) or value["score"] != field["confidence"]:
            fault("%s: %s is %s" % (name, key, value))
        if "boundingBox" in field and not near(value["boxes"][0][1], quad_box(field["boundingBox"], sx, sy), 1e-6):
            fault("%s: %s at %s" % (name, key, value["boxes"]))
    if given["TransactionDate"]["value"] != "2019-06-10" or given["Total"]["value"] != "14.5":
        fault("%s: typed values" % name)
    rows = {(v["row"], v["field"]): v["text"] for v in result["value"] if v["row"] >= 0}
    truth = {(i, "Items/" + k): f["text"] for i, o in enumerate(tree["documentResults"][0]["fields"]["Items"]["valueArray"])
             for k, f in o["valueObject"].items()}
    if rows != truth:
        fault("%s: rows %s" % (name, rows))
    n_checked["azure"] += 1
    for name in files("receipts/azure_form_tools/*.ocr.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)["analyzeResult"]
        result = read(name)
        expect_format(result, name, "azure")
        if "readResults" in tree:
            page = tree["readResults"][0]
            truth = [(w["text"], w) for line in page["lines"] for w in line["words"]]
        else:
            page = tree["pages"][0]
            truth = [(w["content"], w) for w in page["words"]]
        given = words_of(result)
        if [w["text"] for w in given] != [t for t, _ in truth]:
            fault("%s: words" % name)
        sx, sy = WIDTH / page["width"], HEIGHT / page["height"]
        for word, (_, w) in zip(given, truth):
            if not near(word["box"], quad_box(w["boundingBox"], sx, sy), 1e-2) or abs(word["confidence"] - w["confidence"]) > 1e-6:
                fault("%s: %s" % (name, word))
        if len({w["line"] for w in given}) != len(page["lines"]):
            fault("%s: lines" % name)
        n_checked["azure"] += 1
    for name in files("receipts/azure_form_tools/*.labels.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)
        result = read(name)
        expect_format(result, name, "azure")
        for label, value in zip(tree["labels"], result["value"]):
            parts = label["value"]
            boxes = [[p["page"] - 1, quad_box(b, WIDTH, HEIGHT)] for p in parts for b in p["boundingBoxes"]]
            if value["item"] != tree["document"] or value["field"] != label["label"] or "score" in value:
                fault("%s: %s" % (name, value))
            if value["text"] != " ".join(p["text"] for p in parts) or len(boxes) != len(value["boxes"]):
                fault("%s: %s" % (name, value))
            elif not all(a[0] == b[0] and near(a[1], b[1], 1e-6) for a, b in zip(boxes, value["boxes"])):
                fault("%s: places of %s" % (name, value))
        n_checked["azure labels"] += 1


# The research formats.


def check_funsd():
    for name in files("receipts/funsd_NC/*/annotations/*.json"):
        with open(name, encoding="utf-8") as file:
            form = json.load(file)["form"]
        result = read(name)
        expect_format(result, name, "funsd")
        entities = {e["id"]: e for e in form}
        truth = collections.Counter()
        for e in form:
            for a, b in e["linking"]:
                if a == e["id"] and e["label"] in ("question", "header") and b in entities and entities[b]["label"] == "answer":
                    if clean_key(e["text"]) and entities[b]["text"].strip():
                        truth[(clean_key(e["text"]), entities[b]["text"].strip())] += 1
        given = collections.Counter((v["field"], v["value"]) for v in result["value"])
        if given != truth:
            fault("%s: %s" % (name, (given - truth) + (truth - given)))
        words = [(w["text"].strip(), w["box"]) for e in form for w in e["words"] if w["text"].strip() and w["box"][2] > w["box"][0] and w["box"][3] > w["box"][1]]
        given = [(w["text"], [w["box"][0], w["box"][1], w["box"][0] + w["box"][2], w["box"][1] + w["box"][3]]) for w in words_of(result)]
        if [t for t, _ in words] != [t for t, _ in given] or not all(near(a, b, 1e-2) for (_, a), (_, b) in zip(words, given)):
            fault("%s: words" % name)
        n_checked["funsd"] += 1


def check_sroie():
    for name in files("receipts/sroie/truth_boxes/*"):
        with open(name, encoding="utf-8-sig", errors="replace", newline="") as file:
            lines = [line.strip("\r\n") for line in file.read().split("\n")]
        truth = [line.split(",", 8) for line in lines if line.strip()]
        result = read(name, width=10000, height=10000)
        expect_format(result, name, "sroie")
        given = words_of(result)
        truth = [t for t in truth if t[8].strip()]
        if [w["text"] for w in given] != [t[8].strip() for t in truth]:
            fault("%s: text" % name)
        for word, t in zip(given, truth):
            if not near(word["box"], quad_box([float(v) for v in t[:8]], 1, 1), 1e-3):
                fault("%s: %s" % (name, word))
        n_checked["sroie boxes"] += 1
    for name in files("receipts/sroie/truth_fields/*"):
        with open(name, encoding="utf-8-sig") as file:
            truth = {k: v.strip() for k, v in json.load(file).items() if v.strip()}
        result = read(name)
        expect_format(result, name, "sroie")
        if {v["field"]: v["value"] for v in result["value"]} != truth:
            fault("%s: keys" % name)
        n_checked["sroie keys"] += 1


def flatten(tree, prefix, out):
    for key, value in tree.items():
        name = key if not prefix else prefix + "." + key
        if isinstance(value, dict):
            flatten(value, name, out)
        elif isinstance(value, list):
            for row, entry in enumerate(value):
                if isinstance(entry, dict):
                    flatten_row(entry, name, row, "", out)
                elif text_of(entry):
                    out[(name, -1, text_of(entry))] += 1
        elif text_of(value):
            out[(name, -1, text_of(value))] += 1


def flatten_row(entry, table, row, prefix, out):
    for key, value in entry.items():
        name = key if not prefix else prefix + "." + key
        if isinstance(value, dict):
            flatten_row(value, table, row, name, out)
        elif text_of(value):
            out[(table + "/" + name, row, text_of(value))] += 1


def text_of(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value)[:-2] if value == int(value) and abs(value) < 1e15 else repr(value)
    return "" if value is None else str(value).strip()


def check_values():
    for name in files("receipts/sroie/proposed_fields/*.json") + files("receipts/invoice2data/*.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)
        tree = tree[0] if isinstance(tree, list) else tree
        truth = collections.Counter()
        flatten(tree, "", truth)
        result = read(name)
        expect_format(result, name, "values")
        given = collections.Counter((v["field"], v["row"], v["value"]) for v in result["value"])
        if given != truth:
            fault("%s: %s" % (name, (given - truth) + (truth - given)))
        if any("score" in v for v in result["value"]):
            fault("%s: confidences from nowhere" % name)
        n_checked["values"] += 1


def check_docile():
    for name in files("receipts/docile_sample_NC/annotations/*.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)
        result = read(name)
        expect_format(result, name, "docile")
        fields = [f for f in tree["field_extractions"]] + [f for f in tree["line_item_extractions"]]
        if len(fields) != 51 or len(result["value"]) != 51:
            fault("%s: %d of 51" % (name, len(result["value"])))
        for field, value in zip(fields, result["value"]):
            left, top, right, bottom = field["bbox"]
            box = [left * WIDTH, top * HEIGHT, (right - left) * WIDTH, (bottom - top) * HEIGHT]
            if value["value"] != field["text"].strip() or not near(value["boxes"][0][1], box, 1e-6):
                fault("%s: %s" % (name, value))
            if value["row"] != field.get("line_item_id", 0) - 1:
                fault("%s: row of %s" % (name, value))
        n_checked["docile"] += 1
    for name in files("receipts/docile_sample_NC/ocr/*.json"):
        with open(name, encoding="utf-8") as file:
            tree = json.load(file)
        words = [w for p in tree["pages"] for b in p["blocks"] for line in b["lines"] for w in line["words"]]
        given = words_of(read(name))
        if [w["text"] for w in given] != [w["value"] for w in words]:
            fault("%s: words" % name)
        n_checked["docile"] += 1


def check_ppocr():
    for name in files("formats/x_anylabeling_GPL/ppocr/ppocr-rec/Label.txt") + files("formats/x_anylabeling_GPL/ppocr/ppocr-kie/ppocr_kie.json"):
        result = read(name)
        expect_format(result, name, "ppocrlabel")
        with open(name, encoding="utf-8") as file:
            lines = [line.rstrip("\n").split("\t") for line in file if line.strip()]
        for image, text in lines:
            entries = [e for e in json.loads(text) if e["transcription"] not in ("###", "*", "")]
            given = [w for p in result["words"] if p["item"] == image for w in p["words"]]
            if [w["text"] for w in given] != [e["transcription"].strip() for e in entries]:
                fault("%s: %s" % (name, image))
            for word, e in zip(given, entries):
                box = quad_box([v for point in e["points"] for v in point], 1, 1)
                if not near(word["box"], box, 1e-2):
                    fault("%s: %s" % (name, word))
        n_checked["ppocrlabel"] += 1


def main():
    if not os.path.isdir(path("receipts")):
        print("the shared data is not here: nothing was checked")
        return 77
    for check in (check_tesseract, check_page_alto, check_textract, check_azure, check_funsd, check_sroie, check_values,
                  check_docile, check_ppocr):
        check()
    for text in faults[:int(os.environ.get("EMEND_FAULTS", "40"))]:
        print(text[:600])
    print(", ".join("%s: %d" % pair for pair in sorted(n_checked.items())))
    print("%d faults" % len(faults))
    return 1 if faults or not n_checked else 0


sys.exit(main())
