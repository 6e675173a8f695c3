"""One check that was asked for on the page: its folder, its process, its place in the queue, and what a reader asks of its result."""
