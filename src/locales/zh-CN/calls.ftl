# 申报通知：列表、详情、起草、审批、问答。

## 列表
calls-title = 申报通知
calls-lead = 各类别的申报时间、条件、材料和评审指标，申报前均可在此查看。
calls-group-making = 起草与审批
calls-group-open = 正在申报
calls-group-upcoming = 即将开始
calls-group-closed = 已截止
calls-none-open = 目前没有正在申报的通知
calls-none-open-text = 可查看即将开始的通知，或查阅往年通知了解需要准备的材料。
calls-none-closed = 没有已截止的通知。
calls-all-years = 全部年度
calls-year = { $year } 年
call-opens-today = 今天开始
call-opens-in = { $days } 天后开始
call-state = 状态
call-programme = 申报类别
call-status-draft = 起草中
call-status-pending = 待审批
call-status-approved = 已发布
call-status-cancelled = 已取消

## 起草
call-new-title = 起草申报通知
call-new-choose = 请选择申报类别：
call-edit-title = 修改申报通知
call-save-draft = 保存草稿
call-copied-from = 沿用《{ $title }》，以下内容与其不同
call-no-differences = 没有不同之处。
call-open-former = 查看上一期通知
call-difference-what = 内容
call-difference-before = 原为
call-difference-after = 现为
call-difference-new = （原无此项，现新增）
call-difference-gone = （已删除）
call-programme-value = 申报类别：{ $label }
call-programme-changed = 类别配置已更新，本通知仍使用起草时的版本
call-section-notice = 通知正文
call-official-text = 以下为通知正式文本。
call-section-basis = 政策依据
call-section-windows = 申报时间
call-section-planned = 预计进度
call-field-year = 年度
call-field-title = 通知名称
call-field-body = 正文
call-field-basis_title = 文件名称
call-field-basis_number = 文号
call-field-basis_issued_on = 印发日期
call-field-basis_valid_until = 有效期至
call-field-opens_at = 申报开始
call-field-closes_at = 申报截止
call-field-recommend_by = 地市推荐截止
call-field-planned_screening_on = 预计完成形式审查
call-field-planned_review_on = 预计完成专家评审
call-field-planned_decision_on = 预计完成审定
call-field-planned_notice_on = 预计开始公示
call-hint-body = 面向申报单位的说明。条件、材料、流程和指标由类别配置自动列出，不必重复。
call-hint-basis_valid_until = 文件未规定有效期的，留空。
call-hint-windows = 均为北京时间。到达截止时刻即不再受理，例如填 18:00，则 18:00:00 起为逾期。
call-hint-recommend_by = 地市审核推荐的最后时限，应晚于申报截止。无地市环节的，可留空。
call-hint-planned = 可不填。填写后随通知公布，并在每件申报的办理进程中列为预计日期，不作为办理期限。本类别没有的环节，留空。
call-basis-no-end = 文件未规定

## 办理
call-action-change = 修改
call-action-repin = 采用最新类别配置
call-action-submit = 提交审批
call-action-approve = 批准发布
call-action-return = 退回修改
call-action-cancel = 取消通知
call-action-extend = 延长截止时间
call-action-ask = 提问
call-action-answer = 答复并公开
call-reason = 理由
call-hint-return = 请写明需要修改什么，起草人会收到。
call-hint-cancel = 取消后不能恢复。理由记入办理记录。
call-hint-extend = 只能延后，不能提前。理由会发给申报单位和地市审核员。
call-hint-extend-planned = 预计日期随截止时间一并调后，应晚于延长后的截止日；不再公布的，请清空。
call-section-officers = 经办
call-drafted-by = 起草
call-approved-by = 批准

## 发布前检查
call-problems-title = 发布前检查
call-problem-blocking = 须先解决：
call-problem-warning = 请留意：
call-problem-not_a_selection = 该类别为直接导入的名单，不受理申报。请改选其他类别。
call-problem-opens_in_past = 申报通知须在开始申报之前审批：申报开始时间（{ $found }）已到，现在是 { $needed }。请将开始时间改到审批之后，留足审批所需时间。
call-problem-closes_before_opening = 申报截止（{ $found }）不晚于申报开始（{ $needed }）。请改晚截止时间。
call-problem-recommends_before_closing = 地市推荐截止（{ $found }）不晚于申报截止（{ $needed }），地市没有时间审核。请改晚推荐截止时间。
call-problem-planned_too_early = 预计日期（{ $found }）不晚于申报或地市推荐的截止日（{ $needed }）。请将预计日期调后，或留空。
call-problem-planned_out_of_order = 预计日期前后颠倒：后一环节为 { $found }，早于前一环节的 { $needed }。请按办理先后填写。
call-problem-planned_off_way = 预计日期（{ $found }）所填的环节，本类别没有，不会公布。请删去，或核对类别。
call-problem-basis_lapses = 政策依据的有效期至 { $found }，早于申报截止日 { $needed }。请核对文件是否续期，或调整申报时间。
call-problem-basis_not_issued = 政策依据的印发日期（{ $found }）晚于申报开始日（{ $needed }）。请核对印发日期。
call-problem-dead_end = 申报件到“{ $found }”后无人可以继续办理。请检查类别配置的环节（stations）。
call-problem-no_rubric = 设有专家评审，但没有指标体系。请在类别配置中补充指标（rubric）。
call-problem-rubric_total = 指标体系满分合计 { $found } 分，应为 { $needed } 分。请调整类别配置中各项满分。
call-problem-no_review_rules = 设有专家评审，但没有评审规则。请在类别配置中补充评审规则（review）。
call-problem-too_few_experts = 专家库可用专家 { $found } 名，每件需 { $needed } 名。请先导入或启用专家。
call-problem-too_few_to_draw = 专家抽取的不限领域一组可抽 { $found } 名，正选和候补共需 { $needed } 名。请先导入或启用专家，或调整类别配置的抽取人数（review.draw）。
call-problem-too_few_to_draw_in_field = 专家抽取按领域分组，可抽专家不足：{ $found } 名，正选和候补共需 { $needed } 名。请先导入或启用该领域专家，或调整类别配置的抽取人数（review.draw）。
call-problem-too_little_load = 按专家评审件数上限，现有专家可承担 { $found } 份评分，预计进入评审的申报约需 { $needed } 份。请增补专家或提高件数上限。
call-problem-no_notice_rules = 设有社会公示，但没有公示规则。请在类别配置中补充公示天数（notice）。
call-problem-no_notice_length = 公示天数为 { $found }。请在类别配置中改为至少 { $needed } 天。
call-problem-holidays_missing = 公示按工作日计算，但未载入 { $needed } 年的国务院节假日安排（已载入 { $found }）。请管理员补充后再发布。
call-problem-correction_days_missing = 未载入 { $needed } 年的国务院节假日安排（已载入 { $found }），届时补正期限须由办理人手工填写日期。
call-problem-unstaffed_bureaus = 以下 { $needed } 个地市主管部门还没有审核员，收到的申报件将无人办理：{ $found }。请安全管理员授予角色。

## 详情
call-programme-version = 类别配置第 { $version } 版（{ $digest }）
call-programme-json = 下载类别配置（JSON）
call-apply = 开始申报
call-sign-in-to-apply = 登录后申报
call-has-opened = 已开始
call-has-passed = 已截止
call-section-stations = 办理流程
call-station-apply = 网上申报
call-station-decision = 审定
call-station-list = 公布名单
call-section-quota = 推荐名额
call-quota-each = 每个地市主管部门限推荐 { $limit } 家
call-quota-none = 不限推荐数量
call-quota-bureau = { $bureau }：{ $limit } 家
call-quota-ranked = 推荐时须排序
call-notice-calendar_days = 公示 { $length } 个自然日
call-notice-working_days = 公示 { $length } 个工作日
call-validity-years = 认定有效期 { $years } 年
call-section-applicants = 申报条件
call-inside-province = 限在广东省内登记注册的单位申报
call-outside-province = 省外单位可以申报，由主要服务地市受理
call-consortium = 可以联合申报，除牵头单位外最多 { $members } 家成员单位
call-no-consortium = 不接受联合申报
call-per-organisation = 每个单位限报 { $count } 项
call-section-rules = 形式审查核对事项
call-section-documents = 需要准备的材料
call-section-fields = 需要填写的内容
call-no-documents = 不需要上传材料。
call-document-name = 材料
call-document-need = 是否必交
call-document-limits = 格式与数量
call-document-required = 必交
call-document-conditional = 符合条件时必交
call-document-optional = 选交
call-document-size = 单个不超过 { $mb } MB
call-document-exactly = { $count } 份
call-document-count = { $min } 至 { $max } 份
call-section-rubric = 评审指标
call-review-experts = 每件由 { $experts } 名专家独立评分。
call-rubric-proposal = 本指标体系为建议稿，以正式印发的文件为准。
call-rubric-item = 指标
call-rubric-dimension = 维度
call-rubric-max = 满分

## 问答
call-section-questions = 问题与答复
call-no-questions = 还没有公开的问题。
call-question = 您的问题
call-question-mark = 问：
call-answer-mark = 答：
call-answer = 答复
call-question-waiting = 等待答复。答复后将连同问题一并公开，不公开提问人。
call-hint-question = 最多 { $limit } 字。问题和答复会公开，请不要写入个人信息或商业秘密。
call-hint-answer = 最多 { $limit } 字。提交后连同问题公开，不能再改。
call-sign-in-to-ask = 登录后可以提问。

done-call-choose-programme = 请点击“起草申报通知”，选择申报类别。
done-call-drafted = 草稿已保存。请核对发布前检查的结果。
done-call-changed = 修改已保存。
done-call-repinned = 已采用最新类别配置。
done-call-submitted = 已提交审批。
done-call-approved = 已批准，将按时间自动开始和截止。
done-call-returned = 已退回起草人。
done-call-cancelled = 通知已取消。
done-call-extended = 截止时间已延长，申报单位将收到通知；通知较多时在“批量邮件”中待发。
done-call-asked = 问题已提交，答复后会发邮件给您。
done-call-answered = 答复已公开，并已通知提问人。

refusal-call_wrong_status = 该申报通知{ $status ->
    [draft] 尚在起草
    [pending] 正在审批
    [approved] 已经发布
   *[cancelled] 已经取消
}，不能办理此事项。请刷新页面查看最新状态。
refusal-call_opened = 申报已经开始，不能取消。如确需更多时间，可延长截止时间。
refusal-call_not_ready = 有 { $count } 项问题未解决，不能发布。请按“发布前检查”逐项处理，或退回修改。
refusal-call_of_imported_programme = 该类别的名单由上级认定后导入，不受理申报，不能起草申报通知。
refusal-call_programme_unchanged = 类别配置没有变化，本通知使用的已是最新版本。
refusal-call_questions_waiting = 您在该通知下已有 { $limit } 个问题等待答复。请等答复后再提问。
refusal-call_question_answered = 该问题已经答复，不能重复答复。请刷新页面查看。

problem-call_required = 此项必填，请填写。
problem-call_too_long = 最多 { $limit } 个字，现有 { $found } 个字，请删减。
problem-call_year = 年度应在 { $first } 至 { $last } 之间，请改正。
problem-call_year_number = 年度应为四位阿拉伯数字，例如 2026。
problem-call_date = “{ $value }”不是有效日期，请按“年-月-日”填写，例如 2026-03-01。
problem-call_basis_ends_first = 有效期早于文件印发日期（{ $issued }），请核对。
problem-call_instant = “{ $value }”不是有效时间，请按北京时间填写，例如 2026-03-01T09:00。
problem-call_not_later = 只能延后：应晚于 { $limit }，请改正。
problem-call_closed_already = 申报已于 { $limit } 截止，不能重新开放。
problem-call_recommends_before_closing = 地市推荐截止应晚于申报截止（{ $limit }），请一并延后。
problem-call_planned_overtaken = 预计日期（{ $value }）不晚于延长后的截止日（{ $limit }），请改为其后的日期，或清空。
problem-call_planned_before_another = 预计日期（{ $value }）早于前一环节的预计日期（{ $limit }），请改为同日或其后的日期，或清空。
problem-call_planned_off_way = 本类别没有这一环节，请清空。
problem-call_unknown_programme = 没有这个申报类别，请从类别列表中选择。
problem-call_copied_from_another = 所沿用的通知不存在或不属于该类别，请重新起草。

mail-call-submitted-subject = 待审批：{ $title }
mail-call-submitted-body =
    您好：

    { $handler }提交了申报通知《{ $title }》，请您审批。审批页列有发布前检查的结果；此前办理过同类批次的，还列有与上一期的不同之处。

    请在申报开始时间之前办理：{ $link }
mail-call-approved-subject = 已批准：{ $title }
mail-call-approved-body =
    { $name }，您好：

    您起草的申报通知《{ $title }》已批准，将于 { $opens } 自动开始申报。自批准之日起内容不再变动，如需更多时间，可由审批人延长截止时间。

    查看：{ $link }
mail-call-returned-subject = 退回修改：{ $title }
mail-call-returned-body =
    { $name }，您好：

    您起草的申报通知《{ $title }》被退回修改。理由：

    { $reason }

    请修改后重新提交审批：{ $link }
mail-call-cancelled-subject = 已取消：{ $title }
mail-call-cancelled-body =
    { $name }，您好：

    您起草的申报通知《{ $title }》已取消。理由：

    { $reason }

    查看：{ $link }
mail-call-extended-subject = 截止时间延长：{ $title }
mail-call-extended-body =
    您好：

    《{ $title }》的截止时间已延长：
    申报截止：{ $closes }
    地市推荐截止：{ $recommends }

    理由：{ $reason }

    尚未提交的，请在新的截止时间之前提交；已提交的不受影响。查看：{ $link }
mail-call-question-asked-subject = 有新问题：{ $title }
mail-call-question-asked-body =
    您好：

    有人就《{ $title }》提问：

    { $question }

    请尽快答复，答复后连同问题公开：{ $link }
mail-call-question-answered-subject = 您的问题已答复：{ $title }
mail-call-question-answered-body =
    { $name }，您好：

    您就《{ $title }》提出的问题已有答复。

    问：{ $question }

    答：{ $answer }

    问题与答复已在通知页公开（不公开提问人）：{ $link }

# The parts of a programme, for the differences between two of its versions.
programme-part-version = 版本号
programme-part-names = 名称
programme-part-summary = 简介
programme-part-policy_note = 政策说明
programme-part-category = 所属类别
programme-part-key = 代码
programme-part-kind = 类型
programme-part-types = 类型选项
programme-part-applicants = 申报主体
programme-part-consortium = 联合体申报
programme-part-max_members = 成员单位数上限
programme-part-outside_province = 接受省外单位
programme-part-routed_by = 确定省外单位推荐部门的填报项
programme-part-per_organisation = 每家单位申报件数上限
programme-part-stations = 办理环节
programme-part-correction = 补正
programme-part-working_days = 补正期限（工作日）
programme-part-sections = 申报表
programme-part-help = 填写说明
programme-part-reason = 填报理由
programme-part-fields = 填报项
programme-part-required = 必填
programme-part-carry_over = 沿用上次填报内容
programme-part-from_organisation = 按单位登记信息填入
programme-part-personal = 涉及个人信息
programme-part-recuses = 据此判断专家回避
programme-part-max_chars = 字数上限
programme-part-format = 格式
programme-part-at_most = 不得大于的填报项
programme-part-unit = 单位
programme-part-min = 下限
programme-part-max = 上限
programme-part-future = 可填今后日期
programme-part-options = 选项
programme-part-years = 年数
programme-part-columns = 列
programme-part-several = 可多选
programme-part-documents = 佐证材料
programme-part-required_when = 必须提供的情形
programme-part-max_bytes = 单个文件大小上限
programme-part-document_required = 须提供
programme-part-file_types = 文件格式
programme-part-min_count = 最少份数
programme-part-max_count = 最多份数
programme-part-rules = 申报条件
programme-part-basis = 依据
programme-part-check = 审查要求
programme-part-quota = 推荐名额
programme-part-per_bureau = 每个地市名额
programme-part-bureaus = 单列名额
programme-part-ranked = 推荐须排序
programme-part-rubric = 评分指标
programme-part-dimensions = 一级指标
programme-part-items = 评分项
programme-part-guidance = 评分说明
programme-part-review = 评审规则
programme-part-experts_per_application = 每件评审专家数
programme-part-min_sheets = 最少有效评分表数
programme-part-trim_from = 去掉最高分和最低分的起算份数
programme-part-max_spread = 分差上限
programme-part-comment_required = 须写评语的分值
programme-part-load_limit = 每位专家评审件数上限
programme-part-load_floor = 每位专家评审件数下限
programme-part-pool = 专家来源（专家库）
programme-part-field_experts = 每件须有的相符专业专家数
programme-part-expertise_fields = 计入专业领域的选项
programme-part-far_from_panel = 须说明理由的偏离分值
programme-part-discussion = 分差超限须会商
programme-part-second_panel = 复评增加的专家数
programme-part-recusal = 回避规则
programme-part-employer_years = 曾任职须回避的年数
programme-part-same_city = 同市回避
programme-part-served_last_time = 上一批次评审过的须回避
programme-part-draw = 专家抽取
programme-part-draw_required = 须经抽取产生
programme-part-strata = 抽取名额
programme-part-decision = 审定规则
programme-part-pass_mark = 合格分
programme-part-places = 名额
programme-part-tie_order = 同分排序依据
programme-part-cap = 分组名额
programme-part-by = 分组方式
programme-part-most = 每组最多入选数
programme-part-notice = 公示
programme-part-length = 期限
programme-part-day_unit = 期限单位
programme-part-first_day_counts = 公示当日计入期限
programme-part-validity = 有效期
programme-part-public_columns = 公布名单栏目
programme-part-source = 内容来源
programme-part-order = 排列顺序
programme-code-true = 是
programme-code-false = 否
programme-code-selection = 申报评审
programme-code-imported = 收录名单
programme-code-platform = 平台
programme-code-provider = 服务商
programme-code-text = 单行文字
programme-code-long_text = 多行文字
programme-code-whole_number = 整数
programme-code-money = 金额
programme-code-date = 日期
programme-code-yes_no = 是或否
programme-code-one_of = 单选
programme-code-several_of = 多选
programme-code-table_by_year = 分年度表格
programme-code-rows = 多行表格
programme-code-city = 地市
programme-code-cluster = 产业集群
programme-code-industry_division = 行业大类
programme-code-yuan = 元
programme-code-wan_yuan = 万元
programme-code-email = 电子邮箱
programme-code-telephone = 电话号码
programme-code-calendar_days = 自然日
programme-code-working_days = 工作日
programme-code-proposal = 建议稿
programme-code-source = 官方文件
programme-code-zero = 零分
programme-code-full = 满分
programme-code-submitted_at = 提交时间
programme-code-number = 序号
programme-code-organisation_name = 单位名称
programme-code-credit_code = 统一社会信用代码
programme-code-member_names = 成员单位名称
programme-code-programme = 申报类别名称
programme-code-product = 平台或产品名称
programme-code-category_type = 类别
programme-code-address = 通信地址
programme-code-established_on = 成立日期
programme-code-main_service_city = 主要服务城市
programme-code-contact_name = 联系人姓名
programme-code-contact_phone = 联系电话
programme-check-at_least = { $what }不少于 { $value }
programme-check-at_most = { $what }不超过 { $value }
programme-check-equals = { $what }为“{ $value }”
programme-check-one_of = { $what }属于：{ $values }
programme-check-established_years = 成立满 { $value } 年
programme-check-rows_at_least = { $what }不少于 { $value } 行
programme-check-document_present = 已提供{ $what }
programme-check-all = 同时满足：{ $checks }
programme-check-any = 满足其一：{ $checks }
programme-check-not = 不符合：{ $check }

# What happened to a call, for officers.
event-call-drafted = 起草通知
event-call-changed = 修改通知
event-call-repinned = 改用现行申报类别配置
event-call-submitted = 提交审批
event-call-approved = 批准发布
event-call-returned = 退回修改
event-call-cancelled = 取消通知
event-call-extended = 延长截止时间
event-call-question-asked = 收到提问
event-call-question-answered = 答复提问
programme-stratum = { $field }抽取 { $panel } 名、候补 { $reserves } 名
programme-stratum-any = 各领域
