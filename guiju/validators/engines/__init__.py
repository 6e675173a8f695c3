"""A plan and records go in; one observation for each rule and subject comes out."""
