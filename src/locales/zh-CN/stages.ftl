## 评分截止之后：偏离说明、会商、复评、答辩或现场核查
scoring-end = 截止评分
scoring-end-text = 截止后评分表不再更改，未提交的任务收回，不再计入。
scoring-end-discussion = 分差超过规定的申报，系统随即发起会商，会商中可以修改评分表。
scoring-end-explanation = 评分偏离较大的，系统随即要求专家说明理由。
scoring-end-final = 后续环节开始后，不能再撤销截止。
scoring-end-all-in = 评分表均已提交，没有需要收回的任务。
scoring-end-released = 截止后收回以下 { $count } 项未提交的任务：
scoring-end-unknown = 需要会商、说明偏离理由的件数与评分有关，截止之前不显示，截止后在“会商与后续环节”中查看。
scoring-end-reason = 尚有评分表未提交时的说明（未提交的专家可见）
scoring-end-confirm = 确认截止评分
scoring-ended-at = 评分已于 { $at } 截止。
refusal-scoring_already_ended = 评分已经截止，无需再次截止。
refusal-review_scoring_open = 评分尚未截止，请先截止评分。
problem-scoring_sheets_out = { $organisation }：还有 { $count } 份评分表未提交。请催交，或写明理由后截止，未提交的不再计入。
done-scoring-ended = 评分已截止，已通知有后续事项的专家。
stages-title = 会商与后续环节
stages-text = 评审结束之前，此处只显示进度，不显示任何评分和发言。
stages-none = 评分尚未截止
stages-none-text = 截止评分之后，在这里组织会商、复评，查看偏离说明和答辩、现场核查的进度。
discussion-stated = 已表态 { $done } / { $all } 人
explanation-given = 已说明 { $done } / { $all } 份
extra-given = 已提交 { $done } / { $all } 份
stages-out = 待评 { $count } 份
stages-said = 会商与说明记录
assignment-to-explain = 待说明
assignment-to-discuss = 待会商表态
assignment-to-extra = 待现场评分
desk-to-explain = 须说明偏离理由的评分表
desk-to-discuss = 待表态的会商
desk-to-extra = 待提交的答辩、现场核查评分表
review-close-counts = 本次共 { $files } 件申报、{ $sheets } 份有效评分表
review-close-discussions = 会商 { $count } 件
review-close-explanations = 偏离说明 { $count } 份
review-close-extra = 答辩、现场核查评分表 { $count } 份
review-obstacle-scoring_open = 评分尚未截止：会商、偏离说明或答辩、现场核查须在截止评分后进行
review-obstacle-sheet_out = 评分截止后新增的评分表还有 { $count } 份未提交
review-obstacle-discussion_open = 还有 { $count } 件申报正在会商
review-obstacle-explanation_missing = 还有 { $count } 份评分表未说明偏离理由
review-obstacle-extra_missing = 有 { $count } 件申报尚无答辩、现场核查评分表
review-obstacle-few_extra = 有 { $count } 件申报的答辩、现场核查评分表少于规定的份数
problem-review_sheet_out = { $organisation }：评分截止后新增的评分表还有 { $count } 份未提交。请催交，或者更换专家。
problem-review_discussion_open = { $organisation }：会商尚未结束。
problem-review_explanation_missing = { $organisation }：还有 { $count } 份评分表未说明偏离理由。请催交，或写明理由后结束，未说明的评分照常计入。
problem-review_extra_missing = { $organisation }：没有任何答辩、现场核查评分表，不能结束评审。请催交。
problem-review_few_extra = { $organisation }：答辩、现场核查评分表已交 { $found } 份，少于规定的 { $needed } 份。请催交，或写明理由。

# 偏离说明
explanation-title = 偏离说明
explanation-wanted = 您的总分偏离较大，请说明评分理由
explanation-above = 您的总分高于其他专家平均分，且超过规定的限度，请说明评分理由。
explanation-below = 您的总分低于其他专家平均分，且超过规定的限度，请说明评分理由。
explanation-was-above = 高于平均分：
explanation-was-below = 低于平均分：
explanation-text = 评分理由
explanation-hint = 说明不改变评分。评审结束之后由审定人员查阅，其他专家看不到。
explanation-send = 提交说明
explanation-written = 已于 { $at } 提交，评审结束之前可以修改。
refusal-explanation_not_asked = 这份评分表无需说明。
done-sheet-explained = 说明已提交，谢谢。

# 会商
discussion-title = 会商
discussion-wanted = 这件申报正在会商，请您表态
discussion-grounds-spread = 专家总分相差超过规定的限度，请会商。
discussion-grounds-outlier = 有专家总分偏离较大，请会商。
discussion-grounds-officer = 评审组织人员提请会商。
discussion-ended-spread = 专家总分相差超过规定的限度。
discussion-ended-outlier = 有专家总分偏离较大。
discussion-ended-officer = 由评审组织人员提请。
discussion-choose = 请选择申报
discussion-reason = 理由：{ $reason }
discussion-no-figures = 为免推知他人评分，会商中不显示分差。
discussion-letters = 甲乙丙丁戊己庚辛壬癸
discussion-member = 专家{ $letter }
discussion-you = （您）
discussion-silent = 尚未表态
discussion-not-stated = 未表态
discussion-running = 会商中
discussion-done = 已结束
discussion-over = 会商已经结束。
discussion-open = 发起会商
discussion-open-text = 分差未超限的申报，认为确有必要的也可以会商。理由记入办理记录，专家看不到。
discussion-open-confirm = 确认发起
discussion-end = 结束会商
discussion-end-text = 结束后不再接受表态。未表态的专家，评分维持不变。
discussion-end-which = 结束哪些申报的会商
discussion-end-reason = 尚有专家未表态时的说明
discussion-end-confirm = 确认结束会商
position-text = 请参考其他专家的发言，选择维持或修改评分。各专家互不署名，看不到彼此的评分，也看不到他人是否修改。会商结束之前可以再次表态，以最后一次为准。
position-question = 您的意见
position-keep = 维持原评分
position-change = 修改评分
position-remark = 发言
position-remark-hint = 本件的其他专家可以看到，不署名。请就事论事，不要写出姓名、单位和具体分数。
position-sheet = 选择修改评分时，在此修改
position-send = 提交表态
position-before = 会商前
position-after = 会商后
position-stated-kept = 您已于 { $at } 表态：维持原评分。
position-stated-changed = 您已于 { $at } 表态：修改评分，原评分已留存备查。
problem-position_missing = 请选择维持或修改评分。
problem-position_remark_missing = 请写明发言。
problem-position_nothing_changed = 您选择了修改评分，但评分表没有变化。请修改评分，或选择维持原评分。
problem-discussion_file = 请选择一件正在评审的申报。
problem-discussion_none_chosen = 请至少勾选一件申报。
problem-discussion_positions_missing = { $organisation }：还有 { $count } 名专家未表态。请催办，或写明理由。
refusal-discussion_not_used = 该申报类别不设会商。
refusal-discussion_exists = 这件申报已经发起过会商，不能重复发起。
refusal-discussion_too_few_sheets = 这件申报的有效评分表不足两份，无法会商。
refusal-discussion_none_open = 没有正在进行的会商。
refusal-discussion_none = 这件申报没有需要您表态的会商。
refusal-discussion_ended = 会商已经结束，您的表态未被采纳，评分维持不变。
done-discussion-opened = 会商已发起，专家将收到通知。
done-discussion-ended = 会商已结束。
done-position-stated = 表态已提交，谢谢。

# 复评
second-panel-title = 复评
second-panel-over = 会商后仍超限
second-panel-added = 已增加 { $count } 名专家
second-panel-call = 启动复评
second-panel-text = 为会商后分差仍超限的申报各增加 { $count } 名专家，先从候补专家中依次递补。新增评分表与原评分表一并计算得分。
second-panel-next = 拟增加：{ $names }
second-panel-nobody = 目前无可增加的专家
second-panel-hint = 名单按全部勾选推算，只勾选部分申报的，以下一步的预览为准。
second-panel-preview = 预览复评
second-panel-preview-title = 核对复评
second-panel-places = 启动复评的申报（{ $count } 件）
problem-second_panel_unseen = 请先预览复评增加的专家，核对后再确认启动。
second-panel-which = 启动哪些申报的复评
second-panel-confirm = 确认启动复评
problem-second_panel_file = 请勾选会商结束后分差仍超限、且未启动过复评的申报。
refusal-second_panel_not_used = 该申报类别不设复评。
refusal-second_panel_none = 没有需要复评的申报。
done-second-panel-called = 复评已启动，新增专家将收到通知。
done-second-panel-short = 复评已启动，但有申报的专家不足，请增补专家。

# 答辩、现场核查
extra-kind-defence = 答辩
extra-kind-site_visit = 现场核查
extra-title = 评分表
extra-text = 请按现场情况逐项评分，随填随存，提交一次。评审结束之前，任何人都看不到您的评分。
extra-notice = 这件申报另有答辩或现场核查评分表。
extra-fill = 填写评分表
extra-show = 查看已提交的评分表
extra-none = 目前没有需要您填写的答辩或现场核查评分表。
refusal-extra_not_used = 该申报类别不设答辩或现场核查。

ranking-parts = 专家评审 { $panel } 分，答辩或现场核查平均 { $extra } 分，按规定比重合成

# 未计入的内容
sheet-unsent-closed = 评审已结束，以下内容未计入结果，请自行留存
sheet-unsent = 以下内容未被接受，未计入结果，请自行留存

# 申报类别配置
programme-part-extra = 答辩或现场核查
programme-part-weight = 占总分比重（%）
programme-code-defence = 答辩
programme-code-site_visit = 现场核查

# 邮件
scoring-ended-explanations = 需说明偏离理由的评分表 { $count } 份
scoring-ended-discussions = 需会商表态的申报 { $count } 件
scoring-ended-extra = 需提交答辩或现场核查评分表的申报 { $count } 件
mail-scoring-ended-subject = 评分已截止：{ $call }
mail-scoring-ended-body =
    { $name }，您好：

    “{ $call }”专家评审的评分已经截止。您还有以下事项：
    { $duties }

    请登录办理：{ $link }
mail-scoring-ended-unsubmitted-subject = 评审任务已收回：{ $call }
mail-scoring-ended-unsubmitted-body =
    { $name }，您好：

    “{ $call }”专家评审的评分已经截止，您尚未提交的 { $count } 件评审任务已收回，不再计入结果，您无需再评。
    理由：{ $reason }

    查看评审任务：{ $link }
mail-scoring-resumed-subject = 评分已恢复：{ $call }
mail-scoring-resumed-body =
    { $name }，您好：

    “{ $call }”专家评审的评分截止已撤销，评分继续进行。此前收回的评审任务和未提交的评分表已一并恢复，已提交的评分表不受影响。
    理由：{ $reason }

    { $soon ->
        [yes] 截止时间已过，尚未提交的评分表请尽快完成：{ $link }
       *[no] 截止时间仍为 { $due }，请登录查看：{ $link }
    }
mail-review-stages-reminder-subject = 评审事项提醒：{ $call }
mail-review-stages-reminder-body =
    { $name }，您好：

    “{ $call }”专家评审的评分已经截止，您参与评审的申报中还有 { $missing } 件的后续事项没有办完（会商表态、偏离说明、答辩或现场核查评分、复评评分），其中 { $undeclared } 件尚未声明有无利益冲突。
    请登录查看，有待您办理的请尽快办理；不能完成的，请联系评审组织人员：
    { $link }
mail-discussion-opened-subject = 请参加会商：{ $call }
mail-discussion-opened-body =
    { $name }，您好：

    “{ $call }”专家评审中，您评审的一件申报需要会商，请登录表态：
    { $link }
