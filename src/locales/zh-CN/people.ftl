# 人员、角色与申报单位。

done-please-sign-in = 请先登录。

## 共用
people-search = 查询
people-choose = 请选择
people-all = 全部
people-list-summary = 共 { $total } 条，第 { $page } 页
person-name = 姓名
back-to-sign-in = 返回登录

## 首次设置
setup-title = 设置首任管理员
setup-text = 系统尚无在任的系统管理员或安全管理员。系统管理员负责开设账号，安全管理员负责授予角色，两职须由不同的人担任。
setup-known-text = 已有账号的，填写该账号的登录邮箱即可：账号获授相应角色，姓名和密码不变，此处填写的密码不生效。
setup-security-text = 我们会向这位同志的邮箱发送邀请链接，由其本人设置密码。
setup-system-name = 系统管理员姓名
setup-system-email = 系统管理员电子邮箱
setup-security-name = 安全管理员姓名
setup-security-email = 安全管理员电子邮箱
setup-send = 完成设置
setup-done-title = 设置完成
setup-done-text = 系统管理员账号已建立。安全管理员 { $name }（{ $email }）的邀请链接已发出；如邮件尚未配置，请把下面的链接当面转交本人。链接只显示这一次，30 分钟内有效。
setup-done-known-text = 管理员设置已完成。安全管理员 { $name }（{ $email }）已有账号，请用原密码登录。

## 注册与密码
register-title = 注册账号
register-text = 供服务商、平台企业的工作人员注册。提交后请到邮箱点击确认链接，设置密码后即可登录。
register-send = 发送确认邮件
register-have-account = 已有账号，去登录
register-sent = 如该邮箱可以注册，确认邮件已发出，{ $minutes } 分钟内有效。没有收到请查看垃圾邮件，或稍后重新提交。
password-reset-title = 忘记密码
password-reset-text = 请填写注册时的邮箱，我们会发送重设密码的链接。
password-reset-send = 发送重设邮件
password-reset-sent = 如该邮箱已注册，重设密码的邮件已发出，{ $minutes } 分钟内有效。没有收到请查看垃圾邮件，或稍后重新提交。
account-activate-title = 启用账号
account-for = 账号：{ $email }
password-new-title = 设置新密码
password-new = 新密码
password-again = 再输一次
password-present = 现在的密码
password-hint = 12 至 128 个字符，可以是一句话；不要包含姓名、邮箱或单位名称。
password-save = 保存密码
password-change = 修改密码
password-old = 您的密码已到更换期限。请设置新密码，之后即可继续办理。
address-change = 更换登录邮箱
address-change-text = 系统向新邮箱发送确认链接，同时通知原邮箱。确认后改用新邮箱登录，各设备须重新登录。
address-new = 新邮箱
address-send = 发送确认链接
address-confirm = 确认更换登录邮箱
address-confirm-text = 今后用此邮箱登录：{ $email }
address-confirm-send = 确认更换
password-change-text = 修改后，其他设备上的登录全部失效。

## 账号与角色
account-own = 我的账号
account-roles = 角色
account-role = 角色
account-role-bound = 所属单位
account-role-since = 授予时间
account-role-until = 有效期至
account-role-no-end = 至收回为止
account-role-granted-by = 授予人
account-role-by-operator = 运维人员（首次启动或命令行）
account-role-reason = 授予理由
account-sessions = 登录中的设备
session-device = 设备
session-device-on = { $system } 上的 { $browser }
session-seen = 最近使用
session-current = 本机
session-end = 退出该设备
session-kind-browser = 浏览器
session-kind-api = 接口
account-status = 状态
account-status-invited = 待启用
account-status-active = 正常
account-status-disabled = 已停用
account-never-confirmed = 链接到期后一直无人启用该账号，其姓名和邮箱已按保存期限清除，角色已收回。
account-forgotten = 从未启用的账号（信息已清除）
account-created = 建立时间
account-last-sign-in = 最近登录
account-search = 姓名或邮箱
accounts-none = 没有符合条件的账号
accounts-only = 范围
accounts-only-all = 全部账号
accounts-only-invited = 已邀请、尚未启用
accounts-only-ending = 角色 30 天内到期
account-invite-title = 邀请人员
account-invite-text = 填写姓名和邮箱，系统发送邀请链接，由本人设置密码。角色由安全管理员另行授予。
account-invite-send = 发送邀请
account-invite-again = 重新发送邀请
account-end-sessions = 强制退出全部设备
account-role-grant = 授予角色
account-role-grant-text = 系统管理员、安全管理员、审计员、地市审核员、省厅经办人、省厅审批人、第三方评价机构各由专人担任，不得兼任其他角色。专家角色按邮箱与专家库对应。申报单位管理员凭单位授权书授予或者延期，理由中须写明授权书的日期；单位原有经办人获授后即改任管理员。
account-role-grant-send = 授予
account-role-revoke = 收回“{ $role }”
account-role-revoke-send = 确认收回
account-role-ends-on = 有效期至
account-role-ends-hint = 最长 { $days } 天，申报单位管理员最长 { $admin } 天；不填按最长期限计。再次授予同一角色并填更晚的日期，即为延期。
account-bureau = 所属主管部门
account-bureau-hint = 仅授予地市审核员时填写。
account-credit-code-hint = 仅授予单位管理员、单位经办人时填写该单位的代码。
account-reason = 理由
grant-by-set-up = 首次设置管理员
grant-by-import = 导入专家名册
grant-by-registration = 登记申报单位
grant-by-request = 加入申请获本单位管理员同意
grant-by-administrator = 由本单位管理员变更
account-disable = 停用账号
account-disable-text = 停用后立即退出全部设备，不能登录；已办理的事项不受影响。
account-enable = 恢复账号
account-enable-text = 恢复后可以重新登录，原有角色不变。

## 申报单位
organisations-title = 申报单位
organisations-none = 没有符合条件的单位
organisation-search = 单位名称或代码
organisation-none = 您还没有所属的申报单位
organisation-none-text = 单位尚未登记的，请登记；已由同事登记的，请申请加入。
organisation-new-title = 登记申报单位
organisation-new-text = 请按营业执照填写。登记人成为本单位的管理员，可以批准同事加入。
organisation-new-send = 登记
organisation-facts = 登记信息
organisation-name = 单位名称
organisation-name-hint = 与营业执照一致。
organisation-area = 注册地
organisation-area-hint = 决定由哪个市的主管部门受理。
organisation-outside = 广东省外
organisation-city = 主要服务城市
organisation-city-hint = 省外单位按主要服务城市受理；不选则直接报省厅。
organisation-established = 成立日期
organisation-elsewhere = 统一社会信用代码第 3 至 8 位所示的行政区划，与所填注册地不一致。请核对注册地。
organisation-facts-wrong = 单位名称、注册地、主要服务城市或者成立日期填写有误的，请联系省厅经办人更正。
organisation-correct = 更正登记信息
organisation-correct-text = 更正后，未提交的申报按新的注册地受理；已提交的申报和已公布的名单不变。
organisation-correct-reason = 更正理由
organisation-correct-reason-hint = 写明核对了什么材料。申报单位会看到这段话。
organisation-correct-send = 更正
organisation-address = 通信地址
organisation-contact = 联系信息
organisation-contact-name = 联系人
organisation-contact-phone = 联系电话
organisation-contact-save = 保存
organisation-join = 申请加入已登记的单位
organisation-join-offer = 代码 { $code } 的单位已有人登记。您可以申请加入，由该单位的管理员决定。
organisation-join-message = 申请说明
organisation-join-message-hint = 写明您的部门和职务，便于管理员核对。
organisation-join-send = 申请加入
organisation-my-requests = 我的加入申请
organisation-asked-at = 申请时间
organisation-waiting = 待处理的加入申请
organisation-accept = 同意加入
organisation-decline = 不同意
organisation-members = 本单位人员
organisation-make-admin = 设为管理员
organisation-make-member = 改为经办人
organisation-renew = 调整有效期
organisation-term-hint = 最长 { $days } 天；不填按最长期限计。到期次日起不能再查看和办理本单位的申报，到期前可随时调整。
organisation-renew-hint = 最长 { $days } 天。到期次日起不能再查看和办理本单位的申报，到期前可随时调整。
organisation-remove = 移出单位
organisation-remove-text = { $name } 将不能再查看和办理本单位的申报。
organisation-you = 您本人
organisation-no-admin = 本单位目前没有管理员，不能提交申报，也不能同意他人加入。请持单位授权书，请平台安全管理员指定一位管理员。
admin-term-ending = 您的管理员资格将于 { $date } 到期（{ $organisation }），次日起不能再查看和办理该单位的申报。
admin-term-ending-others = 需要继续办理的，请本单位其他管理员在到期前调整有效期。
admin-term-ending-alone = 本单位没有其他管理员。需要继续办理的，请在到期前把一位同事设为管理员，由其调整有效期；也可持单位授权书，请平台安全管理员延期。
admin-term-over = 您的管理员资格已于 { $date } 到期（{ $organisation }），不能再查看和办理该单位的申报。已提交的申报照常办理。
admin-term-over-others = 需要继续办理的，请申请加入该单位，由该单位管理员同意后设为管理员。
admin-term-over-alone = 该单位已没有管理员。需要继续办理的，请持单位授权书，请平台安全管理员重新授予。
join-pending = 待处理
join-accepted = 已同意
join-declined = 未同意
credit-code = 统一社会信用代码
credit-code-hint = 18 位，见营业执照。
code-check = 代码核验
code-check-right = 核验通过
code-check-wrong = 校验位不符，待核对
code-check-overridden = 经核对放行
code-check-licence = 待核验营业执照
licence-title = 营业执照影像
licence-text = 统一社会信用代码的最后一位与国家标准的算法不符。如代码与营业执照一致，请上传执照影像，由工作人员核对后放行；提交申报之前须上传。
licence-file = 选择文件
licence-hint = PDF、PNG 或 JPG，不超过 10 MB。
licence-provided-at = 已上传 { $name }，{ $at }。
licence-download = 下载
licence-decided = { $name } 于 { $at } 核对放行，理由：
licence-reason = 放行理由
licence-reason-hint = 写明核对了什么。申报单位会看到这段话。
licence-accept = 核对放行
licence-not-yet = 校验位不符，申报单位尚未上传营业执照影像。

## 办理结果
done-account-activated = 账号已启用，请登录。
done-password-set = 新密码已保存，请登录。
done-password-changed = 密码已修改，其他设备已退出。
done-address-asked = 确认链接已发往新邮箱，30 分钟内有效。请保持登录，在同一浏览器中打开链接。
done-address-changed = 登录邮箱已更换，请用新邮箱登录。
done-session-ended = 该设备已退出。
done-sessions-ended = 已强制退出全部设备。
done-account-invited = 邀请已发出，链接 30 分钟内有效。
done-account-enabled = 账号已恢复。
done-account-disabled = 账号已停用。
done-role-granted = 角色已授予，立即生效；该人员须重新登录。
done-role-revoked = 角色已收回，立即生效；该人员须重新登录。
done-organisation-registered = 单位已登记，您是本单位的管理员。
done-organisation-registered-code-wrong = 单位已登记。代码的校验位不符，请在本页上传营业执照影像。
done-join-requested = 申请已提交，结果会发到您的邮箱。
done-join-accepted = 已同意加入。
done-join-declined = 已答复不同意。
done-contact-saved = 联系信息已保存。
done-member-role-changed = 人员角色已变更。
done-member-renewed = 有效期已调整。
done-member-removed = 已移出单位。
done-licence-provided = 营业执照影像已上传，等待工作人员核对。
done-organisation-corrected = 登记信息已更正，并已通知申报单位。
done-code-accepted = 已核对放行，并已通知申报单位。

## 不能办理的原因
refusal-link_not_good = { $link ->
    [set_up] 设置链接无效、已使用或已过期（有效期 { $minutes } 分钟）。设置已完成的，请直接登录；尚未完成的，请重新启动服务，使用启动时显示的新链接；也可由运维人员运行 yuanchi account set-up-link 取得。
   *[account] 链接无效、已使用或已过期（有效期 { $minutes } 分钟）。请重新申请一个链接。
}
refusal-account_not_invited = 该账号已启用，不需要再次邀请。
refusal-account_status_unchanged = 该账号已是所要的状态，请刷新页面。
refusal-account_disabled = 该账号已停用，请先恢复再授予角色。
refusal-account_forgotten = 该账号从未启用，姓名和邮箱已按保存期限清除，不能恢复。请重新邀请本人，或由本人重新注册。
refusal-own_account = 不能停用或恢复自己的账号，请由另一位管理员办理。
refusal-own_roles = 不能变更自己的角色，请由另一位安全管理员办理。
refusal-last_administrator = 这是最后一位在任的系统管理员、安全管理员或审计员。请先由另一人担任该职，再办理。
refusal-role_already_held = 该人员已有此角色。
refusal-roles_apart = 该人员已任“{ $held ->
    [system_admin] 系统管理员
    [security_admin] 安全管理员
    [auditor] 审计员
    [handler] 省厅经办人
    [vendor_admin] 申报单位管理员
    [vendor_member] 申报单位经办人
    [city_officer] 地市审核员
    [evaluator] 第三方评价机构
    [expert] 评审专家
   *[approver] 省厅审批人
}”，不能兼任此角色。请先收回原角色，或授予他人。
refusal-expert_removed = 该邮箱对应的专家已移出专家库，不能授予专家角色。请先由办理人员在专家库中恢复其状态。
refusal-expert_not_in_pool = 专家库中没有该邮箱的专家。请先导入专家，或核对邮箱。
refusal-already_in_organisation = { $who ->
    [self] 您已属于一个申报单位，不能再登记或加入其他单位。如需变更，请先由原单位的管理员将您移出。
   *[other] 该人员已属于一个申报单位。如需变更，请先由原单位移出。
}
refusal-officers_have_no_organisation = 您的账号承担管理或审核职责，不能登记或加入申报单位。
refusal-organisation_registered = 该代码的单位已经登记。您可以在下方申请加入，由该单位的管理员决定。
refusal-join_already_asked = 您已申请加入该单位，请等待管理员处理。
refusal-join_already_decided = 该申请已处理，请刷新页面。
refusal-person_in_another_organisation = 该人员已属于其他单位或承担管理职责，不能加入。请答复不同意。
refusal-not_organisation_admin = 此事项须由本单位的管理员办理。
refusal-own_term = 不能为自己延期，请由本单位另一位管理员办理。本单位没有其他管理员的，请持单位授权书，请平台安全管理员办理。
refusal-last_organisation_admin = 本单位至少保留一位管理员。请先把另一人设为管理员。
refusal-organisation_in_notice = 该单位有申报件正在公示。请在公示结束、异议处理完毕并公布名单后再更正或者更名。
refusal-organisation_unchanged = 所填内容与现在的登记信息相同，没有需要更正的内容。
refusal-licence_not_needed = 代码已核验，不需要营业执照影像。
refusal-licence_missing = 申报单位尚未上传营业执照影像，不能放行。

## 填写的问题
problem-text_missing = 此项必填。
problem-text_length = 最多 { $limit } 个字符，您填了 { $found } 个，请删减。
problem-text_characters = 含有不可见的控制字符或改变文字方向的字符，请删除后重新输入。
problem-email_invalid = 邮箱格式不正确，应类似 name@example.com，且只含英文字符。
problem-email_unchanged = 与现在的登录邮箱相同，请填写另一个邮箱。
problem-email_taken = 该邮箱已有账号，请在账号列表中查找，或换一个邮箱。
problem-email_of_two = 系统管理员与安全管理员须为两个人，请填写不同的邮箱。
problem-password_too_short = 密码至少 { $min } 个字符。
problem-password_too_long = 密码最多 { $max } 个字符。
problem-password_too_easy = 密码太容易猜到：不要包含姓名、邮箱，字符不要大量重复。
problem-password_common = 密码由常见词语或姓名、键盘顺序、日期、本单位名称（含拼音、简称）等拼成，容易被猜到。请换一句别人想不到的话。
problem-password_kinds = 密码须含大写字母、小写字母、数字、其他字符（含汉字）中的至少三种。
problem-password_unchanged = 新密码不能与现在的密码相同。
problem-password_used_before = 新密码不能与最近 { $count } 次使用的密码（包括现在的）相同。
problem-passwords_differ = 两次输入的密码不一致。
problem-present_password_wrong = 现在的密码不正确。
problem-role_missing = 请选择角色。
problem-role_not_for_people = 此角色属于系统本身，不能授予人员。
problem-bureau_unknown = 请选择该审核员所属的主管部门。
problem-organisation_unknown = 没有登记该代码的单位。请核对代码，或登记该单位。
problem-role_term_too_long = 角色有效期最长 { $days } 天，请填更早的日期。
problem-date_invalid = 日期应为年-月-日格式，例如 2026-03-01。
problem-actor_not_an_id = 网址中只能用账号编号指明办理人。要按姓名或邮箱查找，请在“办理记录”页面的查询框中填写。
problem-date_past = 日期已过，请填今天或以后的日期。
problem-date_future = 日期不能晚于今天。
problem-area_unknown = 请从列表中选择。
problem-organisation_name_of_member = 该单位已入池，更名请在“在池单位管理”中办理。
problem-phone_invalid = 电话应含 7 至 20 位数字，可用 +、-、括号和空格，例如 020-83130000。
problem-licence_empty = 请选择一个有内容的文件。
## 邮件
mail-account_invitation-subject = 源池账号邀请
mail-account_invitation-body =
    { $name }，您好：

    您已受邀使用源池（制造业数字化产业生态供给资源池）。请在 { $minutes } 分钟内打开下面的链接，设置密码并启用账号：

    { $link }

    链接只能使用一次。过期后请联系系统管理员重新发送。如与您无关，请忽略本邮件。
mail-account_registration-subject = 请确认您的源池账号
mail-account_registration-body =
    { $name }，您好：

    您正在注册源池账号。请在 { $minutes } 分钟内打开下面的链接，设置密码并启用账号：

    { $link }

    如不是您本人操作，请忽略本邮件，账号不会启用。
mail-account_exists-subject = 您已有源池账号
mail-account_exists-body =
    { $name }，您好：

    有人用您的邮箱注册源池账号，而您已有账号，无需再次注册。忘记密码请由此重设：

    { $link }

    如不是您本人操作，请忽略本邮件。
mail-account_closed-subject = 您的源池账号已停用
mail-account_closed-body =
    { $name }，您好：

    有人用您的邮箱注册源池账号。该邮箱的账号已停用，不能重新注册。如需恢复，请联系系统管理员。重设密码的页面在账号恢复后可用：

    { $link }
mail-account_password_reset-subject = 重设源池密码
mail-account_password_reset-body =
    { $name }，您好：

    请在 { $minutes } 分钟内打开下面的链接设置新密码。设置后，所有设备需要重新登录：

    { $link }

    如不是您本人操作，请忽略本邮件，密码不会改变。
mail-account_address_asked-subject = 有人申请更换您的源池登录邮箱
mail-account_address_asked-body =
    { $name }，您好：

    刚刚有人在您的账号上申请更换登录邮箱，确认链接已发往新邮箱。确认之前，您仍用本邮箱登录。

    如不是您本人操作，请立即修改密码，并联系系统管理员：

    { $link }
mail-account_address_confirm-subject = 确认您的源池登录邮箱
mail-account_address_confirm-body =
    { $name }，您好：

    您申请改用本邮箱登录源池。请在 { $minutes } 分钟内，在已登录的浏览器中打开下面的链接确认：

    { $link }

    如不是您本人操作，请忽略本邮件，登录邮箱不会改变。
mail-account_address_changed-subject = 您的源池登录邮箱已更换
mail-account_address_changed-body =
    { $name }，您好：

    您的账号刚刚更换了登录邮箱，本邮箱不能再登录，各设备已退出。

    如不是您本人操作，请立即联系系统管理员停用账号：

    { $link }
mail-account_new_program-subject = 有新的程序登录了您的源池账号
mail-account_new_program-body =
    { $name }，您好：

    刚刚有程序（{ $program }）通过数据接口登录了您的账号，此前没有用它从该网络登录过。如不是您本人操作，请立即修改密码，并退出该程序的登录：

    { $link }
mail-account_password_changed-subject = 您的源池密码已修改
mail-account_password_changed-body =
    { $name }，您好：

    您的密码刚刚修改，其他设备已退出登录。如不是您本人操作，请立即由此重设密码，并联系系统管理员：

    { $link }
mail-account_role_ending-subject = 角色即将到期：{ $who }（{ $role }）
mail-account_role_ending-body =
    { $name }，您好：

    { $who }的“{ $role }”角色有效期至 { $date }。

    需要继续任职的，请由本人以外的安全管理员在到期前再次授予同一角色，并填写更晚的日期；不再任职的，到期自动失效，无需处理。

    到期后没有在任的系统管理员或安全管理员的，须由运维人员取得设置链接，重新设置管理员；没有在任的审计员的，由安全管理员另行授予。

    查看账号：{ $link }
mail-expert-roles-ending-subject = 评审专家角色即将到期：{ $count } 人
mail-expert-roles-ending-body =
    { $name }，您好：

    有 { $count } 名评审专家仍在聘期内，但其角色即将到期，最早的有效期至 { $date }。到期后不能再被抽取和分配，尚未评分的任务转由其他专家完成。

    需要继续聘任的，请在专家库中重新设定聘期，或由安全管理员再次授予评审专家角色，并填写更晚的日期；不再聘任的，到期自动失效，无需处理。

    查看账号：{ $link }
mail-account_role_granted-subject = 您已获授角色：{ $role }
mail-account_role_granted-body =
    { $name }，您好：

    您已获授“{ $role }”角色，立即生效，请重新登录。
    理由：{ $reason }

    查看我的角色：{ $link }
mail-account_role_revoked-subject = 您的角色已收回：{ $role }
mail-account_role_revoked-body =
    { $name }，您好：

    您的“{ $role }”角色已收回，立即生效，请重新登录。
    理由：{ $reason }

    如有疑问，请联系安全管理员。查看我的角色：{ $link }
mail-account_disabled-subject = 您的源池账号已停用
mail-account_disabled-body =
    { $name }，您好：

    您的账号已停用，不能登录。
    理由：{ $reason }

    如有疑问，请联系系统管理员。恢复后的登录地址：{ $link }
mail-account_enabled-subject = 您的源池账号已恢复
mail-account_enabled-body =
    { $name }，您好：

    您的账号已恢复。
    理由：{ $reason }

    登录：{ $link }
mail-organisation_join_requested-subject = { $who } 申请加入 { $organisation }
mail-organisation_join_requested-body =
    { $name }，您好：

    { $who } 申请加入 { $organisation }。请核对其身份后决定是否同意：

    { $link }
mail-organisation_join_accepted-subject = 您已加入 { $organisation }
mail-organisation_join_accepted-body =
    { $name }，您好：

    { $organisation } 的管理员已同意您加入。您可以填报该单位的申报：

    { $link }
mail-organisation_join_declined-subject = 加入 { $organisation } 的申请未获同意
mail-organisation_join_declined-body =
    { $name }，您好：

    { $organisation } 的管理员未同意您的加入申请。如有疑问，请直接与该单位联系。

    查看我的申请：{ $link }
mail-organisation_member_role-subject = 您在 { $organisation } 的角色已变更
mail-organisation_member_role-body =
    { $name }，您好：

    您在 { $organisation } 的角色已变更为“{ $role }”，立即生效，有效期至 { $date }。

    { $link }
mail-organisation_member_renewed-subject = 您在 { $organisation } 的角色有效期已调整
mail-organisation_member_renewed-body =
    { $name }，您好：

    { $organisation } 的管理员已将您的角色有效期调整至 { $date }，次日起您不能再查看和办理该单位的申报。如有疑问，请直接与该单位管理员联系。

    { $link }
mail-organisation_admin_ending-subject = 您在 { $organisation } 的管理员资格即将到期
mail-organisation_admin_ending-body =
    { $name }，您好：

    您在 { $organisation } 的管理员资格有效期至 { $date }，次日起您不能再查看和办理该单位的申报。

    { $alone ->
        [yes] 该单位没有其他管理员。需要继续办理的，请在到期前把一位同事设为管理员，由其调整有效期；也可持单位授权书，请平台安全管理员延期。
       *[no] 需要继续办理的，请该单位其他管理员（{ $others }）在到期前调整有效期；不再办理的，无需处理。
    }

    查看本单位人员：{ $link }
mail-organisation_other_admin_ending-subject = { $organisation } 的管理员资格即将到期：{ $who }
mail-organisation_other_admin_ending-body =
    { $name }，您好：

    { $who }在 { $organisation } 的管理员资格有效期至 { $date }，次日起不能再查看和办理该单位的申报。

    需要继续办理的，请您或该单位其他管理员在到期前调整有效期；不再办理的，无需处理：{ $link }
mail-organisation_admin_named-subject = { $who }已获授 { $organisation } 的管理员角色
mail-organisation_admin_named-body =
    { $name }，您好：

    平台安全管理员已将 { $organisation } 的管理员角色授予 { $who }，有效期至 { $date }。
    理由：{ $reason }

    如该单位并未出具授权书，请立即联系平台安全管理员。查看本单位人员：{ $link }
mail-organisation_member_removed-subject = 您已被移出 { $organisation }
mail-organisation_member_removed-body =
    { $name }，您好：

    { $organisation } 的管理员已将您移出该单位，您不能再查看和办理该单位的申报。如有疑问，请直接与该单位联系。

    { $link }
mail-organisation_corrected-subject = { $organisation } 的登记信息已更正
mail-organisation_corrected-body =
    { $organisation }：

    工作人员已更正贵单位的登记信息，未提交的申报按更正后的注册地受理。
    理由：{ $reason }

    查看本单位：{ $link }
mail-organisation_code_accepted-subject = { $organisation } 的统一社会信用代码已核对放行
mail-organisation_code_accepted-body =
    { $organisation }：

    工作人员已核对贵单位的营业执照影像，统一社会信用代码予以放行。
    理由：{ $reason }

    查看本单位：{ $link }

held-title = 本平台保存的本单位信息
held-intro = 以下是本平台保存的“{ $organisation }”的信息。单位管理员可以随时查看和导出。
held-what = 信息类别
held-count = 数量
held-kept = 保存期限
held-entry = 单位登记信息和联系人（联系人姓名、电话加密保存）
held-people = 本单位人员的姓名、邮箱和角色
held-join-requests = 加入本单位的申请
held-licence = 营业执照影像
held-applications = 申报件（含草稿，填写内容加密保存）
held-documents = 申报材料
held-submissions = 历次提交的内容（加密保存）
held-corrections = 补正通知（意见和逐项理由）
held-memberships = 在池资格
held-questions = 本单位人员的申报咨询和答复
held-letters = 发给本单位人员、与本单位有关的邮件
held-record = 与本单位登记信息有关的办理记录
held-while-registered = 单位在本平台登记期间
held-for-ever = 作为办理档案长期保存
held-days-after-decision = 处理完毕后 { $days } 天内清除申请说明
held-days-after-sending = 发出 { $days } 天后清除
held-mails = 发给本单位人员的邮件，正文和收件地址在发出 { $days } 天后清除。
held-download = 导出全部信息
held-download-hint = 导出文件（JSON）含以上全部内容；申报材料的文件请在各申报件中下载。每次导出都会留下记录。
held-not = 不含专家身份、评分、主管部门内部意见等依规定不向申报单位公开的内容。提出异议不需要账号，系统不把异议与单位关联，以本单位名义提出的异议请凭受理邮件查询。
