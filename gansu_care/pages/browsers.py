"""A browser as its owner would name it: 360 浏览器 13，Windows. What it sends of itself is for machines."""

import re

from django.utils.translation import gettext as _

# The first that is found: most of them also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = (
    (r"QIHU 360\w+|360[SE]E|Qaxbrowser", "360"),
    (r"QQBrowser/(\d+)", "QQ"),
    (r"MicroMessenger/(\d+)", "WeChat"),
    (r"UBrowser/(\d+)|UCBrowser/(\d+)", "UC"),
    (r"Edg(?:e|A|iOS)?/(\d+)", "Edge"),
    (r"Firefox/(\d+)", "Firefox"),
    (r"Chrom(?:e|ium)/(\d+)", "Chrome"),
    (r"Version/(\d+)\S* (?:Mobile/\w+ )?Safari", "Safari"),
    (r"Trident/|MSIE", "Internet Explorer"),
)
SYSTEMS = (
    (r"UOS|Deepin", "UOS"),
    (r"Kylin", "Kylin"),
    (r"Android", "Android"),
    (r"HarmonyOS|OpenHarmony", "HarmonyOS"),
    (r"iPhone|iPad", "iOS"),
    (r"Windows", "Windows"),
    (r"Mac OS X", "macOS"),
    (r"Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """From the User-Agent header. What nobody knows is said to be an unknown browser."""
    found = ((name, re.search(pattern, user_agent)) for pattern, name in BROWSERS)
    name, match = next(((name, match) for name, match in found if match), ("", None))
    version = next((group for group in match.groups() if group), "") if match else ""
    browser = (
        _("%(name)s 浏览器 %(version)s") % {"name": name, "version": version} if name else _("不认识的浏览器")
    )
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, user_agent)), "")
    return (
        _("%(browser)s，%(system)s") % {"browser": browser.strip(), "system": system}
        if system
        else browser.strip()
    )
