"""Asking an index in a cluster: matchers as OpenSearch's query DSL, and what comes back."""
