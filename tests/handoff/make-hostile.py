#!/usr/bin/env python3
"""Makes packs that must be refused out of one that is sound, and a few that must not.

make-hostile.py PACK FOLDER writes archives into FOLDER and prints a line for each: its name, a tab, and part
of the reason that must be given ("" for a pack that is sound). Except for the one thing that is wrong,
each is consistent in itself: hashes, counts and sizes are those of what it holds.
"""

import hashlib
import os
import sqlite3
import struct
import sys
import uuid
import zipfile
import zlib


class File:
    """A file of an archive, with every field of its headers open to be wrong."""

    def __init__(self, name, data, method=8, **fields):
        self.name = name if isinstance(name, bytes) else name.encode()
        self.data = data
        self.method = method
        self.flags = fields.get("flags", 0x800)
        self.mode = fields.get("mode", 0o100644)
        self.local_name = fields.get("local_name", self.name)
        self.local_size = fields.get("local_size")
        self.crc = fields.get("crc")
        self.extra = fields.get("extra", b"")
        self.before = fields.get("before", b"")
        self.after = fields.get("after", b"")
        self.packed = fields.get("packed")
        self.time = fields.get("time", 0x1234)


def write_zip(path, files, end=b"", count=None, start=b""):
    central = b""
    with open(path, "wb") as out:
        out.write(start)
        for f in files:
            out.write(f.before)
            offset = out.tell()
            packed = f.packed
            if packed is None:
                packed = f.data
                if f.method == 8:
                    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
                    packed = deflate.compress(f.data) + deflate.flush()
            crc = zlib.crc32(f.data) if f.crc is None else f.crc
            size = len(f.data)
            common = struct.pack("<HHHHHIII", 20, f.flags, f.method, f.time, 0x5555, crc, len(packed), size)
            local = struct.pack("<HHHHHIII", 20, f.flags, f.method, f.time, 0x5555, crc, len(packed),
                                size if f.local_size is None else f.local_size)
            out.write(struct.pack("<I", 0x04034B50) + local + struct.pack("<HH", len(f.local_name), len(f.extra)))
            out.write(f.local_name + f.extra + packed + f.after)
            central += struct.pack("<IH", 0x02014B50, 0x031E) + common
            central += struct.pack("<HHHHHII", len(f.name), len(f.extra), 0, 0, 0, f.mode << 16, offset)
            central += f.name + f.extra
        where = out.tell()
        n = len(files) if count is None else count
        out.write(central)
        out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, n, n, len(central), where, 0) + end)


class Pack:
    """A bag that can be changed and made consistent again."""

    def __init__(self, path):
        self.payload = {}
        self.tags = {}
        with zipfile.ZipFile(path) as z:
            for info in z.infolist():
                self.top, below = info.filename.split("/", 1)
                (self.payload if below.startswith("data/") else self.tags)[below] = z.read(info)
        self.kinds = ["sha256"]
        self.tag_kinds = ["sha256"]
        self.modes = {}
        self.local = {}
        self.hide = set()

    @staticmethod
    def encode(name):
        raw = name if isinstance(name, bytes) else name.encode()
        return raw.replace(b"%", b"%25").replace(b"\n", b"%0A").replace(b"\r", b"%0D")

    def manifest(self, kind, files, separator=b"  ", upper=False):
        lines = []
        for name in sorted(files, key=self.encode):
            if name in self.hide:
                continue
            digest = hashlib.new(kind, files[name]).hexdigest()
            lines.append((digest.upper() if upper else digest).encode() + separator + self.encode(name) + b"\n")
        return b"".join(lines)

    def seal(self, **changes):
        info = [line for line in self.tags["bag-info.txt"].decode().splitlines()
                if not line.startswith(("Payload-Oxum", "External-Identifier"))]
        tags = {"bagit.txt": self.tags["bagit.txt"]}
        for kind in self.kinds:
            tags[f"manifest-{kind}.txt"] = self.manifest(kind, self.payload)
        tags.update(changes.get("manifests", {}))
        tags.update(changes.get("tags", {}))
        if "sha256" in self.kinds:
            derived = bytearray(hashlib.sha256(tags["manifest-sha256.txt"]).digest()[:16])
            derived[6] = 0x80 | derived[6] & 0x0F
            derived[8] = 0x80 | derived[8] & 0x3F
            identity = str(uuid.UUID(bytes=bytes(derived)))
        else:
            identity = str(uuid.uuid4())
        size = sum(len(data) for data in self.payload.values())
        info += [f"External-Identifier: {identity}", f"Payload-Oxum: {size}.{len(self.payload)}"]
        if "bag-info.txt" not in tags:
            tags["bag-info.txt"] = ("\n".join(info) + "\n").encode()
        for name in changes.get("without", ()):
            tags.pop(name, None)
        listed = dict(tags)
        for kind in self.tag_kinds:
            tags[f"tagmanifest-{kind}.txt"] = self.manifest(kind, listed)
        tags.update(changes.get("late", {}))
        for name in changes.get("late_without", ()):
            tags.pop(name, None)
        return tags

    def files(self, **changes):
        tags = self.seal(**changes)
        top = self.top.encode() + b"/"
        result = []
        for name, data in list(self.payload.items()) + list(tags.items()):
            raw = name if isinstance(name, bytes) else name.encode()
            method = 0 if raw.endswith(b".bin") else 8
            result.append(File(top + raw, data, method, mode=self.modes.get(name, 0o100644)))
        return result


class Maker:
    def __init__(self, source, folder):
        self.source = source
        self.folder = folder

    def load(self):
        return Pack(self.source)

    def say(self, name, reason):
        print(f"{name}\t{reason}")

    def write(self, name, reason, files, **options):
        path = os.path.join(self.folder, name + ".emend.zip")
        write_zip(path, files, **options)
        self.say(name + ".emend.zip", reason)

    def with_name(self, label, name, reason, **fields):
        pack = self.load()
        pack.payload[name] = b"hello\n"
        if "mode" in fields:
            pack.modes[name] = fields["mode"]
        self.write(label, reason, pack.files())

    def with_tags(self, label, reason, **changes):
        self.write(label, reason, self.load().files(**changes))

    def with_field(self, label, reason, **fields):
        """One file of the archive with fields of its headers changed."""
        pack = self.load()
        files = pack.files()
        at = next(i for i, f in enumerate(files) if f.name.endswith(b"ledger.jsonl"))
        old = files[at]
        files[at] = File(old.name, old.data, fields.pop("method", 8), **fields)
        self.write(label, reason, files)

    def bytes(self, name, reason, change):
        with open(self.source, "rb") as f:
            data = bytearray(f.read())
        data = change(data)
        with open(os.path.join(self.folder, name + ".emend.zip"), "wb") as f:
            f.write(data)
        self.say(name + ".emend.zip", reason)


def make_names(m):
    for label, name, reason in [
        ("dotdot", "data/../../evil.txt", "could leave its folder"),
        ("dotdot-first", "../evil.txt", "could leave its folder"),
        ("dot", "data/./evil.txt", "could leave its folder"),
        ("empty-part", "data//evil.txt", "empty part"),
        ("absolute-inside", "/etc/evil.txt", "begins at the root"),
        ("drive", "C:/evil.txt", "begins with a drive"),
        ("colon", "data/evil.txt:stream", "not allowed in it"),
        ("backslash", "data\\evil.txt", "has a backslash"),
        ("device", "data/con.txt", "reserved for a device"),
        ("device-upper", "data/AUX", "reserved for a device"),
        ("device-digit", "data/a/Com1.tar.gz", "reserved for a device"),
        ("device-superscript", "data/lpt¹.txt", "reserved for a device"),
        ("control", "data/a\x01b.txt", "not allowed in it"),
        ("newline", "data/a\nb.txt", "not allowed in it"),
        ("escape", "data/\x1b[2Jb.txt", "not allowed in it"),
        ("bidi", "data/a\u202egpj.exe", "not allowed in it"),
        ("zero-width", "data/a\u200bb.txt", "not allowed in it"),
        ("trailing-dot", "data/evil.", "ends with a dot"),
        ("trailing-space", "data/evil ", "ends with a space"),
        ("leading-space", "data/ evil", "begins or ends with a space"),
        ("tilde", "data/~root/evil", "begins with “~”"),
        ("decomposed", "data/e\u0301.txt", "normal form C"),
        ("not-utf8", b"data/\xff\xfe.txt", "not valid UTF-8"),
        ("overlong-utf8", b"data/\xc0\xae\xc0\xae/evil", "not valid UTF-8"),
        ("surrogate", b"data/\xed\xa0\x80.txt", "not valid UTF-8"),
        ("too-long", "data/" + "x" * 240, "too long"),
        ("too-deep", "data/" + "d/" * 17 + "evil", "too many folders"),
        ("case-twin", "data/Ledger.JSONL", "only in case"),
        ("case-twin-folder", "DATA/ledger2.jsonl", "only in case"),
        ("file-as-folder", "data/ledger.jsonl/evil", "only in case"),
        ("sharp-s-twin", "data/LEDGER.JſONL", "only in case"),
        ("outside-data", "notes.txt", "not below “data/”"),
    ]:
        m.with_name(label, name, reason)
    m.with_name("link", "data/link", "no regular file", mode=0o120777)
    m.with_name("fifo", "data/fifo", "no regular file", mode=0o010644)
    m.with_name("char-device", "data/null", "no regular file", mode=0o020666)
    m.with_name("block-device", "data/disk", "no regular file", mode=0o060666)
    m.with_name("socket", "data/socket", "no regular file", mode=0o140666)
    m.with_name("folder-as-file", "data/folder", "no regular file", mode=0o040755)
    m.with_name("percent", "data/100%25 %0A.txt", "")
    m.with_name("umlaut", "data/Übung 東京.txt", "")
    m.with_name("depth-16", "data/" + "d/" * 15 + "fine", "")


def make_containers(m):
    m.with_field("encrypted", "encrypted", flags=0x801)
    m.with_field("strong-encryption", "encrypted", flags=0x840)
    m.with_field("bzip2", "compressed in a way", method=12, packed=b"BZh9")
    m.with_field("crc", "is damaged", crc=1)
    m.with_field("local-name", "say different things", local_name=b"evil")
    m.with_field("local-size", "say different things", local_size=1)
    m.with_field("unicode-path-extra", "understood in two ways", extra=struct.pack("<HHBI", 0x7075, 9, 1, 0) + b"evil")
    m.with_field("two-zip64-extras", "understood in two ways", extra=struct.pack("<HH", 1, 0) * 2)
    m.with_field("broken-extra", "understood in two ways", extra=b"\x01\x00\xff\xff")
    m.with_field("hidden-before", "hidden bytes stand before", before=b"hidden")
    m.with_field("hidden-behind", "idden bytes", after=b"hidden")
    m.with_field("not-flagged-ascii", "", flags=0)
    m.with_field("truncated-deflate", "is damaged", packed=b"\x4b")
    m.with_field("random-deflate", "is damaged", packed=bytes(range(255, 0, -1)))
    pack = m.load()
    files = pack.files()
    m.write("duplicate", "more than once", files + [files[0]])
    m.write("bytes-behind", "not a whole zip archive", files, end=b"x")
    m.write("bytes-before", "hidden bytes stand before", files, start=b"MZ")
    m.write("count-low", "does not have the files", files, count=len(files) - 1)
    m.write("count-high", "", files, count=len(files))
    m.write("empty", "no pack", [])
    m.write("no-top", "do not have one folder in common", [File(f.name.split(b"/", 1)[1], f.data, f.method) for f in files])
    m.write("two-tops", "no pack", files[:-1] + [File(b"other/evil.txt", b"x")])
    m.write("absolute", "no pack", [File(b"/" + f.name, f.data, f.method) for f in files])
    top = pack.top.encode()
    m.write("top-dotdot", "could leave its folder", [File(f.name.replace(top, b"..", 1), f.data, f.method) for f in files])
    for f in files:
        f.flags = 0
    m.write("not-flagged", "not marked as UTF-8", files)
    zeros = b"\0" * (30 * 1024 * 1024)
    pack.payload["data/bomb.txt"] = zeros
    m.write("bomb", "grows more than 200 times", pack.files())
    pack = m.load()
    pack.payload["data/lie.txt"] = b"x" * 100
    files = pack.files()
    at = next(i for i, f in enumerate(files) if f.name.endswith(b"lie.txt"))
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15)
    files[at].packed = deflate.compress(b"x" * 5000000) + deflate.flush()
    m.write("size-lie", "is damaged", files)
    files = m.load().files()
    files.append(File(pack.top.encode() + b"/data/empty/", b"", 0, mode=0o040755))
    m.write("empty-folder", "", files)


def make_bags(m):
    m.with_tags("fetch", "fetch.txt", tags={"fetch.txt": b"http://x/ 1 data/a\n"})
    m.with_tags("version-097", "BagIt 1.0", tags={"bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n"})
    m.with_tags("byte-order-mark", "BagIt 1.0",
                tags={"bagit.txt": b"\xef\xbb\xbfBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"})
    m.with_tags("encoding", "in UTF-8", tags={"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-16\n"})
    m.with_tags("third-line", "more than its two lines",
                tags={"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nX: y\n"})
    m.with_tags("crlf", "", tags={"bagit.txt": b"BagIt-Version: 1.0\r\nTag-File-Character-Encoding: UTF-8\r\n"})
    m.with_tags("no-tag-manifest", "no tag manifest", late_without=["tagmanifest-sha256.txt"])
    m.with_tags("no-info", "“bag-info.txt” is missing", without=["bag-info.txt"])
    m.with_tags("no-manifest", "no manifest that can be used", late_without=["manifest-sha256.txt"])
    m.with_tags("unlisted-tag-file", "not in its tag manifest", late={"evil.txt": b"x"})
    m.with_tags("changed-tag-file", "was changed", late={"bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n\n"})
    pack = m.load()
    tags = pack.seal()
    info = tags["bag-info.txt"]
    m.with_tags("oxum", "as many bytes and files", tags={"bag-info.txt": info.replace(b"Payload-Oxum: ", b"Payload-Oxum: 1")})
    m.with_tags("two-oxums", "more than once how large", tags={"bag-info.txt": info + b"Payload-Oxum: 1.1\n"})
    m.with_tags("no-identity", "its identity",
                tags={"bag-info.txt": info.replace(b"External-Identifier", b"External-Identifeer")})
    m.with_tags("other-identity", "belongs to its content",
                tags={"bag-info.txt": info.replace(b"External-Identifier: ", b"External-Identifier: " + str(uuid.uuid4()).encode() + b"\nX: ")})
    m.with_tags("no-kind", "what it is for", tags={"bag-info.txt": info.replace(b"Emend-Pack-Kind: ", b"Emend-Pack-Kind: x")})
    m.with_tags("newer-format", "newer version", tags={"bag-info.txt": info.replace(b"Emend-Pack-Format: 1", b"Emend-Pack-Format: 2")})
    m.with_tags("info-no-label", "no label and value", tags={"bag-info.txt": info + b"nothing\n"})
    m.with_tags("info-continued", "", tags={"bag-info.txt": info + b"Contact: a\n  b\n"})
    large = b"x" * (2 * 1024 * 1024) + os.urandom(64 * 1024)
    huge = os.urandom(2 * 1024 * 1024) + b"\0" * (260 * 1024 * 1024)
    m.with_tags("large-declaration", "is too large", tags={"bagit.txt": large})
    m.with_tags("huge-declaration", "is too large", tags={"bagit.txt": huge})
    m.with_tags("huge-manifest", "is too large", manifests={"manifest-sha512.txt": huge})
    m.with_tags("large-manifest", "is too large", manifests={"manifest-sha512.txt": large})
    m.with_tags("large-notes", "", tags={"notes.txt": large})
    manifest = tags["manifest-sha256.txt"]
    for label, text, reason in [
        ("manifest-missing-file", manifest + b"0" * 64 + b"  data/absent.txt\n", "“data/absent.txt” is missing"),
        ("manifest-outside", manifest + b"0" * 64 + b"  /etc/passwd\n", "not below “data/”"),
        ("manifest-short", b"".join(manifest.splitlines(True)[1:]), "not in each of its manifests"),
        ("manifest-twice", manifest + manifest.splitlines(True)[0], "names a path again"),
        ("manifest-percent", manifest + b"0" * 64 + b"  data/50%41\n", "no hash and path"),
        ("manifest-hex", manifest.replace(manifest[:64], manifest[:63] + b"g"), "no hash and path"),
        ("manifest-wrong", manifest.replace(manifest[:64], b"0" * 64), "its hash is not the one"),
        ("manifest-not-utf8", manifest + b"0" * 64 + b"  data/\xff\n", "not valid UTF-8"),
        ("manifest-no-gap", manifest.replace(b"  ", b"", 1), "no hash and path"),
        ("manifest-upper-tab", m.load().manifest("sha256", pack.payload, b"\t", True), ""),
        ("manifest-crlf", manifest.replace(b"\n", b"\r\n"), ""),
    ]:
        m.with_tags(label, reason, manifests={"manifest-sha256.txt": text})
    m.with_tags("md5-manifest", "of a kind that is not trusted", manifests={"manifest-md5.txt": m.load().manifest("md5", pack.payload)})
    m.with_tags("tag-manifest-lists-itself", "lists the tag manifest",
                late={"tagmanifest-sha256.txt": tags["tagmanifest-sha256.txt"] + b"0" * 64 + b"  tagmanifest-sha256.txt\n"})
    for label, kinds, tag_kinds in [("sha512", ["sha512"], ["sha512"]), ("both", ["sha256", "sha512"], ["sha256", "sha512"])]:
        pack = m.load()
        pack.kinds, pack.tag_kinds = kinds, tag_kinds
        m.write(label, "", pack.files())
    pack = m.load()
    pack.kinds = ["sha256", "sha512"]
    sound = pack.manifest("sha512", pack.payload)
    m.write("sha512-wrong", "its hash is not the one", pack.files(manifests={"manifest-sha512.txt": sound.replace(sound[:128], b"0" * 128)}))
    m.write("sha512-short", "not in each of its manifests",
            pack.files(manifests={"manifest-sha512.txt": b"".join(sound.splitlines(True)[1:])}))


def change_project(m, label, reason, statement):
    pack = m.load()
    path = os.path.join(m.folder, "changed.emend")
    with open(path, "wb") as f:
        f.write(pack.payload["data/project.emend"])
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()
    with open(path, "rb") as f:
        pack.payload["data/project.emend"] = f.read()
    os.unlink(path)
    m.write(label, reason, pack.files())


def make_projects(m):
    pack = m.load()
    media = next(name for name in pack.payload if name.endswith((".jpg", ".png")))
    pack.payload[media] += b"x"
    m.write("media-changed", "not the one that was reviewed", pack.files())
    pack = m.load()
    del pack.payload[media]
    m.write("media-removed", "the project in it needs it", pack.files())
    pack = m.load()
    pack.payload["data/ledger.jsonl"] = pack.payload["data/ledger.jsonl"].replace(b"accepted", b"rejected")
    m.write("ledger-changed", "does not say what the project", pack.files())
    pack = m.load()
    pack.payload["data/ledger.jsonl"] = b"".join(pack.payload["data/ledger.jsonl"].splitlines(True)[:-1])
    m.write("ledger-shorter", "does not say what the project", pack.files())
    pack = m.load()
    pack.payload["data/ledger.jsonl"] += b"{}\n"
    m.write("ledger-longer", "does not say what the project", pack.files())
    pack = m.load()
    del pack.payload["data/ledger.jsonl"]
    m.write("ledger-removed", "“data/ledger.jsonl” is missing", pack.files())
    pack = m.load()
    del pack.payload["data/project.emend"]
    m.write("project-removed", "no Emend project in it", pack.files())
    for label, data in [("project-empty", b""), ("project-text", b"no database\n" * 1000)]:
        pack = m.load()
        pack.payload["data/project.emend"] = data
        m.write(label, "project in the pack is not sound", pack.files())
    for label, statement in [
        ("project-verdict", "UPDATE annotation SET verdict = 3 WHERE verdict = 1"),
        ("project-box", "UPDATE annotation SET x = x + 1"),
        ("project-event", "UPDATE event SET body = replace (body, 'accepted', 'rejected') WHERE body LIKE '%accepted%'"),
        ("project-event-removed", "DELETE FROM event WHERE id = (SELECT max (id) FROM event)"),
        ("project-view", "CREATE VIEW evil AS SELECT 1"),
        ("project-trigger", "CREATE TRIGGER evil AFTER INSERT ON event BEGIN DELETE FROM event; END"),
        ("project-newer", "PRAGMA user_version = 9999"),
        ("project-other", "PRAGMA application_id = 1"),
    ]:
        change_project(m, label, "project in the pack is not sound", statement)


def make_bytes(m):
    m.bytes("half", "not a whole zip archive", lambda d: d[:len(d) // 2])
    m.bytes("last-byte", "not a whole zip archive", lambda d: d[:-1])
    m.bytes("nothing", "not a whole zip archive", lambda d: d[:0])
    m.bytes("one-byte", "not a whole zip archive", lambda d: d[:1])
    m.bytes("comment", "not a whole zip archive", lambda d: d[:-2] + b"\x01\x00x")
    m.bytes("other-attributes", "changed after the pack was written", flip_attributes)


def flip_attributes(data):
    at = data.find(b"PK\x01\x02")
    data[at + 38] ^= 1
    return data


def main():
    maker = Maker(sys.argv[1], sys.argv[2])
    make_names(maker)
    make_containers(maker)
    make_bags(maker)
    make_projects(maker)
    make_bytes(maker)


main()
