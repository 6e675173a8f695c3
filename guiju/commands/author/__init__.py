"""Commands of the rule author: fmt, lint, rules, translate, init, explain, test, coverage."""
