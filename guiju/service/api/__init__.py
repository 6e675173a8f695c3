"""`/api/v1`: the same checks, rules and standards for programs; what it promises stands in its OpenAPI document."""
