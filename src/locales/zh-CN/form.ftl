# 申报表：每条说明哪一项有问题、界限是什么、怎么改。

## 单位和选项
form-yes = 是
form-no = 否
unit-yuan = 元
unit-wan_yuan = 万元

## 填写有误
problem-text_too_long = “{ $field }”最多 { $max } 个字，现有 { $length } 个字，请删减。
problem-not_an_email = “{ $field }”应为电子邮箱，您填的是“{ $value }”，请按 name@example.com 的样式填写。
problem-not_a_telephone = “{ $field }”应为电话号码，7 至 20 位数字，可用 +、-、括号、空格和“转”，您填的是“{ $value }”，请填完整号码，固定电话加区号。
problem-part_above_whole = “{ $field }”不能大于“{ $whole }”（{ $max }），您填的是“{ $value }”，请核对这两项后修改。
problem-whole_number = “{ $field }”应为 { $min } 至 { $max } 之间的整数，您填的是“{ $value }”，请改为阿拉伯数字，不带单位和小数。
problem-whole_number_range = “{ $field }”应在 { $min } 至 { $max } { $unit }之间，您填的是“{ $value }”，请核对后修改。
problem-money = “{ $field }”应为金额，以{ $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }为单位，您填的是“{ $value }”，请只填阿拉伯数字。
problem-money_decimals = “{ $field }”以{ $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }为单位，最多 { $decimals } 位小数，您填的是“{ $value }”，请四舍五入后填写。
problem-money_range = “{ $field }”应在 { $min } 至 { $max } { $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }之间，您填的是“{ $value }”，请核对金额和单位。
problem-date = “{ $field }”应为日期，您填的是“{ $value }”，请按“年-月-日”填写，例如 2025-03-01。
problem-date_too_early = “{ $field }”不能早于 { $min }，您填的是“{ $value }”，请核对后修改。
problem-date_too_late = “{ $field }”不能晚于 { $max }，您填的是“{ $value }”，请核对后修改。
problem-date_in_future = “{ $field }”不能晚于今天（{ $max }），您填的是“{ $value }”，请核对后修改。
problem-not_yes_or_no = “{ $field }”请选择“是”或“否”，收到的是“{ $value }”。
problem-not_an_option = “{ $field }”没有“{ $value }”这个选项，请从列出的选项中选择。
problem-several_too_few = “{ $field }”至少选择 { $min } 项，现选 { $found } 项，请补选。
problem-several_too_many = “{ $field }”最多选择 { $max } 项，现选 { $found } 项，请取消多余的选项。
problem-rows_too_few = “{ $field }”至少填写 { $min } 行，现有 { $found } 行，请补充。
problem-rows_too_many = “{ $field }”最多填写 { $max } 行，现有 { $found } 行，请删去多余的行。
problem-unknown_city = “{ $field }”应为本省地级以上市，您填的是“{ $value }”，请从列表中选择。
problem-unknown_cluster = “{ $field }”应为本省战略性产业集群，您填的是“{ $value }”，请从列表中选择。
problem-unknown_division = “{ $field }”应为制造业大类（C13 至 C43），您填的是“{ $value }”，请从列表中选择。

## 尚未填写
problem-required = 请填写“{ $field }”。
problem-document_missing = 请上传“{ $document }”，至少 { $min } 份，现有 { $found } 份。
problem-document_too_many = “{ $document }”最多 { $max } 份，现有 { $found } 份，请删去多余的文件。

## 无法保存
problem-unknown_field = 本申报表没有“{ $field }”这一项，请核对字段名。
problem-wrong_shape = “{ $field }”的格式不对，应为{ $expected ->
    [object] 由各字段组成的对象
    [array_of_strings] 文本列表
    [object_of_years] 以年份为键的对象
    [array_of_objects] 由各行组成的列表
   *[string] 一段文本
 }，请对照接口说明修改。
problem-value_too_long = “{ $field }”过长，最多保存 { $max } 个字，现有 { $length } 个字，请删减后再保存。
problem-too_many_rows = “{ $field }”最多保存 { $max } 行，现有 { $found } 行，请删减后再保存。
problem-too_many_values = “{ $field }”最多保存 { $max } 项，现有 { $found } 项，请删减后再保存。

## 资格条件核对
outcome-met = 符合
outcome-not_met = 不符合
outcome-unknown = 无法判断
finding-lead_code_check = 申报单位的统一社会信用代码 { $code }，最后一位按国家标准应为“{ $expected }”，请对照营业执照影像核对；予以认可的，请写明理由
finding-member_code_check = 成员“{ $member }”的统一社会信用代码 { $code }，最后一位按国家标准应为“{ $expected }”，请对照营业执照核对；予以认可的，请写明理由
finding-number_at_least = “{ $field }”为 { $found } { $unit }，要求不少于 { $limit } { $unit }
finding-number_at_most = “{ $field }”为 { $found } { $unit }，要求不多于 { $limit } { $unit }
finding-money_at_least = “{ $field }”为 { $found } { $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }，要求不少于 { $limit } { $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }
finding-money_at_most = “{ $field }”为 { $found } { $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }，要求不多于 { $limit } { $unit ->
    [wan_yuan] 万元
   *[yuan] 元
 }
finding-equals = “{ $field }”的回答为“{ $found ->
    [yes] 是
   *[no] 否
 }”，要求为“{ $limit ->
    [yes] 是
   *[no] 否
 }”
finding-one_of = “{ $field }”为“{ $found }”，要求为“{ $limit }”之一
finding-established_years = 成立于 { $date }，已满 { $found } 年，要求满 { $limit } 年
finding-established_unknown = 未登记成立日期，无法核对是否满 { $limit } 年
finding-rows_at_least = “{ $field }”有 { $found } 行，要求不少于 { $limit } 行
finding-document_present = “{ $document }”已上传 { $found } 份，要求至少 1 份
finding-unknown = “{ $field }”未填写或填写有误，无法核对
