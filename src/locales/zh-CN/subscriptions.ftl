## 查询结果的邮件订阅
subscription-title = 邮件订阅
subscription-hint = 有新公布的单位符合当前查询条件时，向该邮箱发送邮件，每天至多一封。须先确认邮箱，每封邮件均可退订。
subscription-send = 订阅当前查询
subscription-change = 修改查询条件
subscription-sent = 如果该邮箱可以订阅，确认邮件将很快送达，请在 { $hours } 小时内打开邮件中的链接确认。未确认的，到期自动删除。
subscription-confirm-text = 确认后，有新公布的单位符合该查询条件时，将向您的邮箱发送邮件。
subscription-confirm-send = 确认订阅
subscription-confirmed = 订阅已生效。
subscription-end-text = 退订后不再发送邮件，邮箱地址随即删除。
subscription-end-send = 确认退订
subscription-ended = 已退订，不再发送邮件。
subscription-back = 返回在池单位查询
subscription-search = 查看所订阅的查询

refusal-subscription_link_not_good = 链接无效、已经使用或者已过期，请重新订阅。

mail-kind-subscription-confirm = 邮件订阅确认
mail-kind-subscription-news = 订阅查询的新结果
mail-subscription-confirm-subject = 请确认邮件订阅
mail-subscription-confirm-body =
    您好：

    { $unfiltered ->
        [yes] 有人用此邮箱订阅了全部在池单位的新结果。
       *[no] 有人用此邮箱订阅了以下查询的新结果。
    }
    { $unfiltered ->
        [yes] 查看全部在池单位：{ $search }
       *[no] 查看该查询：{ $search }
    }

    请在 { $hours } 小时内确认；不是本人操作的，不必理会，到期自动删除，不再发送邮件。
    确认订阅：{ $link }
mail-subscription-news-subject =
    { $more ->
        [yes] 您订阅的查询有 { $count } 条以上新结果
       *[no] 您订阅的查询有 { $count } 条新结果
    }
mail-subscription-news-body =
    您好：

    { $more ->
        [yes] 您订阅的查询有 { $count } 条以上新公布的结果，其中：
       *[no] 您订阅的查询有 { $count } 条新公布的结果：
    }

    { $lines }

    查看全部结果：{ $link }

    不再接收此类邮件，请退订：
    { $end }
