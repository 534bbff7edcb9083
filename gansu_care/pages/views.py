"""The home page, the search box, the choice of division and year, the watermark, help."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from gansu_care.accounts.allowances import SEARCH, take
from gansu_care.divisions.models import Division
from gansu_care.divisions.scoping import user_covers
from gansu_care.pages.errors import NUMBER
from gansu_care.pages.help_pages import TASKS
from gansu_care.pages.panels import panels_for
from gansu_care.pages.search import found_places
from gansu_care.pages.standing import FIRST_YEAR, standing_of
from gansu_care.pages.todo_count import todos_now
from gansu_care.trail.events import record_event
from gansu_care.trail.models import Action

MOST_ROWS = 60_000


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    panels = panels_for("home", request)
    context = {"todos": todos_now(request), "panels": panels, "standing": standing_of(request)}
    return render(request, "pages/home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One box for everything: one hit goes straight to its page."""
    text = request.GET.get("q", "").strip().replace("\0", "")[:60]
    if text:
        take(request, SEARCH)
    groups = found_places(request, text) if text else []
    hits = [hit for group in groups for hit in group.hits]
    if len(hits) == 1:
        return redirect(hits[0].url)
    return render(request, "pages/search.html", {"text": text, "groups": groups})


@require_safe
def stand(request: HttpRequest) -> HttpResponse:
    """Choose the division or the year to look at; back to the page where the choice was made."""
    code, year = request.GET.get("division", ""), request.GET.get("year", "")
    if code:
        division = Division.objects.in_force().filter(code=code[:12]).first()
        if division is None or not user_covers(request.user, division):  # type: ignore[arg-type]
            raise Http404
        request.session["division"] = division.code
    if year.isascii() and year.isdigit() and FIRST_YEAR <= int(year[:6]) <= timezone.localdate().year:
        request.session["year"] = int(year)
    return redirect(_own_page(request))


def _own_page(request: HttpRequest) -> str:
    target = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe else "/"


@require_safe
def watermark(request: HttpRequest) -> HttpResponse:
    """Who looks, from which unit, when: drawn over pages with children."""
    user, now = request.user, timezone.localtime()
    text = f"{user.unit_label} {user.label} {now:%Y-%m-%d %H:%M}"  # type: ignore[union-attr]
    response = render(request, "components/watermark.svg", {"text": text}, content_type="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def printed(request: HttpRequest) -> HttpResponse:
    """A page with children goes to the printer: app.js says so just before. Which one it is, its own address tells."""
    try:
        match = resolve(request.POST.get("page", ""))
    except Resolver404 as error:
        raise Http404 from error
    rows = request.POST.get("rows", "")
    number = str(match.kwargs.get("number", ""))
    record_event(
        Action.PRINT,
        request.user,
        kind=match.app_name or "pages",
        number=number if NUMBER.fullmatch(number) else "",
        rows=min(int(rows), MOST_ROWS) if rows.isascii() and rows.isdigit() and len(rows) < 9 else None,
        reason=match.view_name,
    )
    return HttpResponse(status=204)


@require_safe
def help_index(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/help.html", {"tasks": TASKS})


@require_safe
def help_task(request: HttpRequest, task: str) -> HttpResponse:
    chosen = next((one for one in TASKS if one.slug == task), None)
    if chosen is None:
        raise Http404
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return render(request, "pages/help_task.html", {"task": chosen, "text": f"help/{language}/{task}.html"})
