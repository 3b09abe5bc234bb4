# 檔案：上傳、名單匯入。每條說明限制是什麼、怎麼改。

table-file_too_large = 檔案超過 { $limit_mb } MB 的上限。請拆成幾個檔案分別匯入。
table-unknown_format = 只能匯入 .csv 或 .xlsx 檔案。舊版 .xls 請在 Excel 或 WPS 中另存為 .xlsx。
table-not_utf8 = { $guess ->
    [gbk] 第 { $line } 列起不是 UTF-8 編碼，看來是 GBK。請在 Excel 或 WPS 中另存為「CSV UTF-8（逗號分隔）」，或另存為 .xlsx。
    [utf-16] 檔案是 UTF-16 編碼。請另存為「CSV UTF-8（逗號分隔）」，或另存為 .xlsx。
   *[unknown] 第 { $line } 列起不是 UTF-8 編碼。請另存為「CSV UTF-8（逗號分隔）」，或另存為 .xlsx。
}
table-unclosed_quote = 第 { $line } 列的引號沒有結束。請補上結尾的英文雙引號。
table-text_after_quote = 第 { $line } 列的結尾引號後面還有文字。儲存格內的引號請寫成兩個英文雙引號。
table-too_many_rows = 超過 { $limit } 列的上限。請拆成幾個檔案分別匯入。
table-too_many_columns = 第 { $line } 列超過 { $limit } 欄的上限。請刪去多餘的欄。
table-too_much_text = 表中的文字超過 { $limit_mb } MB 的上限。請拆成幾個檔案分別匯入。
table-extra_cells = 第 { $line } 列的內容超出了標題列的欄數。請檢查是否多了逗號，或補上標題列。
table-nul = 第 { $line } 列含有不可見的空字元（U+0000）。請刪去後重新儲存。
table-formula = 第 { $line } 列的公式未儲存計算結果。請用 Excel 或 WPS 開啟並重新儲存，或將公式改為數值後再匯入。
table-empty = 表中沒有內容。請確認第一張可見的工作表裡有標題列和資料。
table-workbook = { $cause ->
    [content_mismatch] 檔案不是 .xlsx 活頁簿。請在 Excel 或 WPS 中另存為 .xlsx 後匯入。
    [suspicious] 活頁簿含有巨集、密碼或異常內容。請另存為不含巨集、不加密的 .xlsx 後匯入。
   *[other] 活頁簿已損壞。請在 Excel 或 WPS 中開啟並另存一份後匯入。
}
table-io = 無法讀取檔案。請檢查路徑和權限。

column-missing = 缺少「{ $title }」欄。請在標題列中補上。
column-duplicate = 「{ $title }」欄重複出現（第 { $positions } 欄）。請只保留一欄。
column-unknown = 不認識「{ $title }」欄（第 { $positions } 欄）。請改為規定的欄位名稱或刪去。
column-untitled = 第 { $positions } 欄沒有欄位名稱。請補上欄位名稱或刪去該欄。
