"""Asks a server for a file, or for the rest of one: by the web only, through proxies too."""

import ssl
import urllib.error
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from functools import lru_cache
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from callcoach import __version__
from callcoach.errors import ModelError, UsageError

_BUSY = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Answers after which asking again may help."""
_REST_IS_NOTHING = 416


class Cut(Exception):
    """The connection was lost, or never made; asking again may help."""

    def __init__(self, why: str, is_stale: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.is_stale = is_stale
        """What is there of the file is of no use any more."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's answer: the file from a place on."""

    start: int
    """The place in the file of the first byte that follows."""
    total: int | None
    """Bytes of the whole file; None where the server does not say."""
    validator: str
    """Names this version of the file, for `If-Range`; empty where the server names none."""
    response: HTTPResponse

    def read(self, amount: int) -> bytes:
        """Return what has come, at most so many bytes; none at the end. Raises `Cut`."""
        try:
            return self.response.read1(amount)
        except (OSError, HTTPException) as error:
            raise Cut(_why(error)) from error


def web_address(address: str) -> str:
    """Return an address fit to be asked for. Raises `UsageError` where it is none of the web."""
    try:
        parts = urlsplit(address)
        is_fit = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        _ = parts.port
    except ValueError:
        is_fit = False
    if not is_fit:
        raise UsageError(
            "{address} is no address on the web",
            "it begins with https://, and has no name and password in it",
            address=address,
        )
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._")


@contextmanager
def ask(address: str, patience: float, start: int = 0, validator: str = "") -> Iterator[Answer]:
    """Ask for a file from `start` on; the answer may begin at 0 all the same.

    `patience` is how many seconds the server may be silent.

    Raises `Cut` where asking again may help, and `ModelError` where it will not.
    """
    wanted = {"User-Agent": f"callcoach/{__version__}", "Accept-Encoding": "identity"}
    if start:
        wanted["Range"] = f"bytes={start}-"
        if validator:
            wanted["If-Range"] = validator
    try:
        request = Request(address, headers=wanted)  # noqa: S310 - the opener knows no other scheme
        with _opener().open(request, timeout=patience) as response:
            yield _answer(address, response)
    except urllib.error.HTTPError as error:
        error.close()
        is_stale = error.code == _REST_IS_NOTHING and start > 0
        if is_stale or error.code in _BUSY:
            raise Cut(f"{error.code} {error.reason}", is_stale) from error
        raise _refused(address, error.code, error.reason) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            raise ModelError(
                "{address} cannot show that it is what it says: {why}",
                "a proxy in between needs its certificate in the file that SSL_CERT_FILE names",
                address=address,
                why=error.reason.verify_message,
            ) from error
        raise Cut(_why(error.reason)) from error
    except (OSError, HTTPException) as error:
        raise Cut(_why(error)) from error


class Redirects(HTTPRedirectHandler):
    """Follows a server to another address, on the web and never out of encryption."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Return the next request. Raises `ModelError` for an address not to be followed."""
        scheme = urlsplit(newurl).scheme
        if scheme not in ("http", "https") or (req.type == "https" and scheme != "https"):
            fp.close()
            raise ModelError(
                "{address} leads to {other}, which is not followed",
                "name that address itself where it is to be trusted",
                address=req.full_url,
                other=newurl,
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Return whom this machine trusts; reading that takes 60 ms."""
    return ssl.create_default_context()


def _opener() -> OpenerDirector:
    """Return what opens addresses of the web, and none of files or FTP."""
    opener = OpenerDirector()
    for handler in (
        *(ProxyHandler(), UnknownHandler(), HTTPHandler()),
        HTTPSHandler(context=_trust()),
        *(Redirects(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()),
    ):
        opener.add_handler(handler)
    return opener


def _answer(address: str, response: HTTPResponse) -> Answer:
    headers = response.headers
    kind = headers.get_content_type()
    if kind == "text/html" or headers.get("Content-Encoding", "identity") != "identity":
        raise ModelError(
            "{address} answers with a page, not with a file",
            "look at it in a browser: a network may want you to log in first",
            address=address,
        )
    length = headers.get("Content-Length", "")
    total = int(length) if length.isdecimal() else None
    start = 0
    if response.status == 206:
        first = headers.get("Content-Range", "").removeprefix("bytes ").partition("-")[0]
        if not first.isdecimal():
            raise Cut("206 without Content-Range", is_stale=True)
        start, total = int(first), _total(headers)
    elif response.status != 200:
        raise _refused(address, response.status, response.reason)
    return Answer(start, total, _validator(headers), response)


def _refused(address: str, code: int, reason: str) -> ModelError:
    return ModelError(
        "{address} answers: {code} {reason}",
        "check the address, or name another: callcoach model install ADDRESS",
        address=address,
        code=code,
        reason=reason,
    )


def _total(headers: Message) -> int | None:
    """Return how large the file is by `Content-Range`, as in `bytes 5-9/10` and `bytes */10`."""
    told = headers.get("Content-Range", "").rpartition("/")[2]
    return int(told) if told.isdecimal() else None


def _validator(headers: Message) -> str:
    """Return the file's strong entity tag, else the day of its last change (RFC 9110, 13.1.5)."""
    tag = headers.get("ETag", "")
    return tag if tag.startswith('"') else headers.get("Last-Modified", "")


def _why(error: object) -> str:
    """Return what the system says of an error."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__
