//! An upload that arrives twice with one `Idempotency-Key`: carried out once, answered alike.

use super::bearer::Caller;
use super::operation::idempotency_key;
use super::problem::Failed;
use crate::actions::Tx;
use crate::actions::idempotency::{self, Answer, Owner};
use crate::app::App;
use crate::domain::ids::AccountId;
use crate::error::Error;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::StreamExt;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Who sends it, with which key, and where to.
pub struct UploadOnce {
    /// Nobody for the public.
    account: Option<AccountId>,
    key: Option<String>,
    method: String,
    address: String,
}

impl UploadOnce {
    /// That of a request.
    ///
    /// # Errors
    /// A key that is no text.
    pub fn of(req: &HttpRequest, caller: &Caller) -> Result<UploadOnce, Error> {
        Ok(UploadOnce {
            account: caller.actor.account,
            key: idempotency_key(req)?,
            method: req.method().to_string(),
            address: req.uri().to_string(),
        })
    }

    /// What makes two uploads the same: the address with its query, and the content.
    fn fingerprint(&self, sha256: &str) -> String {
        idempotency::fingerprint(&self.method, &self.address, sha256.as_bytes())
    }

    /// The answer of the first time, for a key that was carried out before. The bytes are compared by their hash and kept
    /// nowhere; what would be refused by now, because the file is full, is answered as it was then. None for whoever may not be
    /// told that answer any more: they send it as if it had never been.
    ///
    /// # Errors
    /// The key came with another upload; the upload breaks off or is longer than `limit`.
    pub async fn answered(
        &self,
        app: &Arc<App>,
        payload: &mut web::Payload,
        limit: u64,
    ) -> Result<Option<HttpResponse>, Failed> {
        // Whose key a stranger's is, only the bytes say.
        let Some((account, key)) = self.account.zip(self.key.clone()) else { return Ok(None) };
        let owner = Owner::of(Some(account), "");
        let (asker, asked) = (owner.clone(), key.clone());
        let known = app.read(move |tx| idempotency::may_be_told(tx, &asker, &asked)).await?;
        if !known {
            return Ok(None);
        }
        let (mut hash, mut bytes) = (Sha256::new(), 0_u64);
        while let Some(chunk) = payload.next().await {
            let chunk = chunk?;
            bytes += chunk.len() as u64;
            if bytes > limit {
                return Err(Error::Malformed(format!("the body may have {limit} bytes")).into());
            }
            hash.update(&chunk);
        }
        let request = self.fingerprint(&hex::encode(hash.finalize()));
        let again = move |tx: &mut Tx<'_>| {
            idempotency::once(tx, &owner, Some(key.as_str()), &request, |_| Err(Error::Busy("the key is gone".into())))
        };
        Ok(Some(answer(app.write(again).await?)))
    }

    /// Carries the upload out unless its key was carried out before.
    ///
    /// # Errors
    /// Those of the work; the key came with another upload.
    pub fn run<T: Serialize>(
        &self,
        tx: &mut Tx<'_>,
        sha256: &str,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<Answer, Error> {
        let request = self.fingerprint(sha256);
        let owner = Owner::of(self.account, &request);
        idempotency::once(tx, &owner, self.key.as_deref(), &request, |tx| {
            let body = serde_json::to_string(&work(tx)?).map_err(anyhow::Error::from)?;
            Ok(Answer { status: StatusCode::CREATED.as_u16(), body })
        })
    }
}

/// An answer on its way out.
pub fn answer(answer: Answer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    HttpResponse::build(status).content_type("application/json").body(answer.body)
}
