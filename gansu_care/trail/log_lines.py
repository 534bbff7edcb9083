"""The log: one line of JSON an entry, without personal data.

Messages of exceptions and arguments are left out: they may quote a row. The place in the code and the kind of
error are enough, and the reference number leads from the user's page to the line.
"""

import json
import logging
import traceback

from gansu_care.trail.reference import current_request


class JsonLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None) or current_request()
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": str(record.msg)[:200],
            "reference": getattr(request, "reference", ""),
            "method": getattr(request, "method", ""),
            "route": _route(request),
        }
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            frames = traceback.extract_tb(record.exc_info[2])[-6:]
            line["where"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames
            ]
        return json.dumps(line, ensure_ascii=False)


def _route(request: object) -> str:
    match = getattr(request, "resolver_match", None)
    return match.view_name or match.route if match else ""
