"""The version of the product; `./safar` runs it from its folder, where no package metadata is installed."""

VERSION = "0.1.0"
