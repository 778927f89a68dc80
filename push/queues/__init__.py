"""The two homes of hints, with one face: `serve` until `stop` is called from a signal."""
