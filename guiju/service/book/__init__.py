"""The rule book: what the rules, the clauses, the words and the standards are, on the page and as files."""
