"""Every post that arrived, one JSON line each, written before it is answered."""

import json
import os
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

NO_ANSWER = 0


class Journal:
    """An append-only file that several threads, and several processes, may write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        self._mend()

    def write(self, body: Mapping[str, Any] | None, *, status: int, answer: object) -> None:
        """Status 0 is a post that got no answer. Raises OSError when the disk takes no more."""
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "contactable_type": (body or {}).get("contactable_type"),
            "contactable_id": (body or {}).get("contactable_id"),
            "body": body,
            "status": status,
            "answer": answer,
        }
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
        # Lone surrogates are JSON (`\ud800`) but not UTF-8: kept as the escapes they came as.
        data = text.encode(errors="backslashreplace")
        with self._lock:
            self._append(data)

    def _append(self, data: bytes) -> None:
        before = os.fstat(self._file).st_size
        written = os.write(self._file, data)
        if written < len(data):
            # A full disk takes a part: half a line would spoil the next one.
            os.ftruncate(self._file, before)
            raise OSError(f"no room for {len(data)} bytes in {self.path}")

    def _mend(self) -> None:
        """Ends a line that a killed process left open."""
        size = os.fstat(self._file).st_size
        if size and os.pread(self._file, 1, size - 1) != b"\n":
            os.write(self._file, b"\n")
