"""Runs the form engine inside V8, one context a process: forms of a centre are programs of strangers and get limits.

Rejected: one context a request (0.25 s and 40 MB each), and evaluating in a thread of the request (V8 may be entered by one
thread only). A form that takes too long or too much memory loses its context and is refused; the next one gets a new context.
"""

import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import py_mini_racer
from py_mini_racer import MiniRacer

BUNDLE = Path(__file__).parent / "forms.js"
SECONDS = 8.0
LOAD_SECONDS = 20.0  # a form of 330 questions in four languages is read in 3 s on two busy cores
MOST_BYTES = 256 * 1024 * 1024
# A heap that has grown so far is given back: a long-lived process must not creep.
RENEW_BYTES = 160 * 1024 * 1024
Answers = Mapping[str, str | int | Sequence[str]]


class FormFailedError(ValueError):
    """The form cannot be run; the message is the engine's own."""


class FormTooHeavyError(FormFailedError):
    """The form took too long or too much memory, and was stopped."""


class Host:
    """One V8 context with the engine in it; calls from several threads wait for each other."""

    def __init__(self, *, seconds: float = SECONDS, memory: int = MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._racer: MiniRacer | None = None
        self._loaded: set[str] = set()
        self._seconds, self._memory = seconds, memory

    def languages(self, xform: str, files: Mapping[str, str] | None = None) -> list[str]:
        """Load a form and return its languages, none when it has but one; raise FormFailedError when it cannot run."""
        with self._lock:
            found = self._load(_key(xform, files), xform, files or {})
        return list(found["languages"])

    def evaluate(
        self, xform: str, *, language: str, answers: Answers, files: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Return what a person sees of the form with these answers in this language."""
        key = _key(xform, files)
        with self._lock:
            if key not in self._loaded:
                self._load(key, xform, files or {})
            call = f"safarForms.evaluate({json.dumps(key)}, {json.dumps(language)}, {json.dumps(dict(answers))})"
            found = self._run(call)
            if found.get("error") == "not loaded":  # the engine keeps few forms; this one had to make room
                self._load(key, xform, files or {})
                found = self._run(call)
        return self._checked(found)

    def _load(self, key: str, xform: str, files: Mapping[str, str]) -> dict[str, Any]:
        call = f"safarForms.load({json.dumps(key)}, {json.dumps(xform)}, {json.dumps(dict(files))})"
        found = self._checked(self._run(call, promised=True))
        self._loaded.add(key)
        return found

    def _run(self, code: str, *, promised: bool = False) -> dict[str, Any]:
        racer = self._context()
        try:
            seconds = LOAD_SECONDS if promised and self._seconds == SECONDS else self._seconds
            value: Any = racer.eval(code, timeout_sec=seconds, max_memory=self._memory)
            if promised:
                value = value.get(timeout=seconds)
        except (py_mini_racer.JSTimeoutException, py_mini_racer.JSOOMException, TimeoutError) as error:
            self._drop()
            raise FormTooHeavyError(type(error).__name__) from error
        except py_mini_racer.JSEvalException as error:
            self._drop()
            raise FormFailedError(str(error).partition("\n")[0][:500]) from error
        if racer.heap_stats()["used_heap_size"] > RENEW_BYTES:
            self._drop()
        found: dict[str, Any] = json.loads(value)
        return found

    @staticmethod
    def _checked(found: dict[str, Any]) -> dict[str, Any]:
        if "error" in found:
            raise FormFailedError(found["error"])
        return found

    def _context(self) -> MiniRacer:
        if self._racer is None:
            self._racer = MiniRacer()
            self._racer.eval(BUNDLE.read_text(encoding="utf-8"))
            ready: Any = self._racer.eval("safarFormsReady")
            ready.get(timeout=LOAD_SECONDS)
        return self._racer

    def _drop(self) -> None:
        """Give up the context, once what was stopped in it has really stopped: its last word needs somebody to hear it."""
        racer, self._racer = self._racer, None
        self._loaded.clear()
        if racer is not None:
            with suppress(py_mini_racer.JSEvalException):
                racer.eval("0")
            racer.close(None, None, None)


def _key(xform: str, files: Mapping[str, str] | None) -> str:
    told = hashlib.sha256(xform.encode())
    for name, text in sorted((files or {}).items()):
        told.update(f"\0{name}\0{text}".encode())
    return told.hexdigest()[:24]


HOST = Host()
