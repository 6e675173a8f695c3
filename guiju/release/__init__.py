"""Sets of rules as they are published: one sealed file, its versions, and a repository from which it is taken safely."""
