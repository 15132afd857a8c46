"""The relay's HTTP API: what goes over the wire, and who may ask."""
