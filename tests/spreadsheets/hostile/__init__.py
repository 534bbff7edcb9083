"""Files that mean harm, or were harmed: each is one function here, beside the answer it has to get.

@refused("E_ZIP_BOMB", "文件解开后超过 300 MB，或者里面的部件超过 1000 个，不像正常的表格")
def a_member_of_310_megabytes_of_nothing() -> bytes: ...

@read([["姓名"], ["张三"]])
def a_dimension_that_claims_the_whole_sheet() -> bytes: ...
"""
