"""The pattern dialect: parsed to a tree, emitted as RE2."""
