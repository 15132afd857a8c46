"""Other people's sync, in throwaway environments of its own: never a dependency of the product."""
