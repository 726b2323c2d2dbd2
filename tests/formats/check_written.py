"""Checks what test-document-write wrote, field by field, with csv, json and xml.etree alone.

Usage: check_written.py FOLDER. Prints every fault; the exit status is 1 when there is one.
"""

import csv
import filecmp
import io
import json
import os
import sys
import xml.etree.ElementTree as ET

FOLDER = sys.argv[1]
faults = []


def check(name, found, wanted):
    if found != wanted:
        faults.append("%s: %r, not %r" % (name, found, wanted))


def raw(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


def tree(folder):
    return sorted(os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names)


def no_constant(name):
    raise ValueError("not JSON: " + name)


def load(name):
    return json.loads(raw(name).decode("utf-8"), parse_constant=no_constant)


def check_twice():
    for name in sorted(os.listdir(FOLDER)):
        if not name.endswith(".1"):
            continue
        one, two = (os.path.join(FOLDER, name[:-1] + n) for n in "12")
        if os.path.isfile(one):
            check(name, filecmp.cmp(one, two, shallow=False), True)
            continue
        check(name, tree(one), tree(two))
        check(name, filecmp.cmpfiles(one, two, tree(one), shallow=False)[1:], ([], []))
    check("left over", [n for n in os.listdir(FOLDER) if n.startswith(".")], [])


def rows_of(name):
    text = raw(name).decode("utf-8")
    check(name + ": line ends", text.count("\r\n") > 0 and text.endswith("\r\n"), True)
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def check_values_csv():
    rows = rows_of("values-csv.1")
    check("values", [(r["field"], r["value"], r["state"]) for r in rows],
          [("Name", "John Smith", "corrected"), ("Day", "", "illegible"), ("Total", "1234.50", "accepted"),
           ("a/b~c", "'=HYPERLINK(1)", "corrected"), ("Code", "AB12", "corrected"), ("Unread", "x<y", "added"),
           ("Tag", "one", "added"), ("Tag", "two", "added"), ("Items", 'Tea,\n"green"', "added"), ("Items", "3", "added"),
           ("Items", "-5", "added")])
    check("files", {r["file"] for r in rows}, {"img/a b.jpg"})
    check("place", [rows[0][k] for k in ("page", "x", "y", "w", "h", "row", "column")], ["1", "100", "100", "200", "40", "", ""])
    check("no place", [rows[3][k] for k in ("page", "x", "y", "w", "h")], [""] * 5)
    check("cell", [rows[10][k] for k in ("row", "column")], ["3", "Price"])
    check("normal", rows[2]["normal"], "1234.50")


def check_document_csv():
    rows = rows_of("document-csv.1")
    check("documents", [(r["file"], r["done"]) for r in rows], [("img/a b.jpg", "yes"), ("img/b.png", "yes"), ("c.pdf", "no")])
    check("columns", list(rows[0]), ["file", "done", "Name", "Day", "Total", "a/b~c", "Code", "Unread", "Tag", "Missing", "Items.Name",
                                     "Items.Price", "illegible"])
    check("cells", [rows[0][k] for k in ("Name", "Day", "Total", "a/b~c", "Tag", "Missing", "Items.Name", "Items.Price", "illegible")],
          ["John Smith", "", "1234.50", "'=HYPERLINK(1)", "one\ntwo", "", 'Tea, "green"', "3\n-5", "Day"])
    check("empty", [v for k, v in rows[1].items() if k not in ("file", "done")], [""] * 11)


def check_jsonl():
    lines = raw("jsonl.1").decode("utf-8").splitlines()
    check("lines", [json.loads(line)["file_name"] for line in lines], ["img/a b.jpg", "img/b.png"])
    truth = json.loads(json.loads(lines[0])["ground_truth"])
    check("parse", truth["gt_parse"],
          {"Name": "John Smith", "Total": "1234.50", "a/b~c": "=HYPERLINK(1)", "Code": "AB12", "Unread": "x<y", "Tag": ["one", "two"],
           "Items": [{"Name": 'Tea,\n"green"', "Price": "3"}, {"Price": "-5"}]})
    check("illegible", truth["illegible"], ["Day"])
    check("nothing there", json.loads(json.loads(lines[1])["ground_truth"]), {"gt_parse": {}})


def check_azure():
    check("azure files", tree(os.path.join(FOLDER, "azure-labels.1")),
          ["fields.json", "img/a b.jpg.labels.json", "img/b.png.labels.json"])
    fields = load("azure-labels.1/fields.json")
    check("fields", [(f["fieldKey"], f["fieldType"]) for f in fields["fields"]][1:3] + [fields["fields"][-1]["itemType"]],
          [("Day", "date"), ("Total", "number"), "#/definitions/Items_object"])
    check("columns", [(f["fieldKey"], f["fieldType"]) for f in fields["definitions"]["Items_object"]["fields"]],
          [("Name", "string"), ("Price", "number")])
    labels = load("azure-labels.1/img/a b.jpg.labels.json")
    check("document", labels["document"], "a b.jpg")
    by_name = {}
    for label in labels["labels"]:
        by_name.setdefault(label["label"], label)
    check("labels", list(by_name), ["Name", "Day", "Total", "a~1b~0c", "Code", "Unread", "Tag", "Items/0/Name", "Items/0/Price", "Items/1/Price"])
    check("box", by_name["Name"]["value"], [{"page": 1, "text": "John Smith", "boundingBoxes": [[0.1, 0.05, 0.3, 0.05, 0.3, 0.07, 0.1, 0.07]]}])
    check("illegible", (by_name["Day"]["labelType"], by_name["Day"]["value"][0]["text"], len(by_name["Day"]["value"][0]["boundingBoxes"])), ("region", "", 1))
    check("no box", by_name["a~1b~0c"]["value"], [{"page": 1, "text": "=HYPERLINK(1)", "boundingBoxes": []}])
    check("second page", by_name["Total"]["value"][1], {"page": 2, "text": "", "boundingBoxes": [[0.02, 0.025, 0.08, 0.025, 0.08, 0.075, 0.02, 0.075]]})
    check("nothing there", load("azure-labels.1/img/b.png.labels.json")["labels"], [])


def check_ppocrlabel():
    lines = [line.split("\t") for line in raw("ppocrlabel.1/Label.txt").decode("utf-8").splitlines()]
    check("images", [line[0] for line in lines], ["img/a b.jpg", "img/b.png", "c.pdf"])
    entries = json.loads(lines[0][1])
    check("entries", [(e["transcription"], e["key_cls"], e["difficult"]) for e in entries],
          [("John Smith", "Name", False), ("###", "Day", True), ("1234.50", "Total", False), ("AB12", "Code", False),
           ("x<y", "Unread", False), ('Tea,\n"green"', "Items.Name", False), ("-5", "Items.Price", False)])
    check("points", entries[0]["points"], [[100, 100], [300, 100], [300, 140], [100, 140]])
    check("empty", [json.loads(line[1]) for line in lines[1:]], [[], []])
    check("states", raw("ppocrlabel.1/fileState.txt").decode("utf-8"), "img/a b.jpg\t1\nimg/b.png\t1\n")


def check_funsd():
    check("funsd files", tree(os.path.join(FOLDER, "funsd.1")), ["img/a b.json", "img/b.json"])
    form = load("funsd.1/img/a b.json")["form"]
    check("entities", [(e["id"], e["label"], e["text"]) for e in form][:4],
          [(0, "question", "Name"), (1, "answer", "John Smith"), (2, "question", "Total"), (3, "answer", "1234.50")])
    check("links", [e["linking"] for e in form][:4], [[[0, 1]], [[0, 1]], [[2, 3]], [[2, 3]]])
    check("box", form[1]["box"], [100, 100, 300, 140])
    for e in form:
        check("entity", sorted(e), ["box", "id", "label", "linking", "text", "words"])


def check_alto():
    ns = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}
    check("alto files", tree(os.path.join(FOLDER, "alto.1")), ["img/a b.xml"])
    root = ET.fromstring(raw("alto.1/img/a b.xml"))
    check("unit", root.findtext("a:Description/a:MeasurementUnit", namespaces=ns), "pixel")
    check("image", root.findtext("a:Description/a:sourceImageInformation/a:fileName", namespaces=ns), "img/a b.jpg")
    check("pages", [(p.get("WIDTH"), p.get("HEIGHT")) for p in root.iterfind("a:Layout/a:Page", ns)], [("1000", "2000"), ("500", "800")])
    strings = root.findall(".//a:TextLine/a:String", ns)
    check("strings", [(s.get("CONTENT"), s.get("CS"), s.get("WC")) for s in strings],
          [("John", "true", None), ("Smith", None, "0.75"), ("1,234.50", None, None), ("AB12", "true", None), ("Tea,", None, "0.25"),
           ('"green"&', None, "0.25"), ("x<y", "true", None), ("-5", "true", None)])
    check("merged", [strings[3].get(k) for k in ("HPOS", "VPOS", "WIDTH", "HEIGHT")], ["300", "300", "290", "40"])
    check("ids", len({e.get("ID") for e in root.iter() if e.get("ID")}), sum(1 for e in root.iter() if e.get("ID")))
    for line in root.iterfind(".//a:TextLine", ns):
        right = max(float(s.get("HPOS")) + float(s.get("WIDTH")) for s in line)
        check("line", float(line.get("HPOS")) + float(line.get("WIDTH")), right)


def check_page():
    ns = {"p": "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"}
    check("page files", tree(os.path.join(FOLDER, "page.1")), ["img/a b_0001.xml"])
    root = ET.fromstring(raw("page.1/img/a b_0001.xml"))
    page = root.find("p:Page", ns)
    check("page", [page.get(k) for k in ("imageFilename", "imageWidth", "imageHeight")], ["img/a b.jpg", "1000", "2000"])
    check("metadata", [e.tag.split("}")[1] for e in root[0]], ["Creator", "Created", "LastChange"])
    words = page.findall(".//p:Word", ns)
    texts = [[(t.get("index"), t.get("conf"), t.findtext("p:Unicode", namespaces=ns)) for t in w.findall("p:TextEquiv", ns)] for w in words]
    check("words", texts,
          [[("0", None, "John"), ("1", "0.5", "J0hn")], [(None, "0.75", "Smith")], [(None, None, "1,234.50")],
           [("0", None, "AB12"), ("1", "0.5", "A B I2")], [(None, "0.25", "Tea,")], [(None, "0.25", '"green"&')],
           [("0", None, "x<y"), ("1", None, "")], [("0", None, "-5"), ("1", None, "")]])
    check("points", words[0].find("p:Coords", ns).get("points"), "105,100 195,100 195,140 105,140")
    lines = page.findall(".//p:TextLine", ns)
    check("lines", [line.find("p:TextEquiv/p:Unicode", ns).text for line in lines],
          ["John Smith", "1,234.50 AB12", 'Tea, "green"&', "x<y", "-5"])
    for element in root.iter():
        kinds = [e.tag.split("}")[1] for e in element]
        order = ["Metadata", "Page", "TextRegion", "Coords", "TextLine", "Word", "TextEquiv", "Unicode"]
        if kinds and element is not root[0]:
            check("order in " + element.tag, kinds, sorted(kinds, key=order.index))


def check_coco():
    """COCO knows labels only: values of fields are no annotations of a category that the file does not list."""
    whole = load("coco.1")
    check("coco", (whole["annotations"], whole["categories"]), ([], []))
    check("coco images", [image["file_name"] for image in whole["images"]], ["img/a b.jpg", "img/b.png"])


def main():
    for part in (check_twice, check_values_csv, check_document_csv, check_jsonl, check_azure, check_ppocrlabel, check_funsd,
                 check_alto, check_page, check_coco):
        part()
    for text in faults:
        print(text)
    print("%d faults" % len(faults))
    return 1 if faults else 0


sys.exit(main())
