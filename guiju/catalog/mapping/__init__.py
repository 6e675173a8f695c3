"""Which shape and which field a key or a header means."""
