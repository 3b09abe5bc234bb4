## 評分表
sheet-reopen = 退回評分表
sheet-reopen-reason = 退回理由（專家可見）
sheet-reopen-confirm = 確認退回
sheet-given-back = 評分表已退回給您修改，修改後請重新提交。退回理由：{ $reason }
sheet-comment-zero = 零分須寫評語。
sheet-comment-full = 滿分須寫評語。
sheet-comment-zero-full = 零分或滿分須寫評語。
sheet-left = 還剩 { $count } 件
sheet-none-left = 全部完成
sheet-pending = 評分表均已提交，另有 { $count } 件待說明、會商或現場評分
sheet-conflict-explained = 這份評分表已不能按本頁儲存：可能已在別處修改，或者評分已經截止。本頁不再自動儲存。重新開啟後，如果仍可修改，可以恢復您在本機填寫的內容。
sheet-locked-but = 評分表已提交。會商期間，可在上方表態時修改評分。
sheet-previous = 上一件
sheet-next = 下一件
refusal-sheet_not_submitted = 評分表尚未提交，無需退回。
refusal-sheet_scoring_ended = 評分已經截止，評分表不能再更改。
done-sheet-reopened = 評分表已退回，專家將收到通知。
mail-sheet-reopened-subject = 評分表已退回：{ $call }
mail-sheet-reopened-body =
    { $name }，您好：

    您在「{ $call }」專家評審中提交的一份評分表已由工作人員退回，請修改後重新提交。原評分已留存備查。
    理由：{ $reason }

    { $soon ->
        [yes] 請盡快完成：{ $link }
       *[no] 請在 { $due } 之前完成：{ $link }
    }
