"""The registry of people: names as written, contact points, consent per purpose, search."""
