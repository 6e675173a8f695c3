"""The words of sentences: names, English grammar, the words of operators, and how long a sentence may be."""
