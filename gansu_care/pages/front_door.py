"""What every answer tells the browser, whoever made it: a page, a download, a static file, an error before any view.

Pages are kept nowhere, neither by a proxy nor by the browser: nearly all of them show persons, and none costs much to
make again. Static files hold nobody and are kept. Signing out takes along what the browser still holds of the site.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOWHERE = "private, no-store"
SIGNED_OUT = '"cache", "storage"'


class FrontDoorMiddleware:
    """Outermost, so that nothing is answered past it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if not _is_static(request, response):
            response.headers["Cache-Control"] = NOWHERE
        if getattr(request, "has_signed_out", False):
            response.headers["Clear-Site-Data"] = SIGNED_OUT
        return response


def _is_static(request: HttpRequest, response: HttpResponse) -> bool:
    return request.path.startswith(settings.STATIC_URL) and response.status_code in (200, 206, 304)
