"""What keeps the framework of standards in order: gaps, overlaps, reviews that are due, and the table of all."""
