//! Where the request comes from that is being answered: known to the transactions that answer it, so that the record of an act
//! can say so, without every act being told. Work that no request asked for comes from nowhere.

tokio::task_local! {
    static NETWORK: String;
}

/// Answers a request that comes from this network, see `web::network`.
pub async fn coming_from<T>(network: String, answering: impl Future<Output = T>) -> T {
    NETWORK.scope(network, answering).await
}

/// From where the request comes that is answered now; none outside of one.
pub(super) fn network() -> Option<String> {
    NETWORK.try_with(String::clone).ok().filter(|network| !network.is_empty())
}
