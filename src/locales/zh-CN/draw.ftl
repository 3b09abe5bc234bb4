# 专家抽取

draw-title = 专家抽取
draw-link = 专家抽取
draw-how = 抽取规则与核验方法
draw-how-text = 任何人都可以按本规则，用抽取记录文件在自己的电脑上重新演算抽取结果。
draw-intro = 评审专家组和候补专家由系统按公开规则随机抽取。经办人和审计员各自先提交一个承诺值，名单固定之后再公开各自的口令，两个口令与办理记录共同决定结果，任何一方都无法单独左右。
draw-status-announced = 待双方提交承诺
draw-status-listed = 名单已固定，待双方公开口令
draw-status-drawn = 已抽取
draw-status-abandoned = 已终止
draw-none = 尚未发起抽取
draw-none-text = 申报通知批准后、评审开启前，由省厅经办人或第三方评价机构在本页发起；发起后系统会通知经办人和审计员。
draw-attempt = 第 { $number } 次抽取
draw-step = 步骤
draw-who = 办理人
draw-when = 时间
draw-step-announced = 发起抽取
draw-step-committed-handler = 经办人提交承诺
draw-step-committed-auditor = 审计员提交承诺
draw-step-listed = 固定候选名单
draw-step-revealed-handler = 经办人公开口令
draw-step-revealed-auditor = 审计员公开口令
draw-step-drawn = 抽取完成
draw-step-abandoned = 终止本次抽取
draw-not-yet = 尚未办理
draw-strata = 抽取数量
draw-field = 专业领域
draw-field-any = 不限领域
draw-places = 评审专家组人数
draw-reserves = 候补专家人数
draw-announce-title = 发起抽取
draw-announce-text = 发起后，经办人和审计员各有一人提交承诺。人数不足时不能发起。
draw-announce = 发起抽取
draw-preview = 核对候选人数
draw-preview-title = 核对抽取方案
draw-preview-text = 以下为当前符合条件的候选人数和未列入原因，确认后发起。候选名单在双方提交承诺后才固定，届时按当时情况重新核对。
draw-preview-caption = 各专业领域候选情况
draw-preview-candidates = 候选专家
draw-preview-names = 名单
draw-preview-excluded = 未列入及原因
draw-preview-outside = 另有 { $count } 名专家不属于以上领域。
draw-ending-text = 以下候选专家的聘期在 { $day } 之前届满。固定候选名单当日仍在聘期内的，仍可被抽中；需要其评审至截止的，请先续聘。
draw-ending-line = { $name }：聘期至 { $day }
draw-preview-back = 返回修改
draw-commit-title = 提交承诺
draw-commit-text = 请输入一个只有您知道的口令（{ $least } 至 { $most } 个字符，建议随机生成）并妥善保管，名单固定后须由您本人再次输入。系统只保存由口令算出的承诺值，不保存口令；口令遗失的，本次抽取只能终止。
draw-phrase = 口令
draw-commitment = 自行计算的承诺值（64 位十六进制数）
draw-commitment-hint = 不愿在此输入口令的，可在自己的电脑上算出承诺值填在这里，口令一栏留空。
draw-recipe = 在自己的电脑上计算承诺值
draw-recipe-text = 在 bash 中运行下面三行，先输入口令并回车（不会显示），得到的前 64 位字符即为承诺值。
draw-commit = 提交承诺
draw-list-title = 固定候选名单
draw-list-text = 双方均已提交承诺。固定后候选名单不能更改，系统通知双方公开口令。
draw-list = 固定名单
draw-reveal-title = 公开口令
draw-reveal-text = 名单已固定。请输入提交承诺时所用的口令；双方都公开后，系统立即抽取。逾期不公开或拒绝公开的，终止抽取时将如实记录。
draw-reveal = 公开口令
draw-abandon = 终止本次抽取
draw-abandon-text = 终止后本次抽取作废，须另行发起；终止的理由和未公开口令的一方将写入以后的抽取记录。
draw-abandon-reason = 终止理由
draw-abandon-confirm = 确认终止
draw-wait-commit = 等待经办人和审计员提交承诺。
draw-wait-commit-auditor = 经办人已提交承诺，等待审计员提交承诺。
draw-wait-commit-handler = 审计员已提交承诺，等待经办人提交承诺。
draw-wait-list = 双方均已提交承诺，等待经办人固定候选名单。
draw-wait-reveal = 名单已固定，等待双方公开口令。
draw-wait-reveal-auditor = 经办人已公开口令，等待审计员公开口令。
draw-wait-reveal-handler = 审计员已公开口令，等待经办人公开口令。
draw-panel = 评审专家组
draw-reserve-list = 候补专家（按递补顺序）
draw-candidates = 候选专家（{ $count } 名）
draw-exclusions = 未列入候选的专家（{ $count } 名）
draw-expert = 专家
draw-employer = 单位
draw-reason = 原因
draw-record = 下载抽取记录
draw-events = 下载办理记录
draw-verify-text = 核验：把两个文件下载到自己的电脑，运行 yuanchi draw verify draw-{ $draw }.json --events draw-{ $draw }-events.json，或按公开规则自行演算。
draw-digest-opening = 名单摘要
draw-digest-head = 名单固定时的办理记录哈希
draw-digest-seed = 随机种子
draw-digest-record = 抽取记录摘要
draw-to-review = 前往编组与分配
review-panel-drawn = 评审专家组已由抽取产生，编组时自动采用；回避后人数不足的，按递补顺序由候补专家递补。

draw-excluded-suspended = 已暂停
draw-excluded-removed = 已移出专家库
draw-excluded-out_of_term = 不在聘期内
draw-excluded-other_pool = 不属于本申报类别所用的专家库
draw-excluded-no_field = 不属于所抽取的专业领域
draw-excluded-recused = 须回避全部待评申报

reserve-called-left = 抽取的专家已离库，由候补专家递补
reserve-called-too_few = 回避后评审专家组人数不足，由候补专家递补
reserve-called-recused = 原分配的专家回避，由候补专家递补
reserve-called-released = 原分配的任务收回，由候补专家递补
reserve-called-late = 申报后到，由候补专家递补
reserve-called-second_panel = 会商后分差仍超限，启动复评，由候补专家递补

desk-draw-commit = 专家抽取：待您提交承诺
desk-draw-list = 专家抽取：待您固定候选名单
desk-draw-reveal = 专家抽取：待您公开口令

refusal-draw_both_roles = 同一人不能既作为经办人又作为审计员参加抽取，请由两个人分别办理。
refusal-draw_none = 尚未发起抽取。
refusal-draw_done = 评审专家组已经抽取产生，不能重新抽取；专家回避或离库的，由候补专家递补。确有差错的，须先由经办人和审计员撤销抽取结果。
refusal-draw_running = 已有一次抽取正在进行，请先办完或终止。
refusal-draw_unfinished = 专家抽取正在进行，请先办完或终止抽取，再编组或开启评审。
refusal-draw_required = 评审专家须经抽取产生。请先完成专家抽取（原抽取结果已撤销的，须重新抽取），再编组。
refusal-draw_call_not_approved = 申报通知尚未批准，不能抽取专家。
refusal-draw_review_open = 评审已经开启，不能再抽取专家。
refusal-draw_listed = 候选名单已经固定，不能再提交承诺或重新固定。
refusal-draw_committed = 您这一方已经提交承诺，不能更改；确需更改的，请终止本次抽取后重新发起。
refusal-draw_not_committed = 经办人和审计员都提交承诺之后，才能固定候选名单。
refusal-draw_not_listed = 候选名单尚未固定，现在不能公开口令。
refusal-draw_not_a_party = 这一步须由提交承诺的本人办理。
refusal-draw_revealed = 您已经公开口令，无需重复办理。
problem-draw_short = 符合条件的候选专家只有 { $available } 名，少于所需的 { $needed } 名，请减少人数或增补专家库。
problem-draw_short_in_field = “{ $field }”领域符合条件的候选专家只有 { $available } 名，少于所需的 { $needed } 名，请减少人数或增补专家库。
problem-draw_too_many_fields = 一次抽取最多分 { $limit } 个领域，请减少。
problem-draw_field = “{ $field }”不是专业领域的代码，请填写申报类别、类型或产业集群的代码。
problem-draw_field_twice = 领域“{ $field }”出现了不止一次，请合并。
problem-draw_everybody_last = 不限领域的一项须排在最后，否则其后各项抽不到专家。
problem-draw_panel = 评审专家组人数应为 1 至 { $limit } 的整数，请改正。
problem-draw_reserves = 候补专家人数应为 0 至 { $limit } 的整数，请改正。
problem-draw_panel_too_small = 共抽取 { $panel } 名专家，少于每件申报所需的 { $needed } 名，请增加。
problem-draw_panel_fixed = 评审专家组已由抽取产生，不能另选专家；请不要指定专家。
problem-draw_phrase_length = 口令应为 { $min } 至 { $max } 个字符，您填的是 { $found } 个，请改正。
problem-draw_phrase_or_commitment = 请填写口令或自行计算的承诺值，只填其中一项。
problem-draw_commitment = 承诺值应为 64 位十六进制数（0 至 9、a 至 f），请核对。
problem-draw_phrase_wrong = 口令与您提交的承诺不符，请核对大小写、空格和标点后重新输入；口令确已遗失的，请终止本次抽取并写明理由。
done-draw-announced = 抽取已发起，已通知经办人和审计员。
done-draw-committed = 承诺已提交，请妥善保管口令。
done-draw-listed = 候选名单已固定，已通知双方公开口令。
done-draw-revealed = 口令已公开，等待另一方公开。
done-draw-drawn = 抽取完成，评审专家组和候补专家已产生。
done-draw-abandoned = 本次抽取已终止。
draw-annulled = 已撤销
draw-annulled-before = 此前已有 { $count } 次抽取结果被撤销，撤销情况和理由长期留存，并列入以后各次抽取的记录。
draw-annul = 提议撤销抽取结果
draw-annul-text = 撤销后评审专家组和候补专家不再有效，须重新抽取；本次抽取的记录、结果和撤销理由长期留存，并列入以后各次抽取的记录。撤销须由经办人提议、另一名审计员同意。
draw-annul-reason = 撤销理由
draw-annul-confirm = 提交审计员确认
draw-annul-accept-title = 同意撤销抽取结果
draw-annul-accept = 同意撤销
draw-annul-refuse = 不同意撤销
draw-annul-withdraw = 收回提议
draw-annul-refuse-reason = 不同意的理由
draw-annul-withdraw-reason = 收回的理由
draw-annul-refuse-confirm = 维持抽取结果
draw-annulment-open = 已提议撤销本次抽取结果，待审计员同意。
draw-step-annulment = 提议撤销抽取结果
draw-step-annulled = 同意撤销抽取结果
desk-draw-annulment = 专家抽取：待您决定是否撤销抽取结果
refusal-draw_not_drawn = 尚未抽取产生结果，无需撤销；进行中的抽取请直接终止。
refusal-draw_annulled = 本次抽取结果已经撤销。
refusal-draw_review_opened = 评审已经开启，专家已收到通知，抽取结果不能再撤销；专家回避或离库的，由候补专家递补。
refusal-draw_planned = 已按本次抽取结果分配评审任务，请先撤销分配方案，再撤销抽取结果。
refusal-draw_annulment_proposed = 已提议撤销本次抽取结果，正待审计员同意。
refusal-draw_annulment_not_proposed = 没有待同意的撤销提议。
refusal-draw_annulment_own = 不能同意自己的提议，请由另一名审计员办理。
refusal-draw_annulment_not_own = 撤销提议须由审计员决定，或由提议人收回。
refusal-draw_annulment_waiting = 已有人提议撤销抽取结果。请先由审计员决定是否同意撤销，或由提议人收回提议，再编组。
done-draw-annulment-proposed = 已提议撤销抽取结果，并通知审计员。
done-draw-annulled = 抽取结果已撤销，可以重新发起抽取。
done-draw-annulment-refused = 抽取结果维持不变，已通知提议人。
done-draw-annulment-withdrawn = 提议已收回，抽取结果维持不变。

mail-draw-announced-subject = 专家抽取待提交承诺：{ $call }
mail-draw-announced-body =
    “{ $call }”已发起评审专家抽取，请经办人和审计员各一人提交承诺：
    { $link }
mail-draw-to-list-subject = 专家抽取待固定名单：{ $call }
mail-draw-to-list-body =
    “{ $call }”评审专家抽取的双方均已提交承诺，请固定候选名单：
    { $link }
mail-draw-to-reveal-subject = 专家抽取待公开口令：{ $call }
mail-draw-to-reveal-body =
    “{ $call }”评审专家抽取的候选名单已固定，请尽快公开您的口令：
    { $link }

    逾期不公开或拒绝公开的，终止抽取时将如实记录。
mail-draw-drawn-subject = 专家抽取已完成：{ $call }
mail-draw-drawn-body =
    “{ $call }”的评审专家组和候补专家已抽取产生。查看结果、下载抽取记录：
    { $link }
mail-draw-abandoned-subject = 专家抽取已终止：{ $call }
mail-draw-abandoned-body =
    “{ $call }”本次评审专家抽取已终止。
    理由：{ $reason }

    查看办理情况：{ $link }
mail-draw-annulment-proposed-subject = 专家抽取结果待同意撤销：{ $call }
mail-draw-annulment-proposed-body =
    经办人提议撤销“{ $call }”的评审专家抽取结果。
    理由：{ $reason }

    请决定是否同意：{ $link }
mail-draw-annulled-subject = 专家抽取结果已撤销：{ $call }
mail-draw-annulled-body =
    “{ $call }”的评审专家抽取结果经审计员同意已撤销，须重新抽取。
    理由：{ $reason }

    查看办理情况：{ $link }
mail-draw-annulment-refused-subject = 专家抽取结果维持不变：{ $call }
mail-draw-annulment-refused-body =
    撤销“{ $call }”评审专家抽取结果的提议未获同意或已收回，抽取结果维持不变。
    理由：{ $reason }

    查看办理情况：{ $link }
