"""The columns of a child's row: 农村留守儿童基本情况登记表 (2016), the school roll, and our own.

What each column is called first is what the template writes; the rest is what county workbooks call it.
"""

from __future__ import annotations

from datetime import date

from children.code_tables import (
    Aid,
    ConsentCapacity,
    DifficultyClass,
    DisabilityGrade,
    DisabilityType,
    DocumentType,
    EconomicStatus,
    ExitReason,
    GuardianshipType,
    HealthState,
    HouseholdType,
    IncomeSource,
    Need,
    Schooling,
    SchoolRoll,
    UnableParent,
    VerificationMethod,
)
from children.columns import EthnicColumn, IdNumberColumn, RelationColumn, SexColumn
from children.resources.column_sets import (
    BARE_PHONE,
    CARERS,
    GradeCodeColumn,
    PersonBirthDateColumn,
    PersonNameColumn,
    carer_heads,
    grandparent_columns,
    known_area,
    parent_columns,
)
from gansu_care.divisions.models import Level
from gansu_care.sealed.masks import mask_address, mask_all, mask_id_number, mask_phone
from gansu_care.spreadsheets.columns import (
    BoolColumn,
    ChoiceColumn,
    DateColumn,
    MultiChoiceColumn,
    NameColumn,
    PhoneColumn,
    TextColumn,
)
from gansu_care.spreadsheets.declaration import RECORD_NUMBER, RecordNumberColumn
from gansu_care.spreadsheets.places import PlaceColumn
from gansu_care.spreadsheets.resources import RegistryResource

SCHOOLING_WORDS = {
    "学前": "kindergarten", "学前教育": "kindergarten", "幼儿": "kindergarten", "幼儿园在读": "kindergarten",
    "小学在读": "primary", "初中在读": "junior", "高中在读": "senior", "中专": "vocational", "职高": "vocational",
    "技校": "vocational", "中职（中专）": "vocational", "未入学": "not_yet", "未上学": "not_yet", "学龄前": "not_yet",
    "失学": "dropped_out", "未在学": "not_in_school",
}  # fmt: skip
GUARDIANSHIP_WORDS = {
    "无人监护": "1", "父母无监护能力": "2", "父亲或母亲无监护能力": "2", "受委托监护人能力不足": "3", "监护能力不足": "3",
    "监护一般": "4", "监护较好": "5", "好": "5",
}  # fmt: skip
DOCUMENT_WORDS = {"身份证": "1", "公民身份证": "1", "其他": "Z", "未上户口": "Z", "户口簿": "1"}
CAPACITY_WORDS = {
    "父亲": "parent", "母亲": "parent", "父": "parent", "母": "parent", "法定监护人": "guardian", "监护人": "guardian",
    "祖父": "carer", "祖母": "carer", "外祖父": "carer", "外祖母": "carer", "委托照护人": "carer", "照护人": "carer",
}  # fmt: skip
VERIFICATION_WORDS = {
    "入户走访": "home_visit",
    "走访": "home_visit",
    "电话核查": "phone",
    "学校核查": "school",
}


class ChildColumns(RegistryResource):
    """Identity, school, health, family, guardianship, help, register, consent: in the order of the form."""

    number = RecordNumberColumn([RECORD_NUMBER, "儿童编号"], own_numbers=True)

    # Identity
    name = PersonNameColumn(
        "name",
        ["姓名", "儿童姓名", "学生姓名", "留守儿童姓名", "孩子姓名", "名字", "儿童"],
        required=True,
        example="王小花",
    )
    former_name = PersonNameColumn("former_name", ["曾用名"])
    sex = SexColumn("sex", ["性别"], required=True, example="女")
    ethnic_group = EthnicColumn("ethnic_group", ["民族"], required=True, example="汉族")
    birth_date = PersonBirthDateColumn(
        "birth",
        ["出生日期", "出生年月", "出生年月日", "生日", "出生时间"],
        required=True,
        example=date(2015, 9, 1),
    )
    document_type = ChoiceColumn("document_type", ["证件类型"], choices=DocumentType, aliases=DOCUMENT_WORDS)
    id_number = IdNumberColumn(
        "id_number", ["身份证号", "公民身份证号码", "身份证号码", "身份证件号", "公民身份号码", "身份证", "证件号码", "儿童身份证号"],
        known_area=known_area, sealed=True, mask=mask_id_number, clearable=False, example="620100201509010028",
    )  # fmt: skip
    household_registered = BoolColumn(
        "household_registered", ["是否登记户口", "是否上户口", "有无户口", "户口登记"],
        yes=["已登记", "已上户"], no=["未登记", "未上户", "未上户口", "无户口"], clearable=False, example="是",
    )  # fmt: skip
    household_type = ChoiceColumn(
        "household_type", ["户口性质", "户口类型", "户籍性质"],
        choices=HouseholdType, aliases={"农业": "1", "农村": "1", "非农业": "2", "非农": "2", "城镇": "2"},
    )  # fmt: skip
    household_division = PlaceColumn(
        "household_division", ["户籍所在地", "户口所在地", "户籍地", "户籍地址"], example="临洮县洮阳镇"
    )
    household_address = TextColumn(
        "household_address", ["户籍详细地址"], max_length=200, sealed=True, mask=mask_address
    )
    prefecture = PlaceColumn("prefecture", ["市州", "市（州）"], level=Level.PREFECTURE)
    county = PlaceColumn(
        "county",
        ["县区", "县（区）", "县市区", "县（市、区）", "所在县区", "所属县区", "县"],
        level=Level.COUNTY,
    )
    township = PlaceColumn(
        "township",
        ["乡镇", "乡（镇）", "乡镇（街道）", "乡镇街道", "所在乡镇", "所属乡镇"],
        level=Level.TOWNSHIP,
    )
    division = PlaceColumn(
        "division", ["现居住地", "现住址", "现居住地址", "家庭住址", "居住地", "现住地", "家庭地址", "住址"],
        clearable=False, example="临洮县洮阳镇",
    )  # fmt: skip
    village = TextColumn(
        "village", ["村（社区）", "村", "行政村", "村（居）委会", "村社区", "所在村", "村名", "居住村"],
        max_length=60, example="南门村",
    )  # fmt: skip
    address = TextColumn(
        "address", ["现住详细地址", "详细地址", "门牌号"], max_length=200, sealed=True, mask=mask_address
    )

    # School
    schooling = ChoiceColumn(
        "schooling", ["就学情况", "就学状况", "就读情况", "学段", "在学情况", "入学情况"],
        choices=Schooling, aliases=SCHOOLING_WORDS, required=True, example="小学",
    )  # fmt: skip
    school = TextColumn(
        "school", ["学校名称", "就读学校", "学校", "所在学校"], max_length=100, example="洮阳镇中心小学"
    )
    school_code = TextColumn("school_code", ["学校标识码"], max_length=20)
    grade = GradeCodeColumn("grade", ["年级", "就读年级", "年级（班）", "年级班级"], example="小学三年级")
    school_class = TextColumn("school_class", ["班级", "班"], max_length=20)
    boarder = BoolColumn(
        "boarder", ["是否学校寄宿", "是否寄宿", "就读方式", "寄宿", "是否住校", "是否寄宿生"],
        yes=["住校", "寄宿", "住宿", "住校生"], no=["走读", "不寄宿", "走读生"],
    )  # fmt: skip
    entered_stage_on = DateColumn("entered_stage_on", ["入学年月", "入学时间"], coarsest="month")
    school_roll = ChoiceColumn(
        "school_roll", ["是否留守儿童（学籍口径）", "学籍留守标记", "是否留守儿童"], choices=SchoolRoll,
        aliases={"单亲留守儿童": "1", "双亲留守儿童": "2", "非留守": "0"},
    )  # fmt: skip

    # Health
    health = MultiChoiceColumn(
        "health", ["身体情况", "健康状况", "身体状况", "健康情况"],
        choices=HealthState, alone=["healthy"], aliases={"良好": "healthy", "一般": "healthy", "疾病": "ill"}, example="健康", mask=mask_all,
    )  # fmt: skip
    disability_types = MultiChoiceColumn(
        "disability_types", ["残疾类别", "残疾类型"], choices=DisabilityType,
        aliases={"视力": "1", "听力": "2", "言语": "3", "肢体": "4", "智力": "5", "精神": "6", "多重": "7"},
        mask=mask_all,
    )  # fmt: skip
    disability_grade = ChoiceColumn(
        "disability_grade", ["残疾等级"], choices=DisabilityGrade,
        aliases={"一": "1", "二": "2", "三": "3", "四": "4", "1级": "1", "2级": "2", "3级": "3", "4级": "4"},
        mask=mask_all,
    )  # fmt: skip
    disability_card = TextColumn(
        "disability_card", ["残疾证号", "残疾证号码"], max_length=40, sealed=True, mask=mask_all
    )
    disease = TextColumn("disease", ["患病类型", "患病情况", "病种"], max_length=100, mask=mask_all)

    # Family
    (
        father_name, father_birth_date, father_id_number, father_condition, father_work_place, father_since,
        father_phone, father_return_frequency, father_contact_frequency,
    ) = parent_columns("father", "父亲", "父")  # fmt: skip
    (
        mother_name, mother_birth_date, mother_id_number, mother_condition, mother_work_place, mother_since,
        mother_phone, mother_return_frequency, mother_contact_frequency,
    ) = parent_columns("mother", "母亲", "母")  # fmt: skip
    grandfather_name, grandfather_birth_date = grandparent_columns("grandfather", "祖父", "爷爷")
    grandmother_name, grandmother_birth_date = grandparent_columns("grandmother", "祖母", "奶奶")
    maternal_grandfather_name, maternal_grandfather_birth_date = grandparent_columns(
        "maternal_grandfather", "外祖父", "外公"
    )
    maternal_grandmother_name, maternal_grandmother_birth_date = grandparent_columns(
        "maternal_grandmother", "外祖母", "外婆"
    )
    income_sources = MultiChoiceColumn(
        "income_sources", ["家庭经济来源", "经济来源", "主要经济来源"], choices=IncomeSource, example="打工收入、种养殖业",
        aliases={"打工": "wages", "务工收入": "wages", "务工": "wages", "种植业": "farming", "养殖业": "farming", "务农": "farming",
                 "种地": "farming", "低保": "government", "政府补助": "government", "亲友接济": "relatives"},
    )  # fmt: skip
    economic_status = ChoiceColumn(
        "economic_status", ["家庭经济状况", "经济状况", "家庭经济情况"], choices=EconomicStatus,
        aliases={"低保户": "minimum_living", "特困户": "destitute", "脱贫": "out_of_poverty", "建档立卡": "out_of_poverty",
                 "建档立卡户": "out_of_poverty", "监测户": "monitored", "边缘易致贫户": "monitored", "普通": "ordinary"},
    )  # fmt: skip

    # Guardianship
    both_away = BoolColumn(
        "both_away",
        ["父母双方同时外出", "父母双方外出", "父母双方是否同时外出", "是否父母双方外出", "双方外出"],
    )
    one_away_other_unable = BoolColumn(
        "one_away_other_unable",
        ["一方外出另一方无监护能力", "一方外出务工另一方无监护能力", "一方外出，另一方无监护能力"],
    )
    unable_parent = ChoiceColumn(
        "unable_parent",
        ["无监护能力方", "无监护能力一方"],
        choices=UnableParent,
        aliases={"父": "father", "母": "mother"},
    )
    carer_entrusted = BoolColumn(
        "carer_entrusted", ["有无委托其他监护人", "是否委托监护人", "有无委托监护人", "是否委托照护"]
    )
    carer_name = PersonNameColumn(
        "carer.name", [*carer_heads("姓名"), *CARERS[:-2], "委托监护人（姓名）"], example="李桂英"
    )
    carer_relation = RelationColumn(
        "carer.relation",
        [
            "与儿童关系",
            "与被监护人关系",
            "与孩子关系",
            "与监护人关系",
            "关系",
            *carer_heads("与儿童关系", "与被监护人关系", "与孩子关系", "关系"),
        ],
        example="祖母",
    )
    carer_phone = PhoneColumn(
        "carer.phone",
        [*carer_heads("电话", "联系电话", "联系方式", "手机", "手机号"), *BARE_PHONE],
        sealed=True, mask=mask_phone, example="13800000001",
    )  # fmt: skip
    carer_id_number = IdNumberColumn(
        "carer.id_number",
        carer_heads("身份证号", "身份证号码", "公民身份证号码", "身份证件号"),
        adult=True, known_area=known_area, sealed=True, mask=mask_id_number,
    )  # fmt: skip
    carer_address = TextColumn(
        "carer.address",
        carer_heads("住址", "地址", "现住址", "家庭住址"),
        max_length=200,
        sealed=True,
        mask=mask_address,
    )
    guardianship_type = ChoiceColumn(
        "guardianship_type", ["监护类型", "监护类型（评估）", "监护情况类型", "监护情况"],
        choices=GuardianshipType, aliases=GUARDIANSHIP_WORDS, example="较好",
    )  # fmt: skip
    assessed_on = DateColumn("assessed_on", ["评估日期", "监护评估日期"])
    assessed_by = NameColumn("assessed_by", ["评估人"])
    written_notice = BoolColumn("written_notice", ["委托照护告知书", "委托照护书面告知", "是否书面告知"])
    village_contact = NameColumn(
        "village_contact", ["村（居）委会联系人", "村委会联系人", "村联系人", "儿童主任", "村（居）联系人"]
    )
    village_contact_phone = PhoneColumn(
        "village_contact_phone",
        ["村（居）委会联系电话", "村委会联系电话", "村联系人电话", "村（居）委会电话", "儿童主任电话", "村委会电话"],
        sealed=True, mask=mask_phone,
    )  # fmt: skip
    teacher_contact = TextColumn("teacher_contact", ["教师联系人", "班主任", "联系教师"], max_length=50)

    # Help
    aid = MultiChoiceColumn(
        "aid",
        ["救助帮扶情况", "救助情况", "享受救助情况"],
        choices=Aid,
        aliases={"低保": "minimum_living", "其他": "other"},
    )
    difficulty = MultiChoiceColumn(
        "difficulty", ["困境儿童类别", "困境类型", "困境儿童类型", "困境类别"], choices=DifficultyClass,
        aliases={"事实孤儿": "unattended", "事实无人抚养儿童": "unattended"},
        mask=mask_all,
    )  # fmt: skip
    needs = MultiChoiceColumn(
        "needs",
        ["帮扶需求", "需求", "关爱需求"],
        choices=Need,
        aliases={"学习辅导": "study", "心理辅导": "mind", "物资": "goods"},
    )

    # Register
    registered_on = DateColumn("registered_on", ["登记日期", "登记时间", "录入日期"], clearable=False)
    filled_by = NameColumn("filled_by", ["填表人", "填报人"])
    reviewed_by = NameColumn("reviewed_by", ["复核人", "审核人"])
    unit_head = NameColumn("unit_head", ["单位负责人"])
    verified_on = DateColumn("verified_on", ["核查日期", "核查时间"])
    verified_how = ChoiceColumn(
        "verified_how", ["核查方式"], choices=VerificationMethod, aliases=VERIFICATION_WORDS
    )
    left_behind_note = TextColumn("left_behind_note", ["留守情形更正说明"], max_length=200)
    ended_on = DateColumn("episode.ended_on", ["退出日期", "退出时间"], clearable=False)
    end_reason = ChoiceColumn("episode.reason", ["退出原因"], choices=ExitReason, clearable=False)
    remarks = TextColumn("remarks", ["备注"], multiline=True, max_length=2000)

    # Consent
    consent_given = BoolColumn(
        "held_consent.given", ["是否取得同意", "监护人是否同意", "监护人同意", "是否同意", "知情同意"],
        yes=["同意", "已同意"], no=["不同意", "未同意"], clearable=False, example="是",
    )  # fmt: skip
    consent_by = PersonNameColumn(
        "held_consent.given_by", ["同意人", "同意人姓名", "签字人"], clearable=False, example="张三"
    )
    consent_capacity = ChoiceColumn(
        "held_consent.capacity", ["同意人身份", "同意人与儿童关系"],
        choices=ConsentCapacity, aliases=CAPACITY_WORDS, clearable=False, example="父母",
    )  # fmt: skip
    consent_on = DateColumn(
        "held_consent.given_on",
        ["同意日期", "签字日期", "同意时间"],
        clearable=False,
        example=date(2026, 9, 1),
    )
    consent_paper = TextColumn("held_consent.paper_place", ["同意书存放处", "同意书存放地点"], max_length=200)
