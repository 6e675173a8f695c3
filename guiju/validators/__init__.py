"""A sealed ruleset and records go in; verdicts, each exactly one for a rule and a subject, come out."""
