"""What is remembered of an object is of that object alone."""

import weakref

from guiju.dsl.model.check_memo import CheckMemo


class _Thing:
    pass


def test_an_object_is_kept_as_long_as_it_is_remembered() -> None:
    memo, thing = CheckMemo(), _Thing()
    kept = weakref.ref(thing)
    assert memo.value_on("degree", thing, lambda: 1) == 1
    # Another object at its address would be given what was computed of this one.
    del thing
    assert kept() is not None
    memo.begin((), (), "")
    memo.begin((), (), "")
    assert kept() is None
