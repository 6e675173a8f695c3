"""Written documents: the pieces of a Word file, its outline, and what stands in its text, as records of shape 文稿."""
