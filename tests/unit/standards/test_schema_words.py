"""What a schema finds amiss is said in words."""

import json
import re
from importlib.resources import files

from guiju.standards.schema_words import problem_in_words

SCHEMA = files("guiju.standards").joinpath("instrument.schema.json").read_text("utf-8")


def test_no_pattern_of_the_schema_is_shown_to_its_reader() -> None:
    patterns = {json.loads(f'"{one}"') for one in re.findall(r'"pattern": "([^"]+)"', SCHEMA)}
    assert patterns
    for pattern in patterns:
        said = problem_in_words("pattern", pattern, "?")
        assert pattern not in said.zh and pattern not in said.en
