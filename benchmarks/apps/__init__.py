"""One small application per measured framework, all of the same shape."""
