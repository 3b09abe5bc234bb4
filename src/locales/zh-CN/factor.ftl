# 动态口令（第二重验证）。

## 登录与再次确认
factor-code-title = 输入动态口令
factor-code-text = 请打开手机上的身份验证器，输入六位动态口令。手机不在身边时，可输入一个恢复码。
factor-code-resume = 此项操作需要再次确认身份。您填写的内容仍保留在本页，验证后即可继续提交。
factor-code = 动态口令或恢复码
factor-code-hint = 动态口令每 30 秒更换一次，每个只能用一次。
factor-code-send = 验证
done-factor-given = 身份已确认。

## 设置
factor-title = 动态口令
factor-text = 设置后，登录时除密码外还须输入手机身份验证器显示的六位口令；审定、公布、授权和导出前须再次输入。
factor-required = 您的角色须设置动态口令，设置完成后才能继续办理。
factor-manage = 管理动态口令
factor-since = 启用时间
factor-codes-left = 剩余恢复码
factor-codes-renew = 重新生成恢复码
factor-remove = 停用动态口令
factor-begin = 开始设置
factor-replace = 更换手机
factor-scan = 用身份验证器扫描二维码
factor-scan-text = 任何支持 RFC 6238 的身份验证器均可使用。二维码 30 分钟内有效，请勿截图转发。
factor-type-instead = 不能扫描时，请手动输入密钥：
factor-first-code = 验证器显示的动态口令
factor-take-up = 启用
factor-codes-title = 恢复码
factor-codes-text = 请抄写或打印以下恢复码并妥善保管，本页只显示一次。手机不在身边时，每个恢复码可代替动态口令使用一次；以前的恢复码已失效。
factor-codes-kept = 我已保存
factor-reset = 重置动态口令
factor-reset-text = 仅在本人手机和恢复码都已丢失、并当面核实身份后办理。重置后立即退出全部设备，本人下次登录时重新设置。
done-factor-removed = 动态口令已停用。
done-factor-reset = 动态口令已重置，该人员的设备已全部退出。

## 不能办理的原因
refusal-sign_in_unfinished = 登录尚未完成，请先输入或设置动态口令；密码到期的，请先修改密码。
refusal-second_factor_stale = 此项操作须先输入新的动态口令，5 分钟内有效。
refusal-second_factor_not_set_up = 您的角色须使用动态口令。请先在浏览器中登录并完成设置。
refusal-second_factor_required = 您的角色须使用动态口令，不能停用。更换手机请用“更换手机”。
refusal-no_second_factor = 该账号尚未设置动态口令。
refusal-sign_in_not_recent = 首次设置动态口令须在登录后 { $minutes } 分钟内完成，请退出后重新登录，再行设置。
refusal-no_factor_offered = 二维码已过期或尚未生成，请重新开始设置。
refusal-own_factor = 不能重置自己的动态口令。请在“我的账号”中更换手机，或由另一位安全管理员办理。

## 填写的问题
problem-code_missing = 请输入动态口令或恢复码。
problem-code_wrong = 口令不正确、已过期或已使用过。请核对手机时间，等待下一个口令后重试。

## 邮件
mail-account_factor_enrolled-subject = 您的源池账号已启用动态口令
mail-account_factor_enrolled-body =
    { $name }，您好：

    您的账号刚刚启用了新的动态口令。如不是您本人操作，请立即联系安全管理员。

    查看：{ $link }
mail-account_factor_removed-subject = 您的源池账号已停用动态口令
mail-account_factor_removed-body =
    { $name }，您好：

    您的账号刚刚停用了动态口令。如不是您本人操作，请立即修改密码，并联系安全管理员。

    查看：{ $link }
mail-account_factor_reset-subject = 您的源池动态口令已重置
mail-account_factor_reset-body =
    { $name }，您好：

    安全管理员已重置您的动态口令，全部设备已退出。
    理由：{ $reason }

    如不是您本人提出，请立即联系安全管理员。登录并重新设置：{ $link }
mail-account_recovery_code_used-subject = 您的源池账号使用了一个恢复码
mail-account_recovery_code_used-body =
    { $name }，您好：

    刚刚有人用恢复码代替动态口令登录了您的账号，还剩 { $left } 个。如不是您本人操作，请立即修改密码，并联系安全管理员。

    查看：{ $link }
