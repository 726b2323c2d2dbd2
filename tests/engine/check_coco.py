"""Checks a COCO file of Emend against the format's description, field by field, with json alone.

Usage: check_coco.py FILE [all]. Prints every fault; the exit status is 1 when there is one.
"""

import json
import math
import sys

faults = []


def fault(text):
    faults.append(text)


def no_constant(name):
    raise ValueError("not JSON: " + name)


def no_twins(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        fault("a key is given twice: %s" % keys)
    return dict(pairs)


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_number(value):
    return (is_int(value) or isinstance(value, float)) and math.isfinite(value)


def check_ids(rows, name):
    ids = [row.get("id") for row in rows]
    if not all(is_int(i) and i >= 1 for i in ids):
        fault("%s: an id is no positive integer" % name)
    if len(set(ids)) != len(ids):
        fault("%s: ids are not unique" % name)
    return set(ids)


def decode(text):
    counts, at = [], 0
    while at < len(text):
        value, k, more = 0, 0, True
        while more:
            c = ord(text[at]) - 48
            value |= (c & 0x1F) << (5 * k)
            more = bool(c & 0x20)
            at, k = at + 1, k + 1
            if not more and c & 0x10:
                value |= -1 << (5 * k)
        counts.append(value + counts[-2] if len(counts) > 2 else value)
    return counts


def check_segmentation(row, image):
    shape = row["segmentation"]
    if isinstance(shape, dict):
        if shape.get("size") != [image["height"], image["width"]]:
            fault("annotation %d: the mask's size is not the image's" % row["id"])
        counts = shape["counts"]
        counts = decode(counts) if isinstance(counts, str) else counts
        if any(not is_int(c) or c < 0 for c in counts) or sum(counts) != image["width"] * image["height"]:
            fault("annotation %d: the run lengths are wrong" % row["id"])
        return
    if not isinstance(shape, list):
        fault("annotation %d: segmentation is neither list nor object" % row["id"])
        return
    for ring in shape:
        if len(ring) < 6 or len(ring) % 2 or not all(is_number(v) for v in ring):
            fault("annotation %d: a ring is no polygon" % row["id"])


def check_annotation(row, images, categories, with_state):
    for key in ("id", "image_id", "category_id", "bbox", "area", "iscrowd", "segmentation"):
        if key not in row:
            fault("annotation %s: %s is missing" % (row.get("id"), key))
            return
    if row["image_id"] not in images or row["category_id"] not in categories:
        fault("annotation %d: its image or category is not listed" % row["id"])
        return
    image = images[row["image_id"]]
    if len(row["bbox"]) != 4 or not all(is_number(v) for v in row["bbox"]):
        fault("annotation %d: bbox is not four numbers" % row["id"])
        return
    x, y, w, h = row["bbox"]
    if x < 0 or y < 0 or w <= 0 or h <= 0 or x + w > image["width"] + 1e-6 or y + h > image["height"] + 1e-6:
        fault("annotation %d: bbox %s is not within the image" % (row["id"], row["bbox"]))
    if not is_number(row["area"]) or row["area"] <= 0:
        fault("annotation %d: area %s" % (row["id"], row["area"]))
    if row["iscrowd"] not in (0, 1) or not is_int(row["iscrowd"]):
        fault("annotation %d: iscrowd" % row["id"])
    check_segmentation(row, image)
    if with_state:
        if row["emend"]["verdict"] not in ("undecided", "accepted", "corrected", "rejected", "added"):
            fault("annotation %d: verdict" % row["id"])
        if "score" in row and not (is_number(row["score"]) and 0 <= row["score"] <= 1):
            fault("annotation %d: score" % row["id"])
    elif "score" in row or "emend" in row:
        fault("annotation %d: state in a final export" % row["id"])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        tree = json.load(file, parse_constant=no_constant, object_pairs_hook=no_twins)
    for key in ("info", "licenses", "images", "annotations", "categories"):
        if key not in tree:
            fault("%s is missing" % key)
    check_ids(tree["annotations"], "annotations")
    categories = check_ids(tree["categories"], "categories")
    check_ids(tree["images"], "images")
    names = [row["name"] for row in tree["categories"]]
    if len(set(names)) != len(names):
        fault("category names are not unique")
    for image in tree["images"]:
        if not isinstance(image["file_name"], str) or not is_int(image["width"]) or not is_int(image["height"]):
            fault("image %s" % image)
    images = {row["id"]: row for row in tree["images"]}
    for row in tree["annotations"]:
        check_annotation(row, images, categories, len(sys.argv) > 2)
    for text in faults[:20]:
        print(text)
    print("%d images, %d annotations, %d categories, %d faults" % (len(images), len(tree["annotations"]), len(categories), len(faults)))
    return 1 if faults else 0


sys.exit(main())
