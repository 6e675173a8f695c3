"""An index of names answers as a search over all of them does."""

import random

import pytest

from guiju.diagnostics.suggest import Neighbours, nearest

_NAMES = (
    "更新频率",
    "更新周期",
    "提供单位",
    "提供单位代码",
    "信息资源名称",
    "名称",
    "publisher",
    "update_frequency",
    "data level",
    "open_type",
    "openType",
    "摘要",
)


@pytest.mark.parametrize("seed", range(20))
def test_the_index_and_the_search_agree(seed: int) -> None:
    rng, index = random.Random(seed), Neighbours(_NAMES)
    for _ in range(60):
        text = list(rng.choice(_NAMES))
        for _ in range(rng.randrange(4)):
            at = rng.randrange(len(text) + 1)
            text[at : at + rng.randrange(2)] = rng.choice(("数", "a", "", "更新", *_NAMES[:2]))
        rng.shuffle(text) if rng.random() < 0.2 else None
        asked = "".join(text)
        assert index.nearest(asked) == nearest(asked, _NAMES), asked
