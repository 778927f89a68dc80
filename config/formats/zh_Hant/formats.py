"""Taiwan groups digits by three: 12,416."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
