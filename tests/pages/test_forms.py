"""A form as the officer meets it: marked fields, errors with links, conditions as chips."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django_filters import DateFromToRangeFilter

from gansu_care.pages.forms import fieldsets, filter_chips


class ChildForm(forms.Form):
    fieldsets = [("基本信息", ["name", "sex"], "照户口本填写")]

    name = forms.CharField(label="姓名", help_text="少数民族姓名中间用 ·")
    sex = forms.ChoiceField(label="性别", choices=[("1", "男"), ("2", "女")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="监护人已签字同意")
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


class Conditions(forms.Form):
    q = forms.CharField(label="关键词", required=False)
    status = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), ("active", "在册")])
    registered = DateFromToRangeFilter(label="登记日期").field
    draft = forms.BooleanField(label="只看草稿", required=False)


def page(template: str, **context: Any) -> str:
    query = context.pop("query", "")
    with translation.override("zh-hans"):
        return render_to_string(template, context, RequestFactory().get(f"/?{query}"))


def test_fields_that_no_fieldset_names_are_not_lost() -> None:
    named, rest = fieldsets(ChildForm())
    assert (named.legend, named.note, [field.name for field in named.fields]) == (
        "基本信息",
        "照户口本填写",
        ["name", "sex"],
    )
    assert [field.name for field in rest.fields] == ["agreed", "note"]


def test_a_form_shows_what_must_be_filled_and_why() -> None:
    html = page("components/form.html", form=ChildForm(), cancel_url="/back/")
    assert '<label class="form-label must" for="id_name">姓名</label>' in html
    assert 'id="id_name_helptext">少数民族姓名中间用 ·' in html
    assert 'aria-describedby="id_name_helptext"' in html
    assert '<input type="hidden" name="version" value="3"' in html
    assert 'class="gc-field is-wide"' in html
    assert 'href="/back/">返回</a>' in html


def test_a_refused_form_counts_the_places_and_leads_to_them() -> None:
    html = page("components/form.html", form=ChildForm({"version": "3", "sex": "1"}))
    assert "没有保存：有 2 处需要改。" in html
    assert '<a href="#id_name">姓名</a>、<a href="#id_agreed">监护人已签字同意</a>' in html
    assert 'class="form-control is-invalid"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert 'id="id_sex_0"\n value="1" checked' in html


def test_what_is_set_shows_as_chips_that_can_be_taken_away() -> None:
    query = QueryDict("q=lyt&status=active&registered_after=2026-01-01&sort=-age&after=place&draft=")
    form = Conditions(query)
    with translation.override("zh-hans"):
        chips = {chip["label"]: chip for chip in filter_chips(form, query)}
    assert {label: chip["value"] for label, chip in chips.items()} == {
        "关键词": "lyt",
        "状态": "在册",
        "登记日期": "2026-01-01 至 …",
    }
    assert chips["登记日期"]["url"] == "?q=lyt&status=active&sort=-age&draft="


def test_conditions_beyond_six_stand_behind_a_button_that_counts_them() -> None:
    query = "registered_after=2026-01-01"
    html = page("components/filter_bar.html", filter_form=Conditions(QueryDict(query)), shown=2, query=query)
    assert '<details class="gc-more" open><summary>更多条件<span class="gc-count">1</span>' in html
    assert 'aria-label="登记日期，从"' in html
    assert 'aria-label="登记日期，到"' in html
    assert 'aria-label="去掉条件 登记日期"' in html


def test_a_wrong_condition_is_named() -> None:
    query = "registered_after=yesterday"
    html = page("components/filter_bar.html", filter_form=Conditions(QueryDict(query)), query=query)
    assert "条件有误，没有查询。" in html
