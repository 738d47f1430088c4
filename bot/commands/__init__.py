"""One module a command of `handrail`; bot/__main__.py names them. Decides nothing itself."""
