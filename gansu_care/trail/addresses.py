"""Where a request comes from, behind as many proxies as the setting TRUSTED_PROXIES says.

Each proxy of ours appends the address it was called from to X-Forwarded-For. Only what our own proxies wrote counts:
whatever a caller puts in front of it is her own word.
"""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # a socket without addresses, or a proxy that wrote none


def address_of(request: HttpRequest) -> str:
    """The caller's network address in its plain form."""
    proxies = settings.TRUSTED_PROXIES
    told = request.headers.get("X-Forwarded-For", "").split(",") if proxies else []
    found = told[-proxies] if proxies and len(told) >= proxies else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(found.strip()))
    except ValueError:
        return UNKNOWN
