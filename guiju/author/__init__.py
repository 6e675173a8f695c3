"""The tools of those who write rules: the same text laid out, in the other tongue, or explained; no judgement of subjects."""
