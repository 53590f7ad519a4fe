"""The page of an index: what `lianghui serve` shows in a browser, by the public functions of the library."""
