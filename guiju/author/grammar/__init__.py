"""The published grammar `guiju/dsl/grammar.lark` with the words of the language, and the forms in which it is printed."""
