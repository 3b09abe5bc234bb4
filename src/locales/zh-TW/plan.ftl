# 評審分配、進度、提醒

## 分配
review-floor = 任務下限
review-floor-unit = 件
review-floor-hint = 每名專家至少分配的件數，0 為不限。
review-panel-count = 參加評審的專家（已選 { $count } 名）
review-preview = 預覽分配方案
review-somebody = 未參加評審的專家
review-some-file = 其他申報
review-and-more = { $names }等 { $count } 項
review-more-experts = { $names }等 { $count } 名
review-more-files = { $names }等 { $count } 家
plan-preview-title = 核對分配方案
plan-preview-first = 以下為首個分配方案，確認之後才會儲存；專家不會收到通知。
plan-preview-same = 新方案與現方案的分配完全一致，確認後僅更新截止時間、專家和下限。
plan-preview-text = 以下列出新方案與現方案的差別，確認之後才會替換；專家不會收到通知。
plan-assignments = 評審任務
plan-moved = 有變動的申報
plan-accept = 採用此方案
plan-back = 返回
plan-aims = 方案指標（均為越低越好）
plan-aim = 指標
plan-before = 現方案
plan-after = 新方案
plan-misfit = 專業不匹配度（集群相符 0、類別相符 1、門類相符 2、均不符 3，逐項合計）
plan-unevenness = 任務不均衡度（各專家任務數的平方和）
plan-loads = 專家任務數
plan-moved-title = 申報與專家
plan-gone = 撤下
plan-come = 新分配
plan-unshown = 其餘 { $count } 列不在此列出，可透過介面取得全部。
plan-excluded = 按規則迴避（{ $count } 項）
refusal-review_preview_outdated = 預覽之後情況有變化，未作任何更改。請重新預覽，核對後再確認。
problem-review_floor_range = 任務下限應為 0 至 { $limit } 的整數，請改正。
problem-review_too_few_places = { $organisations }：共 { $count } 件申報需要 { $needed } 份評分表，可評的專家（{ $experts }）按評審上限最多承擔 { $available } 份，還缺 { $missing } 份。
problem-review_short_in_all = 全部申報合計：{ $count } 件專家不足，共缺 { $missing } 份評分表。
problem-review_mend_limits = 可行辦法：提高評審上限，{ $experts }，合計 { $total } 件。
problem-review_mend_experts = 可行辦法：增加 { $number } 名與上述申報單位無迴避關係的專家，每人可評 { $ceiling } 件。
problem-review_mend_experts_of = 可行辦法：增加 { $number } 名熟悉{ $fields }、與上述申報單位無迴避關係的專家，每人可評 { $ceiling } 件。
problem-review_mend_forbids = 專家不足是由禁止分配造成的：{ $pairs }。撤銷這些禁止即可安排。
problem-review_floor_too_high = 每名專家至少 { $floor } 件無法滿足：{ $experts }合計少 { $missing } 件。請把任務下限降為 { $to } 件，或少選專家。
problem-review_floor_too_high_drawn = 每名專家至少 { $floor } 件無法滿足：{ $experts }合計少 { $missing } 件。請把任務下限降為 { $to } 件。
problem-review_floor_above_limit_drawn = { $expert }的評審上限為 { $ceiling } 件，低於任務下限 { $floor } 件。請降低任務下限。
problem-review_floor_above_limit = { $expert }的評審上限為 { $ceiling } 件，低於任務下限 { $floor } 件。請降低任務下限，或不選該專家。
problem-review_pin_excluded = 指定{ $expert }評審{ $organisation }與迴避規則衝突（{ $why }），請撤銷該指定。
problem-review_pin_forbidden = { $expert }與{ $organisation }既有指定又有禁止（{ $why }），請撤銷其一。
problem-review_pin_unknown = { $organisation }指定的專家（{ $expert }）未勾選或不在庫，請勾選該專家或撤銷指定。
problem-review_pins_leave_no_field = { $organisation }指定的專家中有 { $strangers } 名專業不相符，餘下名額不足以安排 { $needed } 名相符專業的專家，請撤銷部分指定。
problem-review_too_many_pins = { $organisation }指定了 { $pinned } 名專家，多於每件 { $wanted } 名，請撤銷多餘的指定。
problem-review_pins_above_limit = { $expert }被指定評審 { $pinned } 件，超過其評審上限 { $ceiling } 件，請撤銷部分指定或提高上限。

## 分配理由
review-why = 分配理由
review-why-field = 專業相符（{ $fields }），共評 { $load } 件
review-why-no-field = 無相符專業，按任務均衡分配，共評 { $load } 件
review-why-pinned = 由工作人員指定，共評 { $load } 件
review-why-instead = 接替{ $name }，
review-why-vacant = 補足名額，
review-why-turn = 按遞補順序為第 { $turn } 位；
review-why-of-panel = 無可遞補的候補專家，由專家組內任務較少者承擔；
review-passed = 未遞補{ $name }：
review-other = 未分配{ $name }：
review-other-excluded = 應迴避，{ $detail }
review-other-forbidden = 工作人員禁止，{ $detail }
review-other-at-ceiling = 專業同樣相符，但任務已達上限（{ $load } 件）
review-other-floor-elsewhere = 專業同樣相符，但所選專家的任務下限要佔用此件
review-other-field-number = 專業專家人數須達到要求
review-other-load = 專業同樣相符，替換不會使任務更均衡（現有 { $load } 件）
review-other-poorer-fit = 專業相符程度較低（現有 { $load } 件）
review-other-pinned = 名額已由指定的專家佔滿
review-other-left = 已離庫或不在聘期內
review-other-had-it = 已分配或曾分配到此件

## 指定與禁止
wishes-title = 指定與禁止
wishes-none = 暫無。可在下方申報清單中逐件設定，重新預覽分配方案時生效。
wishes-hint = 修改後請重新預覽分配方案，方案與指定、禁止一致時才能開啟評審。
wish-title = 指定或禁止專家
wish-text = 設定後在下一次分配方案中生效，並記入辦理紀錄。迴避規則始終優先。
wish-kind = 方式
wish-kind-pin = 指定該專家評審此件
wish-kind-forbid = 禁止把此件分配給該專家
wish-pinned = 指定
wish-forbidden = 禁止
wish-choose = 請選擇專家
wish-expert = { $name }（{ $employer }）
wish-expert-scores = { $name }（{ $employer }，現方案已分配）
wish-save = 儲存
wish-withdraw = 撤銷
refusal-review_wish_file_left = 該申報已不在專家評審環節，無需再作指定或禁止。
problem-review_wish_expert = 請從參加評審的專家中選擇。
problem-review_wish_kind = 請選擇指定還是禁止。
problem-review_wish_twice = 該專家與此件已有指定或禁止，請先撤銷再設定。
problem-review_wish_excluded = 該專家應迴避此件（{ $why }），不能指定。
done-review-wished = 已儲存，請重新預覽分配方案。
done-review-wish-withdrawn = 已撤銷，請重新預覽分配方案。

## 進度
review-can-close = 各件評分表均已達到規定份數，可以結束評審。
review-can-close-with-reason = 部分申報尚有評分表或說明沒有交齊。請催交，或寫明理由後結束評審。
review-cannot-close = 暫不能結束評審
review-obstacle-no_files = 沒有處於專家評審環節的申報。
review-obstacle-call_open = 申報尚未截止，仍可能有新的申報進入評審。
review-obstacle-upstream = 有 { $count } 件申報仍在推薦或形式審查環節。
review-obstacle-no_sheet = 有 { $count } 件申報尚無任何評分表。
review-obstacle-few_sheets = 有 { $count } 件申報的評分表少於規定的 { $sheets } 份。
review-still-out = 另有 { $count } 份評分表尚未提交，現在結束則不計入。
review-undeclared = 未聲明
review-begun = 評分中
review-recused = 已迴避
review-reminded = 最近提醒
review-late = 逾期
review-late-experts = 逾期專家
review-act = 操作
review-sheet-not-begun = 未開始評分
review-show = 顯示
review-show-all = 全部申報
review-show-unfinished = 評分未完成
review-show-late = 逾期未交
review-show-short = 專家不足
review-everybody = 全部專家
review-search = 申報編號或單位
review-files-none = 沒有符合條件的申報

## 更換專家
release-title = 更換專家
release-text = 收回後，該專家立即不能再查看此件，已填評分表作廢，系統從候補專家中補上一名。該專家會收到通知和理由。
release-text-scored = 收回後，該專家立即不能再查看此件；剩餘專家少於規定的最低份數時，系統才從候補專家中補上一名。該專家會收到通知和理由。
refusal-release_scored = 評分已經截止，已提交的評分表不能再收回。發現專家應當迴避的，請在專家頁面登記利害關係，系統隨即收回；專家也可以自行申請迴避。
release-reason-hint = 通知該專家時一併告知，並記入辦理紀錄。
release-ended = 該任務已結束或評審不在進行中，不能更換。
done-assignment-released-short = 任務已收回，但沒有可補上的專家，請增補專家。

## 提醒
reminders-title = 提醒專家
reminders-text = 將向下列 { $count } 名專家各寄一封郵件，每名專家每天最多提醒一次。確認後保留 { $minutes } 分鐘再寄出，{ $minutes } 分鐘內可撤銷。
reminders-had = 今天已提醒過：{ $names }。
reminders-none = 沒有需要提醒的專家
reminders-none-text = 沒有待辦事項，或今天都已提醒過。
reminders-missing = 待辦事項
reminders-letter = 郵件內容（以第一名專家為例）
reminders-send = 寄送提醒
refusal-reminders_nobody = 沒有需要提醒的專家：評分表均已提交，或今天都已提醒過。
refusal-reminders_sent = 提醒郵件均已寄出，不能撤銷。
problem-reminder_expert = 所選專家中有人不在提醒名單上，請重新選擇。
problem-reminder_nobody_chosen = 請至少選擇一名專家。
done-review-reminded = 提醒郵件已排入寄送佇列，5 分鐘內可在本頁撤銷。
done-review-reminded-before = 剛剛已經提醒過，沒有再次寄送。

## 撤銷
review-undo-title = 撤銷整批操作
review-undo-assignment = 撤銷最近一次分配方案
review-undo-reminders = 撤銷提醒
review-undo-completion = 撤銷增補專家
review-undo-second_panel = 撤銷複評
review-undo-scoring_end = 撤銷評分截止
review-undo-discussion_end = 撤銷結束會商
review-undo-text = 操作時間：{ $at }。撤銷分配方案將恢復到上一方案，評審已開啟的退回編組；撤銷提醒只撤回尚未寄出的郵件（提交後保留 5 分鐘）；撤銷增補專家或者複評將收回由此新增的任務；撤銷評分截止將恢復評分和收回的任務；撤銷結束會商將恢復會商。
review-undo-confirm = 確認撤銷
refusal-change_undone = 該操作已經撤銷，無需再次撤銷。
refusal-change_not_last = 之後又產生過分配方案，請先撤銷最近一次。
refusal-change_panel_gone = 之後已抽取專家，或者抽取結果已被撤銷，該方案之前的專家組不能再用，因此不能撤銷該方案。請重新產生分配方案。
refusal-arrivals_rested_on = 已有專家就新增的任務作出聲明，或者另外承擔了任務，不能整批撤銷；請在評審頁面逐件收回。
refusal-scoring_end_rested_on = 評分截止後已發起會商、要求說明偏離理由、開始現場評分或增補專家，或者有專家已退出、須迴避，評分不能恢復。
refusal-discussion_end_rested_on = 其中有申報已啟動複評或會商已恢復，不能撤銷結束會商。如已啟動複評且無人聲明，請先撤銷複評。
refusal-change_rested_on = 已有專家作出聲明或更換了專家，分配方案不能再撤銷；請用更換專家調整。
done-change-undone = 已撤銷。

## 郵件
mail-review-reminder-subject = 評審提醒：{ $call }
mail-review-reminder-body =
    { $name }，您好：

    「{ $call }」專家評審尚有 { $missing } 份評分表待您提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未聲明有無利益衝突
    }{ $soon ->
        [yes] ，請儘快完成。
       *[no] ，截止時間為 { $due }。
    }
    請登入辦理：
    { $link }
mail-review-overdue-subject = 評審已逾期：{ $call }
mail-review-overdue-body =
    { $name }，您好：

    「{ $call }」專家評審已於 { $due } 截止，您尚有 { $missing } 份評分表未提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未聲明有無利益衝突
    }。
    請儘快登入辦理；不能完成的，請聯絡評審組織人員：
    { $link }
mail-deadline-scoring-subject = 評審即將截止：{ $call }
mail-deadline-scoring-body =
    { $name }，您好：

    「{ $call }」專家評審將於 { $due } 截止，您尚有 { $missing } 份評分表未提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未聲明有無利益衝突
    }。
    請登入辦理；不能完成的，請聯絡評審組織人員：
    { $link }
mail-assignments-recalled-subject = 新增評審任務已撤銷：{ $call }
mail-assignments-recalled-body =
    { $name }，您好：

    「{ $call }」專家評審此前新增分配給您的 { $count } 件申報已撤銷，您無需再評。
    理由：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其餘任務請盡快完成：{ $link }
           *[no] 其餘任務請在 { $due } 之前完成：{ $link }
        }
    }
mail-review-recalled-subject = 評審任務暫停：{ $call }
mail-review-recalled-body =
    { $name }，您好：

    「{ $call }」專家評審已退回編組，此前分配給您的任務暫不進行。
    理由：{ $reason }

    重新開啟後會另行通知您：{ $link }
