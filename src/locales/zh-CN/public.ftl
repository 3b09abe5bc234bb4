# 统计 ---------------------------------------------------------------------------------------------------------------
statistics-title = 统计
statistics-lead = 资源池的构成和历年认定情况，由系统按已公布名单和在池单位的申报材料汇总。
statistics-rule = 公布名单已经载明的内容（如类别、地市、年份、产业集群、服务领域），按实际数字统计，不作处理。名单没有载明、仅见于申报材料的内容（如行业大类、申报过程各环节），少于 { $threshold } 的数字不公布，以免推知个别申报单位的情况。
statistics-on = 数据日期：{ $on }
statistics-api = 接口数据（JSON）
statistics-table = 查看数据表
statistics-total = 合计
statistics-withheld = 不公布
statistics-nothing = 目前没有数据。
statistics-note-withheld = 由申报材料汇总、少于 { $threshold } 的数字不公布（图中以 * 表示）；为避免由合计推算，同一行的其他数字也可能不公布。
statistics-most = 最多的是{ $name }，{ $count } 项。
statistics-most-equal = 并列最多的是{ $name }，各 { $count } 项。
statistics-most-several = 最多的有 { $several } 个{ $what ->
    [cities] 地市
    [years] 年份
    [clusters] 产业集群
    [fields] 服务领域
   *[divisions] 行业大类
}，各 { $count } 项。
statistics-elsewhere = 省外或未载明
statistics-cities = 各地市在池资格
statistics-cities-with = 共 { $count } 个地市有在池单位。
statistics-city = 地市
statistics-years = 历年认定数量
statistics-year = 年份
statistics-clusters = 服务的战略性产业集群
statistics-cluster = 产业集群
statistics-fields = 服务领域
statistics-field = 服务领域
statistics-divisions = 制造业行业大类覆盖
statistics-division = 行业大类
statistics-covered = { $all } 个制造业行业大类（C13—C43）中，已有在池单位服务 { $covered } 个。
statistics-flows = 从申报到认定
statistics-flows-text = 仅列出已公布名单的批次。某一环节未通过的申报件很少时，该环节的数字不公布。
statistics-flows-none = 尚无已公布名单的批次。
statistics-flow = { $call }：从申报到认定
statistics-station = 环节
statistics-files = 申报件
reached-applied = 申报
reached-recommended = 地市推荐
reached-screened = 形式审查通过
reached-reviewed = 完成评审
reached-selected = 拟认定
reached-recognised = 认定公布

# 国家级平台 ---------------------------------------------------------------------------------------------------------
platforms-title = 国家级平台
platforms-lead = 入选国家级名单的本省工业互联网平台：跨行业跨领域、特色型、专业型。
platforms-note = 以下内容摘自已收录的名单，以发布机关的正式文件为准；排名不分先后。
platforms-none = 尚未收录此类名单。
platforms-name = 平台
platforms-operator = 建设运营单位
platforms-list = 依据名单

# 遴选办法 -----------------------------------------------------------------------------------------------------------
how-title = 遴选办法
how-lead = 各类别经过哪些环节、按什么指标评分、公示多久、认定有效几年。本页由申报类别的设置生成，与系统执行的规则一致。
how-no-condition = 入池不作为市场准入条件。
how-unranked = 名单排名不分先后。
how-contents = 本页内容
how-rubric = 评审指标与分值
how-weight = 分值
how-scoring = 评分规则
how-min-sheets = 每件至少收到 { $count } 份评分表，方可结束评审。
how-trim = 评分表达到 { $count } 份时，去掉一个最高总分和一个最低总分后取平均；不足时取平均。
how-spread = 各专家总分相差超过 { $points } 分的，提交讨论。
how-blind = 专家各自独立评分，评审结束前任何人看不到他人的评分。
how-recusal = 专家评审前须逐件声明是否应当回避；应当回避的，由候补专家替换。
how-selection = 认定与公示
how-pass-mark = 最终得分不低于 { $points } 分方可入选。
how-places = 每批最多入选 { $count } 项。
how-two-people = 认定意见由一人提出、另一人审批，任何人不得审批自己提出的意见。

# 开放数据 -----------------------------------------------------------------------------------------------------------
open-data-title = 开放数据
open-data-lead = 名单、在池单位和统计数据均可自由下载，附数据说明、更新时间和使用许可。
open-data-pool = 今日在池单位
open-data-pool-text = 今天在池的全部资格，每项资格一行，按认定先后排列，排名不分先后。文件在下载时生成。
open-data-pool-file = 在池单位 { $on }
open-data-rows = 共 { $count } 项
open-data-updated = 更新时间：{ $at }
open-data-file = 文件
open-data-for = 说明
open-data-csv = 表格，UTF-8 编码，可用各类办公软件打开。
open-data-xlsx = 表格，数字和日期为相应类型，首行冻结，可直接打印；不超过 { $rows } 行，超过时请下载 CSV。
open-data-json = 供程序使用，格式见
open-data-columns = 各列说明
open-data-day = 某日在池单位
open-data-day-text = 任何一天的在池单位，各列和排列顺序与今日在池单位相同。下载地址后加 ?on= 和日期（如 ?on=2026-07-01），不加的为今天。
open-data-lists = 公布名单
open-data-list-text = 每份名单公布后不再改变。表格和 JSON 只含准予公开的列；签名原文可用于离线核验。
open-data-changed = 公布时间
open-data-signed = 签名原文
open-data-follow = 订阅与接口
open-data-feed-calls = 申报通知的更新（Atom）
open-data-feed-notices = 公示的更新（Atom）
open-data-feed-lists = 公布名单的更新（Atom）
open-data-calendar = 申报、推荐和公示的截止时间，可加入日历（iCalendar）
open-data-catalogue = 数据目录（DCAT，JSON-LD）
open-data-statistics = 统计数据，接口地址：
open-data-api = 全部接口的说明
open-data-licence = 使用许可
open-data-licence-text = 任何人可以免费使用、复制、传播和加工这些数据，须注明来源和下载日期，不得歪曲原意，不得以此表示获得推荐或担保。本说明为建议文本，由主管部门确认。
open-data-personal = 公布前逐格检查身份证号码、手机号码和银行卡号，含有这些内容的名单不能公布。证书编号不在下载文件中。
open-data-csv-guard = CSV 文件中以等号、加号等开头的内容前加有一个单引号，以免被表格软件当作公式执行；程序读取时去掉即可。
lists-xlsx = 下载表格（XLSX）
lists-xlsx-too-long = 超过 { $rows } 行，不提供 XLSX 文件，请下载 CSV 文件。
lists-entries-json = 下载数据（JSON）
lists-by-year = 按类别和年份
pool-column-name = 单位名称
pool-column-credit_code = 统一社会信用代码
pool-column-category = 类别代码
pool-column-category_name = 类别
pool-column-city = 地市
pool-column-list_number = 名单文号
pool-column-list_title = 名单名称
pool-column-year = 年份
pool-column-valid_from = 有效期起
pool-column-valid_to = 有效期止
pool-column-standing = 状态
pool-column-page = 单位页面
refusal-workbook_too_long = 超过 { $limit } 行的内容不能生成 XLSX 文件，请下载 CSV 文件。

# 订阅 ---------------------------------------------------------------------------------------------------------------
home-more = 更多
home-calendar = 加入日历
home-feed = 订阅更新
feed-call = 申报时间：{ $opens } 至 { $closes }
feed-notice = 公示期：{ $from } 至 { $to }
feed-list = { $category }，共 { $count } 条
calendar-name = 源池：申报与公示截止时间
calendar-opens = 开始申报：{ $title }
calendar-closes = 申报截止：{ $title }
calendar-recommend = 地市推荐截止：{ $title }
calendar-planned_screening = 预计完成形式审查：{ $title }
calendar-planned_review = 预计完成专家评审：{ $title }
calendar-planned_decision = 预计完成审定：{ $title }
calendar-planned_notice = 预计开始公示：{ $title }
calendar-objections = 异议受理截止：{ $title }
