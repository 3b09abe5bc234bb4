# 评审分配、进度、提醒

## 分配
review-floor = 任务下限
review-floor-unit = 件
review-floor-hint = 每名专家至少分配的件数，0 为不限。
review-panel-count = 参加评审的专家（已选 { $count } 名）
review-preview = 预览分配方案
review-somebody = 未参加评审的专家
review-some-file = 其他申报
review-and-more = { $names }等 { $count } 项
review-more-experts = { $names }等 { $count } 名
review-more-files = { $names }等 { $count } 家
plan-preview-title = 核对分配方案
plan-preview-first = 以下为首个分配方案，确认之后才会保存；专家不会收到通知。
plan-preview-same = 新方案与现方案的分配完全一致，确认后仅更新截止时间、专家和下限。
plan-preview-text = 以下列出新方案与现方案的差别，确认之后才会替换；专家不会收到通知。
plan-assignments = 评审任务
plan-moved = 有变动的申报
plan-accept = 采用此方案
plan-back = 返回
plan-aims = 方案指标（均为越低越好）
plan-aim = 指标
plan-before = 现方案
plan-after = 新方案
plan-misfit = 专业不匹配度（集群相符 0、类别相符 1、门类相符 2、均不符 3，逐项合计）
plan-unevenness = 任务不均衡度（各专家任务数的平方和）
plan-loads = 专家任务数
plan-moved-title = 申报与专家
plan-gone = 撤下
plan-come = 新分配
plan-unshown = 其余 { $count } 行不在此列出，可通过接口取得全部。
plan-excluded = 按规则回避（{ $count } 项）
refusal-review_preview_outdated = 预览之后情况有变化，未作任何更改。请重新预览，核对后再确认。
problem-review_floor_range = 任务下限应为 0 至 { $limit } 的整数，请改正。
problem-review_too_few_places = { $organisations }：共 { $count } 件申报需要 { $needed } 份评分表，可评的专家（{ $experts }）按评审上限最多承担 { $available } 份，还缺 { $missing } 份。
problem-review_short_in_all = 全部申报合计：{ $count } 件专家不足，共缺 { $missing } 份评分表。
problem-review_mend_limits = 可行办法：提高评审上限，{ $experts }，合计 { $total } 件。
problem-review_mend_experts = 可行办法：增加 { $number } 名与上述申报单位无回避关系的专家，每人可评 { $ceiling } 件。
problem-review_mend_experts_of = 可行办法：增加 { $number } 名熟悉{ $fields }、与上述申报单位无回避关系的专家，每人可评 { $ceiling } 件。
problem-review_mend_forbids = 专家不足是由禁止分配造成的：{ $pairs }。撤销这些禁止即可安排。
problem-review_floor_too_high = 每名专家至少 { $floor } 件无法满足：{ $experts }合计少 { $missing } 件。请把任务下限降为 { $to } 件，或少选专家。
problem-review_floor_too_high_drawn = 每名专家至少 { $floor } 件无法满足：{ $experts }合计少 { $missing } 件。请把任务下限降为 { $to } 件。
problem-review_floor_above_limit_drawn = { $expert }的评审上限为 { $ceiling } 件，低于任务下限 { $floor } 件。请降低任务下限。
problem-review_floor_above_limit = { $expert }的评审上限为 { $ceiling } 件，低于任务下限 { $floor } 件。请降低任务下限，或不选该专家。
problem-review_pin_excluded = 指定{ $expert }评审{ $organisation }与回避规则冲突（{ $why }），请撤销该指定。
problem-review_pin_forbidden = { $expert }与{ $organisation }既有指定又有禁止（{ $why }），请撤销其一。
problem-review_pin_unknown = { $organisation }指定的专家（{ $expert }）未勾选或不在库，请勾选该专家或撤销指定。
problem-review_pins_leave_no_field = { $organisation }指定的专家中有 { $strangers } 名专业不相符，余下名额不足以安排 { $needed } 名相符专业的专家，请撤销部分指定。
problem-review_too_many_pins = { $organisation }指定了 { $pinned } 名专家，多于每件 { $wanted } 名，请撤销多余的指定。
problem-review_pins_above_limit = { $expert }被指定评审 { $pinned } 件，超过其评审上限 { $ceiling } 件，请撤销部分指定或提高上限。

## 分配理由
review-why = 分配理由
review-why-field = 专业相符（{ $fields }），共评 { $load } 件
review-why-no-field = 无相符专业，按任务均衡分配，共评 { $load } 件
review-why-pinned = 由工作人员指定，共评 { $load } 件
review-why-instead = 接替{ $name }，
review-why-vacant = 补足名额，
review-why-turn = 按递补顺序为第 { $turn } 位；
review-why-of-panel = 无可递补的候补专家，由专家组内任务较少者承担；
review-passed = 未递补{ $name }：
review-other = 未分配{ $name }：
review-other-excluded = 应回避，{ $detail }
review-other-forbidden = 工作人员禁止，{ $detail }
review-other-at-ceiling = 专业同样相符，但任务已达上限（{ $load } 件）
review-other-floor-elsewhere = 专业同样相符，但所选专家的任务下限要占用此件
review-other-field-number = 专业专家人数须达到要求
review-other-load = 专业同样相符，替换不会使任务更均衡（现有 { $load } 件）
review-other-poorer-fit = 专业相符程度较低（现有 { $load } 件）
review-other-pinned = 名额已由指定的专家占满
review-other-left = 已离库或不在聘期内
review-other-had-it = 已分配或曾分配到此件

## 指定与禁止
wishes-title = 指定与禁止
wishes-none = 暂无。可在下方申报列表中逐件设置，重新预览分配方案时生效。
wishes-hint = 修改后请重新预览分配方案，方案与指定、禁止一致时才能开启评审。
wish-title = 指定或禁止专家
wish-text = 设置后在下一次分配方案中生效，并记入办理记录。回避规则始终优先。
wish-kind = 方式
wish-kind-pin = 指定该专家评审此件
wish-kind-forbid = 禁止把此件分配给该专家
wish-pinned = 指定
wish-forbidden = 禁止
wish-choose = 请选择专家
wish-expert = { $name }（{ $employer }）
wish-expert-scores = { $name }（{ $employer }，现方案已分配）
wish-save = 保存
wish-withdraw = 撤销
refusal-review_wish_file_left = 该申报已不在专家评审环节，无需再作指定或禁止。
problem-review_wish_expert = 请从参加评审的专家中选择。
problem-review_wish_kind = 请选择指定还是禁止。
problem-review_wish_twice = 该专家与此件已有指定或禁止，请先撤销再设置。
problem-review_wish_excluded = 该专家应回避此件（{ $why }），不能指定。
done-review-wished = 已保存，请重新预览分配方案。
done-review-wish-withdrawn = 已撤销，请重新预览分配方案。

## 进度
review-can-close = 各件评分表均已达到规定份数，可以结束评审。
review-can-close-with-reason = 部分申报尚有评分表或说明没有交齐。请催交，或写明理由后结束评审。
review-cannot-close = 暂不能结束评审
review-obstacle-no_files = 没有处于专家评审环节的申报。
review-obstacle-call_open = 申报尚未截止，仍可能有新的申报进入评审。
review-obstacle-upstream = 有 { $count } 件申报仍在推荐或形式审查环节。
review-obstacle-no_sheet = 有 { $count } 件申报尚无任何评分表。
review-obstacle-few_sheets = 有 { $count } 件申报的评分表少于规定的 { $sheets } 份。
review-still-out = 另有 { $count } 份评分表尚未提交，现在结束则不计入。
review-undeclared = 未声明
review-begun = 评分中
review-recused = 已回避
review-reminded = 最近提醒
review-late = 逾期
review-late-experts = 逾期专家
review-act = 操作
review-sheet-not-begun = 未开始评分
review-show = 显示
review-show-all = 全部申报
review-show-unfinished = 评分未完成
review-show-late = 逾期未交
review-show-short = 专家不足
review-everybody = 全部专家
review-search = 申报编号或单位
review-files-none = 没有符合条件的申报

## 更换专家
release-title = 更换专家
release-text = 收回后，该专家立即不能再查看此件，已填评分表作废，系统从候补专家中补上一名。该专家会收到通知和理由。
release-text-scored = 收回后，该专家立即不能再查看此件；剩余专家少于规定的最低份数时，系统才从候补专家中补上一名。该专家会收到通知和理由。
refusal-release_scored = 评分已经截止，已提交的评分表不能再收回。发现专家应当回避的，请在专家页面登记利害关系，系统随即收回；专家也可以自行申请回避。
release-reason-hint = 通知该专家时一并告知，并记入办理记录。
release-ended = 该任务已结束或评审不在进行中，不能更换。
done-assignment-released-short = 任务已收回，但没有可补上的专家，请增补专家。

## 提醒
reminders-title = 提醒专家
reminders-text = 将向下列 { $count } 名专家各发一封邮件，每名专家每天最多提醒一次。确认后保留 { $minutes } 分钟再发出，{ $minutes } 分钟内可撤销。
reminders-had = 今天已提醒过：{ $names }。
reminders-none = 没有需要提醒的专家
reminders-none-text = 没有待办事项，或今天都已提醒过。
reminders-missing = 待办事项
reminders-letter = 邮件内容（以第一名专家为例）
reminders-send = 发送提醒
refusal-reminders_nobody = 没有需要提醒的专家：评分表均已提交，或今天都已提醒过。
refusal-reminders_sent = 提醒邮件均已发出，不能撤销。
problem-reminder_expert = 所选专家中有人不在提醒名单上，请重新选择。
problem-reminder_nobody_chosen = 请至少选择一名专家。
done-review-reminded = 提醒邮件已排入发送队列，5 分钟内可在本页撤销。
done-review-reminded-before = 刚刚已经提醒过，没有再次发送。

## 撤销
review-undo-title = 撤销批量操作
review-undo-assignment = 撤销最近一次分配方案
review-undo-reminders = 撤销提醒
review-undo-completion = 撤销增补专家
review-undo-second_panel = 撤销复评
review-undo-scoring_end = 撤销评分截止
review-undo-discussion_end = 撤销结束会商
review-undo-text = 操作时间：{ $at }。撤销分配方案将恢复到上一方案，评审已开启的退回编组；撤销提醒只撤回尚未发出的邮件（提交后保留 5 分钟）；撤销增补专家或者复评将收回由此新增的任务；撤销评分截止将恢复评分和收回的任务；撤销结束会商将恢复会商。
review-undo-confirm = 确认撤销
refusal-change_undone = 该操作已经撤销，无需再次撤销。
refusal-change_not_last = 之后又生成过分配方案，请先撤销最近一次。
refusal-change_panel_gone = 之后已抽取专家，或者抽取结果已被撤销，该方案之前的专家组不能再用，因此不能撤销该方案。请重新生成分配方案。
refusal-arrivals_rested_on = 已有专家就新增的任务作出声明，或者另外承担了任务，不能整批撤销；请在评审页面逐件收回。
refusal-scoring_end_rested_on = 评分截止后已发起会商、要求说明偏离理由、开始现场评分或增补专家，或者有专家已退出、须回避，评分不能恢复。
refusal-discussion_end_rested_on = 其中有申报已启动复评或会商已恢复，不能撤销结束会商。如已启动复评且无人声明，请先撤销复评。
refusal-change_rested_on = 已有专家作出声明或更换了专家，分配方案不能再撤销；请用更换专家调整。
done-change-undone = 已撤销。

## 邮件
mail-review-reminder-subject = 评审提醒：{ $call }
mail-review-reminder-body =
    { $name }，您好：

    “{ $call }”专家评审尚有 { $missing } 份评分表待您提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未声明有无利益冲突
    }{ $soon ->
        [yes] ，请尽快完成。
       *[no] ，截止时间为 { $due }。
    }
    请登录办理：
    { $link }
mail-review-overdue-subject = 评审已逾期：{ $call }
mail-review-overdue-body =
    { $name }，您好：

    “{ $call }”专家评审已于 { $due } 截止，您尚有 { $missing } 份评分表未提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未声明有无利益冲突
    }。
    请尽快登录办理；不能完成的，请联系评审组织人员：
    { $link }
mail-deadline-scoring-subject = 评审即将截止：{ $call }
mail-deadline-scoring-body =
    { $name }，您好：

    “{ $call }”专家评审将于 { $due } 截止，您尚有 { $missing } 份评分表未提交{ $declared ->
        [yes] {""}
       *[no] ，其中 { $undeclared } 件尚未声明有无利益冲突
    }。
    请登录办理；不能完成的，请联系评审组织人员：
    { $link }
mail-assignments-recalled-subject = 新增评审任务已撤销：{ $call }
mail-assignments-recalled-body =
    { $name }，您好：

    “{ $call }”专家评审此前新增分配给您的 { $count } 件申报已撤销，您无需再评。
    理由：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其余任务请尽快完成：{ $link }
           *[no] 其余任务请在 { $due } 之前完成：{ $link }
        }
    }
mail-review-recalled-subject = 评审任务暂停：{ $call }
mail-review-recalled-body =
    { $name }，您好：

    “{ $call }”专家评审已退回编组，此前分配给您的任务暂不进行。
    理由：{ $reason }

    重新开启后会另行通知您：{ $link }
