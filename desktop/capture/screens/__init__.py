"""Pictures of the screens, taken when a person asks and never otherwise."""
