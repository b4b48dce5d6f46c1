"""Which records of a registry are one person: synthetic registries to learn and measure on, the model, its guards."""
