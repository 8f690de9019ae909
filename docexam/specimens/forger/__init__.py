"""The forger: changes the layers of a drawn document, and says what was done (docs/forger.md)."""
