#!/usr/bin/env python3
"""Writes values as Python prints them, with what they mean: type, order of dates, text, normalised value; one a line."""
import datetime
import email.utils
import random
from decimal import Decimal

DAY_FIRST = ["%d/%m/%Y", "%d.%m.%y", "%d-%m-%Y", "%d %m %Y", "%d.%m.%Y %H:%M", "%d/%m/%Y %I:%M:%S %p"]
MONTH_FIRST = ["%m/%d/%Y", "%m-%d-%y", "%m/%d/%Y, %I:%M %p", "%D"]
NAMED = ["%d %b %Y", "%d%b%Y", "%B %d, %Y", "%A, %d %B %Y", "%d-%b-%y", "%c", "%a %b %d %Y", "%Y %b %d", "%Y-%m-%d", "%Y%m%d",
         "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S", "%F", "%H:%M %d %b %Y"]
MARKS = [("{}", ""), ("EUR {}", " EUR"), ("{} €", " EUR"), ("RM{}", " MYR"), ("US$ {}", " USD"), ("£{}", " GBP"), ("{}CHF", " CHF")]


def emit(kind, order, text, normal):
    print(kind, order, text, normal, sep="\t")


def dates(source):
    for _ in range(100):
        # Years of two digits stand for 1950 to 2049.
        day = datetime.datetime(1950, 1, 1) + datetime.timedelta(seconds=source.randrange(100 * 365 * 86400))
        for form in DAY_FIRST + NAMED:
            emit("date", "dmy", day.strftime(form), day.date().isoformat())
        for form in MONTH_FIRST + NAMED:
            emit("date", "mdy", day.strftime(form), day.date().isoformat())
        emit("date", "dmy", day.isoformat(), day.date().isoformat())
        emit("date", "dmy", day.replace(tzinfo=datetime.timezone.utc).isoformat(), day.date().isoformat())
        emit("date", "dmy", email.utils.format_datetime(day), day.date().isoformat())
        for form in ["%H:%M:%S", "%I:%M:%S %p", "%X", "%r"]:
            emit("time", "dmy", day.strftime(form), day.time().isoformat())
        for form in ["%H:%M", "%I:%M%p", "%Hh%M", "%H.%M Uhr"]:
            emit("time", "dmy", day.strftime(form), day.strftime("%H:%M"))


def numbers(source):
    for _ in range(500):
        number = Decimal(source.randrange(-(10 ** source.randrange(2, 12)), 10 ** source.randrange(2, 12))) / 100
        number = number.quantize(Decimal("0.01"))
        normal = str(abs(number)) if number == 0 else str(number)
        english = f"{number:,}"
        for text in [english, str(number), english.translate(str.maketrans(",.", ".,")),
                     english.translate(str.maketrans(",.", " ,")), english.replace(",", "'"), english.replace(",", "\u202f")]:
            form, code = source.choice(MARKS)
            emit("amount", "dmy", form.format(text), normal + code)
            emit("number", "dmy", text, normal)
        if number < 0:
            emit("amount", "dmy", f"({-number:,})", normal)
            emit("amount", "dmy", f"{-number:,}-", normal)
        whole = source.randrange(10 ** 6, 10 ** 12)
        for text in [f"{whole:,}", f"{whole:_}".replace("_", "."), f"{whole:_}".replace("_", " "), str(whole)]:
            emit("integer", "dmy", text, str(whole))


def main():
    source = random.Random(7)
    dates(source)
    numbers(source)


main()
