# 申报：填报、佐证材料、提交、回执、撤回、申报件页面。

## 列表
applications-title = 申报件
applications-own = 本单位的申报
applications-none = 没有符合条件的申报件
applications-search = 单位名称、统一社会信用代码或申报编号
applications-total = 共 { $total } 件
application-all-states = 全部
application-all-calls = 全部申报通知
application-order-urgent = 期限最近的排在前面
application-file = 申报件
application-due = 期限
application-submitted-on = 提交：{ $at }
application-order-waiting = 最久未办的排在前面
application-order-latest = 最近更新的排在前面
application-filter-kept = 筛选条件保存在网址中，可加入浏览器收藏夹，下次直接打开。
application-waited-days = 已 { $days } 天未变动
application-filter = 筛选
application-filter-by-state = 按办理状态筛选
application-to-calls = 查看申报通知

## 申报件
application-number = 申报编号
application-number-none = 尚未提交
application-organisation = 申报单位
application-name = 名称
application-credit-code = 统一社会信用代码
application-registered-area = 注册地
application-area-outside = 广东省外
application-address = 地址
application-call = 申报通知
application-bureau = 推荐单位
application-bureau-direct = 省厅直接受理
application-state = 办理状态
application-updated-at = 最近更新
application-next-title = 当前进度
application-next-draft = 请完成填报、上传佐证材料，由单位管理员提交。
application-next-submitted = 等待地市主管部门审核。
application-next-city_correction = 地市主管部门已退回补正，请申报单位在期限内修改后重新提交。
application-next-not_recommended = 地市主管部门不予推荐，本批次的办理已结束。
application-next-recommended = 等待省厅形式审查。
application-next-screening_correction = 省厅已退回补正，请申报单位在期限内修改后重新提交。
application-next-ineligible = 形式审查认定不符合条件，本批次的办理已结束。
application-next-in_review = 等待专家评审。
application-next-reviewed = 评审已结束，等待审定。
application-next-proposed = 已列入拟认定名单，等待公示。
application-next-not_selected = 经审定未入选，本批次的办理已结束。
application-next-in_notice = 正在公示，公示期满无异议后公布。
application-next-held = 因收到异议暂缓公布，等待核查结果。
application-next-removed = 异议成立，已从公示名单中撤下，本批次的办理已结束。
application-next-recognised = 已列入公布名单。
application-next-withdrawn = 申报单位已撤回申报。
application-next-closed = 申报已于{ $at }截止，本件未提交，不能再填报或提交。
application-next-lapsed = 补正期限已于{ $at }届满，贵单位未重新提交，现已不能修改或提交。接下来由{ $station }决定是否延长期限，或作出结论，结果将发邮件通知贵单位。确有特殊情况的，请尽快联系{ $station }说明。
application-next-lapsed-officer = 逾期未补正：补正期限已于{ $at }届满，申报单位未重新提交。请延长补正期限，或作出结论。
application-deadline-closing = 申报截止：{ $at }
application-deadline-correction = 补正期限：{ $at }
application-to-mend = 需补正的内容
application-deadline-recommendation = 地市推荐截止：{ $at }
application-recommendation-title = 地市推荐意见
application-recommendation-rank = 推荐排序：第 { $rank } 位
application-to-application = 返回申报件
application-file-kept = 已保存的填报内容和附件没有丢失，仍可在申报件中查看。
application-to-form = 返回填报
application-to-submission = 下一步：提交
action-screening = 形式审查
station-filling = 填报
station-decision = 审定
station-publication = 公布

## 补正
application-correction-of = 补正（{ $station }）
application-correction-requested-at = 退回时间
application-correction-due-at = 补正期限
application-correction-answered-at = 重新提交
application-correction-note = 退回说明：
application-correction-note-label = 退回说明
mark-reason = 需补正：
mark-changed = 已改
mark-unchanged = 未改
changes-title = 补正前后对照
changes-none = 补正前后内容一致。
application-before = 补正前
application-after = 补正后

## 办理记录
timeline-title = 办理记录
timeline-repeated = { $title }，共 { $count } 次
timeline-way-title = 办理进程
timeline-here = 当前环节
timeline-last = 最近一次办理
timeline-place-done = 已办结
timeline-place-current = 正在办理
timeline-place-ahead = 尚未开始
timeline-place-stopped = 办理至此结束
timeline-place-unreached = 不再办理
timeline-since = { $at } 起
timeline-span = { $from } 至 { $to }
timeline-due = 办理期限：{ $at }
timeline-overdue = 办理期限已过：{ $at }
timeline-due-none = 本批次未公布本环节的办理期限
timeline-planned = 预计完成：{ $day }
timeline-planned-passed = 已过预计完成日期：{ $day }
timeline-planned-notice = 预计开始公示：{ $day }
timeline-planned-notice-passed = 已过预计开始公示日期：{ $day }
timeline-notice-until = 公示截止：{ $at }
event-application-drafted = 新建申报
event-application-saved = 保存填报内容
event-application-document-added = 上传佐证材料
event-application-document-removed = 移除佐证材料
event-application-submitted = 提交申报
event-application-resubmitted = 提交补正
event-application-withdrawn = 撤回申报
event-application-correction-requested = 退回补正
event-application-correction-extended = 延长补正期限
event-application-recommended = 推荐
event-application-recommendation-undone = 撤销推荐，退回待审核
event-application-not-recommended = 不予推荐
event-application-result-filed = 报备认定结果
event-application-accepted = 形式审查通过
event-application-acceptance-undone = 撤销形式审查结果，退回形式审查
event-application-declared-ineligible = 认定不符合条件
event-application-reviewed = 评审结束
event-application-selected = 审定为拟认定
event-application-declined = 审定为不予认定
event-application-decision-undone = 撤销审定结果，退回待审定
event-application-noticed = 列入公示
event-application-held = 暂缓公布
event-application-released = 恢复公示
event-application-removed = 从公示名单撤下
event-application-recognised = 列入公布名单

## 填报
form-title = 填报申报书
form-title-correction = 补正申报书
form-go-on-correction = 继续补正
form-deadline = 截止时间：{ $at }（以服务器收到完整内容的时间为准）
application-choose = 请选择
progress-title = 填报进度
form-from-organisation = { $help }已按单位登记信息填入，请核对。
progress-some = 应填 { $total } 项，已完成 { $met } 项
progress-complete = 应填 { $total } 项，已完成 { $met } 项，全部齐备
progress-nothing = 没有必填项
progress-mending = 待补正 { $left } 项，已改 { $changed } 项
progress-lacking = “{ $part }”待填写或修改的内容
application-year = 年份
answer-place = 序号
application-save = 保存
application-save-and-documents = 保存并上传佐证材料
application-save-and-submission = 保存并前往提交
application-save-and-preview = 保存并预览
preview-title = 预览申报件
preview-text = 以下是审核人员打开本件时看到的内容，请核对有无错漏。预览不等于提交。
preview-filed = 本件正在补正，重新提交之前，审核人员看到的仍是上次提交的内容。
preview-print = 打印或另存为 PDF
preview-at = 内容截至 { $at }
row-number = 序号
row-add = 增加一行
row-remove = 删除本行
paste-hint = 可以从 Excel 等表格复制多行多列，在起始格内粘贴，内容会依次填入各格。
paste-filled = 已填入格数：
paste-left = 以下内容没有填入，请核对后手工填写（前面的数字是行号）：
paste-no-row = 超出可填的行数：
paste-no-such-row = 表中没有对应的年份或列名：
paste-no-column = 超出可填的列数：
paste-no-choice = 选项中没有：
paste-no-date = 不是可识别的日期：
paste-undo = 撤销粘贴
carry-over = 沿用上次填报内容
carry-over-text = 贵单位曾在“{ $call }”中申报同一类别。可将当时的内容填入本表尚为空白的项目，已填写的项目不受影响；填入后请逐项核对。
members-title = 联合体成员
members-note = 牵头单位以外的成员，最多 { $limit } 家。没有成员的，留空即可。
application-member-name = 单位名称
application-member-credit-code = 统一社会信用代码
application-member-duty = 承担的工作

## 佐证材料
documents-title = 佐证材料
documents-note = 请按类别上传清晰、完整的扫描件。文件内容须与填报内容一致，上传后系统会核对文件类型并登记校验值。
documents-none = 尚未上传
documents-count = 已上传 { $count } 份
documents-together = 一次选择多个文件的，合计不得超过 { $size_mb } MB；超过的请分几次上传。
documents-kept-before = 同时选择的文件中，排在前面的 { $count } 份已经上传，不必重传；其余的没有上传。已上传的可在申报件中查看。
document-limits = 接受 { $types } 格式，单个文件不超过 { $size_mb } MB，最多 { $count } 份
document-choose = 选择文件
document-remove = 移除
document-remove-named = 移除“{ $name }”
document-full = 该类材料已达份数上限。如需更换，请先移除一份。
document-alike = 本类有内容完全相同的文件，只按一份计。
document-locked = 本次补正未要求修改该类材料。
document-kind = 材料类别
document-name = 文件名
document-size = 大小

## 提交与回执
submission-title = 提交申报
submission-text = 提交后进入审核，除被退回补正外不能再修改。请确认填报内容和佐证材料真实、完整。
resubmission-text = 重新提交后返回审核环节，本环节不再退回补正。请确认已按要求逐项修改。
submission-documents = 随申报书提交的佐证材料共 { $count } 份。
submission-digest = 提交内容校验值（SHA-256）
unchanged-title = 尚有 { $count } 项未修改
unchanged-text = 以下内容已要求补正，但与补正前一致。本环节只退回补正一次，提交后不能再改。请返回修改；确实无需修改的，请勾选确认后提交。
unchanged-confirm = 本单位已核对上列内容，确认无需修改。
application-commitment = 本单位承诺：所填内容及所附材料真实、准确、完整，与原件一致，并对其真实性负责；如有不实，愿承担相应责任。
obstacles-title = 还有 { $count } 项需要处理，处理完毕后才能提交
receipt-title = 申报回执
receipt-at = 提交时间（北京时间）
receipt-count = 提交次数
receipt-nth = 第 { $count } 次提交
receipt-verify-title = 如何核验
receipt-verify = 提交内容已固定保存。通过数据接口 /api/v1/applications/{ $id }/submissions/{ $count } 取得 content 部分，按 RFC 8785 规范化为 UTF-8 文本后计算 SHA-256，所得结果应与本回执的校验值一致；各文件的 SHA-256 可在本机直接计算核对。

## 撤回
withdrawal-title = 撤回申报
withdrawal-text = 撤回后本件不能恢复，已占用的推荐名额随之释放。申报截止前可以重新申报，截止后不能再申报本批次。
withdrawal-reason = 撤回理由

## 完成提示
done-application-drafted = 已新建申报。填写过程中请随时点击“保存”；浏览器启用脚本的，内容会随填写自动保存。
done-application-exists = 贵单位在本次申报通知中已有申报，以下是该申报件。
done-application-saved = 已保存。
done-answers-carried-over = 已填入上次内容，请逐项核对。
done-document-added = 已上传。
done-document-removed = 已移除。
done-application-submitted = 申报已提交，请保存本回执。
done-application-was-submitted = 该件此前已提交成功，以下是回执，无需重复提交。
done-application-was-recommended = 该件此前已推荐成功，无需重复推荐。
done-application-withdrawn = 申报已撤回。

## 不能办理
refusal-no_organisation = 您尚未加入任何申报单位。请先在“本单位”中登记单位，或申请加入已登记的单位。
refusal-outside_province = 本类别只接受在广东省内注册的单位申报，贵单位登记的注册地在省外。如登记有误，请先更正单位信息。
refusal-applications_used_up = 每家单位在本次申报通知中最多申报 { $limit } 件，贵单位已达上限。如需另行申报，请先撤回其中一件。
refusal-draft_unfinished = 贵单位在本次申报通知中还有一件没有提交的草稿，请先提交或撤回，再新建申报。
refusal-already_applied = 贵单位在本次申报通知中已有申报，每个单位只能申报一件。如需重新申报，请先撤回原件。
refusal-nothing_to_carry_over = 没有找到贵单位以往在同一类别中提交的申报，无内容可沿用。

## 填写有误
problem-not_marked = “{ $name }”不在本次补正范围内，不能修改。请只修改退回时标明的内容。
problem-licence_needed = 统一社会信用代码 { $code } 的校验位不符合国家标准。请先在“本单位”中上传营业执照影像，再提交申报。
problem-marks_unchanged = { $items }：已要求补正，但与补正前一致。请修改；确实无需修改的，请勾选确认后再提交。
problem-commitment_needed = 请阅读并勾选承诺后再提交。
problem-members_too_many = 联合体成员最多 { $limit } 家，现有 { $found } 家，请删减。
problem-member_name_missing = 请填写第 { $number } 家成员的单位名称；不需要该成员的，请清空该行。
problem-member_code_missing = 请填写第 { $number } 家成员的统一社会信用代码。
problem-member_duty_missing = 请填写第 { $number } 家成员承担的工作。
problem-lead_code_check = 申报单位的统一社会信用代码 { $code }，最后一位按国家标准应为“{ $expected }”，须对照营业执照影像核验。
problem-member_code_check = 统一社会信用代码的最后一位按国家标准应为“{ $expected }”，请对照该成员的营业执照核对。确与执照一致的可以提交，由形式审查人员核实。
problem-member_barred = 该单位的在池资格已被撤销，{ $until }以前（含当日）不得申报，也不得作为联合体成员，请删去该成员。
problem-member_code_twice = 统一社会信用代码 { $code } 重复出现，牵头单位和各成员不能是同一单位，请核对。
problem-member_too_long = 最多 { $limit } 个字，现有 { $found } 个字，请删减。
problem-document_kind_unknown = 本类别没有“{ $kind }”这类材料，请从列出的类别中选择。
problem-document_twice = “{ $sent }”与已上传的“{ $name }”内容完全相同，同一份文件不重复收取。如选错了文件，请重新选择。
problem-documents_too_large = 本件的佐证材料合计不能超过 { $limit_mb } MB，已用 { $used_mb } MB。请压缩文件，或移除不需要的材料后再上传。
problem-documents_too_many_ever = 本件累计上传的材料已达 { $limit } 份（含已移除的），不能再上传。请联系省厅经办人。
problem-organisation_out_of_room = 本单位历年上传的文件合计不能超过 { $limit_mb } MB，已用 { $used_mb } MB（含已移除的）。请压缩文件后重新上传；仍放不下的，请联系省厅经办人。
problem-registry_out_of_room = 系统存放文件的空间已满（上限 { $limit_mb } MB，已用 { $used_mb } MB），暂不能上传。请联系省厅经办人，扩容后再上传。
problem-withdrawal_reason_missing = 请填写撤回理由。
problem-withdrawal_reason_too_long = 撤回理由最多 { $limit } 个字，现有 { $found } 个字，请删减。
problem-upload_too_large = 文件超过 { $limit_mb } MB 的上限。请压缩后重新上传，例如降低图片的分辨率。
problem-upload_too_many_parts = 一次上传的内容超过 { $limit } 项。请刷新页面，减少文件后分几次上传。
problem-upload_rest = “{ $name }”未能上传，排在它前面的 { $count } 份已经上传，不必重传。请处理后从这一份起重新选择。
problem-upload_empty = 文件是空的。请确认选对了文件，再上传一次。
problem-upload_type_not_allowed = 此处只接受以下格式：{ $allowed }。请转换格式后重新上传。
problem-upload_content_mismatch = { $found ->
    [ole] 文件名写的是 { $declared }，内容却是旧版或加密的 Office 文件。请取消打开密码，另存为 .xlsx 或 .docx 后重新上传。
    [heic] 文件名写的是 { $declared }，内容却是手机的 HEIC 图片。请在手机上导出为 JPG 后重新上传。
    [program] 文件名写的是 { $declared }，内容却是程序。请确认选对了文件；如确为该材料，请用原来的软件重新导出。
    [script] 文件名写的是 { $declared }，内容却是脚本程序。请确认选对了文件；如确为该材料，请用原来的软件重新导出。
    [archive] 文件名写的是 { $declared }，内容却是压缩包。请解压后逐个上传。
    [zip] 文件名写的是 { $declared }，内容却是压缩包。请解压后逐个上传，或用原来的软件重新导出。
    [html] 文件名写的是 { $declared }，内容却是网页。请打印为 PDF 后重新上传。
    [svg] 文件名写的是 { $declared }，内容却是 SVG 矢量图。请导出为 PNG 或 PDF 后重新上传。
    [xml] 文件名写的是 { $declared }，内容却是 XML 数据。请用原来的软件重新导出，不要直接改扩展名。
    [unknown] 文件名写的是 { $declared }，内容却不是。请用原来的软件重新导出，不要直接改扩展名。
   *[other] 文件名写的是 { $declared }，内容却是 { $found }。请用原来的软件重新导出，不要直接改扩展名。
}
problem-upload_damaged = 文件不完整或已损坏（应为 { $declared }）。请在本机打开确认后重新导出、重新上传。
problem-upload_suspicious = { $reason ->
    [name_characters] 文件名含有控制字符或改变文字方向的字符。请改名后重新上传。
    [name_empty] 文件没有名称，只有扩展名。请改名后重新上传。
    [double_extension] 文件名中含有程序的扩展名（如 .exe、.html）。请改名后重新上传。
    [polyglot] 文件中藏有另一种文件。请用原来的软件重新导出后上传。
    [trailing_data] 文件末尾附有多余的数据。请用看图或办公软件另存一份后上传。
    [too_many_pixels] 图片超过 4000 万像素。请缩小尺寸后重新上传。
    [too_many_entries] 文件内部的部件过多。请另存一份或改为 PDF 后上传。
    [inflates] 文件解压后过大。请删去多余的内容，或改为 PDF 后上传。
    [encrypted] 文件已加密。请取消密码后重新上传。
    [entry_names] 文件内部的结构异常。请用办公软件另存一份后上传。
    [macros] 文件含有宏。请另存为不含宏的 .xlsx 或 .docx 后上传。
    [animated] 图片是动画。请另存为静态图片（PNG 或 JPG）后重新上传。
   *[other] 文件存在安全风险。请用原来的软件重新导出后上传。
}

## 邮件
mail-application-received-subject = 申报回执：{ $number }
mail-application-received-body =
    { $organisation }：

    贵单位已于 { $at } 提交“{ $call }”的申报。

    申报编号：{ $number }
    提交内容校验值（SHA-256）：{ $sha256 }

    请保存本邮件。审核中如需补正，将另行通知，请留意邮件并在期限内办理。

    查看回执：{ $link }
mail-application-to-screen-subject = 待形式审查：{ $call }
mail-application-to-screen-body =
    您好：

    “{ $call }”已有地市推荐的申报件，请开展形式审查。之后陆续推荐的申报件列入待办事项，不再逐件发送邮件。

    查看待形式审查的申报件：{ $link }
mail-application-arrived-subject = 新申报待办：{ $number } { $organisation }
mail-application-arrived-body =
    您好：

    { $organisation } 已于 { $at } 提交“{ $call }”的申报，申报编号 { $number }，请在规定时间内审核。

    查看申报件：{ $link }
mail-correction-received-subject = 补正回执：{ $number }
mail-correction-received-body =
    { $organisation }：

    贵单位已于 { $at } 重新提交“{ $call }”的申报（编号 { $number }）。

    提交内容校验值（SHA-256）：{ $sha256 }

    查看回执：{ $link }
mail-correction-arrived-subject = 补正已提交：{ $number } { $organisation }
mail-correction-arrived-body =
    您好：

    { $organisation } 已于 { $at } 完成补正并重新提交“{ $call }”的申报（编号 { $number }），请继续审核。申报件页面列有补正前后对照。

    查看申报件：{ $link }
mail-application-withdrawn-subject = 申报已撤回：{ $number }
mail-application-withdrawn-body =
    { $organisation }：

    贵单位已撤回“{ $call }”的申报（编号 { $number }）。

    撤回理由：{ $reason }

    申报截止前可以重新申报，截止后不能再申报本批次。

    查看申报件：{ $link }
mail-application-withdrawal-subject = 申报单位撤回：{ $number } { $organisation }
mail-application-withdrawal-body =
    您好：

    { $organisation } 已撤回“{ $call }”的申报（编号 { $number }），无需再办理。

    撤回理由：{ $reason }

    查看申报件：{ $link }
