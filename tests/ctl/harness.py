"""What the tests of the program share: running it, TAP output, small pictures."""

import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import traceback
import zlib

PROGRAM = sys.argv[1]


class Skip(Exception):
    pass


def environment():
    # libvips warns of damaged files, so that only what is critical can be fatal here.
    values = dict(os.environ, LC_ALL="C.UTF-8", G_DEBUG="fatal-criticals")
    values.pop("EMEND_REVIEWER", None)
    return values


def call(*args, stdin=None):
    """Runs the program; returns its exit status and what it printed."""
    result = subprocess.run([PROGRAM, *map(str, args)], input=stdin, capture_output=True, timeout=300,
                            env=environment())
    return result.returncode, result.stdout.decode(), result.stderr.decode()


def run(*args, status=0, stdin=None):
    """Runs the program; fails the test when it does not end as expected. Returns standard output."""
    ended, out, err = call(*args, stdin=stdin)
    if ended != status:
        raise AssertionError(f"emendctl {' '.join(map(str, args))} ended with {ended}, not {status}: {out}{err}")
    return out


def facts(*args, status=0, stdin=None):
    """Runs the program with --json; returns what it told."""
    return json.loads(run(*args, "--json", status=status, stdin=stdin))


def refused(*args, status=1):
    """Runs the program, which must refuse; returns standard error."""
    ended, out, err = call(*args)
    assert ended == status, (args, ended, out, err)
    assert err.startswith("emendctl: "), err
    return err


def equal(got, wanted, about=""):
    if got != wanted:
        raise AssertionError(f"{about}: {got!r} is not {wanted!r}")


def write_png(path, width, height, seed=0):
    """A grey picture of its own content."""
    rows = b"".join(b"\0" + bytes((x + y + seed) & 255 for x in range(width)) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) +
                   chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


def write_lines(path, values):
    with open(path, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(value) + "\n" for value in values)


def make_coco(images, boxes, names, scores):
    """COCO instances: images (name, width, height), boxes (image name, label, box, score)."""
    numbers = {name: i for i, (name, _, _) in enumerate(images)}
    annotations = []
    for i, (image, label, box, score) in enumerate(boxes):
        annotation = {"id": i + 1, "image_id": numbers[image], "category_id": names.index(label) + 1, "bbox": box,
                      "area": box[2] * box[3], "iscrowd": 0}
        if scores:
            annotation["score"] = score
        annotations.append(annotation)
    return {"images": [{"id": numbers[name], "file_name": name, "width": w, "height": h} for name, w, h in images],
            "categories": [{"id": i + 1, "name": name} for i, name in enumerate(names)],
            "annotations": annotations}


def main(*tests):
    """Runs the tests, each in an empty folder, and prints TAP."""
    print(f"1..{len(tests)}", flush=True)
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__
        folder = tempfile.mkdtemp(prefix="emend-ctl-")
        try:
            test(folder)
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:  # noqa: BLE001: a test must not keep the others from running
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)
