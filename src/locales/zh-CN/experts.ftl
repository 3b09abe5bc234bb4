# 专家库：利害关系、聘期、履职情况
expert-own-title = 我的专家信息
expert-left-pool = 专家已暂停、移出专家库或聘期届满
expert-status-why = 状态变更理由
expert-pool = 专家库
expert-pool-province = 省级专家库
expert-term = 聘期
expert-term-open = 未限定
expert-term-days = { $from } 至 { $to }（含当日，空缺表示不限）
expert-term-title = 变更聘期
expert-term-from = 聘期起
expert-term-to = 聘期止
expert-term-hint = 含当日；留空表示不限。聘期外不抽取、不分配，专家角色随聘期届满停用，未提交的评分由他人接替，已提交的仍有效；续聘后恢复。
expert-term-save = 保存聘期
done-expert-term = 聘期已变更。
problem-expert_term_order = 聘期止不能早于聘期起，请核对。
expert-record = 履职情况
expert-record-assigned = 累计分配（件）
expert-record-done = 已提交评分表（份）
expert-record-late = 逾期（份）
expert-record-voided = 已作废评分表（份）
ties-title = 利害关系
ties-count = { $count } 项有效，查看或登记
ties-text = 曾任职单位、亲属关系、纠纷等登记后立即生效：专家不再评审该单位的申报，已分配的收回，由候补专家接替。撤回的登记保留备查。
ties-none = 尚未登记利害关系
ties-none-text = 如与申报单位存在可能影响公正评审的关系，请及时登记。
tie-organisation = 单位名称
tie-kind = 关系
tie-kind-past_employer = 曾任职单位
tie-kind-director = 董事、监事、高管或实际控制人
tie-kind-kinship = 亲属关系
tie-kind-dispute = 纠纷
tie-kind-other = 其他关系
tie-days = 起止
tie-note = 说明
tie-declared = 登记时间
tie-withdrawn-at = 已于 { $at } 撤回
tie-declare = 登记利害关系
tie-choose = 请选择
tie-code = 统一社会信用代码
tie-code-hint = 可空。填写后按代码回避，比按名称更准确。
tie-from = 起始日期
tie-until = 结束日期
tie-until-hint = 曾任职单位请填离职日期；留空视为仍在持续。
tie-declare-save = 登记
tie-withdraw = 撤回登记
tie-which = 撤回哪一项
tie-withdraw-hint = 撤回后不再据此回避，登记与撤回理由保留备查；已收回的评审任务不恢复。
tie-withdraw-save = 撤回
done-tie-declared = 利害关系已登记，立即生效。
tie-unregistered = 已登记单位中没有这一名称，目前不产生回避。请核对单位全称，或补登记统一社会信用代码。
done-tie-withdrawn = 登记已撤回。
problem-tie_kind = 请选择关系。
problem-tie_organisation = 请填写单位名称。
problem-tie_from_future = 起始日期不能晚于今天，请核对。
problem-tie_order = 结束日期不能早于起始日期，请核对。
problem-tie_note = 其他关系须说明具体情况。
problem-tie_which = 请选择要撤回的登记。
refusal-tie_declared = 该项利害关系已登记且仍有效，内容完全相同，无需重复登记。如情况有变，请按新的情况登记，或先撤回原登记。
refusal-tie_not_own = 该项由工作人员登记，如有异议请联系省厅经办人。
refusal-tie_withdrawn = 该项登记已撤回，无需重复操作。
mail-expert-standing-subject = 您的专家状态已变更
mail-expert-standing-body =
    { $name }，您好：

    您在评审专家库中的状态已变更为“{ $standing }”。
    理由：{ $reason }

    查看您的专家信息：
    { $link }
mail-expert-tie-declared-subject = 已为您登记利害关系
mail-expert-tie-declared-body =
    { $name }，您好：

    工作人员为您登记了与“{ $organisation }”的利害关系（{ $kind }）。即日起您不再评审该单位的申报。
    如有异议，请联系省厅经办人。查看您的专家信息：
    { $link }
mail-expert-tie-withdrawn-subject = 利害关系登记已撤回
mail-expert-tie-withdrawn-body =
    { $name }，您好：

    工作人员撤回了您与“{ $organisation }”的利害关系登记（{ $kind }）。
    理由：{ $reason }

    查看您的专家信息：
    { $link }

# 导入：可选列与核对
expert-column-pool = 专家库
expert-column-term_from = 聘期起
expert-column-term_to = 聘期止
expert-column-past_employers = 曾任职单位
expert-employer-left = { $name }（原单位，至 { $until }）
expert-column-hint-pool = 可空。“省级专家库”或市级主管部门名称；新专家留空归入省级专家库。
expert-column-hint-term_from = 可空。如 2026-01-01，含当日；留空不改。
expert-column-hint-term_to = 可空。如 2028-12-31，含当日；留空不改。
expert-column-hint-past_employers = 可空，多项用分号隔开，每项为“单位名称/统一社会信用代码/起/止”，除名称外可空。只增加，不撤回；单位有变动的，原单位自动计入，止于导入当日。
problem-expert_date = “{ $value }”不是有效日期，请按 2026-01-01 的格式填写。
problem-expert_pool = 没有名为“{ $value }”的专家库，请填写“省级专家库”或市级主管部门名称。
problem-expert_past_employer = 曾任职单位“{ $value }”填写有误，应为“单位名称/统一社会信用代码/起/止”，日期如 2020-01-31，止不早于起。
experts-preview-unchanged = 另有 { $count } 名与库内一致，不作改动。
experts-preview-added = 新增 { $count } 名
experts-preview-changed = 更新 { $count } 名
experts-preview-from = 现有内容
experts-preview-to = 更新为
experts-preview-stale = 核对之后专家库有变动，尚未导入。以下是重新检查的结果，请再次核对后确认。
