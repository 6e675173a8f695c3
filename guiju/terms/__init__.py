"""The nouns of the field: frozen, typed, knowing nothing of texts, files or engines."""
