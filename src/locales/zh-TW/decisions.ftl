## 審定意見提交前的核對
decision-preview = 核對審定意見
decision-preview-title = 核對審定意見
decision-preview-text = 請逐項核對以下擬審定結果。確認後提交審批，由另一名工作人員審批；審批通過後，系統將逐一通知各申報單位。
decision-preview-place = 第 { $place } 名
decision-preview-selected = 擬認定
decision-preview-not-selected = 不予認定
decision-preview-nobody = 無。
decision-preview-back = 返回修改

## 評審結束後發現的利益衝突
late-conflicts-title = 評審結束後發現的利益衝突
late-conflicts-text = 現查明下列評分表的評審專家應當迴避。審定意見提交審批之前，可以作廢有關評分表並重新排名；提交審批之後只作紀錄。
late-conflict-void = 作廢評分表
late-conflict-void-text = 作廢後，該評分表不再計入得分，全部名次按其餘評分表重新計算，作廢理由和前後名次記入辦理紀錄。
late-conflict-void-send = 確認作廢並重新排名
done-sheet-voided = 評分表已作廢，名次已重新計算。
refusal-void_not_closed = 評審尚未結束，請在評審頁面更換專家。
refusal-void_proposed = 審定意見已提交審批，評分表不能作廢。確需作廢的，請審批人先退回審定意見。
refusal-void_decided = 本批次已有審定結果，評分表不能作廢；利益衝突已登記在案。確需作廢的，請先撤銷審定結果。
refusal-void_last_sheet = 這是該申報唯一有效的評分表，不能作廢。
refusal-void_no_conflict = 該專家目前沒有應迴避的情形。請先在專家頁面登記利害關係，再作廢評分表。
mail-sheet-voided-subject = 評分表已作廢：{ $call }
mail-sheet-voided-body =
    { $name }，您好：

    「{ $call }」專家評審結束後，發現您與其中一件申報的單位存在應迴避的情形，您對該件的評分表已作廢。
    理由：{ $reason }

    { $link }

## 審批前的計數
decision-approve-counts = 本次審定意見擬認定 { $selected } 件、不予認定 { $declined } 件，名單見下表；批准後一併辦理，不作部分批准。

## 撤銷審定結果
decision-status-undone = 已撤銷
decision-undo = 撤銷審定結果
decision-undo-text = 撤銷須由另一名工作人員審批。批准後，下列申報全部退回待審定環節，原審定結果不再有效，系統逐一通知申報單位；已經公示、列入名單或者撤回的，不能撤銷。
decision-undo-counts = 涉及擬認定 { $selected } 件、不予認定 { $declined } 件，全部撤銷，不作部分撤銷。
decision-undo-reason-label = 撤銷理由（申報單位可見）
decision-undo-reason = 撤銷理由
decision-undo-send = 提交撤銷申請
decision-undo-waits = 已提出撤銷本次審定結果，等待另一名工作人員審批。批准之前，審定結果仍然有效。
decision-undo-proposed-by = 撤銷提出人
decision-undone-by = 撤銷審批人
decision-undo-obstacle = 目前不能撤銷：
decision-undo-approve = 批准撤銷
decision-undo-approve-text = 批准後，下列申報全部退回待審定環節，原審定結果不再有效，系統逐一通知申報單位。不能審批本人提出的撤銷申請。
decision-undo-approve-send = 確認撤銷審定結果
decision-undo-return = 退回撤銷申請
decision-undo-return-text = 退回後，審定結果繼續有效，提出人將收到通知。
decision-undo-return-send = 確認退回
done-decision-undo-proposed = 撤銷申請已提交，等待另一名工作人員審批。
done-decision-undone = 審定結果已撤銷，有關申報已退回待審定環節，申報單位將收到通知；通知較多時在「批次郵件」中待發。
done-decision-undo-returned = 撤銷申請已退回，審定結果繼續有效。
refusal-decision_undo_not_approved = 這份審定意見沒有獲得批准，無需撤銷。待審批的審定意見，請直接退回。
refusal-decision_undo_not_kept = 這次審定在系統開始留存撤銷依據之前作出，不能線上撤銷。
refusal-decision_undo_proposed = 已有撤銷申請在等待審批，不能重複提出。
refusal-decision_undo_none_pending = 沒有待審批的撤銷申請。
refusal-decision_undo_pending_sheet = 本批次另有一份審定意見待審批，請先批准或者退回，再辦理撤銷。
refusal-decision_undo_withdrawn = { $organisation }已在審定之後撤回申報，審定結果不能撤銷。
refusal-decision_undo_noticed = { $organisation }已列入公示，審定結果不能撤銷。
refusal-decision_undo_listed = { $organisation }已列入待發布或者已發布的名單，審定結果不能撤銷。
refusal-decision_undo_moved = { $organisation }的申報在審定之後又有辦理，審定結果不能撤銷。
mail-decision-undo-proposed-subject = 撤銷審定結果待審批：{ $call }
mail-decision-undo-proposed-body =
    已提出撤銷「{ $call }」的審定結果，涉及申報 { $count } 件。
    理由：{ $reason }

    請審批：{ $link }
mail-decision-undo-returned-subject = 撤銷申請被退回：{ $call }
mail-decision-undo-returned-body =
    { $name }，您好：

    您提出的撤銷「{ $call }」審定結果的申請已被退回，審定結果繼續有效。
    理由：{ $reason }

    { $link }
mail-selection-undone-subject = 審定結果已撤銷，原「擬認定」通知作廢（{ $number }）
mail-selection-undone-body =
    { $organisation }：

    此前通知貴單位，在「{ $call }」中的申報（編號 { $number }）經審定擬予認定。該審定結果現已撤銷，原通知作廢，申報退回待審定環節，將重新審定，結果另行通知。

    撤銷理由：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    貴單位無須重新提交材料。查看辦理情況：
    { $link }
mail-decline-undone-subject = 審定結果已撤銷，原「未入選」通知作廢（{ $number }）
mail-decline-undone-body =
    { $organisation }：

    此前通知貴單位，在「{ $call }」中的申報（編號 { $number }）經審定未予入選。該審定結果現已撤銷，原通知作廢，申報退回待審定環節，將重新審定，結果另行通知。

    撤銷理由：{ $reason }

    依據：{ $basis }。
    作出單位：{ $station }
    日期：{ $date }

    貴單位無須重新提交材料。查看辦理情況：
    { $link }

## 各批次的審定情況
decision-not-proposed = 尚未擬定
decision-not-proposed-yet = 本批次的審定意見尚未擬定。由經辦人擬定並提交後，才能審批。
decisions-files = 涉及件數
decisions-since = 時間
decisions-next = 下一步
decision-turn-approval = 待審批
decision-turn-undoing_approval = 待審批撤銷
decision-turn-returned = 已退回，待重新擬定
decision-turn-proposal = 待擬定
decision-turn-review = 評審未結束
decision-turn-settled = 已審定
decision-turn-undone = 已撤銷
decisions-next-approve = 請您審批
decisions-next-undoing = 請您審批撤銷申請
decisions-next-propose = 請您擬定審定意見
decisions-next-approver = 由另一名工作人員審批
decisions-next-handler = 由經辦人擬定審定意見
decisions-next-review = 評審結束後擬定
decisions-next-none = 無須辦理
