"""The language server: what an editor asks about rule texts, answered by the parser, the checker and the grammar that compile them."""
