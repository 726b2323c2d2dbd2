#!/usr/bin/env python3
"""Checks a pack as RFC 8493 says a bag must be, and as docs/packs.md says a pack must be, without Emend.

check-bag.py PACK FOLDER unpacks PACK with Python's zipfile into FOLDER and exits with 1 at the first
rule that is broken.
"""

import hashlib
import json
import os
import re
import sys
import uuid
import zipfile


def demand(condition, what):
    if not condition:
        sys.exit(f"broken rule: {what}")


def decode(path):
    demand(not re.search(r"%(?!0A|0D|25)", path, re.I), f"percent sign in {path}")
    return re.sub(r"%(0A|0D|25)", lambda m: chr(int(m.group(1), 16)), path, flags=re.I)


def read_manifest(path, kind):
    hashes = {}
    with open(path, encoding="utf-8", newline="\n") as f:
        for line in f:
            match = re.fullmatch(r"([0-9a-fA-F]+)[ \t]+(.+)\n", line)
            demand(match, f"line {line!r} of {path}")
            name = decode(match.group(2))
            demand(name not in hashes, f"{name} twice in {path}")
            demand(len(match.group(1)) == hashlib.new(kind).digest_size * 2, f"hash of {name}")
            hashes[name] = match.group(1).lower()
    return hashes


def hash_file(path, kind):
    with open(path, "rb") as f:
        return hashlib.file_digest(f, kind).hexdigest()


def list_files(bag, start):
    found = []
    for folder, _, names in os.walk(os.path.join(bag, start)):
        found += [os.path.relpath(os.path.join(folder, name), bag) for name in names]
    return sorted(found)


def check_archive(pack):
    with zipfile.ZipFile(pack) as z:
        demand(z.testzip() is None, "CRC")
        infos = z.infolist()
        tops = {info.filename.split("/")[0] for info in infos}
        demand(len(tops) == 1, "one top folder")
        for info in infos:
            demand(info.date_time == (1980, 1, 1, 0, 0, 0), f"time of {info.filename}")
            demand(info.external_attr >> 16 == 0o100644, f"mode of {info.filename}")
            demand(not info.is_dir(), f"{info.filename} is a folder")
            demand(info.flag_bits == 0x800, f"flags of {info.filename}")
            if info.filename.endswith((".jpg", ".png", ".webp")):
                demand(info.compress_type == zipfile.ZIP_STORED, f"{info.filename} is stored")
        payload = [info.filename for info in infos if info.filename.split("/")[1] == "data"]
        demand([n.encode() for n in payload] == sorted(n.encode() for n in payload), "sorted names")
        return tops.pop()


def check_bag(bag):
    with open(os.path.join(bag, "bagit.txt"), "rb") as f:
        demand(f.read() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n", "bagit.txt")
    payload = list_files(bag, "data")
    manifests = [name for name in os.listdir(bag) if re.fullmatch(r"manifest-\w+\.txt", name)]
    demand(manifests, "a payload manifest")
    for name in manifests:
        kind = name[len("manifest-"):-len(".txt")]
        hashes = read_manifest(os.path.join(bag, name), kind)
        demand(sorted(hashes) == payload, f"{name} lists every payload file and nothing else")
        for path, value in hashes.items():
            demand(hash_file(os.path.join(bag, path), kind) == value, f"hash of {path}")
    tags = [name for name in os.listdir(bag) if name != "data"]
    tag_manifests = [name for name in tags if name.startswith("tagmanifest-")]
    demand(tag_manifests, "a tag manifest")
    for name in tag_manifests:
        hashes = read_manifest(os.path.join(bag, name), name[len("tagmanifest-"):-len(".txt")])
        demand(sorted(hashes) == sorted(set(tags) - set(tag_manifests)), f"{name} lists every other tag file")
        for path, value in hashes.items():
            demand(hash_file(os.path.join(bag, path), "sha256") == value, f"hash of {path}")
    demand("fetch.txt" not in tags, "no fetch.txt")
    return payload


def check_info(bag, payload):
    info = {}
    with open(os.path.join(bag, "bag-info.txt"), encoding="utf-8") as f:
        for line in f:
            match = re.fullmatch(r"([^:\s][^:]*): (.*)\n", line)
            demand(match, f"line {line!r} of bag-info.txt")
            info[match.group(1)] = match.group(2)
    size = sum(os.path.getsize(os.path.join(bag, path)) for path in payload)
    demand(info["Payload-Oxum"] == f"{size}.{len(payload)}", "Payload-Oxum")
    demand(info["Emend-Pack-Kind"] in ("work", "delivery", "backup"), "kind")
    demand(info["Emend-Pack-Format"] == "1", "format")
    demand(info["Bag-Software-Agent"].startswith("Emend "), "software")
    derived = bytearray(hashlib.sha256(open(os.path.join(bag, "manifest-sha256.txt"), "rb").read()).digest()[:16])
    derived[6] = 0x80 | derived[6] & 0x0F
    derived[8] = 0x80 | derived[8] & 0x3F
    demand(uuid.UUID(info["External-Identifier"]) == uuid.UUID(bytes=bytes(derived)), "identity")


def check_ledger(bag):
    with open(os.path.join(bag, "data/ledger.jsonl"), encoding="utf-8") as f:
        lines = [json.loads(line) for line in f]
    last = {}
    for line in lines:
        demand(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"]), "time of an event")
        demand(line["seq"] == last.get(line["stream"], 0) + 1, "order of events")
        last[line["stream"]] = line["seq"]
        demand(line["action"], "action of an event")
        for change in line.get("changes", []):
            demand({"item", "verdict", "label", "box", "before", "after"} <= set(change), "parts of a change")
            demand(len(change["box"]) == 4, "box of a change")
    return lines


def main():
    pack, folder = sys.argv[1:3]
    top = check_archive(pack)
    with zipfile.ZipFile(pack) as z:
        z.extractall(folder)
    bag = os.path.join(folder, top)
    payload = check_bag(bag)
    check_info(bag, payload)
    lines = check_ledger(bag)
    demand("data/project.emend" in payload, "a project")
    verdicts = [c["verdict"] for line in lines for c in line.get("changes", [])]
    print(json.dumps({"files": len(payload), "events": len(lines), "verdicts": verdicts}))


main()
