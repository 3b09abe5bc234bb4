# 規則類提示：每條說明錯在哪裡、界限是什麼、怎麼改。

## 統一社會信用代碼（GB 32100-2015）
problem-credit_code_length = 統一社會信用代碼應為 { $length } 位，您填的是 { $found } 位，請對照營業執照核對。
problem-credit_code_not_digit = 統一社會信用代碼第 { $position } 位應為數字 0 至 9，您填的是「{ $found }」，請對照營業執照核對。
problem-credit_code_character = 統一社會信用代碼第 { $position } 位不能是「{ $found }」，只能是數字或除 I、O、S、V、Z 以外的大寫字母，請對照營業執照核對。
problem-credit_code_check = 統一社會信用代碼的最後一位按國家標準應為「{ $expected }」。如與營業執照一致，請上傳執照影像，由工作人員核對後放行。

## 工作日與公示期
problem-beyond_calendar = 尚未載入 { $year } 年的國務院節假日安排（已載入 { $first } 年至 { $last } 年），無法計算工作日，請管理員補充後再試。
problem-notice_no_length = 公示期至少為 1 天，請改正公示天數。
problem-notice_out_of_range = 公示期超出了可計算的日期範圍，請改小公示天數。

## 評分
problem-points_empty = 請填寫得分。
problem-points_not_a_number = 「{ $item }」的得分「{ $value }」不是數字，請用阿拉伯數字填寫，例如 8.5。
problem-points_negative = 「{ $item }」的得分不能小於 0，您填的是「{ $value }」。
problem-points_decimals = 「{ $item }」的得分最多保留 { $decimals } 位小數，您填的是「{ $value }」。
problem-points_above_max = 「{ $item }」滿分為 { $max } 分，您填的是「{ $value }」，請改為不超過滿分的得分。

## 排序與入選
tie-submitted_at = 得分相同，按提交時間先後排序
tie-id = 得分及各比較項均相同，按編號排序
tie-dimension = 得分相同，按「{ $dimension }」得分排序
cut-selected = 擬入選
cut-below_pass_mark = 得分 { $score } 分，低於入選分數線 { $pass_mark } 分
cut-beyond_quota = 「{ $group }」的入選名額 { $most } 個已滿
cut-beyond_places = 排名第 { $place } 位，超出入選名額 { $places } 個

## 異議受理
shortcoming-late = 超過公示期限
shortcoming-anonymous = 未署真實姓名或單位名稱
shortcoming-no_contact = 未留聯絡方式
shortcoming-no_matter = 未說明異議事項
shortcoming-no_evidence = 未提供證明材料

## 在池資格
standing-active = 有效
standing-warned = 警告整改
standing-revoked = 已撤銷
standing-withdrew = 已主動退出
standing-expired = 已到期
standing-barred = 禁止申報期內

## 辦理紀錄核驗
chain-break-wrong_number = 第 { $seq } 條紀錄的序號不符，有紀錄被刪除、添加或調換
chain-break-wrong_subject = 第 { $seq } 條紀錄不屬於該事項
chain-break-wrong_hash = 第 { $seq } 條紀錄與其雜湊值不符，該紀錄被改動或其前一條被替換
chain-break-not_canonical = 第 { $seq } 條紀錄的內容被改動
chain-break-missing = 自第 { $seq } 條起的紀錄缺失
chain-break-rewritten = 第 { $seq } 條紀錄與檢查點存證不符，紀錄被整體改寫
