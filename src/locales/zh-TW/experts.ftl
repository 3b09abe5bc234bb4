# 專家庫：利害關係、聘期、履職情況
expert-own-title = 我的專家資料
expert-left-pool = 專家已暫停、移出專家庫或聘期屆滿
expert-status-why = 狀態變更理由
expert-pool = 專家庫
expert-pool-province = 省級專家庫
expert-term = 聘期
expert-term-open = 未限定
expert-term-days = { $from } 至 { $to }（含當日，空缺表示不限）
expert-term-title = 變更聘期
expert-term-from = 聘期起
expert-term-to = 聘期止
expert-term-hint = 含當日；留空表示不限。聘期外不抽取、不分配，專家角色隨聘期屆滿停用，未提交的評分由他人接替，已提交的仍有效；續聘後恢復。
expert-term-save = 儲存聘期
done-expert-term = 聘期已變更。
problem-expert_term_order = 聘期止不能早於聘期起，請核對。
expert-record = 履職情況
expert-record-assigned = 累計分配（件）
expert-record-done = 已提交評分表（份）
expert-record-late = 逾期（份）
expert-record-voided = 已作廢評分表（份）
ties-title = 利害關係
ties-count = { $count } 項有效，查看或登記
ties-text = 曾任職單位、親屬關係、糾紛等登記後立即生效：專家不再評審該單位的申報，已分配的收回，由候補專家接替。撤回的登記保留備查。
ties-none = 尚未登記利害關係
ties-none-text = 如與申報單位存在可能影響公正評審的關係，請及時登記。
tie-organisation = 單位名稱
tie-kind = 關係
tie-kind-past_employer = 曾任職單位
tie-kind-director = 董事、監事、高階主管或實際控制人
tie-kind-kinship = 親屬關係
tie-kind-dispute = 糾紛
tie-kind-other = 其他關係
tie-days = 起止
tie-note = 說明
tie-declared = 登記時間
tie-withdrawn-at = 已於 { $at } 撤回
tie-declare = 登記利害關係
tie-choose = 請選擇
tie-code = 統一社會信用代碼
tie-code-hint = 可空。填寫後按代碼迴避，比按名稱更準確。
tie-from = 起始日期
tie-until = 結束日期
tie-until-hint = 曾任職單位請填離職日期；留空視為仍在持續。
tie-declare-save = 登記
tie-withdraw = 撤回登記
tie-which = 撤回哪一項
tie-withdraw-hint = 撤回後不再據此迴避，登記與撤回理由保留備查；已收回的評審任務不恢復。
tie-withdraw-save = 撤回
done-tie-declared = 利害關係已登記，立即生效。
tie-unregistered = 已登記單位中沒有這一名稱，目前不產生迴避。請核對單位全稱，或補登記統一社會信用代碼。
done-tie-withdrawn = 登記已撤回。
problem-tie_kind = 請選擇關係。
problem-tie_organisation = 請填寫單位名稱。
problem-tie_from_future = 起始日期不能晚於今天，請核對。
problem-tie_order = 結束日期不能早於起始日期，請核對。
problem-tie_note = 其他關係須說明具體情況。
problem-tie_which = 請選擇要撤回的登記。
refusal-tie_declared = 該項利害關係已登記且仍有效，內容完全相同，無需重複登記。如情況有變，請按新的情況登記，或先撤回原登記。
refusal-tie_not_own = 該項由工作人員登記，如有異議請聯絡省廳經辦人。
refusal-tie_withdrawn = 該項登記已撤回，無需重複操作。
mail-expert-standing-subject = 您的專家狀態已變更
mail-expert-standing-body =
    { $name }，您好：

    您在評審專家庫中的狀態已變更為「{ $standing }」。
    理由：{ $reason }

    查看您的專家資料：
    { $link }
mail-expert-tie-declared-subject = 已為您登記利害關係
mail-expert-tie-declared-body =
    { $name }，您好：

    工作人員為您登記了與「{ $organisation }」的利害關係（{ $kind }）。即日起您不再評審該單位的申報。
    如有異議，請聯絡省廳經辦人。查看您的專家資料：
    { $link }
mail-expert-tie-withdrawn-subject = 利害關係登記已撤回
mail-expert-tie-withdrawn-body =
    { $name }，您好：

    工作人員撤回了您與「{ $organisation }」的利害關係登記（{ $kind }）。
    理由：{ $reason }

    查看您的專家資料：
    { $link }

# 匯入：可選欄與核對
expert-column-pool = 專家庫
expert-column-term_from = 聘期起
expert-column-term_to = 聘期止
expert-column-past_employers = 曾任職單位
expert-employer-left = { $name }（原單位，至 { $until }）
expert-column-hint-pool = 可空。「省级专家库」或市級主管部門名稱（簡體字）；新專家留空歸入省級專家庫。
expert-column-hint-term_from = 可空。如 2026-01-01，含當日；留空不改。
expert-column-hint-term_to = 可空。如 2028-12-31，含當日；留空不改。
expert-column-hint-past_employers = 可空，多項用分號隔開，每項為「單位名稱/統一社會信用代碼/起/止」，除名稱外可空。只增加，不撤回；單位有變動的，原單位自動計入，止於匯入當日。
problem-expert_date = 「{ $value }」不是有效日期，請按 2026-01-01 的格式填寫。
problem-expert_pool = 沒有名為「{ $value }」的專家庫，請填寫「省级专家库」或市級主管部門名稱（簡體字）。
problem-expert_past_employer = 曾任職單位「{ $value }」填寫有誤，應為「單位名稱/統一社會信用代碼/起/止」，日期如 2020-01-31，止不早於起。
experts-preview-unchanged = 另有 { $count } 名與庫內一致，不作改動。
experts-preview-added = 新增 { $count } 名
experts-preview-changed = 更新 { $count } 名
experts-preview-from = 現有內容
experts-preview-to = 更新為
experts-preview-stale = 核對之後專家庫有變動，尚未匯入。以下是重新檢查的結果，請再次核對後確認。
