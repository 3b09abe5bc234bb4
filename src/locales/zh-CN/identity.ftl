# 统一身份认证：通过外部平台登录。

## 登录
identity-sign-in-text = 已绑定统一身份认证的，可直接登录。
identity-leaving = 前往统一身份认证平台
identity-leaving-text = 页面即将转到统一身份认证平台。请在 10 分钟内完成登录，不要更换浏览器。
identity-leaving-go = 没有自动跳转，请点这里
identity-end-text = 使用公用电脑的，请同时退出统一身份认证平台。
identity-end = 退出统一身份认证平台
identity-accept-text = 也可以不设密码，用统一身份认证启用账号。启用后该身份即绑定此账号。

## 我的账号
identity-title = 统一身份认证
identity-since = 绑定时间
identity-tie = 绑定：{ $name }
identity-tie-text = 绑定后可用统一身份认证登录。绑定前须已启用动态口令，并输入现在的密码。
identity-untie = 解除绑定
done-identity-tied = 统一身份认证已绑定，下次可直接用其登录。
done-identity-untied = 统一身份认证已解除绑定，其他设备均已退出登录。
identity-remove = 解除统一身份认证绑定
identity-remove-text = 仅限该统一身份被他人绑定，或者本人已无法登录此账号的情形，须当面核实身份后办理。解除后立即退出全部设备，该身份可重新绑定其他账号。
done-identity-removed = 统一身份认证已解除绑定，该人员的设备已全部退出。

## 不能办理的原因
refusal-identity_provider_away = 统一身份认证平台暂时无法访问。请稍后再试，或改用邮箱和密码登录；持续无法访问的，请联系系统管理员。
refusal-identity_attempt_over = 本次登录已过期、已用过，或不是在这个浏览器中发起的。请在本页重新点击登录，10 分钟内完成。
refusal-identity_declined = 您已在统一身份认证平台取消登录。如需登录请重新点击，或改用邮箱和密码。
refusal-identity_not_proved = 统一身份认证平台返回的结果未通过核验，没有登录。请重新点击登录；多次出现的，请联系系统管理员。
refusal-identity_not_tied = 该统一身份尚未绑定可用的账号。已有账号的，请先用邮箱和密码登录，在“账号与安全”中绑定；没有账号的，请先注册。
refusal-identity_taken = 该统一身份已绑定另一个账号。请用那个账号登录后解除绑定，再来绑定；不是您本人绑定的，请联系安全管理员。
refusal-identity_tied_already = 您的账号已绑定一个统一身份。如需更换，请先解除绑定。
refusal-identity_needs_factor = 绑定统一身份认证前须先启用动态口令。请在“账号与安全”中设置动态口令，然后再来绑定。
refusal-identity_is_only_way = 您的账号没有密码，解除绑定后将无法登录。请先通过“忘记密码”设置密码，再解除绑定。
refusal-own_identity = 不能为自己的账号解除绑定。请在“账号与安全”中解除，或由另一位安全管理员办理。
refusal-no_identity = 该账号没有绑定统一身份认证。

## 邮件
mail-account_identity_removed-subject = 您的源池账号已由安全管理员解除统一身份认证绑定
mail-account_identity_removed-body =
    { $name }，您好：

    安全管理员已解除您账号的统一身份认证绑定，全部设备已退出，今后不能再用其登录。
    理由：{ $reason }

    没有设置密码的，请通过“忘记密码”设置密码后登录。如不是您本人提出，请立即联系安全管理员。登录：{ $link }
mail-account_identity_tied-subject = 您的源池账号已绑定统一身份认证
mail-account_identity_tied-body =
    { $name }，您好：

    您的账号刚刚绑定了统一身份认证，今后可用其登录。如不是您本人操作，请立即登录解除绑定、修改密码，并联系安全管理员。

    查看：{ $link }
mail-account_identity_untied-subject = 您的源池账号已解除绑定统一身份认证
mail-account_identity_untied-body =
    { $name }，您好：

    您的账号刚刚解除了统一身份认证绑定，今后不能再用其登录。如不是您本人操作，请立即修改密码，并联系安全管理员。

    查看：{ $link }
