"""Parts of pages for a browser: what the report embeds, tables, lines, and the page around them."""
