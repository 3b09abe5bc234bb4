## 专家导入记录与撤销
expert-imports-title = 导入记录
expert-imports-none = 暂无导入记录
expert-imports-none-text = 在网页或接口导入专家后，每次导入列于此处，未被使用前可以整批撤销。
expert-imports-caption = 历次导入，最近的在前
expert-import-title = 专家导入
expert-import-at = 导入时间
expert-import-by = 导入人
expert-import-added = 新增
expert-import-updated = 更新
expert-import-unchanged = 未变
expert-import-status = 状态
expert-import-status-applied = 已导入
expert-import-status-undone = 已撤销
expert-import-undo = 撤销本次导入
expert-import-undo-text = 新增的专家将移出专家库，邀请和专家身份一并收回；更新过的专家恢复导入前的内容。整批撤销，并记入办理记录。
expert-import-undo-send = 确认撤销
expert-import-endings = 因本次导入收回的评审任务（{ $count } 件）
expert-import-endings-text = 上述任务在导入时即已收回，由候补专家或者专家组内任务较少者接替。撤销导入只恢复专家资料，不恢复已收回的任务和作废的评分表。
experts-endings = 导入后将收回进行中的评审任务 { $count } 件
experts-endings-text = 按导入内容，下列专家应当回避。确认导入后任务立即收回，已提交的评分表作废，由候补专家或者专家组内任务较少者接替；撤销导入不恢复这些任务。
done-experts-imported-endings = 专家名册已导入，应回避的评审任务已随之收回，详见导入记录。新增专家的邀请邮件将陆续发出。
experts-ending-submitted = 评分表已提交，将作废
experts-replacements = 接替人选（{ $count } 件）
experts-replacement-reserve = { $call }：{ $organisation } { $number }，由{ $expert }接替{ $gone }，按递补顺序为候补第 { $turn } 位
experts-replacement-panel = { $call }：{ $organisation } { $number }，由{ $expert }接替{ $gone }，系专家组内任务较少者
experts-replacement-vacant-reserve = { $call }：{ $organisation } { $number }，由{ $expert }补足空缺，按递补顺序为候补第 { $turn } 位
experts-replacement-vacant-panel = { $call }：{ $organisation } { $number }，由{ $expert }补足空缺，系专家组内任务较少者
experts-vacancies = 暂无专家可以接替（{ $count } 件），请在评审页面增补专家
done-expert-import-undone = 导入已撤销。
done-experts-imported-before = 该名册此前已导入，未重复导入。下面是当时的导入记录。
refusal-import_rests_assigned = { $name }已分配评审任务，本次导入不能撤销。如不再聘用，请在专家页面变更其状态。
refusal-import_rests_drawn = { $name }已列入抽取名单或评审专家组，本次导入不能撤销。如不再聘用，请在专家页面变更其状态。
refusal-import_rests_signed_in = { $name }已启用账号，本次导入不能撤销。如不再聘用，请在专家页面变更其状态。
refusal-import_rests_changed = 导入之后{ $name }的资料又有变动，本次导入不能撤销。如变动来自后一次导入，请先撤销后一次；否则请直接修改。
mail-expert-import-undone-subject = 专家库邀请已撤回
mail-expert-import-undone-body = { $name }：

    您好。此前通知您加入评审专家库的导入已撤销，相应的专家身份和邀请链接不再有效，您无需办理任何事项。
    理由：{ $reason }

    { $link }

## 疑似重复
experts-namesakes = 疑似重复
experts-namesakes-text = 以下各行与另一邮箱的专家同名且同单位，可能是同一人。请核实；确为两人的，可以继续导入。
experts-namesake-in-file = 第 { $line } 行{ $name }（{ $employer }，{ $email }）与第 { $other } 行（{ $address }）同名同单位。
experts-namesake-in-pool = 第 { $line } 行{ $name }（{ $employer }，{ $email }）与库内专家（{ $address }）同名同单位。

## 专家库筛选
experts-pool-any = 全部专家库
