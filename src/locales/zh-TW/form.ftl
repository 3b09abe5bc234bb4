# 申報表：每條說明哪一項有問題、界限是什麼、怎麼改。

## 單位和選項
form-yes = 是
form-no = 否
unit-yuan = 元
unit-wan_yuan = 萬元

## 填寫有誤
problem-text_too_long = 「{ $field }」最多 { $max } 個字，現有 { $length } 個字，請刪減。
problem-not_an_email = 「{ $field }」應為電子郵件信箱，您填的是「{ $value }」，請按 name@example.com 的樣式填寫。
problem-not_a_telephone = 「{ $field }」應為電話號碼，7 至 20 位數字，可用 +、-、括號、空格和「轉」，您填的是「{ $value }」，請填完整號碼，市內電話加區號。
problem-part_above_whole = 「{ $field }」不能大於「{ $whole }」（{ $max }），您填的是「{ $value }」，請核對這兩項後修改。
problem-whole_number = 「{ $field }」應為 { $min } 至 { $max } 之間的整數，您填的是「{ $value }」，請改為阿拉伯數字，不帶單位和小數。
problem-whole_number_range = 「{ $field }」應在 { $min } 至 { $max } { $unit }之間，您填的是「{ $value }」，請核對後修改。
problem-money = 「{ $field }」應為金額，以{ $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }為單位，您填的是「{ $value }」，請只填阿拉伯數字。
problem-money_decimals = 「{ $field }」以{ $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }為單位，最多 { $decimals } 位小數，您填的是「{ $value }」，請四捨五入後填寫。
problem-money_range = 「{ $field }」應在 { $min } 至 { $max } { $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }之間，您填的是「{ $value }」，請核對金額和單位。
problem-date = 「{ $field }」應為日期，您填的是「{ $value }」，請按「年-月-日」填寫，例如 2025-03-01。
problem-date_too_early = 「{ $field }」不能早於 { $min }，您填的是「{ $value }」，請核對後修改。
problem-date_too_late = 「{ $field }」不能晚於 { $max }，您填的是「{ $value }」，請核對後修改。
problem-date_in_future = 「{ $field }」不能晚於今天（{ $max }），您填的是「{ $value }」，請核對後修改。
problem-not_yes_or_no = 「{ $field }」請選擇「是」或「否」，收到的是「{ $value }」。
problem-not_an_option = 「{ $field }」沒有「{ $value }」這個選項，請從列出的選項中選擇。
problem-several_too_few = 「{ $field }」至少選擇 { $min } 項，現選 { $found } 項，請補選。
problem-several_too_many = 「{ $field }」最多選擇 { $max } 項，現選 { $found } 項，請取消多餘的選項。
problem-rows_too_few = 「{ $field }」至少填寫 { $min } 列，現有 { $found } 列，請補充。
problem-rows_too_many = 「{ $field }」最多填寫 { $max } 列，現有 { $found } 列，請刪去多餘的列。
problem-unknown_city = 「{ $field }」應為本省地級以上市，您填的是「{ $value }」，請從清單中選擇。
problem-unknown_cluster = 「{ $field }」應為本省戰略性產業集群，您填的是「{ $value }」，請從清單中選擇。
problem-unknown_division = 「{ $field }」應為製造業大類（C13 至 C43），您填的是「{ $value }」，請從清單中選擇。

## 尚未填寫
problem-required = 請填寫「{ $field }」。
problem-document_missing = 請上傳「{ $document }」，至少 { $min } 份，現有 { $found } 份。
problem-document_too_many = 「{ $document }」最多 { $max } 份，現有 { $found } 份，請刪去多餘的檔案。

## 無法儲存
problem-unknown_field = 本申報表沒有「{ $field }」這一項，請核對欄位名稱。
problem-wrong_shape = 「{ $field }」的格式不對，應為{ $expected ->
    [object] 由各欄位組成的物件
    [array_of_strings] 文字清單
    [object_of_years] 以年份為鍵的物件
    [array_of_objects] 由各列組成的清單
   *[string] 一段文字
 }，請對照介面說明修改。
problem-value_too_long = 「{ $field }」過長，最多儲存 { $max } 個字，現有 { $length } 個字，請刪減後再儲存。
problem-too_many_rows = 「{ $field }」最多儲存 { $max } 列，現有 { $found } 列，請刪減後再儲存。
problem-too_many_values = 「{ $field }」最多儲存 { $max } 項，現有 { $found } 項，請刪減後再儲存。

## 資格條件核對
outcome-met = 符合
outcome-not_met = 不符合
outcome-unknown = 無法判斷
finding-lead_code_check = 申報單位的統一社會信用代碼 { $code }，最後一位按國家標準應為「{ $expected }」，請對照營業執照影像核對；予以認可的，請寫明理由
finding-member_code_check = 成員「{ $member }」的統一社會信用代碼 { $code }，最後一位按國家標準應為「{ $expected }」，請對照營業執照核對；予以認可的，請寫明理由
finding-number_at_least = 「{ $field }」為 { $found } { $unit }，要求不少於 { $limit } { $unit }
finding-number_at_most = 「{ $field }」為 { $found } { $unit }，要求不多於 { $limit } { $unit }
finding-money_at_least = 「{ $field }」為 { $found } { $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }，要求不少於 { $limit } { $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }
finding-money_at_most = 「{ $field }」為 { $found } { $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }，要求不多於 { $limit } { $unit ->
    [wan_yuan] 萬元
   *[yuan] 元
 }
finding-equals = 「{ $field }」的回答為「{ $found ->
    [yes] 是
   *[no] 否
 }」，要求為「{ $limit ->
    [yes] 是
   *[no] 否
 }」
finding-one_of = 「{ $field }」為「{ $found }」，要求為「{ $limit }」之一
finding-established_years = 成立於 { $date }，已滿 { $found } 年，要求滿 { $limit } 年
finding-established_unknown = 未登記成立日期，無法核對是否滿 { $limit } 年
finding-rows_at_least = 「{ $field }」有 { $found } 列，要求不少於 { $limit } 列
finding-document_present = 「{ $document }」已上傳 { $found } 份，要求至少 1 份
finding-unknown = 「{ $field }」未填寫或填寫有誤，無法核對
