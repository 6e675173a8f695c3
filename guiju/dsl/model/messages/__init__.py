"""An author's own words are held against his rule."""
