"""What the program proposes as the first version of the notice and of the rules. An administrator goes through it and
publishes it; nothing is in force before. Periods are those of the settings."""

from django.conf import settings

from children.models import NoticeKind
from children.models.notice import NoticeItem, RulesItem

_YEARS, _DAYS = settings.RETENTION_YEARS, settings.REQUEST_DAYS
FIRST: dict[str, dict[str, list[str]]] = {
    NoticeKind.NOTICE: {
        NoticeItem.PURPOSE: [
            "为农村留守儿童建立登记档案，用于关爱服务和统计。收集孩子的姓名、性别、民族、出生日期、身份证号、住址、就学、健康和监护情况，"
            "以及父母、照护人的姓名、电话和外出情况。由县妇联工作人员登记，只在省、市、县妇联系统内按权限使用。"
            "提供给民政部门和学校、由爱心妈妈联系孩子、心理关爱记录、拍照、公开发布，都要您另外逐项同意。",
            "To keep a register of rural left-behind children, for care and for statistics. We record the child's name, sex, ethnic "
            "group, date of birth, ID number, address, schooling, health and guardianship, and the names, telephones and "
            "absence of parents and carers. County federation staff enter them; they are used within the Women's Federation of the "
            "province, by right only. Sharing with civil affairs and schools, contact by a mentor, wellbeing notes, "
            "photographs and publication each need your separate consent.",
        ],
        NoticeItem.STORAGE: [
            f"存放在甘肃省内的服务器上，不向境外提供。孩子退出登记后保存 {_YEARS} 年，到期由两人确认后删除，只留下看不出是谁的统计项。",
            f"On servers inside Gansu; nothing goes abroad. Kept for {_YEARS} years after the child leaves the register, then erased by "
            "two persons; only figures that identify nobody remain.",
        ],
        NoticeItem.SAFEGUARDS: [
            "身份证号、电话、住址加密保存，平时遮盖显示；工作人员看完整内容要写明理由，每次查看、导出都有记录。",
            "ID numbers, telephones and addresses are encrypted and masked; to see them in full, staff state a reason, and every look "
            "and export is recorded.",
        ],
        NoticeItem.REFUSAL: [
            "您可以拒绝。拒绝以后不为孩子建立登记档案，不影响孩子到活动中心参加活动和得到关爱服务。",
            "You may refuse. No record is then kept; the child's access to activity centers and care is not affected.",
        ],
        NoticeItem.COMPLAINTS: [
            "可以向县妇联或省妇联的儿童个人信息保护负责人投诉（姓名和电话印在本告知书下面），也可以向网信部门举报。",
            "Complain to the county federation or to the provincial officer in charge of children's personal information (named "
            "below), or report to the cyberspace administration.",
        ],
        NoticeItem.CORRECTION: [
            f"可以当面、打电话或书面向县妇联要求查阅、复制、更正、删除，{_DAYS} 个工作日内答复；不予办理的，书面说明理由。"
            "可以随时撤回同意，和同意一样方便，不必说明理由。",
            f"Ask the county federation, in person, by telephone or in writing, to look, copy, correct or delete; we answer within {_DAYS} "
            "working days, and a refusal comes in writing with its reasons. You may withdraw consent at any time, as easily as you "
            "gave it, without a reason.",
        ],
        NoticeItem.OTHER: [
            "受委托照护孩子的祖父母等亲属不是法定监护人，请由父母或其他法定监护人签字。内容有变化时会重新告知并重新征得同意。",
            "Grandparents and others who look after the child are not legal guardians: a parent or another legal guardian signs. When "
            "any of this changes, you are told and asked again.",
        ],
    },
    NoticeKind.RULES: {
        RulesItem.OFFICER: [
            "省妇联指定儿童个人信息保护负责人，姓名和电话写在每一页下方。各县指定专人登记。",
            "The provincial federation names an officer in charge of children's personal information, shown at the foot of every "
            "page. Each county names who registers.",
        ],
        RulesItem.MINIMUM: [
            "只收集登记表上的内容。没有父母或其他法定监护人的同意，档案保持待核，不计入任何数字，长期没有同意的删除。",
            "Only what the registration form asks is recorded. Without the consent of a parent or other legal guardian a record stays a "
            "draft, in no figure, and is erased after a time.",
        ],
        RulesItem.ACCESS: [
            "按岗位和区划授权，看完整信息要写明理由并留下记录。乡镇、县、市、省各看各的范围。",
            "Access by post and division. To see a full value one states a reason, which is recorded.",
        ],
        RulesItem.STORAGE: [
            "身份证号、电话、住址、扫描件加密保存；密钥和数据分开存放；上传的表格按期删除。",
            "ID numbers, telephones, addresses and scans are encrypted; keys are kept apart from data; uploaded workbooks are deleted in "
            "time.",
        ],
        RulesItem.SHARING: [
            "对外提供、公开发布要监护人另行同意；带个人信息的文件只能从系统的统一出口导出，内容默认遮盖。公开的报告只有数字。",
            "Sharing and publication need a separate consent; files with persons leave through one door, masked. Public reports hold "
            "figures only.",
        ],
        RulesItem.ERASURE: [
            f"退出后保存 {_YEARS} 年，或者监护人撤回同意、要求删除的，由一人提出、另一人确认后删除；统计数字和资金记录保留。",
            f"{_YEARS} years after leaving, or on withdrawal or request, one person proposes and another confirms erasure; figures and money "
            "records stay.",
        ],
        RulesItem.INCIDENTS: [
            "发生或可能发生泄露、丢失、篡改的，立即采取措施，登记安全事件，报告上级妇联和网信部门，并告知监护人。",
            "When data leak, are lost or altered, or may be, measures are taken at once, the incident is registered, the upper "
            "federation and the cyberspace administration are told, and so are the guardians.",
        ],
    },
}
