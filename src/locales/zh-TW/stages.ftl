## 評分截止之後：偏離說明、會商、複評、答辯或現場核查
scoring-end = 截止評分
scoring-end-text = 截止後評分表不再更改，未提交的任務收回，不再計入。
scoring-end-discussion = 分差超過規定的申報，系統隨即發起會商，會商中可以修改評分表。
scoring-end-explanation = 評分偏離較大的，系統隨即要求專家說明理由。
scoring-end-final = 後續環節開始後，不能再撤銷截止。
scoring-end-all-in = 評分表均已提交，沒有需要收回的任務。
scoring-end-released = 截止後收回以下 { $count } 項未提交的任務：
scoring-end-unknown = 需要會商、說明偏離理由的件數與評分有關，截止之前不顯示，截止後在「會商與後續環節」中查看。
scoring-end-reason = 尚有評分表未提交時的說明（未提交的專家可見）
scoring-end-confirm = 確認截止評分
scoring-ended-at = 評分已於 { $at } 截止。
refusal-scoring_already_ended = 評分已經截止，無需再次截止。
refusal-review_scoring_open = 評分尚未截止，請先截止評分。
problem-scoring_sheets_out = { $organisation }：還有 { $count } 份評分表未提交。請催交，或寫明理由後截止，未提交的不再計入。
done-scoring-ended = 評分已截止，已通知有後續事項的專家。
stages-title = 會商與後續環節
stages-text = 評審結束之前，此處只顯示進度，不顯示任何評分和發言。
stages-none = 評分尚未截止
stages-none-text = 截止評分之後，在這裡組織會商、複評，查看偏離說明和答辯、現場核查的進度。
discussion-stated = 已表態 { $done } / { $all } 人
explanation-given = 已說明 { $done } / { $all } 份
extra-given = 已提交 { $done } / { $all } 份
stages-out = 待評 { $count } 份
stages-said = 會商與說明紀錄
assignment-to-explain = 待說明
assignment-to-discuss = 待會商表態
assignment-to-extra = 待現場評分
desk-to-explain = 須說明偏離理由的評分表
desk-to-discuss = 待表態的會商
desk-to-extra = 待提交的答辯、現場核查評分表
review-close-counts = 本次共 { $files } 件申報、{ $sheets } 份有效評分表
review-close-discussions = 會商 { $count } 件
review-close-explanations = 偏離說明 { $count } 份
review-close-extra = 答辯、現場核查評分表 { $count } 份
review-obstacle-scoring_open = 評分尚未截止：會商、偏離說明或答辯、現場核查須在截止評分後進行
review-obstacle-sheet_out = 評分截止後新增的評分表還有 { $count } 份未提交
review-obstacle-discussion_open = 還有 { $count } 件申報正在會商
review-obstacle-explanation_missing = 還有 { $count } 份評分表未說明偏離理由
review-obstacle-extra_missing = 有 { $count } 件申報尚無答辯、現場核查評分表
review-obstacle-few_extra = 有 { $count } 件申報的答辯、現場核查評分表少於規定的份數
problem-review_sheet_out = { $organisation }：評分截止後新增的評分表還有 { $count } 份未提交。請催交，或者更換專家。
problem-review_discussion_open = { $organisation }：會商尚未結束。
problem-review_explanation_missing = { $organisation }：還有 { $count } 份評分表未說明偏離理由。請催交，或寫明理由後結束，未說明的評分照常計入。
problem-review_extra_missing = { $organisation }：沒有任何答辯、現場核查評分表，不能結束評審。請催交。
problem-review_few_extra = { $organisation }：答辯、現場核查評分表已交 { $found } 份，少於規定的 { $needed } 份。請催交，或寫明理由。

# 偏離說明
explanation-title = 偏離說明
explanation-wanted = 您的總分偏離較大，請說明評分理由
explanation-above = 您的總分高於其他專家平均分，且超過規定的限度，請說明評分理由。
explanation-below = 您的總分低於其他專家平均分，且超過規定的限度，請說明評分理由。
explanation-was-above = 高於平均分：
explanation-was-below = 低於平均分：
explanation-text = 評分理由
explanation-hint = 說明不改變評分。評審結束之後由審定人員查閱，其他專家看不到。
explanation-send = 提交說明
explanation-written = 已於 { $at } 提交，評審結束之前可以修改。
refusal-explanation_not_asked = 這份評分表無需說明。
done-sheet-explained = 說明已提交，謝謝。

# 會商
discussion-title = 會商
discussion-wanted = 這件申報正在會商，請您表態
discussion-grounds-spread = 專家總分相差超過規定的限度，請會商。
discussion-grounds-outlier = 有專家總分偏離較大，請會商。
discussion-grounds-officer = 評審組織人員提請會商。
discussion-ended-spread = 專家總分相差超過規定的限度。
discussion-ended-outlier = 有專家總分偏離較大。
discussion-ended-officer = 由評審組織人員提請。
discussion-choose = 請選擇申報
discussion-reason = 理由：{ $reason }
discussion-no-figures = 為免推知他人評分，會商中不顯示分差。
discussion-letters = 甲乙丙丁戊己庚辛壬癸
discussion-member = 專家{ $letter }
discussion-you = （您）
discussion-silent = 尚未表態
discussion-not-stated = 未表態
discussion-running = 會商中
discussion-done = 已結束
discussion-over = 會商已經結束。
discussion-open = 發起會商
discussion-open-text = 分差未超限的申報，認為確有必要的也可以會商。理由記入辦理紀錄，專家看不到。
discussion-open-confirm = 確認發起
discussion-end = 結束會商
discussion-end-text = 結束後不再接受表態。未表態的專家，評分維持不變。
discussion-end-which = 結束哪些申報的會商
discussion-end-reason = 尚有專家未表態時的說明
discussion-end-confirm = 確認結束會商
position-text = 請參考其他專家的發言，選擇維持或修改評分。各專家互不署名，看不到彼此的評分，也看不到他人是否修改。會商結束之前可以再次表態，以最後一次為準。
position-question = 您的意見
position-keep = 維持原評分
position-change = 修改評分
position-remark = 發言
position-remark-hint = 本件的其他專家可以看到，不署名。請就事論事，不要寫出姓名、單位和具體分數。
position-sheet = 選擇修改評分時，在此修改
position-send = 提交表態
position-before = 會商前
position-after = 會商後
position-stated-kept = 您已於 { $at } 表態：維持原評分。
position-stated-changed = 您已於 { $at } 表態：修改評分，原評分已留存備查。
problem-position_missing = 請選擇維持或修改評分。
problem-position_remark_missing = 請寫明發言。
problem-position_nothing_changed = 您選擇了修改評分，但評分表沒有變化。請修改評分，或選擇維持原評分。
problem-discussion_file = 請選擇一件正在評審的申報。
problem-discussion_none_chosen = 請至少勾選一件申報。
problem-discussion_positions_missing = { $organisation }：還有 { $count } 名專家未表態。請催辦，或寫明理由。
refusal-discussion_not_used = 該申報類別不設會商。
refusal-discussion_exists = 這件申報已經發起過會商，不能重複發起。
refusal-discussion_too_few_sheets = 這件申報的有效評分表不足兩份，無法會商。
refusal-discussion_none_open = 沒有正在進行的會商。
refusal-discussion_none = 這件申報沒有需要您表態的會商。
refusal-discussion_ended = 會商已經結束，您的表態未被採納，評分維持不變。
done-discussion-opened = 會商已發起，專家將收到通知。
done-discussion-ended = 會商已結束。
done-position-stated = 表態已提交，謝謝。

# 複評
second-panel-title = 複評
second-panel-over = 會商後仍超限
second-panel-added = 已增加 { $count } 名專家
second-panel-call = 啟動複評
second-panel-text = 為會商後分差仍超限的申報各增加 { $count } 名專家，先從候補專家中依次遞補。新增評分表與原評分表一併計算得分。
second-panel-next = 擬增加：{ $names }
second-panel-nobody = 目前無可增加的專家
second-panel-hint = 名單按全部勾選推算，只勾選部分申報的，以下一步的預覽為準。
second-panel-preview = 預覽複評
second-panel-preview-title = 核對複評
second-panel-places = 啟動複評的申報（{ $count } 件）
problem-second_panel_unseen = 請先預覽複評增加的專家，核對後再確認啟動。
second-panel-which = 啟動哪些申報的複評
second-panel-confirm = 確認啟動複評
problem-second_panel_file = 請勾選會商結束後分差仍超限、且未啟動過複評的申報。
refusal-second_panel_not_used = 該申報類別不設複評。
refusal-second_panel_none = 沒有需要複評的申報。
done-second-panel-called = 複評已啟動，新增專家將收到通知。
done-second-panel-short = 複評已啟動，但有申報的專家不足，請增補專家。

# 答辯、現場核查
extra-kind-defence = 答辯
extra-kind-site_visit = 現場核查
extra-title = 評分表
extra-text = 請按現場情況逐項評分，隨填隨存，提交一次。評審結束之前，任何人都看不到您的評分。
extra-notice = 這件申報另有答辯或現場核查評分表。
extra-fill = 填寫評分表
extra-show = 查看已提交的評分表
extra-none = 目前沒有需要您填寫的答辯或現場核查評分表。
refusal-extra_not_used = 該申報類別不設答辯或現場核查。

ranking-parts = 專家評審 { $panel } 分，答辯或現場核查平均 { $extra } 分，按規定比重合成

# 未計入的內容
sheet-unsent-closed = 評審已結束，以下內容未計入結果，請自行留存
sheet-unsent = 以下內容未被接受，未計入結果，請自行留存

# 申報類別設定
programme-part-extra = 答辯或現場核查
programme-part-weight = 佔總分比重（%）
programme-code-defence = 答辯
programme-code-site_visit = 現場核查

# 郵件
scoring-ended-explanations = 需說明偏離理由的評分表 { $count } 份
scoring-ended-discussions = 需會商表態的申報 { $count } 件
scoring-ended-extra = 需提交答辯或現場核查評分表的申報 { $count } 件
mail-scoring-ended-subject = 評分已截止：{ $call }
mail-scoring-ended-body =
    { $name }，您好：

    「{ $call }」專家評審的評分已經截止。您還有以下事項：
    { $duties }

    請登入辦理：{ $link }
mail-scoring-ended-unsubmitted-subject = 評審任務已收回：{ $call }
mail-scoring-ended-unsubmitted-body =
    { $name }，您好：

    「{ $call }」專家評審的評分已經截止，您尚未提交的 { $count } 件評審任務已收回，不再計入結果，您無需再評。
    理由：{ $reason }

    查看評審任務：{ $link }
mail-scoring-resumed-subject = 評分已恢復：{ $call }
mail-scoring-resumed-body =
    { $name }，您好：

    「{ $call }」專家評審的評分截止已撤銷，評分繼續進行。此前收回的評審任務和未提交的評分表已一併恢復，已提交的評分表不受影響。
    理由：{ $reason }

    { $soon ->
        [yes] 截止時間已過，尚未提交的評分表請盡快完成：{ $link }
       *[no] 截止時間仍為 { $due }，請登入查看：{ $link }
    }
mail-review-stages-reminder-subject = 評審事項提醒：{ $call }
mail-review-stages-reminder-body =
    { $name }，您好：

    「{ $call }」專家評審的評分已經截止，您參與評審的申報中還有 { $missing } 件的後續事項沒有辦完（會商表態、偏離說明、答辯或現場核查評分、複評評分），其中 { $undeclared } 件尚未聲明有無利益衝突。
    請登入查看，有待您辦理的請儘快辦理；不能完成的，請聯絡評審組織人員：
    { $link }
mail-discussion-opened-subject = 請參加會商：{ $call }
mail-discussion-opened-body =
    { $name }，您好：

    「{ $call }」專家評審中，您評審的一件申報需要會商，請登入表態：
    { $link }
