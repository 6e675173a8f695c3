"""Runners for data larger than memory: a plan is run over partitions of the inputs. They contain no rule logic."""
