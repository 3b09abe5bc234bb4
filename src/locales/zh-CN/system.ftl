# The record, for auditors.
events-title = 办理记录
event-chain-title = 办理记录链
event-action = 事项
event-action-hint = 填写完整代码，例如 application.submitted
event-subject = 对象
event-subject-id = 对象编号
event-filter = 查询
event-count = 共 { $count } 条
event-number = 序号
event-at = 时间
event-actor = 办理人
event-reason = 理由
event-states = 状态变化
event-hash = 摘要
event-back = 返回全部记录
event-chain-holds = 校验通过：{ $count } 条记录首尾相连，未发现改动。
event-chain-broken = 校验未通过：
