# 公布名單 -----------------------------------------------------------------------------------------------------------
lists-total = 共 { $total } 份名單
lists-entries-total = 共 { $total } 條
lists-ready = 可以擬定名單的批次
lists-pending = 待審批的名單
lists-search = 名單名稱
lists-year = 年份
lists-all-years = 全部年份
lists-category = 類別
lists-all-categories = 全部類別
lists-filter = 查詢
lists-none = 沒有符合條件的名單
lists-none-text = 請更換條件後再查。
lists-show-all = 查看全部名單
lists-title = 名單名稱
lists-dated = 公布或收錄日期
lists-published = { $day } 公布
lists-brought-in = { $day } 收錄
lists-of-year = { $year } 年
lists-imported-unranked = 條目按來源的順序收錄，排名不分先後；名單以發布機關的正式文件為準。
# 名單正文中已有這些字樣的，網頁不再重複說明。只看簡體中文正文。
lists-says-unranked = 不分先後
lists-says-no-condition = 不作為市場准入條件
lists-excerpt = 本頁為摘錄：按名單標題共 { $named } 項，此處收錄 { $here } 項。
lists-csv = 下載表格（CSV）
lists-json = 下載簽章原文（JSON）
lists-source = 來源：
lists-decide = 審批
lists-decide-text = 請核對名單的標題、正文和每一條內容。公布後不能修改或刪除，只能另行公布補充名單。
lists-publish = 同意公布
lists-publish-sure = 將公布 { $count } 條，並立即授予在池資格、通知申報單位。請確認。
lists-publish-now = 確認公布
lists-return = 退回修改
lists-return-reason = 退回理由
lists-return-now = 確認退回
lists-no-entries = 名單中沒有條目
lists-standing = 今日狀態
lists-standing-note = 「今日狀態」不是名單的內容，不在簽章範圍之內，只標註今天與公布時不同的單位；名單原文自公布之日起不變。
lists-proof = 核驗資訊
lists-proof-text = 簽章原文公布後不再改變。用公鑰核驗原文的 Ed25519 簽章，並核對原文的 SHA-256，即可離線確認名單未被改動；每份名單都載有上一份名單的 SHA-256，名單不能被抽換。
lists-chain-number = 名單鏈序號
lists-previous = 上一份名單的 SHA-256
lists-signature = 簽章（Ed25519）
lists-public-key = 公鑰
lists-new = 擬定公布名單
lists-pending-already = 本批次已有一份名單待審批，審批後才能再擬定。
lists-pending-open = 查看該名單
lists-will-name = 將列入名單
lists-will-name-none = 目前沒有公示期滿且無異議的申報件。
lists-held = 異議處理中，暫不列入
lists-held-text = 異議處理完畢、恢復公示後，可列入補充名單。
lists-in-notice = 公示期未滿
lists-removed = 異議成立，已撤下
lists-body = 正文
lists-propose = 提交審批
lists-offered-title-main = { $year }年度{ $programme }名單
lists-offered-title-supplement = { $year }年度{ $programme }補充名單
lists-offered-title-imported = { $year }年度{ $programme }名單
lists-offered-body =
    經申報、推薦、審查、評審和公示，現將名單予以公布。
    名單排名不分先後，不作為市場准入條件。
list-number-main = 源池公布〔{ $year }〕{ $number }號
list-number-supplement = 源池補公布〔{ $year }〕{ $number }號
list-kind-main = 正式名單
list-kind-supplement = 補充名單
list-kind-imported = 收錄名單
list-status-proposed = 待審批
list-status-published = 已公布
list-status-returned = 已退回
list-column-number = 序號
list-column-organisation = 單位或項目
list-column-product = 平臺或產品
list-column-region = 地區
list-column-city = 地市
list-column-result = 結果
list-column-note = 備註

done-list-proposed = 名單已提交審批。
done-list-published = 名單已公布，在池資格即日起生效，申報單位將收到通知。
done-list-returned = 名單已退回，提出人將收到通知。

refusal-list_pending = 本批次已有一份名單待審批，請等審批後再擬定。
refusal-list_nothing_to_publish = 目前沒有可以列入名單的申報件：須公示期滿，且沒有未辦結的異議。
refusal-list_not_pending = 該名單已經審批，不能重複辦理。
refusal-list_validity = 申報類別沒有載明有效期，不能公布。請聯絡系統管理員核對申報類別的設定。
refusal-list_imported_before = 「{ $list }」同一年份的名單已經收錄，不能重複收錄。如需更正，請改用不同的名單名稱。

problem-list_identity_number = 第 { $row } 列「{ $column }」含有身份證號碼，不能公布。請退回修改該內容。
problem-list_mobile_number = 第 { $row } 列「{ $column }」含有手機號碼，不能公布。請退回修改該內容。
problem-list_bank_card = 第 { $row } 列「{ $column }」含有銀行卡號，不能公布。請退回修改該內容。
problem-list_text_personal_data = 含有身份證號碼、手機號碼或銀行卡號，不能公布。請刪去。

mail-list-proposed-subject = 待審批：{ $list }
mail-list-proposed-body =
    您好：

    「{ $call }」的公布名單「{ $list }」（{ $count } 條）已提交審批。請登入核對，決定公布或退回：
    { $link }
mail-list-returned-subject = 名單已退回：{ $list }
mail-list-returned-body =
    { $name }：

    您提出的名單「{ $list }」已被退回。理由：
    { $reason }

    請修改後重新提交：
    { $link }
mail-list-recognised-subject = 認定通知：{ $call }
mail-list-recognised-body =
    { $organisation }：

    貴單位在「{ $call }」中獲得認定，已列入{ $number }《{ $list }》。
    在池資格自{ $from }起至{ $to }止，證書編號 { $certificate }。

    任何人都可以透過以下網址核驗證書：
    { $link }

# 收錄名單 -----------------------------------------------------------------------------------------------------------
list-import-row = 第 { $line } 列「{ $column }」：{ $reason }{ $remedy }（原值：{ $value }）
list-import-empty = 標題列之下沒有資料，什麼也沒有匯入。請在標題列之下逐列填寫後再匯入。
list-import-characters = 含有看不見的控制字元。
list-import-row_twice = 整列與前面某一列完全相同。
list-import-too_long = 內容過長。
list-import-personal_data = 含有個人身份證號碼、手機號碼或銀行卡號。
list-import-missing = 沒有填寫。
list-import-name_missing = 單位名稱和平臺或產品名稱都沒有填寫。
list-import-not_a_year = 不是年份。
list-import-year_differs = 與同一名單前面各列的年份不一致。
list-import-category_differs = 與同一名單前面各列的類別不屬於同一申報類別。
list-import-unknown_city = 不是本省地級以上市。
list-import-not_an_address = 不是網址。
list-import-remedy-shorten = 請縮短至 300 字以內。
list-import-remedy-take_out = 請刪去。
list-import-remedy-fill_in = 請補填。
list-import-remedy-year_range = 請填 2000 至 2100 之間的四位年份，不清楚的可以留空。
list-import-remedy-same_year = 同一名單請填同一年份。
list-import-remedy-same_category = 同一名單請填同一申報類別之下的類別，或將名單分開。
list-import-remedy-city_of_province = 請填 21 個地級以上市之一；省外單位請留空。
list-import-remedy-web_address = 請填以 http:// 或 https:// 開頭的完整網址，或留空。

# 在池單位 -----------------------------------------------------------------------------------------------------
providers-search = 單位名稱或統一社會信用代碼
providers-category = 類別
providers-city = 地市
providers-name = 單位名稱
providers-credit-code = 統一社會信用代碼
providers-standings = 在池資格
providers-recognitions = 歷次認定
providers-certificate = 證書
providers-valid = 有效期
providers-standing = 今日狀態

# 首頁 ---------------------------------------------------------------------------------------------------------------
home-lead = 源池彙集製造業數字化轉型優秀服務商和特色型、專業型工業互聯網平臺：每年公開申報、審查、評審和公示，認定的單位在此公布，任何人都可以查詢和核驗。
home-search = 搜尋在池單位
home-search-go = 搜尋
home-in-pool = 在池資格
home-open-calls = 正在申報
home-open-calls-none = 目前沒有正在受理的申報通知
home-closes = 截止
home-notices = 正在公示
home-notices-none = 目前沒有公示
home-lists = 最新名單
home-lists-none = 尚未公布名單
home-all-calls = 全部申報通知
home-all-notices = 全部公示
home-all-lists = 全部名單

# 工作臺 -------------------------------------------------------------------------------------------------------------
desk-until = 期限 { $at }，還有 { $days } 天
desk-until-hours = 期限 { $at }，還有 { $hours } 小時
desk-until-soon = 期限 { $at }，剩餘時間不足一小時
desk-until-today = 期限 { $at }，今天截止
desk-over = 已過期限 { $at }
desk-since = 最早一件自 { $at } 起等候
desk-since-days = 最早一件自 { $at } 起等候，已等候 { $days } 天
desk-digest-first = 已逾期或三天內到期：
desk-digest-rest = 其他待辦：
desk-digest-line = { $task }：{ $count }
desk-digest-line-dated = { $task }：{ $count }（{ $date }）
mail-desk-digest-subject = 今日待辦 { $count } 項（{ $date }）
mail-desk-digest-body =
    { $name }，您好：

    截至 { $date }，有 { $count } 項等您辦理。

    { $lines }

    進入工作臺：{ $link }

    每個工作日寄送一次，沒有待辦則不寄。不需要的，可在「站內訊息」的郵件通知設定中關閉。
desk-draft-over = 已於{ $at }截止，未提交
desk-correction-over = 補正已於{ $at }到期，未提交
desk-corrections-over = 逾期未補正的申報件
desk-calls-returned = 被退回修改的申報通知草稿
desk-questions = 待答覆的申報諮詢
desk-licences = 待核驗營業執照
desk-join-requests = 待處理的加入申請
desk-members-ending = 30 天內有效期屆滿的單位人員
desk-hello = { $name }，您好
desk-nothing = 目前沒有等您辦理的事項
desk-nothing-text = 有新事項時，會在這裡列出。
desk-to-do = 待辦事項
desk-my-applications = 我的申報
desk-application-state = 進度
desk-application-due = 期限
desk-application-call = 申報通知
desk-application-number = 申報編號
desk-application-missing = 尚缺
desk-missing = 還缺或有誤 { $count } 項
desk-to-mend = 待補正 { $count } 項
desk-missing-and-mend = 待補正 { $mend } 項，還缺或有誤 { $count } 項
desk-complete = 已填齊，可以提交
desk-sheets-done = 已提交 { $done } 份，共 { $all } 份
desk-takes-guess = 剩餘約需 { $span }（暫以每份 { $each } 分鐘估算）
desk-takes-pace = 剩餘約需 { $span }（依您近幾份的速度，每份約 { $each } 分鐘）
desk-span-minutes = { $count } 分鐘
desk-span-hours = { $count } 小時
desk-checkpoint-late = 辦理紀錄逾時未簽署檢查點，請聯絡系統管理員
desk-refused = 近 7 天被拒絕的操作
desk-exported = 查閱個人資料匯出紀錄
desk-accounts-read = 查閱帳號與角色
desk-decisions-read = 查閱審定表
desk-roles-ending = 30 天內到期的角色
desk-invited = 已邀請、尚未啟用的帳號
desk-no-auditor = 尚無在任的審計員，請授予該角色
desk-links = 常用入口
desk-no-applications = 還沒有申報
desk-open-calls = 正在申報
desk-open-call-own = 查看本單位的申報
desk-planned-over = 預計完成：{ $day }，已過 { $days } 天；尚未辦結
desk-planned-notice-over = 預計開始公示：{ $day }，已過 { $days } 天；尚未開始
desk-states = 申報件
desk-join-organisation = 登記或加入申報單位
desk-to-check = 待審核的申報件
desk-to-screen = 待形式審查的申報件
desk-to-decide = 待擬定審定意見的申報件
desk-to-notice = 待公示的申報件
desk-objections = 待辦理的異議
desk-objections-to-approve = 待審批的異議處理意見
desk-reviews-to-prepare = 待組織專家評審的批次
desk-to-correct = 待補正的申報件
desk-reviews-open = 進行中的專家評審
desk-reviews-to-close = 進行中的專家評審：評分已截止，尚未辦結
desk-lists-ready = 可以擬定名單的批次
desk-calls-to-approve = 待審批的申報通知
desk-decisions-to-approve = 待審批的審定表
desk-lists-to-approve = 待審批的名單
desk-to-declare = 待聲明迴避情況的申報件
desk-to-score = 待提交的評分表
desk-events = 查閱辦理紀錄
desk-accounts = 管理帳號與角色
desk-mails = 查看郵件寄送情況
desk-mails-failed = 未能送達的郵件
