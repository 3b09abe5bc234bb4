# 办件列表：批量推荐、批量通过形式审查及其撤销，保存的筛选条件

## 批量办理
batches-title = 批量办理记录
batches-none = 尚无批量办理记录
batches-none-text = 在申报件列表中勾选多件一并推荐或者通过形式审查后，办理情况列在这里。
batch-kind = 事项
batch-kind-recommendation = 批量推荐
batch-kind-screening = 批量通过形式审查
batch-files = 件数
batch-status = 状态
batch-status-applied = 已办理
batch-status-undone = 已撤销
batch-at = 办理时间
batch-by = 办理人
batch-undone-at = 撤销时间
batch-undone-by = 撤销人
batch-recommend-title = 批量推荐
batch-accept-title = 批量通过形式审查
batch-recommend-ticked = 一并推荐所勾选的申报件
batch-accept-ticked = 所勾选的申报件一并通过形式审查
batch-recommend-send = 确认推荐
batch-accept-send = 确认通过
batch-recommend-count = 将推荐 { $count } 件
batch-accept-count = 将通过形式审查 { $count } 件
batch-files-count = 已办理 { $count } 件
batch-files-undone = 已撤销办理 { $count } 件
batch-left-out-count = 不在本次办理之列 { $count } 件
batch-none-ticked = 未勾选申报件
batch-none-ticked-text = 请返回列表勾选需要一并办理的申报件，列表的筛选条件和次序不变。
batch-nobody = 没有可以一并办理的申报件
batch-nobody-text = 原因见下表。请返回列表重新勾选，或者逐件办理。
batch-why = 原因
batch-typed = 您填写的意见（未保存）
batch-typed-text = 需要改用此意见的，请先打开该次办理记录撤销，再重新推荐。
batch-earlier = 查看该次办理记录
batch-back = 返回申报件列表
batch-opinion-hint = 每件申报件的推荐意见相同，省厅审查人员将看到此内容。意见不同的，请逐件推荐。
batch-accept-text = 所列申报件经系统核对，各项均为“符合”。确认后，审查结论均记为“符合”。
batch-whole-text = 所列申报件一并办理，有一件不能办理的，全部不办理。确认后通知各申报单位；通知较多时先在“批量邮件”中待发。
batch-tick-head = 勾选
batch-tick = 勾选{ $organisation }（{ $number }）
batch-tick-all = 全选本页可一并办理的申报件
batch-tick-hint = 勾选后可以一并办理：先显示将办理哪些、哪些不能办理及其原因，确认后才生效。
batch-tick-order = 推荐排序按本列表的先后顺序。
batch-undo = 撤销本次办理
batch-undo-text = 撤销后，各申报件退回办理之前的环节；撤销推荐的，所占名额一并释放。撤销原因通知各申报单位。
batch-undo-send = 确认撤销
done-batch-recommended = 已推荐所列申报件，各申报单位将收到通知。
done-batch-accepted = 所列申报件已通过形式审查，各申报单位将收到通知。
done-batch-undone = 已撤销，各申报件已退回办理之前的环节，各申报单位将收到通知。
batch-letters-held = 通知 { $count } 封尚未发出，待查看后发出；未办理的，{ $at } 自动发出。
batch-letters = 查看批量邮件
refusal-batch_other_call = 与勾选的第一件不属于同一批次，或推荐单位不同，请另行办理。
refusal-batch_incomplete = 申报表或者佐证材料不完整，请逐件审核，可退回补正。
refusal-batch_places_given = 推荐名额已用完：本单位在本批次的推荐名额为 { $limit } 个，此前已使用 { $taken } 个，余下的 { $given } 个用于本次所列排在前面的申报件。如需推荐该件，请返回列表少勾选其他申报件。
refusal-batch_findings_open = 系统核对有 { $count } 项不是“符合”，请逐件审查。
refusal-batch_preview_outdated = 预览之后情况有变化，未作任何更改。以下是最新情况，请核对后再确认。
refusal-batch_done_otherwise = 您已于 { $at } 办理这些申报件，当时的推荐意见为“{ $opinion }”。本次填写的意见与之不同，未作任何更改；填写的内容保留在下面。
refusal-batch_nothing_left = 所勾选的申报件都不能一并办理，未作任何更改。
refusal-batch_undo_withdrawn = { $organisation }（{ $number }）已撤回申报，本次办理不能撤销。
refusal-batch_undo_moved = { $organisation }（{ $number }）此后又有办理，本次办理不能撤销。
refusal-batch_undo_assigned = { $organisation }（{ $number }）已分配评审专家，本次办理不能撤销。
refusal-batch_undo_being_decided = 本批次有审定意见待审批，其中涉及{ $organisation }（{ $number }）。请先批准或者退回，再办理撤销。
problem-batch_nothing_ticked = 请至少勾选一件申报件。
problem-batch_too_many = 一次最多办理 { $limit } 件，现有 { $found } 件，请分批勾选。

## 保存的筛选条件
filters-title = 常用筛选
filters-none = 尚未保存筛选条件
filters-none-text = 在申报件列表中筛选后，可以命名保存，以后从工作台和列表上方直接打开。
filters-manage = 管理常用筛选
filter-name = 筛选名称
filter-new-name = 新名称
filter-save = 保存当前筛选
filter-save-hint = 仅您本人可见，最多保存 { $limit } 个。
filter-order-not-kept = 常用筛选不保存“最近更新的排在前面”这一顺序，以后打开时期限最近的排在前面。
filter-rename = 将“{ $name }”改名
filter-delete = 删除“{ $name }”
done-filter-saved = 已保存筛选条件。
done-filter-renamed = 已改名。
done-filter-deleted = 已删除。
refusal-filters_full = 最多保存 { $limit } 个筛选条件。请先删除不再使用的，再保存。
problem-filter_name_missing = 请填写筛选名称。
problem-filter_name_too_long = 筛选名称不能超过 { $limit } 字，现有 { $found } 字，请精简。
problem-filter_name_taken = 您已有同名的筛选条件，请换一个名称。
problem-filter_search_too_long = 搜索内容不能超过 { $limit } 字，现有 { $found } 字，请精简。
problem-filter_call_unknown = 没有可供您查看的该批次申报件，请重新选择批次。

## 邮件
mail-recommendation-undone-subject = 推荐已撤销：{ $call }（{ $number }）
mail-recommendation-undone-body =
    { $organisation }：

    此前通知贵单位，{ $station }已推荐贵单位的申报件（申报编号：{ $number }，批次：{ $call }）。该推荐已于 { $date } 撤销，原通知作废，申报件退回{ $station }重新审核，结果另行通知。

    撤销原因：{ $reason }

    贵单位无须重新提交材料。查看进度：{ $link }
mail-acceptance-undone-subject = 形式审查结果已撤销：{ $call }（{ $number }）
mail-acceptance-undone-body =
    { $organisation }：

    此前通知贵单位，贵单位的申报件（申报编号：{ $number }，批次：{ $call }）已通过形式审查。该结果已由{ $station }于 { $date } 撤销，原通知作废，申报件退回形式审查环节，结果另行通知。

    撤销原因：{ $reason }

    贵单位无须重新提交材料。查看进度：{ $link }
