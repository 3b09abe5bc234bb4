## 查詢結果的郵件訂閱
subscription-title = 郵件訂閱
subscription-hint = 有新公布的單位符合目前查詢條件時，向該信箱寄送郵件，每天至多一封。須先確認信箱，每封郵件均可取消訂閱。
subscription-send = 訂閱目前查詢
subscription-change = 修改查詢條件
subscription-sent = 如果該信箱可以訂閱，確認郵件將很快送達，請在 { $hours } 小時內開啟郵件中的連結確認。未確認的，到期自動刪除。
subscription-confirm-text = 確認後，有新公布的單位符合該查詢條件時，將向您的信箱寄送郵件。
subscription-confirm-send = 確認訂閱
subscription-confirmed = 訂閱已生效。
subscription-end-text = 取消訂閱後不再寄送郵件，電子郵件地址隨即刪除。
subscription-end-send = 確認取消訂閱
subscription-ended = 已取消訂閱，不再寄送郵件。
subscription-back = 返回在池單位查詢
subscription-search = 查看所訂閱的查詢

refusal-subscription_link_not_good = 連結無效、已經使用或者已過期，請重新訂閱。

mail-kind-subscription-confirm = 郵件訂閱確認
mail-kind-subscription-news = 訂閱查詢的新結果
mail-subscription-confirm-subject = 請確認郵件訂閱
mail-subscription-confirm-body =
    您好：

    { $unfiltered ->
        [yes] 有人用此信箱訂閱了全部在池單位的新結果。
       *[no] 有人用此信箱訂閱了以下查詢的新結果。
    }
    { $unfiltered ->
        [yes] 查看全部在池單位：{ $search }
       *[no] 查看該查詢：{ $search }
    }

    請在 { $hours } 小時內確認；不是本人操作的，不必理會，到期自動刪除，不再寄送郵件。
    確認訂閱：{ $link }
mail-subscription-news-subject =
    { $more ->
        [yes] 您訂閱的查詢有 { $count } 條以上新結果
       *[no] 您訂閱的查詢有 { $count } 條新結果
    }
mail-subscription-news-body =
    您好：

    { $more ->
        [yes] 您訂閱的查詢有 { $count } 條以上新公布的結果，其中：
       *[no] 您訂閱的查詢有 { $count } 條新公布的結果：
    }

    { $lines }

    查看全部結果：{ $link }

    不再接收此類郵件，請取消訂閱：
    { $end }
