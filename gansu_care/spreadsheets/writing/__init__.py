"""Workbooks and text files that go out: long lists (`sheets`), reports (`reports`), csv (`text_files`).

Who may get which file, masked or in full, is no matter of this package: release.py decides and logs.
"""
