"""Where in a text something stands, what is wrong with it, and how to say so."""
