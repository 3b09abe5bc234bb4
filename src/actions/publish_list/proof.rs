//! What proves a published list: its canonical text, its place in the chain of lists, its signature, and the seals of its certificates.

use crate::actions::Tx;
use crate::db;
use crate::db::memberships::Membership;
use crate::db::published_lists::{ListEntry, PublishedList};
use crate::domain::chain::canonical::NotCanonical;
use crate::domain::ids::ApplicationId;
use crate::domain::membership::Validity;
use crate::domain::published_list::{
    Anchor, CanonicalEntry, CanonicalList, CertificateClaims, Certified, FORMAT, GENESIS_SHA256, ListSeal, Placing,
    SignedCertificate, canonical, sha256,
};
use crate::error::Error;
use std::collections::BTreeMap;

/// The certificates of a list's entries.
pub(in crate::actions) type Certificates = BTreeMap<ApplicationId, GivenOut>;

/// A certificate as it was given out.
pub(in crate::actions) struct GivenOut {
    number: String,
    /// The hash of its seal.
    sha256: String,
    validity: Validity,
}

impl GivenOut {
    /// A certificate with its seal, where it has one.
    pub(in crate::actions) fn new(number: String, seal: Option<&str>, validity: Validity) -> GivenOut {
        GivenOut { number, sha256: seal.map(sha256).unwrap_or_default(), validity }
    }

    fn certified(&self) -> Certified<'_> {
        Certified {
            number: &self.number,
            sha256: &self.sha256,
            valid_from: self.validity.from,
            valid_to: self.validity.to,
        }
    }
}

/// What a certificate carries to prove itself: its facts, signed.
pub(super) fn certificate_seal(
    tx: &Tx<'_>,
    membership: &Membership,
    entry: &ListEntry,
    chain_number: i32,
) -> Result<String, Error> {
    let signer = tx.env.keys.signer();
    let claims = CertificateClaims {
        algorithm: signer.public.algorithm.clone(),
        key_id: signer.public.id.clone(),
        number: membership.certificate_number.clone(),
        holder: entry.organisation_name.clone(),
        credit_code: entry.credit_code.clone().unwrap_or_default(),
        category: membership.category.clone(),
        valid_from: membership.valid_from.to_string(),
        valid_to: membership.valid_to.to_string(),
        list: chain_number,
    };
    let message = claims.message().map_err(anyhow::Error::from)?;
    let signed = SignedCertificate { claims, signature: signer.sign(&message) };
    Ok(signed.to_text().map_err(anyhow::Error::from)?)
}

/// Holds the end of the chain of lists until the transaction ends: the place of the next list, and the hash of the one before.
pub(in crate::actions) fn next_in_chain(tx: &mut Tx<'_>) -> Result<(i32, String), Error> {
    Ok(match db::published_lists::chain_end(tx.db)? {
        Some((last, hash)) => (last + 1, hash),
        None => (1, GENESIS_SHA256.to_string()),
    })
}

/// Gives a list its place in the chain of lists, its anchor in the record, its canonical text, hash and signature, as of now.
pub(in crate::actions) fn seal(
    tx: &mut Tx<'_>,
    list: &mut PublishedList,
    entries: &[ListEntry],
    certificates: &Certificates,
    (chain_number, previous): (i32, String),
    anchor: Anchor,
) -> Result<(), Error> {
    let signer = tx.env.keys.signer();
    let (algorithm, key_id) = (signer.public.algorithm.clone(), signer.public.id.clone());
    let seal = ListSeal { format: FORMAT.into(), algorithm, key_id, anchor };
    list.seal = Some(serde_json::to_string(&seal).map_err(anyhow::Error::from)?);
    list.previous_sha256 = Some(previous);
    list.chain_number = Some(chain_number);
    list.published_at = Some(tx.now);
    let text = text_of(list, entries, certificates).map_err(|error| Error::Internal(error.into()))?;
    list.sha256 = Some(sha256(&text));
    list.signature = Some(signer.sign(text.as_bytes()));
    list.canonical = Some(text);
    Ok(())
}

/// The canonical text that the rows of a list come to: what is signed when it is published, and compared afterwards.
pub(in crate::actions) fn text_of(
    list: &PublishedList,
    entries: &[ListEntry],
    certificates: &Certificates,
) -> Result<String, NotCanonical> {
    let proved = entries.iter().map(|entry| CanonicalEntry {
        position: entry.position,
        organisation_name: &entry.organisation_name,
        product: &entry.product,
        credit_code: entry.credit_code.as_deref(),
        city: entry.city.as_deref(),
        result: &entry.result,
        shown: &entry.shown.0,
        certificate: entry.application_id.and_then(|id| certificates.get(&id)).map(GivenOut::certified),
        placing: entry.category_type.as_deref().map(|category_type| Placing {
            category_type,
            in_province: entry.in_province,
            valid_to: entry.valid_to,
        }),
    });
    let seal = list.list_seal();
    canonical(&CanonicalList {
        id: list.id.as_text(),
        chain_number: list.chain_number.unwrap_or_default(),
        previous_sha256: list.previous_sha256.as_deref().unwrap_or_default(),
        kind: list.kind.as_text(),
        number: list.number.as_deref(),
        category: &list.category,
        year: list.year,
        title: &list.title,
        body: &list.body,
        source_url: list.source_url.as_deref(),
        published_at: list.published_at.unwrap_or_default(),
        entries: proved.collect(),
        seal: seal.as_ref(),
    })
}
