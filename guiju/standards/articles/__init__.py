"""Articles of instruments: taken apart, held by digests and facts, and compared with texts."""
