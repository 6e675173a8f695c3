"""A workbook is the same for the same contents, whenever it is written."""

import time
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO

import openpyxl

from guiju.catalog.tables.grid import Grid
from guiju.forms.files.workbook import fresh_book, open_book, save_book

DAY = date(2026, 3, 1)


def without(name: str, data: bytes) -> bytes:
    """The workbook without one of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as read, zipfile.ZipFile(out, "w") as written:
        for entry in read.namelist():
            if entry != name:
                written.writestr(entry, read.read(entry).replace(f'PartName="/{name}"'.encode(), b'PartName="/gone"'))
    return out.getvalue()


def given() -> bytes:
    out = BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def turns(make: Callable[[], bytes]) -> tuple[bytes, bytes]:
    """What is made at two moments that no second holds together."""
    one = make()
    time.sleep(1.1)
    return one, make()


def again(data: bytes) -> bytes:
    return save_book(open_book(data, ()), data, DAY)


def test_what_is_built_new_knows_no_clock() -> None:
    grid = Grid(file="a", sheet=None, rows=[["one"]])
    one, other = turns(lambda: save_book(fresh_book((grid,)), None, DAY))
    assert one == other


def test_what_is_opened_keeps_its_day_of_making_and_gets_none_from_the_clock() -> None:
    kept, bare = given(), without("docProps/core.xml", given())
    for data in (kept, bare):
        one, other = turns(partial(again, data))
        assert one == other
    saved = openpyxl.load_workbook(BytesIO(again(kept)))
    assert saved.properties.created == openpyxl.load_workbook(BytesIO(kept)).properties.created
