"""Organisation profiles, one TOML file per provider."""
