"""The face: every component renders, and the whole of it keeps the rules that a browser would enforce too late."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import django_tables2
import pytest
from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

BASE = Path(settings.BASE_DIR)
TEMPLATES = BASE / "templates"
STATIC = BASE / "static"
VENDOR = STATIC / "vendor"
BREAKS = re.compile(r"(?<=>)[ \n]+|[ \n]+(?=<)|\n")
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.S)


class Centers(django_tables2.Table):
    name = django_tables2.Column("名称", attrs={"cell": {"class": "name"}}, footer="合计")
    children = django_tables2.Column("服务儿童", attrs={"cell": {"class": "num"}}, footer="96")


# component: (context, what the reader finds in it)
COMPONENTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "page_head.html": (
        {
            "heading": "留守儿童",
            "facts": "在册 1,842 名",
            "crumbs": [("首页", "/")],
            "tags": [{"label": "在册", "level": "ok"}],
            "actions": [{"label": "登记儿童", "url": "/add/", "icon": "plus-lg", "kind": "primary"}],
        },
        ["<h1>留守儿童", 'class="gc-tag is-ok"', 'class="btn btn-primary" href="/add/"'],
    ),
    "action.html": (
        {
            "action": {
                "label": "办理退出",
                "url": "/end/",
                "post": True,
                "kind": "danger",
                "confirm": "确定吗？",
            }
        },
        ['method="post" action="/end/" data-confirm="确定吗？"', "btn-danger-line"],
    ),
    "table.html": (
        {
            "table": Centers([{"name": "首阳镇留守儿童之家", "children": 96}], orderable=False),
            "caption": "活动中心，按名称排列",
            "sort_links": {"name": {"url": "?sort=-name", "state": "ascending"}},
        },
        [
            '<caption class="visually-hidden">活动中心，按名称排列</caption>',
            '<th scope="col" class="name" aria-sort="ascending"><a class="gc-sort" href="?sort=-name">名称</a></th>',
            '<th scope="row" class="name">首阳镇留守儿童之家</th>',
            '<td class="num" data-label="服务儿童">96</td>',
            '<tfoot><tr><th scope="row" class="name">合计</th>',
        ],
    ),
    "keyset_pages.html": (
        {"page": {"count": 10000, "is_capped": True, "next_url": "?after=x"}, "noun": "child"},
        ["共 10,000 名以上", 'href="?after=x" rel="next"', '<span class="off">'],
    ),
    "kpis.html": (
        {
            "kpis": [{"label": "累计到账", "value": "21,800,000.00", "unit": "元", "url": "/funding/"}],
            "label": "概况",
        },
        ['<a class="gc-kpi" href="/funding/">', "<b>21,800,000.00<i>元</i></b>"],
    ),
    "tiles.html": (
        {"tiles": [("620900", "酒泉市", 69, 2, "/jq/")], "key": ["60 以下", "60 以上"]},
        ['<li class="p-620900"><a class="lv2" href="/jq/">酒泉市<b>69</b></a></li>', "不表示边界和面积"],
    ),
    "chart.html": (
        {
            "id": "years",
            "title": "建设情况",
            "unit": "个",
            "heads": ["年份", "新建"],
            "rows": [["2009", 1000]],
        },
        ['data-chart="years"', '<th scope="row">2009</th><td class="num">1,000</td>', "单位：个"],
    ),
    "state.html": ({"label": "在册", "level": "ok"}, ['<span class="gc-st is-ok">在册']),
    "tag.html": ({"label": "要确认", "level": "warn"}, ['class="gc-tag is-warn">要确认']),
    "note.html": (
        {"level": "warning", "text": "请核对后再保存。", "url": "/diff/", "link": "看改动"},
        ['class="gc-note is-warn"', "#exclamation-triangle-fill", '<a href="/diff/">看改动</a>'],
    ),
    "todo.html": (
        {
            "todos": [
                {
                    "title": "3 行需要修改",
                    "tag": "待修改",
                    "level": "warn",
                    "url": "/u/1/",
                    "action": "去修改",
                }
            ]
        },
        ["<b>3 行需要修改</b>", '<a class="btn btn-sm btn-default" href="/u/1/">去修改</a>'],
    ),
    "facts.html": (
        {
            "facts": [
                {"label": "学校", "value": ""},
                {"label": "体重", "value": 0},
                {"label": "身体情况", "hidden": True},
                {
                    "label": "身份证号",
                    "mask": {"masked": "6201**********0021", "name": "身份证号", "url": "/full/"},
                },
            ]
        },
        ["未填", "<dd>0</dd>", "没有查看权限", 'aria-label="查看完整身份证号，需要填写原因"'],
    ),
    "mask.html": (
        {"mask": {"masked": "138****0000", "name": "电话", "url": "/full/"}},
        ['data-masked="138****0000"', 'href="/full/" data-unmask="电话"'],
    ),
    "unmask_panel.html": (
        {"reasons": [("check", "核对户籍或学籍")]},
        ['id="gc-reveal" method="post"', " hidden ", 'name="reason" value="check" required', "显示 60 秒"],
    ),
    "timeline.html": (
        {"events": [{"time": "2023-03-06", "text": "登记在册", "key": True}]},
        ['<li class="key"><time>2023-03-06</time>登记在册'],
    ),
    "steps.html": (
        {"steps": [("选择", "选文件"), ("检查", "不写入"), ("确认", "")], "current": 2},
        ['<li class="done">', '<li aria-current="step"><span>2</span>', "<li><span>3</span>"],
    ),
    "sums.html": (
        {"sums": {"rows": 128, "new": 31, "changed": 12, "same": 82, "doubtful": 0, "refused": 3}},
        ["行数相符：31 + 12 + 82 + 0 + 3 = 128", '<div class="bad"><b>3</b>拒绝'],
    ),
    "problems.html": (
        {
            "problems": [
                {
                    "level": "error",
                    "sheet": "首阳镇",
                    "row": 7,
                    "column": "E",
                    "heading": "身份证号",
                    "value": "6.2010020150901E+17",
                    "message": "身份证号被变成了数字",
                    "advice": "把这一列设为“文本”",
                    "code": "E_ID_PRECISION",
                }
            ]
        },
        [
            "必须改",
            '<span class="gc-raw nowrap">6.2010020150901E+17</span>',
            "E_ID_PRECISION",
            "把这一列设为“文本”",
        ],
    ),
    "diff.html": ({"old": "", "new": "祖母"}, ["<del>（空）</del>", "<ins>祖母</ins>", "改为"]),
    "progress.html": (
        {"job": {"done": 93, "total": 128, "message": "正在检查第 93 行"}, "poll_url": "/u/1/progress/"},
        ['hx-get="/u/1/progress/" hx-trigger="every 2s"', 'max="128" value="93"', "正在检查第 93 行"],
    ),
    "action_bar.html": (
        {
            "actions": [{"label": "返回", "url": "/"}],
            "danger": {"label": "撤销", "url": "/undo/", "kind": "danger"},
        },
        ["btn-danger-line", '<span class="end"><a class="btn btn-default" href="/">返回</a>'],
    ),
    "equation.html": (
        {
            "equations": [
                {
                    "whole": {"label": "到账", "value": 100, "url": "/r/"},
                    "parts": [
                        {"label": "已分配", "value": 60},
                        {"label": "未分配", "value": 30, "open": True},
                    ],
                    "rate_label": "分配率",
                    "rate": Decimal("60"),
                    "difference": 10,
                }
            ]
        },
        ["100.00</a>", 'max="1000" value="600"', "60.0%", "两边相差 10.00 元"],
    ),
    "paper_table.html": (
        {
            "table": {
                "number": "表1",
                "title": "主要指标",
                "unit": "个",
                "width": 2,
                "head": [[{"text": "指标"}, {"text": "建成", "colspan": 2}]],
                "rows": [
                    {"kind": "section", "label": "一、活动中心"},
                    {"kind": "of", "label": "累计", "cells": [{"text": "1,248", "url": "/c/"}]},
                ],
                "notes": ["“—”表示不适用。"],
                "checks": [{"ok": False, "text": "市州之和 = 全省，相差 1"}],
            }
        },
        ['scope="colgroup" colspan="2"', '<a href="/c/">1,248</a>', "注：", 'class="gc-check has-bad"', "✗"],
    ),
    "empty.html": (
        {"title": "还没有登记设备", "text": "可以上传台账。"},
        ["#folder2-open", "还没有登记设备"],
    ),
    "history.html": (
        {
            "entries": [
                {
                    "who": "马晓燕",
                    "what": "修改",
                    "changes": [{"label": "照护人", "old": "外祖母", "new": "祖母"}],
                }
            ]
        },
        ["马晓燕", "照护人", "<ins>祖母</ins>"],
    ),
    "print_line.html": (
        {"shell": {"unit_label": "临洮县妇联", "user_label": "马晓燕"}},
        ["打印：临洮县妇联 马晓燕"],
    ),
    "watermark.svg": ({"text": "临洮县妇联 <马晓燕>"}, ['<pattern id="w"', "临洮县妇联 &lt;马晓燕&gt;"]),
}


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_component_says_what_it_was_given(name: str) -> None:
    context, expected = COMPONENTS[name]
    with translation.override("zh-hans"):
        html = render_to_string(f"components/{name}", context, RequestFactory().get("/"))
    html = BREAKS.sub("", html)  # line breaks of the templates between elements and attributes
    assert [text for text in expected if text not in html] == []


def test_rows_that_do_not_add_up_are_an_alarm() -> None:
    sums = {"rows": 128, "new": 31, "changed": 12, "same": 82, "doubtful": 0, "refused": 2}
    with translation.override("zh-hans"):
        html = render_to_string("components/sums.html", {"sums": sums})
    assert "行数不符：31 + 12 + 82 + 0 + 2 不等于 128，相差 1 行" in html


@pytest.mark.parametrize("code", ["403", "403_csrf", "404", "413", "429", "500"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_error_page_needs_nothing_but_its_reference(code: str, language: str) -> None:
    with translation.override(language):
        html = get_template(f"{code}.html").render({"reference": "R-7F3B20BX"})
    assert "R-7F3B20BX" in html
    assert html.count("<h1>") == 1
    assert code[:3] in html


# --- rules of the house --------------------------------------------------------------------------------------

INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|\sstyle=[\"']|\son[a-z]+=[\"']|<style\b|[\"'(]data:|javascript:", re.I
)
# What Chromium 88 does not know and would drop with a rule or a whole block of them. What it may pass over without harm
# (text-wrap: balance) is not here.
FORBIDDEN_CSS = re.compile(
    r":has\(|:nth-(?:last-)?child\([^)]* of |:user-(?:in)?valid|:popover-open|(?:^|[{};])\s*&|&[:.\[]"
    r"|@container|@layer|@scope|@starting-style|@media[^{]*[<>]=?"
    r"|\b(?:oklch|oklab|lch|lab|hwb|color|color-mix|light-dark|round|mod|sin|cos)\("
    r"|[{;]\s*(?:accent-color|translate|rotate|scale|scrollbar-gutter|text-decoration-thickness|field-sizing|mask)\s*:"
    r"|\bsubgrid\b|overflow(?:-[xy])?:\s*clip\b|\d[sld]v[hw]\b"
    r"|url\([\"']?(?:data:|https?:|//)"
)
FORBIDDEN_SCRIPT = re.compile(
    r"\?\?=|\|\|=|&&=|\.at\(|\.findLast|\.to(?:Sorted|Reversed|Spliced)\(|\.group(?:By)?\(|hasOwn\(|structuredClone"
    r"|randomUUID|AbortSignal\.timeout|\.showPopover|\.inert\b|:has\(|\bstatic\s*\{|#\w+ in "
    r"|innerHTML|\beval\b|setAttribute\('style'"
)
FORBIDDEN_HTML = re.compile(r"\s(?:popover|popovertarget|inert)(?:[\s=>]|$)|<search\b")
NAMED_ICON = re.compile(
    r"""{%\s*icon "([a-z0-9-]+)"|icon=["']([a-z0-9-]+)["']|["']icon["']: ["']([a-z0-9-]+)["']"""
)


def pages() -> list[Path]:
    return sorted([*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.svg")])


def test_no_template_is_refused_by_the_content_security_policy() -> None:
    found = {
        str(page.relative_to(BASE)): INLINE.findall(COMMENT.sub("", page.read_text())) for page in pages()
    }
    assert {page: hits for page, hits in found.items() if hits} == {}


def test_every_shared_template_opens_by_naming_its_context() -> None:
    shared = [page for page in pages() if page.parent == TEMPLATES / "components"]
    assert [page.name for page in shared if "{% comment %}" not in page.read_text()[:300]] == []


def test_every_vendored_file_has_its_licence_and_is_listed() -> None:
    listed = (VENDOR / "README.md").read_text()
    papers = {"LICENSE", "NOTICE", "README.md"}
    files = [path for path in VENDOR.rglob("*") if path.is_file() and path.name not in papers]
    assert files
    assert [path.name for path in files if not (path.parent / "LICENSE").is_file()] == []
    assert [path.name for path in files if path.name.removesuffix(".map") not in listed] == []


def test_minified_files_bring_the_map_they_name() -> None:
    named = re.compile(r"sourceMappingURL=(\S+?)(?:\s|\*/|$)")
    for path in [*VENDOR.rglob("*.js"), *VENDOR.rglob("*.css")]:
        for map_name in named.findall(path.read_text()[-300:]):
            assert (path.parent / map_name).is_file(), path.name


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (VENDOR / "bootstrap-icons/icons.svg").read_text()))
    code = [
        path
        for root in ("gansu_care", "centers", "children", "funding")
        for path in (BASE / root).rglob("*.py")
    ]
    named = {
        next(filter(None, hit)): path.name
        for path in [*pages(), *code]
        for hit in NAMED_ICON.findall(path.read_text())
    }
    assert {icon: place for icon, place in named.items() if icon not in sprite} == {}


def plain_css(name: str) -> str:
    return re.sub(r"/\*.*?\*/", "", (STATIC / name).read_text(), flags=re.S)


@pytest.mark.parametrize("name", ["design.css", "admin_face.css"])
def test_our_styles_stay_within_chromium_88_and_this_host(name: str) -> None:
    text = plain_css(name)
    assert FORBIDDEN_CSS.findall(text) == []
    files = re.findall(r"url\(([^)]+)\)", text)
    assert [file for file in files if not (STATIC / file).is_file()] == []


def test_bootstrap_and_what_replaces_its_pictures_come_as_one_sheet() -> None:
    """Chromium 88 may draw a page with the first of two sheets alone, and then asks for what the CSP refuses."""
    bootstrap = "vendor/bootstrap/bootstrap.min.css"
    assert plain_css("design.css").lstrip().startswith(f"@import url({bootstrap});")
    assert plain_css("design.css").count("@import") == 1
    assert "@import" not in plain_css("admin_face.css")
    naming = {page.name: re.findall(f"<link [^>]*{bootstrap}", page.read_text()) for page in pages()}
    assert {name: ["preload" in link for link in links] for name, links in naming.items() if links} == {
        "base.html": [True],
        "plain.html": [True],
    }


@pytest.mark.parametrize(
    "css",
    [
        "a:has(b) { color: red }",
        "a { & b { color: red } }",
        "a { .b &:hover { color: red } }",
        "a { color: oklch(0.5 0.1 20) }",
        "@media (width >= 600px) { a { color: red } }",
        "a { height: 100dvh }",
        "a { display: block; rotate: 45deg }",
        "a { grid-template-columns: subgrid }",
        "a { background: url(data:image/png;base64,AAAA) }",
    ],
)
def test_newer_css_is_refused(css: str) -> None:
    assert FORBIDDEN_CSS.search(css)


def test_our_script_stays_within_chromium_88() -> None:
    assert FORBIDDEN_SCRIPT.findall((STATIC / "app.js").read_text()) == []


def test_our_pages_stay_within_chromium_88() -> None:
    found = {page.name: FORBIDDEN_HTML.findall(COMMENT.sub("", page.read_text())) for page in pages()}
    assert {name: hits for name, hits in found.items() if hits} == {}
