# 专家、评审、审定

## 专家库
experts-title = 专家库
experts-import = 导入专家
experts-search = 姓名、单位或邮箱
experts-search-button = 查询
experts-status = 状态
experts-status-any = 全部
experts-none = 没有符合条件的专家
experts-none-text = 可以换一个查询条件，或导入专家名册。
experts-count = 共 { $count } 名专家
expert-status-active = 在库
expert-status-suspended = 暂停
expert-status-removed = 移出
expert-column-name = 姓名
expert-column-email = 邮箱
expert-column-employer = 单位
expert-column-employer_code = 单位统一社会信用代码
expert-column-title = 职称
expert-column-city = 地市
expert-column-fields = 专业领域
expert-column-load_limit = 评审上限
expert-column-hint-name = 必填。专家真实姓名，不超过 50 个字。
expert-column-hint-email = 必填。用于登录和接收通知；邮箱已在库的，更新该专家的信息。
expert-column-hint-employer = 必填。现工作单位全称，用于单位回避。
expert-column-hint-employer_code = 可空。填写后按代码回避，比按名称更准确。
expert-column-hint-title = 必填。如：教授、高级工程师。
expert-column-hint-city = 可空。省内地市名称或行政区划代码。
expert-column-hint-fields = 必填，多项用分号隔开。可填产业集群的名称或编号、申报类别名称、申报表中的服务领域（如“云服务”）、“工业互联网平台”或“数字化转型服务商”。
expert-column-hint-load_limit = 必填。一次评审最多可评的申报件数，1 至 1000 的整数。
expert-field-platform = 工业互联网平台
expert-field-provider = 数字化转型服务商
expert-standing-title = 变更状态
expert-standing-hint = 暂停或移出后不再分配新的评审任务；评审中尚未提交的立即收回，由候补专家接替，已提交的保留。
expert-standing-save = 保存状态
experts-import-title = 导入专家
experts-import-text = 请上传 .csv（UTF-8）或 .xlsx 文件，第一行为列名。系统先逐行检查并列出所有问题，确认无误后才会导入；有一行不合格就全部不导入。
experts-import-column = 列名
experts-import-meaning = 填写要求
experts-import-file = 名册文件
experts-import-check = 上传并检查
experts-import-confirm = 确认导入
experts-import-again = 重新选择文件
experts-preview-title = 核对导入内容
experts-preview-good = 检查通过：新增 { $added } 名，更新 { $updated } 名。新增的专家将收到设置密码的邀请邮件。
experts-preview-bad = 共 { $rows } 行，发现 { $bad } 处问题，尚未导入任何内容。请改正后重新上传。
experts-preview-line = 行号
experts-preview-value = 填写内容
experts-preview-problem = 问题与改法
problem-expert_empty = 此格不能为空，请补填。
problem-expert_too_long = 内容过长，请不超过 { $value } 个字。
problem-expert_email = “{ $value }”不是有效的邮箱地址，请核对。
problem-expert_email_twice = 邮箱“{ $value }”在表中出现了不止一次，每名专家只保留一行。
problem-expert_code_check = 统一社会信用代码“{ $value }”的校验位不对，可能有一位填错，请对照营业执照或法人证书逐位核对；确实没有的可留空。
problem-expert_employer_code = “{ $value }”不是 18 位统一社会信用代码，请对照营业执照或法人证书核对；确实没有的可留空。
problem-expert_city = 没有名为“{ $value }”的省内地市，请填写地市名称或行政区划代码；省外专家可留空。
problem-expert_field = 不认识的专业领域“{ $value }”，请填写产业集群的名称或编号、申报类别名称、申报表中的服务领域、“工业互联网平台”或“数字化转型服务商”。
problem-expert_load_limit = 评审上限应为 1 至 1000 的整数，您填的是“{ $value }”。
problem-expert_account_disabled = 邮箱“{ $value }”对应的账号已停用，请先由管理员恢复，或改用其他邮箱。
problem-expert_is_officer = 邮箱“{ $value }”对应的账号是工作人员，工作人员不能兼任评审专家。
problem-expert_removed = 邮箱“{ $value }”对应的专家已移出专家库，导入不会恢复其资格。如需恢复，请在专家库中变更状态并写明理由。
problem-expert_role_revoked = 邮箱“{ $value }”对应账号的专家角色已被收回，导入不会重新授予。如需恢复，请由安全管理员授予角色。
problem-expert_standing = 请选择专家状态。
problem-import_file_too_large = 文件超过 { $limit } MB 的上限，请拆成几个文件分别导入。
refusal-import_too_many_rows = 一次最多导入 { $limit } 行，请拆成几个文件分别导入。
refusal-import_empty = 表中没有专家，请核对文件内容。
refusal-expert_standing_same = 该专家已是所选状态，无需变更。
done-experts-imported = 专家名册已导入，新增专家的邀请邮件将陆续发出。
done-expert-standing = 专家状态已变更。

## 评审组织
reviews-title = 专家评审
reviews-none = 暂无待评审的申报
reviews-none-text = 形式审查通过的申报进入专家评审后，在这里组织评审。
reviews-progress = 评分表
reviews-sheets = 已交 { $submitted } 份，应交 { $wanted } 份
reviews-late = 已过期限
review-next-prepare = 组成评审组，分配申报件
review-next-open = 核对后开启评审
review-next-score = 等待专家评分
review-next-remind = 催交评分表
review-next-end = 评分表已交齐，可以截止评分
review-next-close = 评分已截止，可以结束评审
review-next-settle = 尚有事项未办结，请查看评审页面
review-next-nothing = 评审已结束
review-call = 申报通知
review-year = 年度
review-status = 状态
review-due = 评审截止时间
review-due-hint = 北京时间。逾期提交的评分表在评审结束前仍然有效。
review-due-soon = 请尽快提交
session-status-none = 尚未编组
session-status-preparing = 编组中
session-status-open = 评审中
session-status-closed = 已结束
assignment-status-awaiting = 待声明
assignment-status-accepted = 评审中
assignment-status-recused = 已回避
assignment-status-released = 已收回
sheet-status-draft = 评分中
sheet-status-submitted = 已提交
sheet-status-void = 已作废
review-files = 申报件
review-assigned = 在评任务
review-submitted = 已交评分表
review-rule = 每件 { $experts } 名专家，至少 { $sheets } 份评分表
review-upstream = 另有 { $count } 件申报仍在推荐或形式审查环节，办结之前不能结束评审。
review-short-text = 有 { $count } 件申报的专家不足。请增补专家后补齐分配。
review-prepare-title = 编组与分配
review-prepare-text = 勾选参加评审的专家（含候补）。系统按回避规则和评审上下限，以专业最相符、其次任务最均衡分配。先预览，确认后保存；开启评审之前可以反复调整，专家不会收到通知。
review-prepare-text-drawn = 参加评审的专家已由抽取产生，无须勾选。系统按回避规则和评审上下限，以专业最相符、其次任务最均衡分配。先预览，确认后保存；开启评审之前可以反复调整，专家不会收到通知。
review-panel = 参加评审的专家
review-limit = 上限 { $limit } 件
review-open-title = 开启评审
review-open-text = 请核对下方分配结果。开启后系统向专家发送通知，专家声明无利益冲突后方可查看申报材料。
review-open = 确认分配并开启评审
review-close = 结束评审
review-close-text = 结束后评分表全部锁定，系统计算得分和排名，申报转入审定环节，不能撤回。
review-close-reason = 评分表、偏离说明没有交齐时的说明
review-close-confirm = 确认结束评审
review-complete-title = 增补专家
review-complete-text = 把更多专家加入本次评审，并为专家不足的申报补齐分配。
review-panel-add = 可增补的专家
review-complete = 确认补齐分配
review-complete-preview = 预览
review-complete-text-drawn = 本次评审的专家由抽取产生，缺额先由抽取的候补专家递补。候补专家均不能递补时，方可写明理由另行增补；增补的专家在办理记录和会议纪要中注明“未经抽取”。不勾选专家的，只补齐分配。
review-complete-reason = 增补理由（可不填）
review-complete-reason-drawn = 增补理由（增补专家时必填）
review-undrawn = 未经抽取
review-term-ends = 聘期至 { $day }
review-ending-text = 以下专家的聘期在评审截止前届满，届满后不能再评分，未提交的评分任务由其他专家接替。请先在专家库续聘，或改由其他专家评审。
review-ending-line = { $name }：聘期至 { $day }，待评 { $count } 件

## 增补专家的预览
completion-title = 核对增补专家
completion-text = 以下尚未生效，确认之后才会保存，新分配到任务的专家将收到通知。
completion-joining = 增补的专家（{ $count } 名）
completion-nobody = 不增补专家，只补齐分配。
completion-marked = 以上专家未经抽取产生，将在办理记录和会议纪要中注明，并附增补理由。
completion-places = 将补齐的申报
place-turn = 候补第 { $turn } 位
completion-no-place = 目前没有缺专家的申报。
refusal-completion_reserves_left = 抽取的候补专家还有 { $count } 名可以递补，不能另行指定专家。缺额由系统按递补顺序补齐。
problem-completion_unseen = 本次评审的专家由抽取产生，请先预览增补结果，核对后再确认。
review-to-decision = 查看排名并提出审定意见
review-loads-title = 专家任务
review-expert = 专家
review-load = 任务数 / 上限
review-files-title = 申报与分配
review-organisation = 申报单位
review-experts = 专家
review-sheet-submitted = 已提交
review-reason = 理由
assignment-release = 更换
assignment-release-confirm = 确认收回
refusal-review_not_used = 该申报类别不设专家评审。
refusal-review_nothing_to_review = 没有处于专家评审环节的申报。
refusal-review_not_prepared = 尚未编组，请先生成分配方案。
refusal-review_not_open = 评审尚未开启。
refusal-review_already_open = 评审已经开启，不能重新编组；请用收回任务或增补专家调整。
refusal-review_closed = 评审已经结束，不能再更改。
refusal-review_plan_outdated = 编组之后申报或专家有变化，请重新生成分配方案再开启。
refusal-review_no_plan = 请先生成分配方案。
refusal-review_due_passed = 评审截止时间已过，请改定时间并重新生成分配方案。
refusal-review_call_open = 申报尚未截止，仍可能有新的申报进入评审，截止并办结之后才能结束评审。
refusal-review_files_upstream = 还有 { $count } 件申报在推荐或形式审查环节，办结之后才能结束评审。
refusal-assignment_ended = 该评审任务已经结束，不能再更改。
refusal-assignment_file_left = 该申报现为“{ $state }”，不再需要评审。
problem-review_due = 请按“年-月-日 时:分”填写截止时间。
problem-review_due_passed = 截止时间应晚于现在，请改正。
problem-review_no_experts = 请至少勾选一名专家。
problem-review_expert_not_active = 所选专家中有人不在库或已暂停，请重新勾选。
problem-review_too_few_candidates = { $organisation }：回避后可评专家仅 { $candidates } 名，还缺 { $missing } 名，请增补专家。
problem-review_too_few_experts = { $organisation }：可评专家仅 { $candidates } 名，还缺 { $missing } 名，请增补专家。
problem-review_too_few_allowed = { $organisation }：应回避 { $excluded } 名、禁止分配 { $forbidden } 名，其余可评专家仅 { $candidates } 名，还缺 { $missing } 名。
problem-review_no_sheet = { $organisation }：没有任何评分表，不能结束评审。请催交或改派专家。
problem-review_few_sheets = { $organisation }：已交 { $found } 份评分表，少于规定的 { $needed } 份。请催交，或写明理由。
problem-review_text_too_long = 内容最多 { $limit } 个字，现有 { $length } 个字，请精简。
problem-reason_missing = 请写明理由。
done-review-prepared = 分配方案已生成，请核对后开启评审。
done-review-opened = 评审已开启，专家将收到通知。
done-review-completed = 已补齐分配。
done-review-closed = 评审已结束，排名已生成。
done-assignment-released = 任务已收回。

## 专家的任务
assignments-title = 评审任务
assignments-none = 暂无评审任务
assignments-none-text = 分配到任务后会发邮件通知您。
assignments-text = 查看材料之前，请先逐件声明有无利益冲突。
assignments-next = 下一件：{ $name }
assignments-left = 待完成：{ $count } 件
assignments-all-done = 目前没有待完成的评审任务。
assignments-done-of = { $call }：已完成或已结束 { $count } 件
assignment-title = 评审任务
assignment-members = 联合体成员
assignment-file = 申报材料
assignment-documents = 佐证材料
assignment-ended-awaiting = 评审已结束，该任务未作声明。
assignment-ended-accepted = 评审已结束，该评分表未提交，不计入结果。
assignment-ended-recused = 您已回避这件申报，感谢您如实声明。
assignment-ended-released = 该任务已由工作人员收回，您无需再评。
assignment-taken-by-system = 该任务按评审规则已由系统收回，您无需再评。
assignment-taken-because = 理由：{ $reason }
declaration-title = 利益冲突声明
declaration-text = 有下列情形之一的应当回避：在申报单位或联合体成员任职、持股，或近三年内曾任职、提供有偿服务；与其负责人有近亲属关系；与其有争议；其他可能影响公正评审的情形。
declaration-question = 您与申报单位及联合体成员有无利益冲突
declaration-no = 没有，我承诺独立、公正评审并保密
declaration-yes = 有，申请回避
declaration-reason = 回避理由
declaration-reason-hint = 有利益冲突时必填。评审组织人员、审批人和审计员可以看到，申报单位和其他专家看不到。说明何种关系即可，不必写明亲属的姓名和电话：理由将长期存入办理记录。
declaration-send = 提交声明
declaration-late = 评审中发现利益冲突
declaration-late-send = 申请回避，评分作废
problem-declaration_missing = 请选择有无利益冲突。
refusal-declare_first = 请先声明有无利益冲突，再查看材料和评分。
refusal-already_declared = 您已作过声明。
done-declared = 声明已提交，请评审。
done-recused = 已为您登记回避，感谢您如实声明。
done-excluded = 按回避规则，您不能评审该申报，任务已收回，无需再作声明。
rubric-proposal = 本评分指标为建议稿，以主管部门正式印发的指标体系为准。
sheet-title = 评分表
sheet-sign = 专家签名
sheet-sign-date = 日期
sheet-tabs = 评分表与申报材料
sheet-max = 满分 { $max } 分
sheet-comment = 评语
sheet-opinion = 总体意见
sheet-total = 合计
sheet-submitted-at = 提交时间
sheet-filled = 已评分项
sheet-save = 保存
sheet-submit = 提交评分表
sheet-submit-hint = 提交后不能修改。评审结束之前，任何人都看不到您的评分。
sheet-locked = 评分表已提交，不能修改。
problem-score_missing = “{ $item }”还没有评分。
problem-score_comment_missing = “{ $item }”评为零分或满分，请写明评语。
problem-score_unknown_item = 评分指标中没有这一项，请刷新页面后重填。
refusal-sheet_submitted = 评分表已经提交，不能再修改。
refusal-sheet_saved_elsewhere = 您在另一窗口保存过这份评分表，本次内容没有保存。您填写的内容仍在本页，请与已保存的内容核对后再提交。
done-sheet-saved = 评分表已保存。
wrong-count = 以上 { $count } 处填写有误，改正后才能提交。
done-sheet-submitted = 评分表已提交，谢谢。

## 审定
decisions-title = 审定
decisions-none = 暂无待审定的申报
decisions-none-text = 评审结束后，在这里提出和审批审定意见。
decision-pass-mark = 入选分数线
decision-places = 入选名额
decision-places-left = 剩余 { $count } 个
decision-sheet = 审定意见
decision-status-proposed = 待审批
decision-status-approved = 已批准
decision-status-returned = 已退回
decision-proposed-by = 提出人
decision-decided-by = 审批人
decision-grounds = 审定依据
decision-grounds-hint = 写明政策依据、评审情况和选取理由，最多 { $limit } 字。
decision-return-reason = 退回理由
decision-approve-text = 批准后，拟认定的申报转入公示，未入选的申报单位将收到含理由的通知。不能审批本人提出的意见。
decision-approve = 批准
decision-return = 退回
decision-return-send = 确认退回
decision-ranking = 排名与审定意见
decision-outcome = 审定结果
decision-reason = 理由（未入选必填，申报单位可见）
decision-propose = 提交审批
outcome-selected = 拟认定
outcome-not_selected = 不予认定
ranking-place = 名次
ranking-score = 得分
ranking-figures = 计算过程
ranking-sheets = 评分表 { $count } 份
ranking-trimmed = 共 { $count } 份评分表，去掉一个最高分和一个最低分后取平均
ranking-untrimmed = 共 { $count } 份评分表，取平均
ranking-plain-mean = 全部评分表平均 { $score } 分
ranking-spread = 最高与最低相差 { $score } 分
ranking-spread-over = 分差超过规定限度
ranking-short-panel = 评分表较少，未去最高最低分
refusal-decision_pending = 已有一份待审批的审定意见，请先批准或退回。
refusal-decision_none_pending = 没有待审批的审定意见。
refusal-decision_nothing_to_decide = 没有待审定的申报。
refusal-decision_before_review = 评审结束之后才能审定。
problem-decision_grounds_missing = 请写明审定依据。
problem-decision_outcome = 请选择审定结果。
problem-decision_not_reviewed = 名单中有不处于待审定环节的申报，请刷新页面后重填。
problem-decision_twice = { $organisation }：在审定意见中出现了不止一次。
problem-decision_missing = { $organisation }：请选择审定结果。
problem-decision_reason_missing = { $organisation }：不予认定须写明理由。
problem-decision_places = 拟认定 { $selected } 家，超出剩余名额 { $places } 个，请减少。
problem-decision_quota = “{ $group }”拟认定 { $selected } 家，超出该组名额 { $most } 个，请减少。
problem-decision_below_pass_mark = 得分 { $score } 分，低于入选分数线 { $pass_mark } 分，不能拟认定。
done-decision-proposed = 审定意见已提交，等待另一位工作人员审批。
done-decision-approved = 审定意见已批准，申报单位将收到通知；通知较多时在“批量邮件”中待发。
done-decision-returned = 审定意见已退回。

## 邮件
mail-expert-invitation-subject = 邀请您加入评审专家库
mail-expert-invitation-body =
    { $name }，您好：

    您已被列入制造业数字化产业生态供给资源池评审专家库。请在 { $days } 天内打开下面的链接设置密码：
    { $link }

    如非本人，请忽略这封邮件。
mail-expert-added-subject = 您已加入评审专家库
mail-expert-added-body =
    { $name }，您好：

    您已被列入制造业数字化产业生态供给资源池评审专家库，用现有账号登录即可查看评审任务：
    { $link }
mail-review-opened-subject = 评审任务：{ $call }
mail-review-opened-body =
    { $name }，您好：

    “{ $call }”专家评审已开始，分配给您 { $count } 件申报，请在 { $due } 之前完成。
    查看材料之前，请先逐件声明有无利益冲突：
    { $link }
mail-assignment-added-subject = 新增评审任务：{ $call }
mail-assignment-added-body =
    { $name }，您好：

    { $soon ->
        [yes] “{ $call }”专家评审新增分配给您 { $count } 件申报，请尽快完成：
       *[no] “{ $call }”专家评审新增分配给您 { $count } 件申报，请在 { $due } 之前完成：
    }
    { $link }
mail-assignment-released-subject = 评审任务已收回：{ $call }
mail-assignment-released-body =
    { $name }，您好：

    “{ $call }”专家评审中分配给您的一件申报已由工作人员收回，您无需再评。
    理由：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其余任务请尽快完成：{ $link }
           *[no] 其余任务请在 { $due } 之前完成：{ $link }
        }
    }
mail-assignment-excluded-subject = 评审任务已由系统收回：{ $call }
mail-assignment-excluded-body =
    { $name }，您好：

    按评审规则，系统已收回“{ $call }”专家评审中分配给您的 { $count } 件申报，您无需再评。
    原因：{ $reason }

    { $last ->
        [yes] { "" }
       *[no] { $soon ->
            [yes] 其余任务请尽快完成：{ $link }
           *[no] 其余任务请在 { $due } 之前完成：{ $link }
        }
    }
mail-review-short-subject = 评审专家不足：{ $call }
mail-review-short-body =
    “{ $call }”有 { $count } 件申报因回避或收回缺少专家，参加评审的专家中已无人可替换。
    请增补专家并补齐分配：
    { $link }
mail-decision-proposed-subject = 审定意见待审批：{ $call }
mail-decision-proposed-body =
    “{ $call }”的审定意见已提出，共 { $total } 件，拟认定 { $selected } 件，请审批：
    { $link }
mail-decision-approved-subject = 审定意见已批准：{ $call }
mail-decision-approved-body =
    “{ $call }”的审定意见已批准，拟认定 { $selected } 件，请按规定办理后续公示、公布事项。

    查看审定结果：{ $link }
mail-decision-returned-subject = 审定意见被退回：{ $call }
mail-decision-returned-body =
    { $name }，您好：

    您提出的“{ $call }”审定意见已被退回。
    理由：{ $reason }

    请修改后重新提交：{ $link }
mail-decision-selected-subject = 审定结果：拟认定（{ $number }）
mail-decision-selected-body =
    { $organisation }：

    贵单位在“{ $call }”中的申报（编号 { $number }）经审定拟予认定，接下来将按规定公示。
    公示期间如有异议，我们会与贵单位联系。查看办理情况：
    { $link }
mail-decision-declined-subject = 审定结果：未入选（{ $number }）
mail-decision-declined-body =
    { $organisation }：

    贵单位在“{ $call }”中的申报（编号 { $number }）经审定未予入选。

    理由：{ $reason }

    依据：{ $basis }。
    作出单位：{ $station }
    日期：{ $date }

    { ruling-remedy }

    查看详情：{ $link }
refusal-expert_not_active = 该专家已暂停、移出专家库或不在聘期内，不能再评审。请先恢复其在库状态或变更聘期。

# 回避情形
exclusion-employer_code = 所在单位与申报单位（含联合体成员）统一社会信用代码相同
exclusion-employer_name = 所在单位与申报单位（含联合体成员）名称相同
exclusion-vendor_account = 账号隶属于申报单位或联合体成员
exclusion-named_person = 与申报单位法定代表人等须回避的人员同名
exclusion-past_employer = 曾在申报单位或联合体成员任职，未满规定年限
exclusion-director = 担任过申报单位或联合体成员的董事、监事、高管，或是其实际控制人，未满规定年限
exclusion-kinship = 与申报单位负责人有亲属关系
exclusion-dispute = 与申报单位有过纠纷
exclusion-other_tie = 与申报单位有其他可能影响公正的关系
exclusion-same_city = 与申报单位同属一市
exclusion-served_last_time = 上一批次评审过该单位
