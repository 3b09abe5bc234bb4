# 文件：上传、名单导入。每条说明限制是什么、怎么改。

file-type = { $type ->
    [pdf] PDF 文件
    [png] PNG 图片
    [jpg] JPG 图片
    [xlsx] Excel 工作簿（.xlsx）
    [docx] Word 文档（.docx）
    [zip] 压缩包
    [gif] GIF 图片
    [webp] WebP 图片
    [heic] HEIC 图片（手机高效格式）
    [bmp] BMP 图片
    [ole] 旧版或加密的 Office 文件
    [html] 网页
    [svg] SVG 图形
    [xml] XML 文件
    [program] 可执行程序
    [script] 脚本
    [archive] 压缩包
   *[unknown] 无法识别的文件
}

upload-too_large = 文件超过 { $limit_mb } MB 的上限。请压缩图片或分成几个文件后重新上传。
upload-empty = 文件是空的。请确认选对了文件，再上传一次。
upload-type_not_allowed = 此处只接受以下格式：{ $allowed }。请转换格式后重新上传。
upload-content_mismatch = { $found ->
    [ole] 文件名写的是 { $declared }，内容却是旧版或加密的 Office 文件。请取消打开密码，另存为 .xlsx 或 .docx 后重新上传。
    [heic] 文件名写的是 { $declared }，内容却是手机的 HEIC 图片。请在手机上导出为 JPG 后重新上传。
    [unknown] 文件名写的是 { $declared }，内容却不是。请用原来的软件重新导出，不要直接改扩展名。
   *[other] 文件名写的是 { $declared }，内容却是 { $found }。请用原来的软件重新导出，不要直接改扩展名。
}
upload-damaged = 文件不完整或已损坏（应为 { $declared }）。请在本机打开确认后重新导出、重新上传。
upload-suspicious = { $reason ->
    [name_characters] 文件名含有控制字符或改变文字方向的字符。请改名后重新上传。
    [name_empty] 文件没有名称，只有扩展名。请改名后重新上传。
    [double_extension] 文件名中含有程序的扩展名（如 .exe、.html）。请改名后重新上传。
    [polyglot] 文件中藏有另一种文件。请用原来的软件重新导出后上传。
    [trailing_data] 文件末尾附有多余的数据。请用看图或办公软件另存一份后上传。
    [too_many_pixels] 图片超过 4000 万像素。请缩小尺寸后重新上传。
    [too_many_entries] 文件内部的部件过多。请另存一份或改为 PDF 后上传。
    [inflates] 文件解压后过大。请删去多余的内容，或改为 PDF 后上传。
    [encrypted] 文件已加密。请取消密码后重新上传。
    [entry_names] 文件内部的结构异常。请用办公软件另存一份后上传。
    [macros] 文件含有宏。请另存为不含宏的 .xlsx 或 .docx 后上传。
   *[other] 文件存在安全风险。请用原来的软件重新导出后上传。
}
upload-disk_full = 服务器存储空间不足，文件没有保存。您填写的内容未受影响，请稍后再试或联系管理员。
upload-io = 服务器暂时无法保存文件。您填写的内容未受影响，请稍后再试。

object-missing = 文件不在存储中。请联系管理员，并提供页面上的编号。
object-corrupt = 存储中的文件与登记的校验值不一致，为避免提供错误内容，系统不予下载。请联系管理员。
object-io = 服务器暂时无法读取文件。请稍后再试。

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
table-too_much_text = 表中的文字过多。请拆成几个文件分别导入。
table-extra_cells = 第 { $line } 行的内容超出了表头的列数。请检查是否多了逗号，或补上表头。
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
