"""A plan goes in, one readable Python module comes out that counts its verdicts as fast as records can be decoded."""
