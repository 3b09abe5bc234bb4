# 申報：填報、佐證材料、提交、回執、撤回、申報件頁面。

## 清單
applications-title = 申報件
applications-own = 本單位的申報
applications-none = 沒有符合條件的申報件
applications-search = 單位名稱、統一社會信用代碼或申報編號
applications-total = 共 { $total } 件
application-all-states = 全部
application-all-calls = 全部申報通知
application-order-urgent = 期限最近的排在前面
application-file = 申報件
application-due = 期限
application-submitted-on = 提交：{ $at }
application-order-waiting = 最久未辦的排在前面
application-order-latest = 最近更新的排在前面
application-filter-kept = 篩選條件保存在網址中，可加入瀏覽器書籤，下次直接開啟。
application-waited-days = 已 { $days } 天未變動
application-filter = 篩選
application-filter-by-state = 按辦理狀態篩選
application-to-calls = 查看申報通知

## 申報件
application-number = 申報編號
application-number-none = 尚未提交
application-organisation = 申報單位
application-name = 名稱
application-credit-code = 統一社會信用代碼
application-registered-area = 註冊地
application-area-outside = 廣東省外
application-address = 地址
application-call = 申報通知
application-bureau = 推薦單位
application-bureau-direct = 省廳直接受理
application-state = 辦理狀態
application-updated-at = 最近更新
application-next-title = 目前進度
application-next-draft = 請完成填報、上傳佐證材料，由單位管理員提交。
application-next-submitted = 等待地市主管部門審核。
application-next-city_correction = 地市主管部門已退回補正，請申報單位在期限內修改後重新提交。
application-next-not_recommended = 地市主管部門不予推薦，本批次的辦理已結束。
application-next-recommended = 等待省廳形式審查。
application-next-screening_correction = 省廳已退回補正，請申報單位在期限內修改後重新提交。
application-next-ineligible = 形式審查認定不符合條件，本批次的辦理已結束。
application-next-in_review = 等待專家評審。
application-next-reviewed = 評審已結束，等待審定。
application-next-proposed = 已列入擬認定名單，等待公示。
application-next-not_selected = 經審定未入選，本批次的辦理已結束。
application-next-in_notice = 正在公示，公示期滿無異議後公布。
application-next-held = 因收到異議暫緩公布，等待核查結果。
application-next-removed = 異議成立，已從公示名單中撤下，本批次的辦理已結束。
application-next-recognised = 已列入公布名單。
application-next-withdrawn = 申報單位已撤回申報。
application-next-closed = 申報已於{ $at }截止，本件未提交，不能再填報或提交。
application-next-lapsed = 補正期限已於{ $at }屆滿，貴單位未重新提交，現已不能修改或提交。接下來由{ $station }決定是否延長期限，或作出結論，結果將以郵件通知貴單位。確有特殊情況的，請儘快聯絡{ $station }說明。
application-next-lapsed-officer = 逾期未補正：補正期限已於{ $at }屆滿，申報單位未重新提交。請延長補正期限，或作出結論。
application-deadline-closing = 申報截止：{ $at }
application-deadline-correction = 補正期限：{ $at }
application-to-mend = 需補正的內容
application-deadline-recommendation = 地市推薦截止：{ $at }
application-recommendation-title = 地市推薦意見
application-recommendation-rank = 推薦排序：第 { $rank } 位
application-to-application = 返回申報件
application-file-kept = 已儲存的填報內容和附件沒有遺失，仍可在申報件中查看。
application-to-form = 返回填報
application-to-submission = 下一步：提交
action-screening = 形式審查
station-filling = 填報
station-decision = 審定
station-publication = 公布

## 補正
application-correction-of = 補正（{ $station }）
application-correction-requested-at = 退回時間
application-correction-due-at = 補正期限
application-correction-answered-at = 重新提交
application-correction-note = 退回說明：
application-correction-note-label = 退回說明
mark-reason = 需補正：
mark-changed = 已改
mark-unchanged = 未改
changes-title = 補正前後對照
changes-none = 補正前後內容一致。
application-before = 補正前
application-after = 補正後

## 辦理紀錄
timeline-title = 辦理紀錄
timeline-repeated = { $title }，共 { $count } 次
timeline-way-title = 辦理進程
timeline-here = 目前環節
timeline-last = 最近一次辦理
timeline-place-done = 已辦結
timeline-place-current = 正在辦理
timeline-place-ahead = 尚未開始
timeline-place-stopped = 辦理至此結束
timeline-place-unreached = 不再辦理
timeline-since = { $at } 起
timeline-span = { $from } 至 { $to }
timeline-due = 辦理期限：{ $at }
timeline-overdue = 辦理期限已過：{ $at }
timeline-due-none = 本批次未公布本環節的辦理期限
timeline-planned = 預計完成：{ $day }
timeline-planned-passed = 已過預計完成日期：{ $day }
timeline-planned-notice = 預計開始公示：{ $day }
timeline-planned-notice-passed = 已過預計開始公示日期：{ $day }
timeline-notice-until = 公示截止：{ $at }
event-application-drafted = 新增申報
event-application-saved = 儲存填報內容
event-application-document-added = 上傳佐證材料
event-application-document-removed = 移除佐證材料
event-application-submitted = 提交申報
event-application-resubmitted = 提交補正
event-application-withdrawn = 撤回申報
event-application-correction-requested = 退回補正
event-application-correction-extended = 延長補正期限
event-application-recommended = 推薦
event-application-recommendation-undone = 撤銷推薦，退回待審核
event-application-not-recommended = 不予推薦
event-application-result-filed = 報備認定結果
event-application-accepted = 形式審查通過
event-application-acceptance-undone = 撤銷形式審查結果，退回形式審查
event-application-declared-ineligible = 認定不符合條件
event-application-reviewed = 評審結束
event-application-selected = 審定為擬認定
event-application-declined = 審定為不予認定
event-application-decision-undone = 撤銷審定結果，退回待審定
event-application-noticed = 列入公示
event-application-held = 暫緩公布
event-application-released = 恢復公示
event-application-removed = 從公示名單撤下
event-application-recognised = 列入公布名單

## 填報
form-title = 填報申報書
form-title-correction = 補正申報書
form-go-on-correction = 繼續補正
form-deadline = 截止時間：{ $at }（以伺服器收到完整內容的時間為準）
application-choose = 請選擇
progress-title = 填報進度
form-from-organisation = { $help }已按單位登記資訊填入，請核對。
progress-some = 應填 { $total } 項，已完成 { $met } 項
progress-complete = 應填 { $total } 項，已完成 { $met } 項，全部齊備
progress-nothing = 沒有必填項
progress-mending = 待補正 { $left } 項，已改 { $changed } 項
progress-lacking = 「{ $part }」待填寫或修改的內容
application-year = 年份
answer-place = 序號
application-save = 儲存
application-save-and-documents = 儲存並上傳佐證材料
application-save-and-submission = 儲存並前往提交
application-save-and-preview = 儲存並預覽
preview-title = 預覽申報件
preview-text = 以下是審核人員開啟本件時看到的內容，請核對有無錯漏。預覽不等於提交。
preview-filed = 本件正在補正，重新提交之前，審核人員看到的仍是上次提交的內容。
preview-print = 列印或另存為 PDF
preview-at = 內容截至 { $at }
row-number = 序號
row-add = 增加一列
row-remove = 刪除本列
paste-hint = 可以從 Excel 等試算表複製多列多欄，在起始格內貼上，內容會依次填入各格。
paste-filled = 已填入格數：
paste-left = 以下內容沒有填入，請核對後手動填寫（前面的數字是列號）：
paste-no-row = 超出可填的列數：
paste-no-such-row = 表中沒有對應的年份或欄名：
paste-no-column = 超出可填的欄數：
paste-no-choice = 選項中沒有：
paste-no-date = 不是可識別的日期：
paste-undo = 復原貼上
carry-over = 沿用上次填報內容
carry-over-text = 貴單位曾在「{ $call }」中申報同一類別。可將當時的內容填入本表尚為空白的項目，已填寫的項目不受影響；填入後請逐項核對。
members-title = 聯合體成員
members-note = 牽頭單位以外的成員，最多 { $limit } 家。沒有成員的，留空即可。
application-member-name = 單位名稱
application-member-credit-code = 統一社會信用代碼
application-member-duty = 承擔的工作

## 佐證材料
documents-title = 佐證材料
documents-note = 請按類別上傳清晰、完整的掃描檔。檔案內容須與填報內容一致，上傳後系統會核對檔案類型並登記雜湊值。
documents-none = 尚未上傳
documents-count = 已上傳 { $count } 份
documents-together = 一次選擇多個檔案的，合計不得超過 { $size_mb } MB；超過的請分幾次上傳。
documents-kept-before = 同時選擇的檔案中，排在前面的 { $count } 份已經上傳，不必重傳；其餘的沒有上傳。已上傳的可在申報件中查看。
document-limits = 接受 { $types } 格式，單一檔案不超過 { $size_mb } MB，最多 { $count } 份
document-choose = 選擇檔案
document-remove = 移除
document-remove-named = 移除「{ $name }」
document-full = 該類材料已達份數上限。如需更換，請先移除一份。
document-alike = 本類有內容完全相同的檔案，只按一份計。
document-locked = 本次補正未要求修改該類材料。
document-kind = 材料類別
document-name = 檔名
document-size = 大小

## 提交與回執
submission-title = 提交申報
submission-text = 提交後進入審核，除被退回補正外不能再修改。請確認填報內容和佐證材料真實、完整。
resubmission-text = 重新提交後返回審核環節，本環節不再退回補正。請確認已按要求逐項修改。
submission-documents = 隨申報書提交的佐證材料共 { $count } 份。
submission-digest = 提交內容雜湊值（SHA-256）
unchanged-title = 尚有 { $count } 項未修改
unchanged-text = 以下內容已要求補正，但與補正前一致。本環節只退回補正一次，提交後不能再改。請返回修改；確實無需修改的，請勾選確認後提交。
unchanged-confirm = 本單位已核對上列內容，確認無需修改。
application-commitment = 本單位承諾：所填內容及所附材料真實、準確、完整，與原件一致，並對其真實性負責；如有不實，願承擔相應責任。
obstacles-title = 還有 { $count } 項需要處理，處理完畢後才能提交
receipt-title = 申報回執
receipt-at = 提交時間（北京時間）
receipt-count = 提交次數
receipt-nth = 第 { $count } 次提交
receipt-verify-title = 如何核驗
receipt-verify = 提交內容已固定保存。透過資料介面 /api/v1/applications/{ $id }/submissions/{ $count } 取得 content 部分，按 RFC 8785 正規化為 UTF-8 文字後計算 SHA-256，所得結果應與本回執的雜湊值一致；各檔案的 SHA-256 可在本機直接計算核對。

## 撤回
withdrawal-title = 撤回申報
withdrawal-text = 撤回後本件不能恢復，已佔用的推薦名額隨之釋放。申報截止前可以重新申報，截止後不能再申報本批次。
withdrawal-reason = 撤回理由

## 完成提示
done-application-drafted = 已新增申報。填寫過程中請隨時點選「儲存」；瀏覽器啟用指令碼的，內容會隨填寫自動儲存。
done-application-exists = 貴單位在本次申報通知中已有申報，以下是該申報件。
done-application-saved = 已儲存。
done-answers-carried-over = 已填入上次內容，請逐項核對。
done-document-added = 已上傳。
done-document-removed = 已移除。
done-application-submitted = 申報已提交，請保存本回執。
done-application-was-submitted = 該件此前已提交成功，以下是回執，無需重複提交。
done-application-was-recommended = 該件此前已推薦成功，無需重複推薦。
done-application-withdrawn = 申報已撤回。

## 不能辦理
refusal-no_organisation = 您尚未加入任何申報單位。請先在「本單位」中登記單位，或申請加入已登記的單位。
refusal-outside_province = 本類別只接受在廣東省內註冊的單位申報，貴單位登記的註冊地在省外。如登記有誤，請先更正單位資料。
refusal-applications_used_up = 每家單位在本次申報通知中最多申報 { $limit } 件，貴單位已達上限。如需另行申報，請先撤回其中一件。
refusal-draft_unfinished = 貴單位在本次申報通知中還有一件沒有提交的草稿，請先提交或撤回，再新增申報。
refusal-already_applied = 貴單位在本次申報通知中已有申報，每個單位只能申報一件。如需重新申報，請先撤回原件。
refusal-nothing_to_carry_over = 沒有找到貴單位以往在同一類別中提交的申報，無內容可沿用。

## 填寫有誤
problem-not_marked = 「{ $name }」不在本次補正範圍內，不能修改。請只修改退回時標明的內容。
problem-licence_needed = 統一社會信用代碼 { $code } 的檢查碼不符合國家標準。請先在「本單位」中上傳營業執照影像，再提交申報。
problem-marks_unchanged = { $items }：已要求補正，但與補正前一致。請修改；確實無需修改的，請勾選確認後再提交。
problem-commitment_needed = 請閱讀並勾選承諾後再提交。
problem-members_too_many = 聯合體成員最多 { $limit } 家，現有 { $found } 家，請刪減。
problem-member_name_missing = 請填寫第 { $number } 家成員的單位名稱；不需要該成員的，請清空該列。
problem-member_code_missing = 請填寫第 { $number } 家成員的統一社會信用代碼。
problem-member_duty_missing = 請填寫第 { $number } 家成員承擔的工作。
problem-lead_code_check = 申報單位的統一社會信用代碼 { $code }，最後一位按國家標準應為「{ $expected }」，須對照營業執照影像核驗。
problem-member_code_check = 統一社會信用代碼的最後一位按國家標準應為「{ $expected }」，請對照該成員的營業執照核對。確與執照一致的可以提交，由形式審查人員核實。
problem-member_barred = 該單位的在池資格已被撤銷，{ $until }以前（含當日）不得申報，也不得作為聯合體成員，請刪去該成員。
problem-member_code_twice = 統一社會信用代碼 { $code } 重複出現，牽頭單位和各成員不能是同一單位，請核對。
problem-member_too_long = 最多 { $limit } 個字，現有 { $found } 個字，請刪減。
problem-document_kind_unknown = 本類別沒有「{ $kind }」這類材料，請從列出的類別中選擇。
problem-document_twice = 「{ $sent }」與已上傳的「{ $name }」內容完全相同，同一份檔案不重複收取。如選錯了檔案，請重新選擇。
problem-documents_too_large = 本件的佐證材料合計不能超過 { $limit_mb } MB，已用 { $used_mb } MB。請壓縮檔案，或移除不需要的材料後再上傳。
problem-documents_too_many_ever = 本件累計上傳的材料已達 { $limit } 份（含已移除的），不能再上傳。請聯絡省廳經辦人。
problem-organisation_out_of_room = 本單位歷年上傳的檔案合計不能超過 { $limit_mb } MB，已用 { $used_mb } MB（含已移除的）。請壓縮檔案後重新上傳；仍放不下的，請聯絡省廳經辦人。
problem-registry_out_of_room = 系統存放檔案的空間已滿（上限 { $limit_mb } MB，已用 { $used_mb } MB），暫不能上傳。請聯絡省廳經辦人，擴充空間後再上傳。
problem-withdrawal_reason_missing = 請填寫撤回理由。
problem-withdrawal_reason_too_long = 撤回理由最多 { $limit } 個字，現有 { $found } 個字，請刪減。
problem-upload_too_large = 檔案超過 { $limit_mb } MB 的上限。請壓縮後重新上傳，例如降低圖片的解析度。
problem-upload_too_many_parts = 一次上傳的內容超過 { $limit } 項。請重新整理頁面，減少檔案後分幾次上傳。
problem-upload_rest = 「{ $name }」未能上傳，排在它前面的 { $count } 份已經上傳，不必重傳。請處理後從這一份起重新選擇。
problem-upload_empty = 檔案是空的。請確認選對了檔案，再上傳一次。
problem-upload_type_not_allowed = 此處只接受以下格式：{ $allowed }。請轉換格式後重新上傳。
problem-upload_content_mismatch = { $found ->
    [ole] 檔名寫的是 { $declared }，內容卻是舊版或加密的 Office 檔案。請取消開啟密碼，另存為 .xlsx 或 .docx 後重新上傳。
    [heic] 檔名寫的是 { $declared }，內容卻是手機的 HEIC 圖片。請在手機上匯出為 JPG 後重新上傳。
    [program] 檔名寫的是 { $declared }，內容卻是程式。請確認選對了檔案；如確為該材料，請用原來的軟體重新匯出。
    [script] 檔名寫的是 { $declared }，內容卻是指令碼程式。請確認選對了檔案；如確為該材料，請用原來的軟體重新匯出。
    [archive] 檔名寫的是 { $declared }，內容卻是壓縮檔。請解壓縮後逐一上傳。
    [zip] 檔名寫的是 { $declared }，內容卻是壓縮檔。請解壓縮後逐一上傳，或用原來的軟體重新匯出。
    [html] 檔名寫的是 { $declared }，內容卻是網頁。請列印為 PDF 後重新上傳。
    [svg] 檔名寫的是 { $declared }，內容卻是 SVG 向量圖。請匯出為 PNG 或 PDF 後重新上傳。
    [xml] 檔名寫的是 { $declared }，內容卻是 XML 資料。請用原來的軟體重新匯出，不要直接改副檔名。
    [unknown] 檔名寫的是 { $declared }，內容卻不是。請用原來的軟體重新匯出，不要直接改副檔名。
   *[other] 檔名寫的是 { $declared }，內容卻是 { $found }。請用原來的軟體重新匯出，不要直接改副檔名。
}
problem-upload_damaged = 檔案不完整或已損壞（應為 { $declared }）。請在本機開啟確認後重新匯出、重新上傳。
problem-upload_suspicious = { $reason ->
    [name_characters] 檔名含有控制字元或改變文字方向的字元。請改名後重新上傳。
    [name_empty] 檔案沒有名稱，只有副檔名。請改名後重新上傳。
    [double_extension] 檔名中含有程式的副檔名（如 .exe、.html）。請改名後重新上傳。
    [polyglot] 檔案中藏有另一種檔案。請用原來的軟體重新匯出後上傳。
    [trailing_data] 檔案末尾附有多餘的資料。請用看圖或辦公軟體另存一份後上傳。
    [too_many_pixels] 圖片超過 4000 萬像素。請縮小尺寸後重新上傳。
    [too_many_entries] 檔案內部的部件過多。請另存一份或改為 PDF 後上傳。
    [inflates] 檔案解壓縮後過大。請刪去多餘的內容，或改為 PDF 後上傳。
    [encrypted] 檔案已加密。請取消密碼後重新上傳。
    [entry_names] 檔案內部的結構異常。請用辦公軟體另存一份後上傳。
    [macros] 檔案含有巨集。請另存為不含巨集的 .xlsx 或 .docx 後上傳。
    [animated] 圖片是動畫。請另存為靜態圖片（PNG 或 JPG）後重新上傳。
   *[other] 檔案存在安全風險。請用原來的軟體重新匯出後上傳。
}

## 郵件
mail-application-received-subject = 申報回執：{ $number }
mail-application-received-body =
    { $organisation }：

    貴單位已於 { $at } 提交「{ $call }」的申報。

    申報編號：{ $number }
    提交內容雜湊值（SHA-256）：{ $sha256 }

    請保存本郵件。審核中如需補正，將另行通知，請留意郵件並在期限內辦理。

    查看回執：{ $link }
mail-application-to-screen-subject = 待形式審查：{ $call }
mail-application-to-screen-body =
    您好：

    「{ $call }」已有地市推薦的申報件，請開展形式審查。之後陸續推薦的申報件列入待辦事項，不再逐件寄送郵件。

    查看待形式審查的申報件：{ $link }
mail-application-arrived-subject = 新申報待辦：{ $number } { $organisation }
mail-application-arrived-body =
    您好：

    { $organisation } 已於 { $at } 提交「{ $call }」的申報，申報編號 { $number }，請在規定時間內審核。

    查看申報件：{ $link }
mail-correction-received-subject = 補正回執：{ $number }
mail-correction-received-body =
    { $organisation }：

    貴單位已於 { $at } 重新提交「{ $call }」的申報（編號 { $number }）。

    提交內容雜湊值（SHA-256）：{ $sha256 }

    查看回執：{ $link }
mail-correction-arrived-subject = 補正已提交：{ $number } { $organisation }
mail-correction-arrived-body =
    您好：

    { $organisation } 已於 { $at } 完成補正並重新提交「{ $call }」的申報（編號 { $number }），請繼續審核。申報件頁面列有補正前後對照。

    查看申報件：{ $link }
mail-application-withdrawn-subject = 申報已撤回：{ $number }
mail-application-withdrawn-body =
    { $organisation }：

    貴單位已撤回「{ $call }」的申報（編號 { $number }）。

    撤回理由：{ $reason }

    申報截止前可以重新申報，截止後不能再申報本批次。

    查看申報件：{ $link }
mail-application-withdrawal-subject = 申報單位撤回：{ $number } { $organisation }
mail-application-withdrawal-body =
    您好：

    { $organisation } 已撤回「{ $call }」的申報（編號 { $number }），無需再辦理。

    撤回理由：{ $reason }

    查看申報件：{ $link }
