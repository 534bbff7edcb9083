"""One page with everything that static/app.js does, for test_script.py: the components as pages use them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from gansu_care.accounts.gate import open_to_all
from gansu_care.urls import urlpatterns as real_urlpatterns

PAGE = """{% extends "base.html" %}{% block content %}
{% include "components/chart.html" with id="years" title="建设情况" heads=heads rows=rows kinds="bar" %}
{% include "components/facts.html" %}
{% include "components/unmask_panel.html" %}
{% include "components/action.html" with action=ending %}
<form><div data-selection="chosen" hidden>已选 <b data-selection-count></b> 名</div>
<table><tr><th><input type="checkbox" data-tick-all="chosen" aria-label="全选"></th></tr>
<tr><td><input type="checkbox" name="chosen" value="1" aria-label="一"></td></tr>
<tr><td><input type="checkbox" name="chosen" value="2" aria-label="二"></td></tr></table></form>
<div class="gc-drop" data-drop><label for="file">选择文件</label>
<input id="file" type="file"><span data-file-name="file" hidden></span></div>
{% endblock %}"""

CONTEXT = {
    "heading": "脚本",
    "heads": ["年份", "新建"],
    "rows": [["2009", 1000], ["2010", 52]],
    "facts": [
        {"label": "身份证号", "mask": {"masked": "6201**********0021", "name": "身份证号", "url": "/full/"}}
    ],
    "reasons": [("check", "核对户籍或学籍"), ("other", "其他")],
    "ending": {"label": "办理退出", "url": "/done/", "post": True, "confirm": "张三将转为“已退出”，确定吗？"},
}


def everything(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(PAGE).render(CONTEXT, request))


def full(request: HttpRequest) -> JsonResponse:
    if request.POST["reason"] == "other" and len(request.POST["note"]) < 2:
        return JsonResponse({"error": "请写明原因"}, status=400)
    return JsonResponse({"value": "620100201509010021", "seconds": 60})


def done(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"<h1>{request.method}</h1>")


urlpatterns = [
    path("everything/", open_to_all(everything)),
    path("full/", open_to_all(full)),
    path("done/", open_to_all(done)),
    *real_urlpatterns,
]
