"""Imported by the process from which those of the checks are forked, so that the rules are loaded once and their memory is shared."""

import gc

import guiju.forms.annotate.reading_account
import guiju.service.checks.worker
import guiju.validators.engines.compiled.run  # noqa: F401  -- what a check of many records needs
from guiju.service.checks.warm import calendar, ruleset

__all__: list[str] = []

ruleset()
calendar()
# What stays for good is no longer looked at, so that it is not copied into each process.
gc.collect()
gc.freeze()
