# 文件：上传、名单导入。每条说明限制是什么、怎么改。

table-file_too_large = 文件超过 { $limit_mb } MB 的上限。请拆成几个文件分别导入。
table-unknown_format = 只能导入 .csv 或 .xlsx 文件。旧版 .xls 请在 Excel 或 WPS 中另存为 .xlsx。
table-not_utf8 = { $guess ->
    [gbk] 第 { $line } 行起不是 UTF-8 编码，看来是 GBK。请在 Excel 或 WPS 中另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx。
    [utf-16] 文件是 UTF-16 编码。请另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx。
   *[unknown] 第 { $line } 行起不是 UTF-8 编码。请另存为“CSV UTF-8（逗号分隔）”，或另存为 .xlsx。
}
table-unclosed_quote = 第 { $line } 行的引号没有结束。请补上结尾的英文双引号。
table-text_after_quote = 第 { $line } 行的结尾引号后面还有文字。单元格内的引号请写成两个英文双引号。
table-too_many_rows = 超过 { $limit } 行的上限。请拆成几个文件分别导入。
table-too_many_columns = 第 { $line } 行超过 { $limit } 列的上限。请删去多余的列。
table-too_much_text = 表中的文字超过 { $limit_mb } MB 的上限。请拆成几个文件分别导入。
table-extra_cells = 第 { $line } 行的内容超出了表头的列数。请检查是否多了逗号，或补上表头。
table-nul = 第 { $line } 行含有不可见的空字符（U+0000）。请删去后重新保存。
table-formula = 第 { $line } 行的公式未保存计算结果。请用 Excel 或 WPS 打开并重新保存，或将公式改为数值后再导入。
table-empty = 表中没有内容。请确认第一张可见的工作表里有表头和数据。
table-workbook = { $cause ->
    [content_mismatch] 文件不是 .xlsx 工作簿。请在 Excel 或 WPS 中另存为 .xlsx 后导入。
    [suspicious] 工作簿含有宏、密码或异常内容。请另存为不含宏、不加密的 .xlsx 后导入。
   *[other] 工作簿已损坏。请在 Excel 或 WPS 中打开并另存一份后导入。
}
table-io = 无法读取文件。请检查路径和权限。

column-missing = 缺少“{ $title }”列。请在表头中补上。
column-duplicate = “{ $title }”列重复出现（第 { $positions } 列）。请只保留一列。
column-unknown = 不认识“{ $title }”列（第 { $positions } 列）。请改为规定的列名或删去。
column-untitled = 第 { $positions } 列没有列名。请补上列名或删去该列。
