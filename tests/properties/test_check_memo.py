"""Checking again with what was remembered gives what checking anew gives, whatever was changed in between."""

from hypothesis import given
from hypothesis import strategies as st

from guiju.diagnostics.source import Source
from guiju.dsl.compile import Memo, compile_model
from guiju.dsl.model.check_memo import CheckMemo
from guiju.pipeline import rule_files, shipped_rules
from guiju.standards.load import load_registry

SHIPPED = shipped_rules()
# Some of every kind of declaration, and few enough to be checked again and again; names that stand in other files are unknown here.
FILES = tuple(
    Source(path.relative_to(SHIPPED).as_posix(), path.read_text("utf-8"))
    for path in rule_files(
        [
            *(SHIPPED / "vocabulary" / f"{name}.gj" for name in ("project_parts", "project_parts_guidance", "project_life", "systems")),
            SHIPPED / "profiles" / "project_change.gj",
            SHIPPED / "gir712",
        ]
    )
)

edits = st.lists(
    st.tuples(
        st.integers(0, len(FILES) - 1),
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["", "x", " ", "且", "\n", "（"]),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=4,
)


@given(edits)
def test_a_remembered_check_is_a_check(changes: list[tuple[int, float, str, int]]) -> None:
    registry, parsed, checked = load_registry(), Memo(), CheckMemo()
    files = list(FILES)
    compile_model(tuple(files), registry, memo=parsed, checked=checked)
    for at, where, put, cut in changes:
        text = files[at].text
        start = int(where * len(text))
        files[at] = Source(files[at].name, text[:start] + put + text[start + cut :])
        again = compile_model(tuple(files), registry, memo=parsed, checked=checked)
        anew = compile_model(tuple(files), registry, memo=parsed)
        assert again[2] == anew[2]
        assert again[0].rules == anew[0].rules
        assert dict(again[0].meant) == dict(anew[0].meant)
        assert dict(again[0].refers) == dict(anew[0].refers)
