"""Named formats, each of which says which part of a text is wrong."""
