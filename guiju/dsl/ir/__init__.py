"""Rules as few, explicit, typed nodes: applicability apart from requirement, missing data explicit."""
