## Results of a search by email
subscription-title = Email subscription
subscription-hint = When newly published organisations match this search, an email is sent to this address, at most one a day. The address must be confirmed first, and every email has a link to unsubscribe.
subscription-send = Subscribe to this search
subscription-change = Change the search
subscription-sent = If this address can be subscribed, an email to confirm it will arrive shortly. Open the link in it within { $hours } hours. An address that is not confirmed is deleted after that.
subscription-confirm-text = Once confirmed, an email is sent to you when newly published organisations match the search.
subscription-confirm-send = Confirm the subscription
subscription-confirmed = You are subscribed.
subscription-end-text = Once you unsubscribe, no more emails are sent, and your address is deleted.
subscription-end-send = Unsubscribe
subscription-ended = You have unsubscribed. No more emails will be sent.
subscription-back = Back to the search for providers
subscription-search = View the search subscribed to

refusal-subscription_link_not_good = The link is invalid, has been used or has expired. Subscribe again.

mail-kind-subscription-confirm = Confirmation of a subscription
mail-kind-subscription-news = New results of a subscribed search
mail-subscription-confirm-subject = Please confirm your email subscription
mail-subscription-confirm-body =
    Hello,

    { $unfiltered ->
        [yes] Someone has used this address to subscribe to new results of the search for all providers.
       *[no] Someone has used this address to subscribe to new results of a search.
    }
    { $unfiltered ->
        [yes] View all providers: { $search }
       *[no] View the search: { $search }
    }

    Please confirm within { $hours } hours. If it was not you, ignore this email; the address is then deleted and no more emails are sent.
    Confirm the subscription: { $link }
mail-subscription-news-subject =
    { $more ->
        [yes] New results of your search: { $count } or more
       *[no] New results of your search: { $count }
    }
mail-subscription-news-body =
    Hello,

    { $more ->
        [yes] Newly published results of the search you subscribed to: { $count } or more, among them:
       *[no] Newly published results of the search you subscribed to: { $count }
    }

    { $lines }

    View all results: { $link }

    To receive no more of these emails, unsubscribe:
    { $end }
