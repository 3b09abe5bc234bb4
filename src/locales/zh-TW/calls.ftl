# 申報通知：清單、詳情、起草、審批、問答。

## 清單
calls-title = 申報通知
calls-lead = 各類別的申報時間、條件、材料和評審指標，申報前均可在此查看。
calls-group-making = 起草與審批
calls-group-open = 正在申報
calls-group-upcoming = 即將開始
calls-group-closed = 已截止
calls-none-open = 目前沒有正在申報的通知
calls-none-open-text = 可查看即將開始的通知，或查閱往年通知了解需要準備的材料。
calls-none-closed = 沒有已截止的通知。
calls-all-years = 全部年度
calls-year = { $year } 年
call-opens-today = 今天開始
call-opens-in = { $days } 天後開始
call-state = 狀態
call-programme = 申報類別
call-status-draft = 起草中
call-status-pending = 待審批
call-status-approved = 已發布
call-status-cancelled = 已取消

## 起草
call-new-title = 起草申報通知
call-new-choose = 請選擇申報類別：
call-edit-title = 修改申報通知
call-save-draft = 儲存草稿
call-copied-from = 沿用《{ $title }》，以下內容與其不同
call-no-differences = 沒有不同之處。
call-open-former = 查看上一期通知
call-difference-what = 內容
call-difference-before = 原為
call-difference-after = 現為
call-difference-new = （原無此項，現新增）
call-difference-gone = （已刪除）
call-programme-value = 申報類別：{ $label }
call-programme-changed = 類別設定已更新，本通知仍使用起草時的版本
call-section-notice = 通知正文
call-official-text = 以下為通知正式文本（簡體中文）。
call-section-basis = 政策依據
call-section-windows = 申報時間
call-section-planned = 預計進度
call-field-year = 年度
call-field-title = 通知名稱
call-field-body = 正文
call-field-basis_title = 文件名稱
call-field-basis_number = 文號
call-field-basis_issued_on = 印發日期
call-field-basis_valid_until = 有效期至
call-field-opens_at = 申報開始
call-field-closes_at = 申報截止
call-field-recommend_by = 地市推薦截止
call-field-planned_screening_on = 預計完成形式審查
call-field-planned_review_on = 預計完成專家評審
call-field-planned_decision_on = 預計完成審定
call-field-planned_notice_on = 預計開始公示
call-hint-body = 面向申報單位的說明。條件、材料、流程和指標由類別設定自動列出，不必重複。
call-hint-basis_valid_until = 文件未規定有效期的，留空。
call-hint-windows = 均為北京時間。到達截止時刻即不再受理，例如填 18:00，則 18:00:00 起為逾期。
call-hint-recommend_by = 地市審核推薦的最後時限，應晚於申報截止。無地市環節的，可留空。
call-hint-planned = 可不填。填寫後隨通知公布，並在每件申報的辦理進程中列為預計日期，不作為辦理期限。本類別沒有的環節，留空。
call-basis-no-end = 文件未規定

## 辦理
call-action-change = 修改
call-action-repin = 採用最新類別設定
call-action-submit = 提交審批
call-action-approve = 批准發布
call-action-return = 退回修改
call-action-cancel = 取消通知
call-action-extend = 延長截止時間
call-action-ask = 提問
call-action-answer = 答覆並公開
call-reason = 理由
call-hint-return = 請寫明需要修改什麼，起草人會收到。
call-hint-cancel = 取消後不能恢復。理由記入辦理紀錄。
call-hint-extend = 只能延後，不能提前。理由會發給申報單位和地市審核員。
call-hint-extend-planned = 預計日期隨截止時間一併調後，應晚於延長後的截止日；不再公布的，請清空。
call-section-officers = 經辦
call-drafted-by = 起草
call-approved-by = 批准

## 發布前檢查
call-problems-title = 發布前檢查
call-problem-blocking = 須先解決：
call-problem-warning = 請留意：
call-problem-not_a_selection = 該類別為直接匯入的名單，不受理申報。請改選其他類別。
call-problem-opens_in_past = 申報通知須在開始申報之前審批：申報開始時間（{ $found }）已到，現在是 { $needed }。請將開始時間改到審批之後，留足審批所需時間。
call-problem-closes_before_opening = 申報截止（{ $found }）不晚於申報開始（{ $needed }）。請改晚截止時間。
call-problem-recommends_before_closing = 地市推薦截止（{ $found }）不晚於申報截止（{ $needed }），地市沒有時間審核。請改晚推薦截止時間。
call-problem-planned_too_early = 預計日期（{ $found }）不晚於申報或地市推薦的截止日（{ $needed }）。請將預計日期調後，或留空。
call-problem-planned_out_of_order = 預計日期前後顛倒：後一環節為 { $found }，早於前一環節的 { $needed }。請按辦理先後填寫。
call-problem-planned_off_way = 預計日期（{ $found }）所填的環節，本類別沒有，不會公布。請刪去，或核對類別。
call-problem-basis_lapses = 政策依據的有效期至 { $found }，早於申報截止日 { $needed }。請核對文件是否續期，或調整申報時間。
call-problem-basis_not_issued = 政策依據的印發日期（{ $found }）晚於申報開始日（{ $needed }）。請核對印發日期。
call-problem-dead_end = 申報件到「{ $found }」後無人可以繼續辦理。請檢查類別設定的環節（stations）。
call-problem-no_rubric = 設有專家評審，但沒有指標體系。請在類別設定中補充指標（rubric）。
call-problem-rubric_total = 指標體系滿分合計 { $found } 分，應為 { $needed } 分。請調整類別設定中各項滿分。
call-problem-no_review_rules = 設有專家評審，但沒有評審規則。請在類別設定中補充評審規則（review）。
call-problem-too_few_experts = 專家庫可用專家 { $found } 名，每件需 { $needed } 名。請先匯入或啟用專家。
call-problem-too_few_to_draw = 專家抽取的不限領域一組可抽 { $found } 名，正選和候補共需 { $needed } 名。請先匯入或啟用專家，或調整類別設定的抽取人數（review.draw）。
call-problem-too_few_to_draw_in_field = 專家抽取按領域分組，可抽專家不足：{ $found } 名，正選和候補共需 { $needed } 名。請先匯入或啟用該領域專家，或調整類別設定的抽取人數（review.draw）。
call-problem-too_little_load = 按專家評審件數上限，現有專家可承擔 { $found } 份評分，預計進入評審的申報約需 { $needed } 份。請增補專家或提高件數上限。
call-problem-no_notice_rules = 設有社會公示，但沒有公示規則。請在類別設定中補充公示天數（notice）。
call-problem-no_notice_length = 公示天數為 { $found }。請在類別設定中改為至少 { $needed } 天。
call-problem-holidays_missing = 公示按工作日計算，但未載入 { $needed } 年的國務院節假日安排（已載入 { $found }）。請管理員補充後再發布。
call-problem-correction_days_missing = 未載入 { $needed } 年的國務院節假日安排（已載入 { $found }），屆時補正期限須由辦理人手動填寫日期。
call-problem-unstaffed_bureaus = 以下 { $needed } 個地市主管部門還沒有審核員，收到的申報件將無人辦理：{ $found }。請安全管理員授予角色。

## 詳情
call-programme-version = 類別設定第 { $version } 版（{ $digest }）
call-programme-json = 下載類別設定（JSON）
call-apply = 開始申報
call-sign-in-to-apply = 登入後申報
call-has-opened = 已開始
call-has-passed = 已截止
call-section-stations = 辦理流程
call-station-apply = 線上申報
call-station-decision = 審定
call-station-list = 公布名單
call-section-quota = 推薦名額
call-quota-each = 每個地市主管部門限推薦 { $limit } 家
call-quota-none = 不限推薦數量
call-quota-bureau = { $bureau }：{ $limit } 家
call-quota-ranked = 推薦時須排序
call-notice-calendar_days = 公示 { $length } 個自然日
call-notice-working_days = 公示 { $length } 個工作日
call-validity-years = 認定有效期 { $years } 年
call-section-applicants = 申報條件
call-inside-province = 限在廣東省內登記註冊的單位申報
call-outside-province = 省外單位可以申報，由主要服務地市受理
call-consortium = 可以聯合申報，除牽頭單位外最多 { $members } 家成員單位
call-no-consortium = 不接受聯合申報
call-per-organisation = 每個單位限報 { $count } 項
call-section-rules = 形式審查核對事項
call-section-documents = 需要準備的材料
call-section-fields = 需要填寫的內容
call-no-documents = 不需要上傳材料。
call-document-name = 材料
call-document-need = 是否必交
call-document-limits = 格式與數量
call-document-required = 必交
call-document-conditional = 符合條件時必交
call-document-optional = 選交
call-document-size = 單個不超過 { $mb } MB
call-document-exactly = { $count } 份
call-document-count = { $min } 至 { $max } 份
call-section-rubric = 評審指標
call-review-experts = 每件由 { $experts } 名專家獨立評分。
call-rubric-proposal = 本指標體系為建議稿，以正式印發的文件為準。
call-rubric-item = 指標
call-rubric-dimension = 維度
call-rubric-max = 滿分

## 問答
call-section-questions = 問題與答覆
call-no-questions = 還沒有公開的問題。
call-question = 您的問題
call-question-mark = 問：
call-answer-mark = 答：
call-answer = 答覆
call-question-waiting = 等待答覆。答覆後將連同問題一併公開，不公開提問人。
call-hint-question = 最多 { $limit } 字。問題和答覆會公開，請不要寫入個人資料或商業秘密。
call-hint-answer = 最多 { $limit } 字。提交後連同問題公開，不能再改。
call-sign-in-to-ask = 登入後可以提問。

done-call-choose-programme = 請點選「起草申報通知」，選擇申報類別。
done-call-drafted = 草稿已儲存。請核對發布前檢查的結果。
done-call-changed = 修改已儲存。
done-call-repinned = 已採用最新類別設定。
done-call-submitted = 已提交審批。
done-call-approved = 已批准，將按時間自動開始和截止。
done-call-returned = 已退回起草人。
done-call-cancelled = 通知已取消。
done-call-extended = 截止時間已延長，申報單位將收到通知；通知較多時在「批次郵件」中待發。
done-call-asked = 問題已提交，答覆後會寄郵件給您。
done-call-answered = 答覆已公開，並已通知提問人。

refusal-call_wrong_status = 該申報通知{ $status ->
    [draft] 尚在起草
    [pending] 正在審批
    [approved] 已經發布
   *[cancelled] 已經取消
}，不能辦理此事項。請重新整理頁面查看最新狀態。
refusal-call_opened = 申報已經開始，不能取消。如確需更多時間，可延長截止時間。
refusal-call_not_ready = 有 { $count } 項問題未解決，不能發布。請按「發布前檢查」逐項處理，或退回修改。
refusal-call_of_imported_programme = 該類別的名單由上級認定後匯入，不受理申報，不能起草申報通知。
refusal-call_programme_unchanged = 類別設定沒有變化，本通知使用的已是最新版本。
refusal-call_questions_waiting = 您在該通知下已有 { $limit } 個問題等待答覆。請等答覆後再提問。
refusal-call_question_answered = 該問題已經答覆，不能重複答覆。請重新整理頁面查看。

problem-call_required = 此項必填，請填寫。
problem-call_too_long = 最多 { $limit } 個字，現有 { $found } 個字，請刪減。
problem-call_year = 年度應在 { $first } 至 { $last } 之間，請改正。
problem-call_year_number = 年度應為四位阿拉伯數字，例如 2026。
problem-call_date = 「{ $value }」不是有效日期，請按「年-月-日」填寫，例如 2026-03-01。
problem-call_basis_ends_first = 有效期早於文件印發日期（{ $issued }），請核對。
problem-call_instant = 「{ $value }」不是有效時間，請按北京時間填寫，例如 2026-03-01T09:00。
problem-call_not_later = 只能延後：應晚於 { $limit }，請改正。
problem-call_closed_already = 申報已於 { $limit } 截止，不能重新開放。
problem-call_recommends_before_closing = 地市推薦截止應晚於申報截止（{ $limit }），請一併延後。
problem-call_planned_overtaken = 預計日期（{ $value }）不晚於延長後的截止日（{ $limit }），請改為其後的日期，或清空。
problem-call_planned_before_another = 預計日期（{ $value }）早於前一環節的預計日期（{ $limit }），請改為同日或其後的日期，或清空。
problem-call_planned_off_way = 本類別沒有這一環節，請清空。
problem-call_unknown_programme = 沒有這個申報類別，請從類別清單中選擇。
problem-call_copied_from_another = 所沿用的通知不存在或不屬於該類別，請重新起草。

mail-call-submitted-subject = 待審批：{ $title }
mail-call-submitted-body =
    您好：

    { $handler }提交了申報通知《{ $title }》，請您審批。審批頁列有發布前檢查的結果；此前辦理過同類批次的，還列有與上一期的不同之處。

    請在申報開始時間之前辦理：{ $link }
mail-call-approved-subject = 已批准：{ $title }
mail-call-approved-body =
    { $name }，您好：

    您起草的申報通知《{ $title }》已批准，將於 { $opens } 自動開始申報。自批准之日起內容不再變動，如需更多時間，可由審批人延長截止時間。

    查看：{ $link }
mail-call-returned-subject = 退回修改：{ $title }
mail-call-returned-body =
    { $name }，您好：

    您起草的申報通知《{ $title }》被退回修改。理由：

    { $reason }

    請修改後重新提交審批：{ $link }
mail-call-cancelled-subject = 已取消：{ $title }
mail-call-cancelled-body =
    { $name }，您好：

    您起草的申報通知《{ $title }》已取消。理由：

    { $reason }

    查看：{ $link }
mail-call-extended-subject = 截止時間延長：{ $title }
mail-call-extended-body =
    您好：

    《{ $title }》的截止時間已延長：
    申報截止：{ $closes }
    地市推薦截止：{ $recommends }

    理由：{ $reason }

    尚未提交的，請在新的截止時間之前提交；已提交的不受影響。查看：{ $link }
mail-call-question-asked-subject = 有新問題：{ $title }
mail-call-question-asked-body =
    您好：

    有人就《{ $title }》提問：

    { $question }

    請儘快答覆，答覆後連同問題公開：{ $link }
mail-call-question-answered-subject = 您的問題已答覆：{ $title }
mail-call-question-answered-body =
    { $name }，您好：

    您就《{ $title }》提出的問題已有答覆。

    問：{ $question }

    答：{ $answer }

    問題與答覆已在通知頁公開（不公開提問人）：{ $link }

# The parts of a programme, for the differences between two of its versions.
programme-part-version = 版本號
programme-part-names = 名稱
programme-part-summary = 簡介
programme-part-policy_note = 政策說明
programme-part-category = 所屬類別
programme-part-key = 代碼
programme-part-kind = 類型
programme-part-types = 類型選項
programme-part-applicants = 申報主體
programme-part-consortium = 聯合體申報
programme-part-max_members = 成員單位數上限
programme-part-outside_province = 接受省外單位
programme-part-routed_by = 確定省外單位推薦部門的填報項
programme-part-per_organisation = 每家單位申報件數上限
programme-part-stations = 辦理環節
programme-part-correction = 補正
programme-part-working_days = 補正期限（工作日）
programme-part-sections = 申報表
programme-part-help = 填寫說明
programme-part-reason = 填報理由
programme-part-fields = 填報項
programme-part-required = 必填
programme-part-carry_over = 沿用上次填報內容
programme-part-from_organisation = 按單位登記資訊填入
programme-part-personal = 涉及個人資料
programme-part-recuses = 據此判斷專家迴避
programme-part-max_chars = 字數上限
programme-part-format = 格式
programme-part-at_most = 不得大於的填報項
programme-part-unit = 單位
programme-part-min = 下限
programme-part-max = 上限
programme-part-future = 可填今後日期
programme-part-options = 選項
programme-part-years = 年數
programme-part-columns = 欄
programme-part-several = 可複選
programme-part-documents = 佐證材料
programme-part-required_when = 必須提供的情形
programme-part-max_bytes = 單一檔案大小上限
programme-part-document_required = 須提供
programme-part-file_types = 檔案格式
programme-part-min_count = 最少份數
programme-part-max_count = 最多份數
programme-part-rules = 申報條件
programme-part-basis = 依據
programme-part-check = 審查要求
programme-part-quota = 推薦名額
programme-part-per_bureau = 每個地市名額
programme-part-bureaus = 單列名額
programme-part-ranked = 推薦須排序
programme-part-rubric = 評分指標
programme-part-dimensions = 一級指標
programme-part-items = 評分項
programme-part-guidance = 評分說明
programme-part-review = 評審規則
programme-part-experts_per_application = 每件評審專家數
programme-part-min_sheets = 最少有效評分表數
programme-part-trim_from = 去掉最高分和最低分的起算份數
programme-part-max_spread = 分差上限
programme-part-comment_required = 須寫評語的分值
programme-part-load_limit = 每位專家評審件數上限
programme-part-load_floor = 每位專家評審件數下限
programme-part-pool = 專家來源（專家庫）
programme-part-field_experts = 每件須有的相符專業專家數
programme-part-expertise_fields = 計入專業領域的選項
programme-part-far_from_panel = 須說明理由的偏離分值
programme-part-discussion = 分差超限須會商
programme-part-second_panel = 複評增加的專家數
programme-part-recusal = 迴避規則
programme-part-employer_years = 曾任職須迴避的年數
programme-part-same_city = 同市迴避
programme-part-served_last_time = 上一批次評審過的須迴避
programme-part-draw = 專家抽取
programme-part-draw_required = 須經抽取產生
programme-part-strata = 抽取名額
programme-part-decision = 審定規則
programme-part-pass_mark = 合格分
programme-part-places = 名額
programme-part-tie_order = 同分排序依據
programme-part-cap = 分組名額
programme-part-by = 分組方式
programme-part-most = 每組最多入選數
programme-part-notice = 公示
programme-part-length = 期限
programme-part-day_unit = 期限單位
programme-part-first_day_counts = 公示當日計入期限
programme-part-validity = 有效期
programme-part-public_columns = 公布名單欄位
programme-part-source = 內容來源
programme-part-order = 排列順序
programme-code-true = 是
programme-code-false = 否
programme-code-selection = 申報評審
programme-code-imported = 收錄名單
programme-code-platform = 平臺
programme-code-provider = 服務商
programme-code-text = 單行文字
programme-code-long_text = 多行文字
programme-code-whole_number = 整數
programme-code-money = 金額
programme-code-date = 日期
programme-code-yes_no = 是或否
programme-code-one_of = 單選
programme-code-several_of = 複選
programme-code-table_by_year = 分年度表格
programme-code-rows = 多列表格
programme-code-city = 地市
programme-code-cluster = 產業集群
programme-code-industry_division = 行業大類
programme-code-yuan = 元
programme-code-wan_yuan = 萬元
programme-code-email = 電子郵件信箱
programme-code-telephone = 電話號碼
programme-code-calendar_days = 自然日
programme-code-working_days = 工作日
programme-code-proposal = 建議稿
programme-code-source = 官方文件
programme-code-zero = 零分
programme-code-full = 滿分
programme-code-submitted_at = 提交時間
programme-code-number = 序號
programme-code-organisation_name = 單位名稱
programme-code-credit_code = 統一社會信用代碼
programme-code-member_names = 成員單位名稱
programme-code-programme = 申報類別名稱
programme-code-product = 平臺或產品名稱
programme-code-category_type = 類別
programme-code-address = 通訊地址
programme-code-established_on = 成立日期
programme-code-main_service_city = 主要服務城市
programme-code-contact_name = 聯絡人姓名
programme-code-contact_phone = 聯絡電話
programme-check-at_least = { $what }不少於 { $value }
programme-check-at_most = { $what }不超過 { $value }
programme-check-equals = { $what }為「{ $value }」
programme-check-one_of = { $what }屬於：{ $values }
programme-check-established_years = 成立滿 { $value } 年
programme-check-rows_at_least = { $what }不少於 { $value } 列
programme-check-document_present = 已提供{ $what }
programme-check-all = 同時滿足：{ $checks }
programme-check-any = 滿足其一：{ $checks }
programme-check-not = 不符合：{ $check }

# What happened to a call, for officers.
event-call-drafted = 起草通知
event-call-changed = 修改通知
event-call-repinned = 改用現行申報類別設定
event-call-submitted = 提交審批
event-call-approved = 批准發布
event-call-returned = 退回修改
event-call-cancelled = 取消通知
event-call-extended = 延長截止時間
event-call-question-asked = 收到提問
event-call-question-answered = 答覆提問
programme-stratum = { $field }抽取 { $panel } 名、候補 { $reserves } 名
programme-stratum-any = 各領域
