# 审定依据：计分规则、宽严分析、入选线测算、计算过程、会议纪要

scoring-how = 计分与排名规则
scoring-how-text = 从评分表到名次的每一步都按本规则计算，文中的算例由系统自动核对。
ranking-adjusted = 剔除宽严差异后 { $score } 分（仅供参考）
decision-cap = 分组名额
decision-cap-text = 按{ $by }分组，每组最多 { $most } 个
explain-link = 查看计算过程

## 宽严分析
severity-title = 专家宽严
severity-text = 宽严值是专家的评分与同件其他专家平均分之差，对其全部评审件取平均：负数表示偏严，正数表示偏宽。少于 3 件的不作剔除。
severity-points = 宽严值（分）
severity-files = 依据件数
severity-use = 是否剔除
severity-adjusts = 剔除
severity-too-few = 不足 3 件，不剔除
severity-adjusted = 剔除宽严后
severity-adjusted-text = “剔除宽严后”是各专家评分减去其宽严值后，按同一方法去高去低、取平均并四舍五入得出的分数，可能略高于满分或低于零分。该分数仅供审定参考，不作为正式得分，也不保存。

## 入选线测算
cut-line-title = 入选线测算
cut-line-text = 假设去掉任一专家的全部评分、任一维度的权重增减一成，或改用另一种平均方法，看入选名单和入选线附近的名次会不会变化。测算只供审定参考，不改变任何结果。
cut-line-summary = 共 { $total } 种假设，其中 { $unmoved } 种不改变入选名单。
cut-line-scenarios = 各种假设下的变化
cut-line-change = 假设
cut-line-enters = 转为入选
cut-line-leaves = 转为落选
cut-line-moved = 入选线前后 5 位的名次变化
cut-line-no-place = 无评分
cut-line-base = 现有排名
cut-line-outcome = 入选判断
cut-line-change-without_expert = 去掉{ $name }的评分
cut-line-change-weight_down = “{ $name }”权重减一成
cut-line-change-weight_up = “{ $name }”权重加一成
cut-line-change-plain_mean = 不去最高最低分，全部取平均
cut-line-change-trimmed_mean = 三份以上的去掉一个最高分和一个最低分

## 试算
whatif-title = 入选试算
whatif-text = 换一个名额、分数线或平均方法，看入选名单会怎样。试算不保存、不记录、不公开，也不改变任何结果。
whatif-places-hint = 0 至 1000000 的整数；留空按申报类别的规定。
whatif-pass-mark-hint = 0 至 100，最多两位小数；留空按申报类别的规定。
whatif-ask = 试算
whatif-summary = 试算入选 { $selected } 家，现行规则入选 { $was } 家。
whatif-result = 试算结果
whatif-compared = 与现行规则相比
whatif-was = （原 { $value }）
whatif-enters = 转为入选
whatif-leaves = 转为落选
whatif-same = 不变
aggregate = 平均方法
aggregate-official = 按申报类别的规定
aggregate-plain = 全部评分表取平均
aggregate-trimmed = 三份以上的去掉一个最高分和一个最低分
problem-whatif_places = 入选名额应为 0 至 { $max } 的整数，请改正或留空。
problem-whatif_pass_mark = 入选分数线应为 0 至 100 的数，最多两位小数，请改正或留空。
problem-whatif_aggregate = 没有这种平均方法，请从列表中选择。

## 计算过程
explain-application = 查看申报材料
explain-place = 得分与名次
explain-arithmetic = 计算
explain-rounding = 四舍五入到两位小数，只舍入一次。
explain-beside = 其他数据
explain-before = 前一名
explain-state = 办理状态
explain-totals = 各评分表合计
explain-counts = 是否计入
explain-counted = 计入
explain-out-highest = 最高分，不计入
explain-out-lowest = 最低分，不计入
explain-deviation = 与其他专家平均分之差
explain-outlier = 偏离较大
explain-dimensions = 各维度平均分（同分时按申报类别规定的次序比较）
explain-dimension = 维度
explain-sum = 合计 ÷ 份数
explain-mean = 平均分
explain-mean-before = 前一名平均分
explain-sheets = 评分表明细
explain-item = 评分项
explain-points = 得分 / 满分

## 会议纪要
minutes-title = 评审会议纪要
minutes-download = 下载表格（XLSX）
minutes-draft = （审定意见尚未批准，供核对）
minutes-part-meeting = 一、会议概况
minutes-part-panel = 二、评审专家
minutes-part-recusals = 三、回避与收回情况
minutes-part-ranking = 四、评审排名与审定结果
minutes-part-decision = 五、审定意见
minutes-sheet-meeting = 会议概况
minutes-sheet-panel = 评审专家
minutes-sheet-recusals = 回避与收回
minutes-sheet-ranking = 排名与结果
minutes-item = 事项
minutes-content = 内容
minutes-call = 申报通知
minutes-programme = 申报类别
minutes-year = { $year } 年度
minutes-basis = 政策依据
minutes-period = 评审时间
minutes-opened = 评审开始
minutes-closed = 评审结束
minutes-closed-by = 评审经办人
minutes-draw = 专家抽取
minutes-draw-digest = 抽取记录摘要（SHA-256）
minutes-no-draw = 未经抽取，由评审组织人员确定
minutes-rules = 入选规则与结果
minutes-selected = 拟认定 { $count } 家
minutes-employer = 单位
minutes-expert-title = 职称
minutes-sheets = 计入评分表
minutes-reserve = 候补
minutes-number = 申报编号
minutes-recusal-kind = 类别
minutes-no-recusal = 本次评审没有专家回避或任务收回。
minutes-no-decision = 尚未提出审定意见。
minutes-proposed-at = 提出时间
minutes-decided-at = 审批时间
minutes-undone-at = 撤销时间
minutes-sign-recorder = 记录人
minutes-sign-handler = 经办人
minutes-sign-approver = 审批人
minutes-sign-auditor = 监督人
minutes-sign-date = 　　年　　月　　日

## 专家本人记录
expert-record-deviation = 与评审组平均分之差
expert-record-deviation-value = { $points } 分（{ $files } 件已结束评审的申报）
expert-record-deviation-few = 不足 3 件，仅供参考
