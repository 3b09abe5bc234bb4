# 地市審核、形式審查：補正、推薦、不予推薦、報備結果、審查。
signer-department = 廣東省工業和信息化廳

## 不利決定：郵件與申報件頁面用同一句
ruling-remedy = 對此有不同意見的，請書面說明理由並附證明材料，向{ $station }提出。
ruling-title = 決定內容
ruling-reason = 原因
ruling-basis = 依據
ruling-station = 作出單位
ruling-date = 日期
ruling-objection = 不同意見

## 申報件（審核人員查看）
file-whole = 查看申報件全文
file-why = 各項為什麼要填
file-documents = 佐證材料
file-not-filled = 未填寫
file-no-document = 未上傳
file-no-member = 無聯合體成員
mark-members = 聯合體成員

## 退回補正
correction-title = 退回補正
correction-lead = 請一次標明全部需要補正的內容：勾選該項並寫明原因和要求。申報單位只能修改勾選的內容。本環節只能退回補正一次。
correction-mark = 需要補正
correction-reason = 原因和補正要求
correction-due = 補正截止日
correction-due-hint = 截至當日 24:00。不得早於明天。
correction-due-hint-city = 截至當日 24:00。不得早於明天，且須早於本批次地市推薦截止時間（{ $limit }）。
correction-note = 補充說明
correction-note-said = 補充說明：{ $note }
correction-note-hint = 可不填。隨退回補正通知一併寄給申報單位。
correction-send = 退回補正
extension-title = 延長補正期限
extension-lead = 目前補正截止日為 { $due }（當日 24:00）。延長期限只對該申報單位有效，原因將記錄並告知申報單位。
extension-marks = 已要求補正的內容
extension-due = 新的補正截止日
extension-reason = 延長原因
extension-reason-hint = 申報單位將看到此內容。

## 推薦
recommendation-title = 推薦
recommendation-rank = 推薦排序
recommendation-rank-hint = 只列出尚未使用的序號。截止前可在推薦排序頁調整。
recommendation-rank-number = 第 { $rank } 位
recommendation-opinion = 推薦意見
recommendation-opinion-hint = 省廳審查人員將看到此內容。
recommendation-places = 本批次推薦名額 { $limit } 個，剩餘 { $left } 個。
recommendation-no-limit = 本批次不限推薦名額，已推薦 { $taken } 個。
recommendations-title = 推薦排序
recommendations-bureau = 地市主管部門
recommendations-call = 批次
recommendations-choose = 請選擇
recommendations-choose-hint = 請先選擇批次。
recommendations-show = 查看
recommendations-none = 尚未選擇批次
recommendations-empty = 本批次尚無推薦的申報件
recommendations-until = 推薦截止時間（{ $limit }）前，可調整仍處於形式審查中的申報件的排序。
recommendations-organisation = 申報單位
recommendations-number = 申報編號
recommendations-state = 進度
recommendations-at = 推薦時間
recommendations-order = 調整排序
recommendations-order-hint = 在「調整排序」一欄填寫各件的位次，一次儲存；其餘各件依次前移或後移。
recommendations-order-save = 儲存排序
recommendations-place = 位次：{ $organisation }
recommendations-up = 上移「{ $organisation }」
recommendations-down = 下移「{ $organisation }」

## 不予推薦
non-recommendation-title = 不予推薦
non-recommendation-lead = 不予推薦後，該申報件在本批次的辦理即告結束，不能撤銷。申報單位將收到您填寫的原因。
station-reason = 原因
station-reason-hint = 請寫明事實和依據。申報單位看到的就是此處填寫的內容。

## 報備認定結果
city-result-title = 報備認定結果
city-result-lead = 該類別由地市主管部門自行認定。報備「予以認定」的，進入公示環節並佔用一個名額；報備「不予認定」的，辦理即告結束，不能撤銷。
city-result-outcome = 認定結果
city-result-recognised = 予以認定
city-result-not_recognised = 不予認定
city-result-reason = 認定依據或不予認定的原因

## 形式審查
screening-title = 形式審查
screening-lead = 系統核對結果僅供參考，以您的審查結論為準。您的結論與系統不一致的，請在備註中寫明原因。
screening-machine = 系統核對
screening-officer = 審查結論
screening-note = 備註
screening-note-hint = 與系統核對結果不一致的，必須填寫。
screening-conclusion = 形式審查結果
screening-reason = 不符合條件的原因
screening-reason-hint = 認定不符合條件的，必須填寫。申報單位看到的就是此處填寫的內容。
screening-send = 提交審查結果
screening-lead_code = 申報單位的統一社會信用代碼與營業執照一致
screening-member_codes = 聯合體成員的統一社會信用代碼與營業執照一致
screening-materials = 申報材料齊全、清晰、有效
screening-accepted = 形式審查通過
screening-ineligible = 不符合條件
verdict-met = 符合
verdict-not_met = 不符合
verdict-unclear = 材料不能說明

## 已辦理
done-correction-requested = 已退回補正，並通知申報單位。
done-correction-extended = 已延長補正期限，並通知申報單位。
done-application-recommended = 已推薦，並通知申報單位。
done-application-not-recommended = 已不予推薦，並通知申報單位。
done-result-filed = 已報備認定結果，並通知申報單位。
done-rank-changed = 已調整推薦排序。
done-screened = 已提交形式審查結果，並通知申報單位。

## 不能辦理
refusal-rank_taken = 第 { $rank } 位已用於「{ $organisation }」，請另選序號，或先在推薦排序頁調整。
refusal-rank_fixed = 該申報件或與之交換位置的申報件已不在形式審查環節，排序不能再調整。
refusal-not_decided_by_city = 該類別由省廳審定，地市主管部門只作推薦，不報備認定結果。

## 填寫有誤
problem-statement_missing = 請填寫此項（不超過 { $limit } 字）。申報單位有權知道原因。
problem-opinion_missing = 請填寫此項（不超過 { $limit } 字）。省廳審查人員將看到此內容。
problem-statement_too_long = 此項不能超過 { $limit } 字，現有 { $found } 字，請精簡。
problem-marks_missing = 請至少勾選一項需要補正的內容。
problem-mark_unknown = 申報表中沒有「{ $key }」這一項，請核對。
problem-mark_twice = 同一項只能標註一次，請合併原因。
problem-mark_not_ticked = 「{ $name }」已填寫原因但未勾選「需要補正」。請勾選，或清空所填內容。
problem-due_missing = 請填寫補正截止日。
problem-due_not_a_date = 「{ $value }」不是日期，請按 2026-03-31 的格式填寫。
problem-due_too_early = 補正截止日最早為 { $limit }，請改為該日或之後。
problem-due_after_recommendation = 補正截止日須在本批次地市推薦截止之前，最晚為 { $limit }，請改早。
problem-due_no_time = 本批次地市推薦將於 { $limit } 截止，已不足一整天，不能再安排補正。請直接作出推薦或不予推薦的決定。
problem-due_too_far = 補正截止日最晚為 { $limit }，請核對年份和月份。
problem-due_not_later = 新的截止日須晚於目前截止日 { $limit }。
problem-rank_out_of_range = 推薦排序應為 1 至 { $limit }，請重新選擇。
problem-outcome_missing = 請選擇認定結果。
problem-bureau_missing = 請指明地市主管部門（bureau）。
problem-conclusion_missing = 請選擇形式審查結果。
problem-verdict_missing = 請對「{ $item }」作出審查結論。
problem-verdict_unknown = 審查清單中沒有「{ $rule }」這一項，請核對。
problem-verdict_twice = 「{ $item }」只能有一個審查結論。
problem-verdict_note_missing = 「{ $item }」：您的結論與系統核對結果不一致，請在備註中寫明原因。
problem-verdict_note_too_long = 「{ $item }」的備註不能超過 { $limit } 字，現有 { $found } 字，請精簡。
problem-accept_needs_all_met = 各項結論均為「符合」方可通過。有不清楚的，請退回補正；有不符合的，請認定不符合條件。
problem-ineligible_needs_not_met = 認定不符合條件，須至少有一項結論為「不符合」。請核對各項結論。

## 郵件
mail-correction-requested-subject = 【請補正】{ $call }：{ $number }
mail-correction-requested-body =
    { $organisation }：

    貴單位的申報件（申報編號：{ $number }，批次：{ $call }）經{ $station }審核，需要補正。請在 { $due } 24:00 前登入系統修改下列內容並重新提交：

    { $marks }

    依據：{ $basis }。
    本環節只退回補正一次，逾期未補正的，可能不予推薦或認定為不符合條件。確有困難的，請在截止前聯絡{ $station }申請延長期限。

    查看並補正：{ $link }
mail-correction-extended-subject = 補正期限已延長：{ $call }（{ $number }）
mail-correction-extended-body =
    { $organisation }：

    { $station }已將貴單位申報件（申報編號：{ $number }，批次：{ $call }）的補正期限延長至 { $due } 24:00。

    延長原因：{ $reason }

    請在期限內登入系統修改並重新提交：{ $link }
mail-deadline-closing-subject = 申報即將截止：{ $call }
mail-deadline-closing-body =
    { $organisation }：

    「{ $call }」的申報將於 { $due } 截止。貴單位的申報件尚未提交，截止後不能再填報或提交。

    請核對填報內容和佐證材料，由單位管理員在截止前提交：{ $link }
mail-deadline-correction-subject = 補正即將到期：{ $call }（{ $number }）
mail-deadline-correction-body =
    { $organisation }：

    貴單位申報件（申報編號：{ $number }，批次：{ $call }）的補正期限為 { $due }，目前尚未重新提交。期限屆滿後不能再修改或提交，由{ $station }決定是否延長期限，或作出結論。

    確有困難的，請在期限屆滿前聯絡{ $station }申請延長期限。

    繼續補正：{ $link }
mail-deadline-recommendation-subject =
    { $decides ->
        [yes] 認定結果報送即將截止：{ $call }（待辦 { $count } 件）
       *[no] 推薦即將截止：{ $call }（待辦 { $count } 件）
    }
mail-deadline-recommendation-body =
    您好：

    { $decides ->
        [yes] 「{ $call }」由各地市自行認定，認定結果的報送將於 { $due } 截止，貴局尚有 { $count } 件申報件待辦理。截止後不能再報送認定結果，也不能再退回補正。
       *[no] 「{ $call }」的地市推薦將於 { $due } 截止，貴局尚有 { $count } 件申報件待審核。截止後不能再推薦，也不能再退回補正。
    }

    登入辦理：{ $link }
mail-application-recommended-subject = 已獲推薦：{ $call }（{ $number }）
mail-application-recommended-body =
    { $organisation }：

    { $station }已推薦貴單位的申報件（申報編號：{ $number }，批次：{ $call }）。申報件已轉入下一環節，目前無需辦理。

    查看進度：{ $link }
mail-application-not-recommended-subject = 不予推薦：{ $call }（{ $number }）
mail-application-not-recommended-body =
    { $organisation }：

    經審核，{ $station }對貴單位的申報件（申報編號：{ $number }，批次：{ $call }）不予推薦。

    原因：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看詳情：{ $link }
mail-result-recognised-subject = 擬予認定：{ $call }（{ $number }）
mail-result-recognised-body =
    { $organisation }：

    { $station }已報備對貴單位申報件（申報編號：{ $number }，批次：{ $call }）予以認定的結果，接下來將按規定公示。

    認定依據：{ $reason }
    政策依據：{ $basis }。
    日期：{ $date }

    查看進度：{ $link }
mail-result-not-recognised-subject = 不予認定：{ $call }（{ $number }）
mail-result-not-recognised-body =
    { $organisation }：

    經審核，{ $station }對貴單位的申報件（申報編號：{ $number }，批次：{ $call }）不予認定。

    原因：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看詳情：{ $link }
mail-screening-accepted-subject = 形式審查通過：{ $call }（{ $number }）
mail-screening-accepted-body =
    { $organisation }：

    貴單位的申報件（申報編號：{ $number }，批次：{ $call }）已於 { $date } 通過{ $station }形式審查，轉入下一環節，目前無需辦理。

    查看進度：{ $link }
mail-screening-ineligible-subject = 不符合申報條件：{ $call }（{ $number }）
mail-screening-ineligible-body =
    { $organisation }：

    經形式審查，貴單位的申報件（申報編號：{ $number }，批次：{ $call }）不符合申報條件。

    原因：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看詳情：{ $link }
