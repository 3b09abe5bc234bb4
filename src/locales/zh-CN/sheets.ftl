## 评分表
sheet-reopen = 退回评分表
sheet-reopen-reason = 退回理由（专家可见）
sheet-reopen-confirm = 确认退回
sheet-given-back = 评分表已退回给您修改，修改后请重新提交。退回理由：{ $reason }
sheet-comment-zero = 零分须写评语。
sheet-comment-full = 满分须写评语。
sheet-comment-zero-full = 零分或满分须写评语。
sheet-left = 还剩 { $count } 件
sheet-none-left = 全部完成
sheet-pending = 评分表均已提交，另有 { $count } 件待说明、会商或现场评分
sheet-conflict-explained = 这份评分表已不能按本页保存：可能已在别处修改，或者评分已经截止。本页不再自动保存。重新打开后，如果仍可修改，可以恢复您在本机填写的内容。
sheet-locked-but = 评分表已提交。会商期间，可在上方表态时修改评分。
sheet-previous = 上一件
sheet-next = 下一件
refusal-sheet_not_submitted = 评分表尚未提交，无需退回。
refusal-sheet_scoring_ended = 评分已经截止，评分表不能再更改。
done-sheet-reopened = 评分表已退回，专家将收到通知。
mail-sheet-reopened-subject = 评分表已退回：{ $call }
mail-sheet-reopened-body =
    { $name }，您好：

    您在“{ $call }”专家评审中提交的一份评分表已由工作人员退回，请修改后重新提交。原评分已留存备查。
    理由：{ $reason }

    { $soon ->
        [yes] 请尽快完成：{ $link }
       *[no] 请在 { $due } 之前完成：{ $link }
    }
