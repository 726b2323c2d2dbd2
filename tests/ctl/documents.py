"""Small documents for the tests: PDF files with text, and fields of them."""

import contextlib
import os
import sqlite3
import subprocess
import sys

import harness

IMPORTER = sys.argv[-1]


def write_pdf(path, *pages):
    """A PDF of A5 pages, each a list of (x, y, text), y downwards, in points."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for words in pages:
        text = "".join(f"BT /F1 12 Tf {x} {595 - y} Td ({w}) Tj ET\n" for x, y, w in words)
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}endstream")
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Resources << /Font << /F1 3 0 R >> >> "
                       f"/Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += (f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n").encode()
    with open(path, "wb") as file:
        file.write(out)


def bill(number):
    """What stands on the page of a bill, and what its fields are."""
    date = f"{number % 27 + 1:02}/{number % 12 + 1:02}/{2010 + number % 14}"
    total = f"{10 + number}.{number * 7 % 100:02}"
    paid = f"{100 + number}.00"
    page = [(40, 50, f"Shop number {number}"), (40, 90, f"Date: {date}"), (250, 90, f"Till {number % 5}"),
            (40, 300, "Subtotal"), (250, 300, f"{5 + number}.10"), (40, 330 + number % 3 * 20, "Total"),
            (250, 330 + number % 3 * 20, total), (40, 420, "Cash"), (250, 420, paid)]
    return page, {"date": date, "total": total}


SCHEMA = {"labels": [], "fields": [{"name": "date", "type": "date", "order": "dmy"}, {"name": "total", "type": "amount"}]}


def make_project(folder, n_bills):
    """A project of bills whose pages nobody has read, and the fields of each by its path."""
    fields = {}
    for number in range(n_bills):
        page, values = bill(number)
        write_pdf(os.path.join(folder, "bills", f"bill {number}.pdf"), page)
        fields[f"bills/bill {number}.pdf"] = values
    schema = os.path.join(folder, "schema.json")
    harness.write_json(schema, SCHEMA)
    project = os.path.join(folder, "work.emend")
    harness.run("new", project, "--template", schema, "--media", os.path.join(folder, "bills"), "--reviewer", "Ada")
    return project, fields


def make_books(folder, n_books, n_pages):
    """A project of documents with many pages each."""
    for number in range(n_books):
        pages = [[(40, 50, f"Shop number {number}"), (40, 90, f"page {page}")] for page in range(n_pages)]
        write_pdf(os.path.join(folder, "books", f"book {number}.pdf"), *pages)
    project = os.path.join(folder, "work.emend")
    harness.run("new", project, "--media", os.path.join(folder, "books"), "--reviewer", "Ada")
    return project


def count_pages(project):
    """How many pages have words, asked without the program; 0 while it is just writing."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{project}?mode=ro", uri=True, timeout=0)) as database:
            return database.execute("SELECT count(*) FROM words").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


def import_fields(project, run, values):
    """Takes values over as proposals: (item, field, value, further members)."""
    lines = "".join(harness.json.dumps({"item": item, "field": field, "value": value, **more}) + "\n"
                    for item, field, value, more in values)
    subprocess.run([IMPORTER, project, run], input=lines.encode(), check=True, env=harness.environment())


def review(project, folder, lines, *options):
    path = os.path.join(folder, "decisions.jsonl")
    harness.write_lines(path, lines)
    return harness.facts("review", project, path, "--reviewer", "Ada", *options)
