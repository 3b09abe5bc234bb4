//! How long the body of a request may take, and what becomes of one that is not read to its end.
//!
//! A sender who lets nobody wait sends as fast as it likes; one who says nothing for too long, or a byte now and then, is
//! told so and let go: each of them holds a connection, and maybe a file. What counts is the time in which the service
//! waited for bytes, not that in which it was busy with them.

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::TRANSFER_ENCODING;
use actix_web::web::Bytes;
use futures_util::Stream;
use std::cell::RefCell;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use tokio::time::{Sleep, sleep};

/// Bytes that a second of waiting must bring on average, once the patience is used up. What a modem did.
const SLOWEST: u64 = 1_024;

/// What is left of a request's body.
#[derive(Clone)]
pub struct Rest(Rc<RefCell<Payload>>);

/// Bounds the time that the body of a request may take. Gives what an answer has to hold ([`Holding`]) if the body comes in
/// chunks; of one whose length was said the server knows by itself that the rest is not worth reading.
pub fn bounded(request: &mut ServiceRequest, patience: Duration) -> Option<Rest> {
    let payload = request.take_payload();
    if matches!(payload, Payload::None) {
        return None;
    }
    let rest = Rest(Rc::new(RefCell::new(payload)));
    let body =
        Patient { rest: rest.clone(), patience, waited: Duration::ZERO, received: 0, waiting: None, over: false };
    request.set_payload(Payload::Stream { payload: Box::pin(body) });
    request.headers().contains_key(TRANSFER_ENCODING).then_some(rest)
}

/// How long the service waits in all for a body of which so many bytes have come.
fn allowed(patience: Duration, received: u64) -> Duration {
    patience + Duration::from_secs(received / SLOWEST)
}

/// A body as it comes, for whoever reads it.
struct Patient {
    rest: Rest,
    patience: Duration,
    waited: Duration,
    received: u64,
    /// Since when it has been waited for bytes, and until when.
    waiting: Option<(Instant, Pin<Box<Sleep>>)>,
    over: bool,
}

impl Stream for Patient {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if this.over {
            return Poll::Ready(None);
        }
        let polled = Pin::new(&mut *this.rest.0.borrow_mut()).poll_next(context);
        match polled {
            Poll::Ready(came) => {
                if let Some((since, _)) = this.waiting.take() {
                    this.waited += since.elapsed();
                }
                match &came {
                    Some(Ok(bytes)) => this.received += bytes.len() as u64,
                    Some(Err(_)) | None => this.over = true,
                }
                Poll::Ready(came)
            }
            Poll::Pending => {
                let left = allowed(this.patience, this.received).saturating_sub(this.waited).min(this.patience);
                let (_, end) = this.waiting.get_or_insert_with(|| (Instant::now(), Box::pin(sleep(left))));
                match end.as_mut().poll(context) {
                    Poll::Pending => Poll::Pending,
                    Poll::Ready(()) => {
                        this.over = true;
                        let why = format!(
                            "the body comes too slowly: {} seconds of silence, and {SLOWEST} bytes a second",
                            this.patience.as_secs()
                        );
                        Poll::Ready(Some(Err(PayloadError::Io(io::Error::new(io::ErrorKind::TimedOut, why)))))
                    }
                }
            }
        }
    }
}

/// An answer that holds what is left of its request's body until it is sent. Where that is more than nothing, the
/// connection is closed then: a body in chunks that was let go of would be read, to no end, for as long as it is sent.
pub struct Holding {
    answer: BoxBody,
    _rest: Rest,
}

impl Holding {
    /// This answer, to the request with this body.
    pub fn new(answer: BoxBody, rest: Rest) -> Holding {
        Holding { answer, _rest: rest }
    }
}

impl MessageBody for Holding {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.answer.size()
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.get_mut().answer).poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c_32_who_sends_fast_enough_is_waited_for_and_who_sends_a_byte_now_and_then_is_not() {
        let patience = Duration::from_secs(30);
        assert_eq!(allowed(patience, 0), patience);
        assert_eq!(allowed(patience, SLOWEST - 1), patience, "a byte a second is nothing");
        // Two hundred megabytes by a slow line of 256 kbit/s take less than two hours.
        assert!(allowed(patience, 200 << 20) > Duration::from_secs(2 * 3600));
        assert!(allowed(patience, u64::MAX) > patience);
    }
}
