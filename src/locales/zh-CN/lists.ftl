# 公布名单 -----------------------------------------------------------------------------------------------------------
lists-total = 共 { $total } 份名单
lists-entries-total = 共 { $total } 条
lists-ready = 可以拟定名单的批次
lists-pending = 待审批的名单
lists-search = 名单名称
lists-year = 年份
lists-all-years = 全部年份
lists-category = 类别
lists-all-categories = 全部类别
lists-filter = 查询
lists-none = 没有符合条件的名单
lists-none-text = 请更换条件后再查。
lists-show-all = 查看全部名单
lists-title = 名单名称
lists-dated = 公布或收录日期
lists-published = { $day } 公布
lists-brought-in = { $day } 收录
lists-of-year = { $year } 年
lists-imported-unranked = 条目按来源的顺序收录，排名不分先后；名单以发布机关的正式文件为准。
# 名单正文中已有这些字样的，网页不再重复说明。只看简体中文正文。
lists-says-unranked = 不分先后
lists-says-no-condition = 不作为市场准入条件
lists-excerpt = 本页为摘录：按名单标题共 { $named } 项，此处收录 { $here } 项。
lists-csv = 下载表格（CSV）
lists-json = 下载签名原文（JSON）
lists-source = 来源：
lists-decide = 审批
lists-decide-text = 请核对名单的标题、正文和每一条内容。公布后不能修改或删除，只能另行公布补充名单。
lists-publish = 同意公布
lists-publish-sure = 将公布 { $count } 条，并立即授予在池资格、通知申报单位。请确认。
lists-publish-now = 确认公布
lists-return = 退回修改
lists-return-reason = 退回理由
lists-return-now = 确认退回
lists-no-entries = 名单中没有条目
lists-standing = 今日状态
lists-standing-note = “今日状态”不是名单的内容，不在签名范围之内，只标注今天与公布时不同的单位；名单原文自公布之日起不变。
lists-proof = 核验信息
lists-proof-text = 签名原文公布后不再改变。用公钥核验原文的 Ed25519 签名，并核对原文的 SHA-256，即可离线确认名单未被改动；每份名单都载有上一份名单的 SHA-256，名单不能被抽换。
lists-chain-number = 名单链序号
lists-previous = 上一份名单的 SHA-256
lists-signature = 签名（Ed25519）
lists-public-key = 公钥
lists-new = 拟定公布名单
lists-pending-already = 本批次已有一份名单待审批，审批后才能再拟定。
lists-pending-open = 查看该名单
lists-will-name = 将列入名单
lists-will-name-none = 目前没有公示期满且无异议的申报件。
lists-held = 异议处理中，暂不列入
lists-held-text = 异议处理完毕、恢复公示后，可列入补充名单。
lists-in-notice = 公示期未满
lists-removed = 异议成立，已撤下
lists-body = 正文
lists-propose = 提交审批
lists-offered-title-main = { $year }年度{ $programme }名单
lists-offered-title-supplement = { $year }年度{ $programme }补充名单
lists-offered-title-imported = { $year }年度{ $programme }名单
lists-offered-body =
    经申报、推荐、审查、评审和公示，现将名单予以公布。
    名单排名不分先后，不作为市场准入条件。
list-number-main = 源池公布〔{ $year }〕{ $number }号
list-number-supplement = 源池补公布〔{ $year }〕{ $number }号
list-kind-main = 正式名单
list-kind-supplement = 补充名单
list-kind-imported = 收录名单
list-status-proposed = 待审批
list-status-published = 已公布
list-status-returned = 已退回
list-column-number = 序号
list-column-organisation = 单位或项目
list-column-product = 平台或产品
list-column-region = 地区
list-column-city = 地市
list-column-result = 结果
list-column-note = 备注

done-list-proposed = 名单已提交审批。
done-list-published = 名单已公布，在池资格即日起生效，申报单位将收到通知。
done-list-returned = 名单已退回，提出人将收到通知。

refusal-list_pending = 本批次已有一份名单待审批，请等审批后再拟定。
refusal-list_nothing_to_publish = 目前没有可以列入名单的申报件：须公示期满，且没有未办结的异议。
refusal-list_not_pending = 该名单已经审批，不能重复办理。
refusal-list_validity = 申报类别没有载明有效期，不能公布。请联系系统管理员核对申报类别的设置。
refusal-list_imported_before = “{ $list }”同一年份的名单已经收录，不能重复收录。如需更正，请改用不同的名单名称。

problem-list_identity_number = 第 { $row } 行“{ $column }”含有身份证号码，不能公布。请退回修改该内容。
problem-list_mobile_number = 第 { $row } 行“{ $column }”含有手机号码，不能公布。请退回修改该内容。
problem-list_bank_card = 第 { $row } 行“{ $column }”含有银行卡号，不能公布。请退回修改该内容。
problem-list_text_personal_data = 含有身份证号码、手机号码或银行卡号，不能公布。请删去。

mail-list-proposed-subject = 待审批：{ $list }
mail-list-proposed-body =
    您好：

    “{ $call }”的公布名单“{ $list }”（{ $count } 条）已提交审批。请登录核对，决定公布或退回：
    { $link }
mail-list-returned-subject = 名单已退回：{ $list }
mail-list-returned-body =
    { $name }：

    您提出的名单“{ $list }”已被退回。理由：
    { $reason }

    请修改后重新提交：
    { $link }
mail-list-recognised-subject = 认定通知：{ $call }
mail-list-recognised-body =
    { $organisation }：

    贵单位在“{ $call }”中获得认定，已列入{ $number }《{ $list }》。
    在池资格自{ $from }起至{ $to }止，证书编号 { $certificate }。

    任何人都可以通过以下地址核验证书：
    { $link }

# 收录名单 -----------------------------------------------------------------------------------------------------------
list-import-row = 第 { $line } 行“{ $column }”：{ $reason }{ $remedy }（原值：{ $value }）
list-import-empty = 表头之下没有数据，什么也没有导入。请在表头之下逐行填写后再导入。
list-import-characters = 含有看不见的控制字符。
list-import-row_twice = 整行与前面某一行完全相同。
list-import-too_long = 内容过长。
list-import-personal_data = 含有个人身份证号码、手机号码或银行卡号。
list-import-missing = 没有填写。
list-import-name_missing = 单位名称和平台或产品名称都没有填写。
list-import-not_a_year = 不是年份。
list-import-year_differs = 与同一名单前面各行的年份不一致。
list-import-category_differs = 与同一名单前面各行的类别不属于同一申报类别。
list-import-unknown_city = 不是本省地级以上市。
list-import-not_an_address = 不是网址。
list-import-remedy-shorten = 请缩短至 300 字以内。
list-import-remedy-take_out = 请删去。
list-import-remedy-fill_in = 请补填。
list-import-remedy-year_range = 请填 2000 至 2100 之间的四位年份，不清楚的可以留空。
list-import-remedy-same_year = 同一名单请填同一年份。
list-import-remedy-same_category = 同一名单请填同一申报类别之下的类别，或将名单分开。
list-import-remedy-city_of_province = 请填 21 个地级以上市之一；省外单位请留空。
list-import-remedy-web_address = 请填以 http:// 或 https:// 开头的完整网址，或留空。

# 在池单位 -----------------------------------------------------------------------------------------------------
providers-search = 单位名称或统一社会信用代码
providers-category = 类别
providers-city = 地市
providers-name = 单位名称
providers-credit-code = 统一社会信用代码
providers-standings = 在池资格
providers-recognitions = 历次认定
providers-certificate = 证书
providers-valid = 有效期
providers-standing = 今日状态

# 首页 ---------------------------------------------------------------------------------------------------------------
home-lead = 源池汇集制造业数字化转型优秀服务商和特色型、专业型工业互联网平台：每年公开申报、审查、评审和公示，认定的单位在此公布，任何人都可以查询和核验。
home-search = 查找在池单位
home-search-go = 查找
home-in-pool = 在池资格
home-open-calls = 正在申报
home-open-calls-none = 目前没有正在受理的申报通知
home-closes = 截止
home-notices = 正在公示
home-notices-none = 目前没有公示
home-lists = 最新名单
home-lists-none = 尚未公布名单
home-all-calls = 全部申报通知
home-all-notices = 全部公示
home-all-lists = 全部名单

# 工作台 -------------------------------------------------------------------------------------------------------------
desk-until = 期限 { $at }，还有 { $days } 天
desk-until-hours = 期限 { $at }，还有 { $hours } 小时
desk-until-soon = 期限 { $at }，剩余时间不足一小时
desk-until-today = 期限 { $at }，今天截止
desk-over = 已过期限 { $at }
desk-since = 最早一件自 { $at } 起等候
desk-since-days = 最早一件自 { $at } 起等候，已等候 { $days } 天
desk-digest-first = 已逾期或三天内到期：
desk-digest-rest = 其他待办：
desk-digest-line = { $task }：{ $count }
desk-digest-line-dated = { $task }：{ $count }（{ $date }）
mail-desk-digest-subject = 今日待办 { $count } 项（{ $date }）
mail-desk-digest-body =
    { $name }，您好：

    截至 { $date }，有 { $count } 项等您办理。

    { $lines }

    进入工作台：{ $link }

    每个工作日发送一次，没有待办则不发。不需要的，可在“站内消息”的邮件通知设置中关闭。
desk-draft-over = 已于{ $at }截止，未提交
desk-correction-over = 补正已于{ $at }到期，未提交
desk-corrections-over = 逾期未补正的申报件
desk-calls-returned = 被退回修改的申报通知草稿
desk-questions = 待答复的申报咨询
desk-licences = 待核验营业执照
desk-join-requests = 待处理的加入申请
desk-members-ending = 30 天内有效期届满的单位人员
desk-hello = { $name }，您好
desk-nothing = 目前没有等您办理的事项
desk-nothing-text = 有新事项时，会在这里列出。
desk-to-do = 待办事项
desk-my-applications = 我的申报
desk-application-state = 进度
desk-application-due = 期限
desk-application-call = 申报通知
desk-application-number = 申报编号
desk-application-missing = 尚缺
desk-missing = 还缺或有误 { $count } 项
desk-to-mend = 待补正 { $count } 项
desk-missing-and-mend = 待补正 { $mend } 项，还缺或有误 { $count } 项
desk-complete = 已填齐，可以提交
desk-sheets-done = 已提交 { $done } 份，共 { $all } 份
desk-takes-guess = 剩余约需 { $span }（暂按每份 { $each } 分钟估算）
desk-takes-pace = 剩余约需 { $span }（按您近几份的速度，每份约 { $each } 分钟）
desk-span-minutes = { $count } 分钟
desk-span-hours = { $count } 小时
desk-checkpoint-late = 办理记录逾时未签署检查点，请联系系统管理员
desk-refused = 近 7 天被拒绝的操作
desk-exported = 查阅个人信息导出记录
desk-accounts-read = 查阅账号与角色
desk-decisions-read = 查阅审定表
desk-roles-ending = 30 天内到期的角色
desk-invited = 已邀请、尚未启用的账号
desk-no-auditor = 尚无在任的审计员，请授予该角色
desk-links = 常用入口
desk-no-applications = 还没有申报
desk-open-calls = 正在申报
desk-open-call-own = 查看本单位的申报
desk-planned-over = 预计完成：{ $day }，已过 { $days } 天；尚未办结
desk-planned-notice-over = 预计开始公示：{ $day }，已过 { $days } 天；尚未开始
desk-states = 申报件
desk-join-organisation = 登记或加入申报单位
desk-to-check = 待审核的申报件
desk-to-screen = 待形式审查的申报件
desk-to-decide = 待拟定审定意见的申报件
desk-to-notice = 待公示的申报件
desk-objections = 待办理的异议
desk-objections-to-approve = 待审批的异议处理意见
desk-reviews-to-prepare = 待组织专家评审的批次
desk-to-correct = 待补正的申报件
desk-reviews-open = 进行中的专家评审
desk-reviews-to-close = 进行中的专家评审：评分已截止，尚未办结
desk-lists-ready = 可以拟定名单的批次
desk-calls-to-approve = 待审批的申报通知
desk-decisions-to-approve = 待审批的审定表
desk-lists-to-approve = 待审批的名单
desk-to-declare = 待声明回避情况的申报件
desk-to-score = 待提交的评分表
desk-events = 查阅办理记录
desk-accounts = 管理账号与角色
desk-mails = 查看邮件发送情况
desk-mails-failed = 未能送达的邮件
