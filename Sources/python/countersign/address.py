"""Where the control plane is, with which token, and whether the token may travel there."""

from __future__ import annotations

import ipaddress
import os
import re
import ssl
import stat
from typing import Mapping, Optional
from urllib.parse import urlsplit

from .errors import Misconfigured

TOKEN_BYTES_MAX = 4096


class Token:
    """A bearer token that shows itself to nobody but the request."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        if not text or len(text) > TOKEN_BYTES_MAX or not re.fullmatch(r"[!-~]+", text):
            raise Misconfigured("The token is empty or holds characters that no token has.")
        self._text = text

    def __repr__(self) -> str:
        return "<token>"

    def __reduce__(self) -> str:
        raise TypeError("a token is not to be stored")

    def header(self) -> str:
        """The value of the Authorization header."""
        return f"Bearer {self._text}"


class Address:
    """`https://`, a host, and perhaps a port and a path; `http://` on this machine only."""

    def __init__(self, url: str, *, allow_plain_http: bool = False) -> None:
        parts = urlsplit(url)
        plain = re.fullmatch(r"https?://[!-~]+", url, re.IGNORECASE)
        if not plain or not parts.hostname or parts.query or parts.fragment or "@" in url:
            raise Misconfigured(
                f"{_shown(url)} is no address of a control plane; they begin with https://."
            )
        self.is_encrypted = parts.scheme == "https"
        self.host: str = parts.hostname
        try:
            self.port: Optional[int] = parts.port
        except ValueError:
            raise Misconfigured(f"{_shown(url)} has no valid port.") from None
        self.path = parts.path.rstrip("/")
        if not self.is_encrypted and not allow_plain_http and not _is_this_machine(self.host):
            raise Misconfigured(
                f"{_shown(url)} is not encrypted: the token could be read on the way. Use https://."
            )

    def __repr__(self) -> str:
        port = f":{self.port}" if self.port else ""
        return f"{'https' if self.is_encrypted else 'http'}://{self.host}{port}{self.path}"


def _shown(url: str) -> str:
    """An address for a message: without a name and password, and without odd characters."""
    return ascii(re.sub(r"//[^/]*@", "//…@", url)[:200])


def _is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def find_address(environment: Mapping[str, str]) -> str:
    """The address that the environment names."""
    url = environment.get("COUNTERSIGN_URL")
    if not url:
        raise Misconfigured("There is no control plane to ask: set COUNTERSIGN_URL.")
    return url


def find_token(environment: Mapping[str, str]) -> Token:
    """The token in COUNTERSIGN_TOKEN, else in the file that COUNTERSIGN_TOKEN_FILE names."""
    if environment.get("COUNTERSIGN_TOKEN"):
        return Token(environment["COUNTERSIGN_TOKEN"])
    path = environment.get("COUNTERSIGN_TOKEN_FILE")
    if not path:
        raise Misconfigured(
            "There is no token: set COUNTERSIGN_TOKEN, or COUNTERSIGN_TOKEN_FILE to a file of it."
        )
    return read_token(path)


def read_token(path: str) -> Token:
    """The first line of a file that only its owner may read."""
    try:
        with open(path, "rb") as file:
            facts = os.fstat(file.fileno())
            if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077:
                raise Misconfigured(f"{path} must be a file that only its owner may read (0600).")
            line = file.readline(TOKEN_BYTES_MAX + 1)
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}.") from None
    return Token(line.decode("ascii", "replace").strip())


def trust(ca_file: Optional[str]) -> ssl.SSLContext:
    """Whose certificates are believed: those of the file, else the system's."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise Misconfigured(f"{ca_file} holds no certificates: {error}.") from None
