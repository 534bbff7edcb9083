"""Keys for a development machine, made once and kept in the git-ignored var/ folder. Production never reads them."""

import base64
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path


def development_keys(var: Path) -> dict[str, str]:
    """SECRET_KEY, SEALING_KEYS and DIGEST_KEY of this checkout; made with mode 0600 when first asked for."""
    path = var / "keys.json"
    if not path.exists():
        _write_once(
            path,
            {"SECRET_KEY": secrets.token_urlsafe(50), "SEALING_KEYS": f"1:{_key()}", "DIGEST_KEY": _key()},
        )
    return json.loads(path.read_text())


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write_once(path: Path, keys: dict[str, str]) -> None:
    # Two processes may start at the same moment: both write aside, the first link wins, both read the winner.
    aside = path.with_suffix(f".{os.getpid()}")
    aside.touch(mode=0o600)
    aside.write_text(json.dumps(keys))
    with suppress(FileExistsError):
        os.link(aside, path)
    aside.unlink()
