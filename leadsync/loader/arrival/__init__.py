"""How the bytes of a source arrive, and what they are: plain, packed, or from an address."""
