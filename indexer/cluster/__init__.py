"""An index in a cluster of OpenSearch: its address, its mapping, its generations, and how it is built."""
