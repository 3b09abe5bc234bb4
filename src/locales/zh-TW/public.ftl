# 統計 ---------------------------------------------------------------------------------------------------------------
statistics-title = 統計
statistics-lead = 資源池的構成和歷年認定情況，由系統按已公布名單和在池單位的申報材料彙總。
statistics-rule = 公布名單已經載明的內容（如類別、地市、年份、產業集群、服務領域），按實際數字統計，不作處理。名單沒有載明、僅見於申報材料的內容（如行業大類、申報過程各環節），少於 { $threshold } 的數字不公布，以免推知個別申報單位的情況。
statistics-on = 資料日期：{ $on }
statistics-api = 介面資料（JSON）
statistics-table = 查看資料表
statistics-total = 合計
statistics-withheld = 不公布
statistics-nothing = 目前沒有資料。
statistics-note-withheld = 由申報材料彙總、少於 { $threshold } 的數字不公布（圖中以 * 表示）；為避免由合計推算，同一列的其他數字也可能不公布。
statistics-most = 最多的是{ $name }，{ $count } 項。
statistics-most-equal = 並列最多的是{ $name }，各 { $count } 項。
statistics-most-several = 最多的有 { $several } 個{ $what ->
    [cities] 地市
    [years] 年份
    [clusters] 產業集群
    [fields] 服務領域
   *[divisions] 行業大類
}，各 { $count } 項。
statistics-elsewhere = 省外或未載明
statistics-cities = 各地市在池資格
statistics-cities-with = 共 { $count } 個地市有在池單位。
statistics-city = 地市
statistics-years = 歷年認定數量
statistics-year = 年份
statistics-clusters = 服務的戰略性產業集群
statistics-cluster = 產業集群
statistics-fields = 服務領域
statistics-field = 服務領域
statistics-divisions = 製造業行業大類覆蓋
statistics-division = 行業大類
statistics-covered = { $all } 個製造業行業大類（C13—C43）中，已有在池單位服務 { $covered } 個。
statistics-flows = 從申報到認定
statistics-flows-text = 僅列出已公布名單的批次。某一環節未通過的申報件很少時，該環節的數字不公布。
statistics-flows-none = 尚無已公布名單的批次。
statistics-flow = { $call }：從申報到認定
statistics-station = 環節
statistics-files = 申報件
reached-applied = 申報
reached-recommended = 地市推薦
reached-screened = 形式審查通過
reached-reviewed = 完成評審
reached-selected = 擬認定
reached-recognised = 認定公布

# 國家級平臺 ---------------------------------------------------------------------------------------------------------
platforms-title = 國家級平臺
platforms-lead = 入選國家級名單的本省工業互聯網平臺：跨行業跨領域、特色型、專業型。
platforms-note = 以下內容摘自已收錄的名單，以發布機關的正式文件為準；排名不分先後。
platforms-none = 尚未收錄此類名單。
platforms-name = 平臺
platforms-operator = 建設營運單位
platforms-list = 依據名單

# 遴選辦法 -----------------------------------------------------------------------------------------------------------
how-title = 遴選辦法
how-lead = 各類別經過哪些環節、按什麼指標評分、公示多久、認定有效幾年。本頁由申報類別的設定產生，與系統執行的規則一致。
how-no-condition = 入池不作為市場准入條件。
how-unranked = 名單排名不分先後。
how-contents = 本頁內容
how-rubric = 評審指標與分值
how-weight = 分值
how-scoring = 評分規則
how-min-sheets = 每件至少收到 { $count } 份評分表，方可結束評審。
how-trim = 評分表達到 { $count } 份時，去掉一個最高總分和一個最低總分後取平均；不足時取平均。
how-spread = 各專家總分相差超過 { $points } 分的，提交討論。
how-blind = 專家各自獨立評分，評審結束前任何人看不到他人的評分。
how-recusal = 專家評審前須逐件聲明是否應當迴避；應當迴避的，由候補專家替換。
how-selection = 認定與公示
how-pass-mark = 最終得分不低於 { $points } 分方可入選。
how-places = 每批最多入選 { $count } 項。
how-two-people = 認定意見由一人提出、另一人審批，任何人不得審批自己提出的意見。

# 開放資料 -----------------------------------------------------------------------------------------------------------
open-data-title = 開放資料
open-data-lead = 名單、在池單位和統計資料均可自由下載，附資料說明、更新時間和使用許可。
open-data-pool = 今日在池單位
open-data-pool-text = 今天在池的全部資格，每項資格一列，按認定先後排列，排名不分先後。檔案在下載時產生。
open-data-pool-file = 在池單位 { $on }
open-data-rows = 共 { $count } 項
open-data-updated = 更新時間：{ $at }
open-data-file = 檔案
open-data-for = 說明
open-data-csv = 表格，UTF-8 編碼，可用各類辦公軟體開啟。
open-data-xlsx = 表格，數字和日期為相應類型，首列凍結，可直接列印；不超過 { $rows } 列，超過時請下載 CSV。
open-data-json = 供程式使用，格式見
open-data-columns = 各欄說明
open-data-day = 某日在池單位
open-data-day-text = 任何一天的在池單位，各欄和排列順序與今日在池單位相同。下載網址後加 ?on= 和日期（如 ?on=2026-07-01），不加的為今天。
open-data-lists = 公布名單
open-data-list-text = 每份名單公布後不再改變。表格和 JSON 只含准予公開的欄；簽章原文可用於離線核驗。
open-data-changed = 公布時間
open-data-signed = 簽章原文
open-data-follow = 訂閱與介面
open-data-feed-calls = 申報通知的更新（Atom）
open-data-feed-notices = 公示的更新（Atom）
open-data-feed-lists = 公布名單的更新（Atom）
open-data-calendar = 申報、推薦和公示的截止時間，可加入行事曆（iCalendar）
open-data-catalogue = 資料目錄（DCAT，JSON-LD）
open-data-statistics = 統計資料，介面網址：
open-data-api = 全部介面的說明
open-data-licence = 使用許可
open-data-licence-text = 任何人可以免費使用、複製、傳播和加工這些資料，須註明來源和下載日期，不得歪曲原意，不得以此表示獲得推薦或擔保。本說明為建議文本，由主管部門確認。
open-data-personal = 公布前逐格檢查身份證號碼、手機號碼和銀行卡號，含有這些內容的名單不能公布。證書編號不在下載檔案中。
open-data-csv-guard = CSV 檔案中以等號、加號等開頭的內容前加有一個單引號，以免被試算表軟體當作公式執行；程式讀取時去掉即可。
lists-xlsx = 下載表格（XLSX）
lists-xlsx-too-long = 超過 { $rows } 列，不提供 XLSX 檔案，請下載 CSV 檔案。
lists-entries-json = 下載資料（JSON）
lists-by-year = 按類別和年份
pool-column-name = 單位名稱
pool-column-credit_code = 統一社會信用代碼
pool-column-category = 類別代碼
pool-column-category_name = 類別
pool-column-city = 地市
pool-column-list_number = 名單文號
pool-column-list_title = 名單名稱
pool-column-year = 年份
pool-column-valid_from = 有效期起
pool-column-valid_to = 有效期止
pool-column-standing = 狀態
pool-column-page = 單位頁面
refusal-workbook_too_long = 超過 { $limit } 列的內容不能產生 XLSX 檔案，請下載 CSV 檔案。

# 訂閱 ---------------------------------------------------------------------------------------------------------------
home-more = 更多
home-calendar = 加入行事曆
home-feed = 訂閱更新
feed-call = 申報時間：{ $opens } 至 { $closes }
feed-notice = 公示期：{ $from } 至 { $to }
feed-list = { $category }，共 { $count } 條
calendar-name = 源池：申報與公示截止時間
calendar-opens = 開始申報：{ $title }
calendar-closes = 申報截止：{ $title }
calendar-recommend = 地市推薦截止：{ $title }
calendar-planned_screening = 預計完成形式審查：{ $title }
calendar-planned_review = 預計完成專家評審：{ $title }
calendar-planned_decision = 預計完成審定：{ $title }
calendar-planned_notice = 預計開始公示：{ $title }
calendar-objections = 異議受理截止：{ $title }
