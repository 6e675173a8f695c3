"""Text as a tree: a tree always exists, it may have holes, and every slip is named."""
