# 辦件清單：多件一併推薦、一併通過形式審查及其撤銷，儲存的篩選條件

## 多件辦理
batches-title = 多件辦理紀錄
batches-none = 尚無多件辦理紀錄
batches-none-text = 在申報件清單中勾選多件一併推薦或者通過形式審查後，辦理情況列在這裡。
batch-kind = 事項
batch-kind-recommendation = 多件一併推薦
batch-kind-screening = 多件一併通過形式審查
batch-files = 件數
batch-status = 狀態
batch-status-applied = 已辦理
batch-status-undone = 已撤銷
batch-at = 辦理時間
batch-by = 辦理人
batch-undone-at = 撤銷時間
batch-undone-by = 撤銷人
batch-recommend-title = 多件一併推薦
batch-accept-title = 多件一併通過形式審查
batch-recommend-ticked = 一併推薦所勾選的申報件
batch-accept-ticked = 所勾選的申報件一併通過形式審查
batch-recommend-send = 確認推薦
batch-accept-send = 確認通過
batch-recommend-count = 將推薦 { $count } 件
batch-accept-count = 將通過形式審查 { $count } 件
batch-files-count = 已辦理 { $count } 件
batch-files-undone = 已撤銷辦理 { $count } 件
batch-left-out-count = 不在本次辦理之列 { $count } 件
batch-none-ticked = 未勾選申報件
batch-none-ticked-text = 請返回清單勾選需要一併辦理的申報件，清單的篩選條件和次序不變。
batch-nobody = 沒有可以一併辦理的申報件
batch-nobody-text = 原因見下表。請返回清單重新勾選，或者逐件辦理。
batch-why = 原因
batch-typed = 您填寫的意見（未儲存）
batch-typed-text = 需要改用此意見的，請先開啟該次辦理紀錄撤銷，再重新推薦。
batch-earlier = 檢視該次辦理紀錄
batch-back = 返回申報件清單
batch-opinion-hint = 每件申報件的推薦意見相同，省廳審查人員將看到此內容。意見不同的，請逐件推薦。
batch-accept-text = 所列申報件經系統核對，各項均為「符合」。確認後，審查結論均記為「符合」。
batch-whole-text = 所列申報件一併辦理，有一件不能辦理的，全部不辦理。確認後通知各申報單位；通知較多時先在「批次郵件」中待發。
batch-tick-head = 勾選
batch-tick = 勾選{ $organisation }（{ $number }）
batch-tick-all = 全選本頁可一併辦理的申報件
batch-tick-hint = 勾選後可以一併辦理：先顯示將辦理哪些、哪些不能辦理及其原因，確認後才生效。
batch-tick-order = 推薦排序按本清單的先後順序。
batch-undo = 撤銷本次辦理
batch-undo-text = 撤銷後，各申報件退回辦理之前的環節；撤銷推薦的，所占名額一併釋出。撤銷原因通知各申報單位。
batch-undo-send = 確認撤銷
done-batch-recommended = 已推薦所列申報件，各申報單位將收到通知。
done-batch-accepted = 所列申報件已通過形式審查，各申報單位將收到通知。
done-batch-undone = 已撤銷，各申報件已退回辦理之前的環節，各申報單位將收到通知。
batch-letters-held = 通知 { $count } 封尚未寄出，待檢視後寄出；未辦理的，{ $at } 自動寄出。
batch-letters = 檢視批次郵件
refusal-batch_other_call = 與勾選的第一件不屬於同一批次，或推薦單位不同，請另行辦理。
refusal-batch_incomplete = 申報表或者佐證材料不完整，請逐件審核，可退回補正。
refusal-batch_places_given = 推薦名額已用完：本單位在本批次的推薦名額為 { $limit } 個，此前已使用 { $taken } 個，餘下的 { $given } 個用於本次所列排在前面的申報件。如需推薦該件，請返回列表少勾選其他申報件。
refusal-batch_findings_open = 系統核對有 { $count } 項不是「符合」，請逐件審查。
refusal-batch_preview_outdated = 預覽之後情況有變化，未作任何更改。以下是最新情況，請核對後再確認。
refusal-batch_done_otherwise = 您已於 { $at } 辦理這些申報件，當時的推薦意見為「{ $opinion }」。本次填寫的意見與之不同，未作任何更改；填寫的內容保留在下面。
refusal-batch_nothing_left = 所勾選的申報件都不能一併辦理，未作任何更改。
refusal-batch_undo_withdrawn = { $organisation }（{ $number }）已撤回申報，本次辦理不能撤銷。
refusal-batch_undo_moved = { $organisation }（{ $number }）此後又有辦理，本次辦理不能撤銷。
refusal-batch_undo_assigned = { $organisation }（{ $number }）已分配評審專家，本次辦理不能撤銷。
refusal-batch_undo_being_decided = 本批次有審定意見待審批，其中涉及{ $organisation }（{ $number }）。請先批准或者退回，再辦理撤銷。
problem-batch_nothing_ticked = 請至少勾選一件申報件。
problem-batch_too_many = 一次最多辦理 { $limit } 件，現有 { $found } 件，請分批勾選。

## 儲存的篩選條件
filters-title = 常用篩選
filters-none = 尚未儲存篩選條件
filters-none-text = 在申報件清單中篩選後，可以命名儲存，以後從工作臺和清單上方直接開啟。
filters-manage = 管理常用篩選
filter-name = 篩選名稱
filter-new-name = 新名稱
filter-save = 儲存目前篩選
filter-save-hint = 僅您本人可見，最多儲存 { $limit } 個。
filter-order-not-kept = 常用篩選不儲存「最近更新的排在前面」這一順序，以後開啟時期限最近的排在前面。
filter-rename = 將「{ $name }」改名
filter-delete = 刪除「{ $name }」
done-filter-saved = 已儲存篩選條件。
done-filter-renamed = 已改名。
done-filter-deleted = 已刪除。
refusal-filters_full = 最多儲存 { $limit } 個篩選條件。請先刪除不再使用的，再儲存。
problem-filter_name_missing = 請填寫篩選名稱。
problem-filter_name_too_long = 篩選名稱不能超過 { $limit } 字，現有 { $found } 字，請精簡。
problem-filter_name_taken = 您已有同名的篩選條件，請換一個名稱。
problem-filter_search_too_long = 搜尋內容不能超過 { $limit } 字，現有 { $found } 字，請精簡。
problem-filter_call_unknown = 沒有可供您查看的該批次申報件，請重新選擇批次。

## 郵件
mail-recommendation-undone-subject = 推薦已撤銷：{ $call }（{ $number }）
mail-recommendation-undone-body =
    { $organisation }：

    此前通知貴單位，{ $station }已推薦貴單位的申報件（申報編號：{ $number }，批次：{ $call }）。該推薦已於 { $date } 撤銷，原通知作廢，申報件退回{ $station }重新審核，結果另行通知。

    撤銷原因：{ $reason }

    貴單位無須重新提交材料。查看進度：{ $link }
mail-acceptance-undone-subject = 形式審查結果已撤銷：{ $call }（{ $number }）
mail-acceptance-undone-body =
    { $organisation }：

    此前通知貴單位，貴單位的申報件（申報編號：{ $number }，批次：{ $call }）已通過形式審查。該結果已由{ $station }於 { $date } 撤銷，原通知作廢，申報件退回形式審查環節，結果另行通知。

    撤銷原因：{ $reason }

    貴單位無須重新提交材料。查看進度：{ $link }
