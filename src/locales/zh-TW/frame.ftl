# Traditional Chinese, for readers in Taiwan and Hong Kong. Keys, order, placeholders and selectors are those of zh-CN.
# 1. Names of bodies and policies and the terms of the procedure keep their own words: 工業和信息化廳, 統一社會信用代碼,
#    工業互聯網平臺, 數字化轉型, 產業集群, 聯合體, 牽頭單位, 補正, 公示, 審定, 整改, 遴選, 名單, 節假日, 行政復議.
# 2. All else is in the readers' words: 資料, 資訊, 軟體, 程式 (程序 is a procedure), 介面, 檔案 (文件 is an official
#    document), 帳號, 登入, 登出, 註冊, 連結, 電子郵件信箱 or 信箱, 寄送, 儲存 (保存 is to keep), 匯入, 匯出, 列印, 搜尋, 設定,
#    支援, 裝置, 重新整理, 聯絡, 權杖, 欄位, 字元, QR Code, 行事曆, 身分 (but 身份證). 紀錄 is the noun, 記錄 the verb.
# 3. Of a table, 列 is a row and 欄 a column.
# 4. 動態密碼 and 復原碼 are the second factor, 口令 only the secret phrase of a draw. 檢查碼 is a check character, 雜湊值 a
#    SHA-256, 簽章 an electronic signature, 公鑰 and 金鑰 its keys.
# 5. What an imported file must hold to the letter (titles of columns, names of pools and fields) is quoted in simplified
#    characters, for it is compared as it stands.

site-name = 源池
site-subtitle = 製造業數字化產業生態供給資源池
skip-to-content = 跳到主要內容
main-navigation = 主導覽
sign-in = 登入
sign-out = 登出
account = 帳號與安全
footer-note = 入池不作為市場准入條件。公布名單以省工業和信息化主管部門印發的正式文件為準。
demonstration-note = 這是示範系統：所示單位、人員和結果均為虛構，不作為任何依據。
open-data = 資料介面
breadcrumb = 目前位置
pagination = 分頁
pagination-previous = 上一頁
pagination-next = 下一頁
stations = 辦理進度
station-done = 已完成
field-required = 必填
field-why = 為什麼要填
document-why = 為什麼要提供
problems-title = 以下內容需要修改
title-problems = 填寫有誤
missing-title = 尚未填寫
autosave-saving = 正在儲存…
autosave-saved = 已儲存
autosave-unsaved = 未儲存，稍後自動重試
autosave-offline = 網路已中斷，填寫的內容保留在本機，恢復後自動儲存
autosave-held = 暫時無法連上服務，請不要關閉本頁。恢復連線後將自動繼續：
autosave-online = 網路已恢復
merge-title = 內容已在別處修改
merge-taken = 下列各處已按別處的修改更新，您在本頁填寫的其他內容不變：
merge-disputed = 下列各處兩邊都改過，請逐項選擇以哪邊為準。選定之前，本頁暫停自動儲存，兩邊的內容都不會遺失。
merge-mine = 保留本頁：
merge-theirs = 採用別處：
merge-accept = 按以上選擇合併並儲存
merge-close = 知道了
autosave-conflict = 已在別處修改
autosave-signed-out = 登入已過期，內容保留在本機
autosave-refused = 未能儲存，請核對後再試
autosave-look = 檢視並處理
autosave-conflict-explained = 這份申報書已在別處修改，本頁不再自動儲存。重新開啟後，可以恢復您在本機填寫的內容。
autosave-reload = 重新開啟
autosave-signed-out-explained = 登入已過期。請在新視窗登入，然後回到本頁，系統會接著儲存。
autosave-restore-explained = 本機留有一份尚未儲存的內容，時間：
autosave-restore-effect = 恢復後只改動下列各處，其餘內容保持現在的樣子：
autosave-restore-now = 現在：
autosave-restore-then = 恢復後：
autosave-restore = 恢復這份內容
autosave-discard = 捨棄
upload = 上傳
upload-progress = 上傳進度
upload-too-large = 檔案過大，請壓縮或拆分後再傳
upload-wrong-type = 檔案類型不符
upload-failed = 上傳未完成，請重試
upload-cancelled = 已取消上傳
upload-pause = 暫停
upload-resume = 重新上傳
upload-paused = 已暫停。繼續時將從頭上傳這個檔案。
upload-done = 已上傳
cancel = 取消

# 共用 ---------------------------------------------------------------------------------------------------------------
nav-home = 首頁
nav-calls = 申報通知
nav-notices = 公示
nav-lists = 公布名單
nav-providers = 在池單位
nav-desk = 工作臺
nav-organisation = 本單位
nav-applications = 申報件
nav-reviews = 專家評審
nav-experts = 專家庫
nav-assignments = 我的評審
nav-events = 辦理紀錄
nav-accounts = 帳號與角色
nav-decisions = 審定

email = 電子郵件信箱
password = 密碼
sign-in-to-resume = 登入已過期，您剛才填寫的內容仍保留在本頁。登入後即可繼續提交。
resume-title = 繼續提交
resume-text = 您已重新登入。剛才填寫的內容沒有遺失，點選下面的按鈕繼續提交。
resume-send = 繼續提交
failure-title = 未能完成
failure-not-found = 頁面不存在
failure-number = 如需反映此問題，請將本次請求編號告知管理員：{ $number }
failure-busy = 系統忙碌，請稍候再試。
back-home = 返回首頁
back-desk = 返回工作臺
done-signed-in = 您已登入。
done-signed-out = 您已登出。

role-none = 未授予角色
role-vendor_admin = 單位管理員
role-vendor_member = 單位經辦人
role-city_officer = 地市審核員
role-handler = 省廳經辦人
role-approver = 省廳審批人
role-evaluator = 第三方評價機構
role-expert = 評審專家
role-auditor = 審計員
role-system_admin = 系統管理員
role-security_admin = 安全管理員
role-system = 系統

state-draft = 草稿
state-submitted = 地市審核中
state-city_correction = 補正中（地市）
state-not_recommended = 不予推薦
state-recommended = 形式審查中
state-screening_correction = 補正中（省廳）
state-ineligible = 不符合條件
state-in_review = 專家評審中
state-reviewed = 待審定
state-proposed = 擬認定
state-not_selected = 未入選
state-in_notice = 公示中
state-held = 異議處理中
state-removed = 異議成立，已撤下
state-recognised = 已認定
state-withdrawn = 已撤回

action-save = 繼續填報
action-submit = 提交申報
action-resubmit = 提交補正
action-withdraw = 撤回申報
action-request_correction = 退回補正
action-extend_correction = 延長補正期限
action-recommend = 推薦
action-rerank = 調整推薦排序
action-undo_recommend = 撤銷推薦
action-not_recommend = 不予推薦
action-file_result = 報備認定結果
action-accept = 形式審查通過
action-undo_accept = 撤銷形式審查通過
action-declare_ineligible = 認定不符合條件
action-close_review = 結束評審
action-approve_selection = 同意認定
action-approve_decline = 同意不予認定
action-undo_decision = 同意撤銷審定結果
action-open_notice = 公示
action-hold = 暫緩公布
action-release = 恢復公示
action-remove = 撤下
action-publish = 公布

station-city = 地市審核推薦
station-city_decides = 地市自行認定
station-screening = 形式審查
station-review = 專家評審
station-notice = 社會公示

phase-upcoming = 即將開始
phase-open = 申報中
phase-closed = 已截止

refusal-wrong_role = 您的角色不能辦理此事項。如需辦理，請聯絡安全管理員授予相應角色。
refusal-wrong_state = 該申報件目前處於「{ $state }」，不能辦理此事項。請重新整理頁面後查看最新進度。
refusal-call_not_open = 不在申報時間內，不能填報或提交。本批次申報自 { $opens } 開始，至 { $closes } 截止。已儲存的內容仍在草稿中；確有特殊情況的，請聯絡省廳經辦人申請延期。
refusal-recommendation_closed = 地市推薦時間已截止，不能再辦理。
refusal-correction_over = 補正期限已過，不能再修改或提交。如有特殊情況，請聯絡退回補正的單位延長期限。
refusal-correction_still_running = 補正期限未到，請等申報單位補正，或期滿後再辦理。
refusal-correction_already_used = 本環節只能退回補正一次，該件已退回過。
refusal-quota_used_up = 推薦名額已用完：本單位在本批次的推薦名額為 { $limit } 個，已使用 { $taken } 個。如需推薦該件，須先撤銷一次多件推薦，或由已推薦的申報單位撤回申報。
refusal-objection_open = 尚有異議未處理完畢，暫不能公布。
refusal-notice_still_running = 公示期至 { $ends } 屆滿，屆滿前不能公布。
refusal-form_expired = 頁面已過期，請返回上一頁重新整理後重新提交。您填寫的內容在返回後仍然保留。
refusal-form_from_elsewhere = 請求不是從本站頁面發出的，已拒絕。請在本站頁面上操作。
refusal-fetched_from_elsewhere = 該請求是其他網站的頁面自行發出的，已拒絕。請在瀏覽器中直接開啟該網址。
refusal-own_proposal = 不能審批本人提出的事項，須由另一位審批人辦理。
refusal-wrong_credentials = 電子郵件信箱或密碼不正確。請核對後重試；忘記密碼可透過電子郵件信箱重設。
refusal-too_many_attempts = 嘗試過於頻繁，請在 { $minutes } 分鐘後再試。已登入的裝置不受影響。
refusal-too_many_sign_ins = 目前登入人數較多，請稍候幾秒再試。
refusal-invalid = 填寫的內容有誤，請按提示修改。
refusal-not_found = 沒有找到您要的頁面或事項，或您無權查看。
refusal-stale = 您開啟頁面之後，別人已修改了這裡的內容，本次操作沒有生效。請核對最新內容後再提交。
done-already-done = 您已於 { $at } 辦理該事項，無需重複提交，以下為最新情況。
refusal-unauthenticated = 請先登入。
refusal-nul_character = 提交的內容或網址中含有空字元（U+0000），系統無法儲存。請刪去該字元後重新提交。
refusal-query_unreadable = 網址中的查詢條件無法辨識，例如同一條件寫了兩次。請核對網址，或在頁面上重新查詢。
refusal-method_not_allowed = 該網址不支援這種請求方法，可用的方法見 Allow 回應標頭。
problem-malformed = 請求內容不符合介面說明，請按 detail 指出的欄位和位置改正後重新傳送。
refusal-malformed = 提交的內容無法辨識，請返回上一頁重新填寫。
refusal-unsupported_type = 請求的內容類型（Content-Type）不是本介面接受的類型，請改為 detail 中給出的類型後重新傳送。
refusal-too_slow = 內容傳送太慢，已停止接收。請檢查網路後重新提交。
refusal-busy = 系統忙碌，請稍候再試。您填寫的內容沒有遺失。
refusal-internal = 系統出現故障，已記錄。請稍後再試；如多次出現，請聯絡技術支援。
refusal-idempotency_key_length = Idempotency-Key 須為 1 至 { $limit } 個字元。
refusal-idempotency_key_reused = 該 Idempotency-Key 已用於另一請求，請更換。
refusal-answer_of_other_roles = 該請求先前已提交過，之後您的角色有變動，不再回傳當時的結果，本次也沒有重複辦理。請重新整理後核對最新情況。
problem-not_a_number = 請填寫整數，使用阿拉伯數字。

api-title = 資料介面
api-text = 頁面上能辦的事，都可以透過介面辦理。取得權杖：以電子郵件信箱和密碼請求 POST /api/v1/tokens，之後在請求標頭 Authorization 中附上 Bearer 權杖。修改類請求可以附上 Idempotency-Key，同一請求重複傳送只辦理一次。出錯時回傳 application/problem+json，其中 code 長期不變。
api-document = 介面描述檔（OpenAPI）
api-operation = 介面
api-summary = 說明
api-who = 誰可以呼叫
api-english = 下表的「說明」取自介面描述檔，以英文寫成。
api-table = 全部介面
api-public = 任何人
api-signed-in = 已登入的使用者
list-comma = 、
deadline-today = 今天截止
deadline-days-left = 還剩 { $days } 天
