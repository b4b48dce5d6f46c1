"""What every part stands on: identifiers, clock, actor, multilingual text, base model; no word of the domain."""
