"""The words of the domain: types, errors, protocols, settings and the clock. Imports nothing else of Daogou."""
