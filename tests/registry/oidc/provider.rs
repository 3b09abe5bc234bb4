//! A provider of identities on a real socket: it holds each request to the letter of OpenID Connect, signs with a key
//! made here, and misbehaves as told.

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

/// As what the service is known.
pub const CLIENT: &str = "yuanchi";
/// What proves that it is the service.
pub const SECRET: &str = "the-secret-of-the-client";
/// Name of the first key.
const FIRST_KEY: &str = "key-1";

/// What goes wrong with each request to one path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Sends the asker on, to where the right answer is.
    Redirect,
    /// Says a megabyte.
    Huge,
    /// Answers with this status.
    Status(u16),
    /// Says nothing until the other side gives up.
    Hang,
    /// Closes without a word.
    Close,
    /// Answers with what cannot be read.
    Garbage,
}

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signing {
    /// As it should.
    Right,
    /// Not at all, and says so.
    Unsigned,
    /// As if the public key were a secret.
    ByPublicKey,
    /// By the client's own secret.
    BySecret,
    /// By somebody else's key, under the name of the right one.
    ByAnother,
    /// As it should, and cut off.
    Cut,
    /// As it should, and changed afterwards.
    Altered,
}

/// A change of what is sent.
pub type Change = fn(&mut Map<String, Value>);

/// What the provider does wrong.
pub struct Quirks {
    pub claims: Change,
    pub header: Change,
    pub tokens: Change,
    pub description: Change,
    pub signing: Signing,
    pub faults: Vec<(&'static str, Fault)>,
}

impl Default for Quirks {
    fn default() -> Quirks {
        let nothing: Change = |_| ();
        Quirks {
            claims: nothing,
            header: nothing,
            tokens: nothing,
            description: nothing,
            signing: Signing::Right,
            faults: Vec::new(),
        }
    }
}

/// What a code stands for.
struct Grant {
    challenge: String,
    nonce: String,
    answer_address: String,
    subject: String,
    second: i64,
    used: bool,
}

struct State {
    issuer: String,
    key: Vec<u8>,
    kid: String,
    codes: BTreeMap<String, Grant>,
    quirks: Quirks,
    seen: Vec<String>,
    closing: bool,
}

/// The provider; stops when dropped.
pub struct Provider {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    acceptor: Option<JoinHandle<()>>,
}

fn new_key() -> Vec<u8> {
    let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new());
    let document = made.expect("a key");
    let bytes: &[u8] = document.as_ref();
    bytes.to_vec()
}

fn pair_of(key: &[u8]) -> EcdsaKeyPair {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &SystemRandom::new()).expect("a key")
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// The parameters of an address or a form.
pub fn pairs_of(text: &str) -> BTreeMap<String, String> {
    let pairs: Vec<(String, String)> = serde_html_form::from_str(text).expect("parameters");
    pairs.into_iter().collect()
}

fn map_of(value: Value) -> Map<String, Value> {
    value.as_object().cloned().expect("an object")
}

impl Provider {
    /// Starts on a free port of the loopback interface.
    pub fn start() -> Provider {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let state = Arc::new(Mutex::new(State {
            issuer: format!("http://{address}"),
            key: new_key(),
            kid: FIRST_KEY.into(),
            codes: BTreeMap::new(),
            quirks: Quirks::default(),
            seen: Vec::new(),
            closing: false,
        }));
        let shared = state.clone();
        let acceptor = thread::spawn(move || accept(&listener, &shared));
        Provider { address, state, acceptor: Some(acceptor) }
    }

    /// For the setting `oidc.issuer`.
    pub fn issuer(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Does these things wrong from now on, and nothing else.
    pub fn misbehave(&self, quirks: Quirks) {
        self.lock().quirks = quirks;
    }

    /// Signs by another key from now on, under another name.
    pub fn rotate(&self) {
        let mut state = self.lock();
        (state.key, state.kid) = (new_key(), "key-2".into());
    }

    /// How often a path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.lock().seen.iter().filter(|seen| *seen == path).count()
    }

    /// What was asked for so far.
    pub fn seen(&self) -> Vec<String> {
        self.lock().seen.clone()
    }

    /// Somebody comes to `address` and signs in as `subject` at this second: what the browser brings back.
    #[track_caller]
    pub fn consent(&self, address: &str, subject: &str, second: i64) -> String {
        let (page, query) = address.split_once('?').expect("parameters");
        assert_eq!(page, format!("{}/authorize", self.issuer()));
        let asked = pairs_of(query);
        let said = |name: &str| asked.get(name).cloned().unwrap_or_else(|| panic!("no {name} in {address}"));
        assert_eq!((said("response_type").as_str(), said("client_id").as_str()), ("code", CLIENT));
        assert!(said("scope").split(' ').any(|scope| scope == "openid"), "{address}");
        assert_eq!((said("code_challenge_method").as_str(), said("code_challenge").len()), ("S256", 43));
        assert!(said("state").len() >= 43 && said("nonce").len() >= 43 && said("state") != said("nonce"));
        let mut state = self.lock();
        let code = format!("code-{}", state.codes.len());
        let grant = Grant {
            challenge: said("code_challenge"),
            nonce: said("nonce"),
            answer_address: said("redirect_uri"),
            subject: subject.into(),
            second,
            used: false,
        };
        let own_state = said("state");
        let back = [("code", code.as_str()), ("state", own_state.as_str()), ("iss", state.issuer.as_str())];
        let query = serde_html_form::to_string(&back[..]).expect("parameters");
        state.codes.insert(code, grant);
        query
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.lock().closing = true;
        // Wakes the acceptor, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, state: &Arc<Mutex<State>>) {
    for connection in listener.incoming() {
        let Ok(connection) = connection else { return };
        if lock(state).closing {
            return;
        }
        let state = state.clone();
        thread::spawn(move || {
            // A client that goes away in the middle is a fine thing to happen in a test.
            let _ = converse(&connection, &state);
            let _ = connection.shutdown(Shutdown::Both);
        });
    }
}

struct Request {
    path: String,
    authorization: String,
    body: String,
}

fn read_request(input: &mut impl BufRead) -> io::Result<Request> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    let path = line.split_whitespace().nth(1).unwrap_or_default().to_string();
    let (mut length, mut authorization) = (0, String::new());
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.trim().split_once(':').unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or_default(),
            "authorization" => authorization = value.trim().to_string(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body)?;
    Ok(Request { path, authorization, body: String::from_utf8_lossy(&body).into_owned() })
}

fn converse(connection: &TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut input = BufReader::new(connection);
    let request = read_request(&mut input)?;
    let fault = {
        let mut state = lock(state);
        state.seen.push(request.path.clone());
        state.quirks.faults.iter().find(|(path, _)| *path == request.path).map(|(_, fault)| *fault)
    };
    let (status, more, body) = match fault {
        Some(Fault::Close) => return Ok(()),
        Some(Fault::Hang) => return io::copy(&mut input, &mut io::sink()).map(drop),
        Some(Fault::Redirect) => (302, format!("location: /elsewhere{}\r\n", request.path), String::new()),
        Some(Fault::Huge) => (200, String::new(), " ".repeat(1 << 20)),
        Some(Fault::Status(status)) => (status, String::new(), "{\"error\": \"server_error\"}".into()),
        Some(Fault::Garbage) => (200, String::new(), "<html>Bad Gateway</html>".into()),
        None => {
            let (status, body) = carry_out(&request, &mut lock(state));
            (status, String::new(), body.to_string())
        }
    };
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n{more}\r\n",
        body.len()
    );
    let mut output = connection;
    output.write_all(head.as_bytes())?;
    output.write_all(body.as_bytes())
}

fn carry_out(request: &Request, state: &mut State) -> (u16, Value) {
    match request.path.trim_start_matches("/elsewhere") {
        "/.well-known/openid-configuration" => (200, describe(state)),
        "/keys" => (200, keys(state)),
        "/token" => redeem(request, state),
        _ => (404, json!({})),
    }
}

fn describe(state: &State) -> Value {
    let issuer = &state.issuer;
    let mut description = map_of(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "end_session_endpoint": format!("{issuer}/end"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["plain", "S256"],
        "authorization_response_iss_parameter_supported": true,
    }));
    (state.quirks.description)(&mut description);
    description.into()
}

fn keys(state: &State) -> Value {
    let pair = pair_of(&state.key);
    let point: &[u8] = pair.public_key().as_ref();
    // Not compressed: a mark, then both coordinates.
    let (x, y) = point[1..].split_at(32);
    let kid = &state.kid;
    json!({ "keys": [
        { "kty": "oct", "k": encoded(SECRET), "kid": "secret", "alg": "HS256" },
        { "kty": "EC", "crv": "P-256", "x": encoded(x), "y": encoded(y), "kid": kid, "use": "sig", "alg": "ES256" },
        { "kty": "unknown to everybody" },
    ] })
}

fn redeem(request: &Request, state: &mut State) -> (u16, Value) {
    let refused = |error: &str| (400, json!({ "error": error }));
    if request.authorization != format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT}:{SECRET}"))) {
        return (401, json!({ "error": "invalid_client" }));
    }
    let sent = pairs_of(&request.body);
    let said = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    if said("grant_type") != "authorization_code" {
        return refused("unsupported_grant_type");
    }
    let Some(grant) = state.codes.get_mut(said("code")) else { return refused("invalid_grant") };
    let proved = encoded(Sha256::digest(said("code_verifier"))) == grant.challenge;
    if grant.used || !proved || said("redirect_uri") != grant.answer_address {
        return refused("invalid_grant");
    }
    grant.used = true;
    let access_token = format!("access-{}", said("code"));
    let claims = json!({
        "iss": state.issuer, "sub": grant.subject, "aud": CLIENT, "nonce": grant.nonce, "iat": grant.second,
        "exp": grant.second + 300, "name": "张三", "email": format!("{}@id.example", grant.subject),
        "email_verified": true, "at_hash": encoded(&Sha256::digest(&access_token)[..16]),
    });
    let id_token = token(state, map_of(claims));
    let mut tokens = map_of(json!({
        "access_token": access_token, "token_type": "Bearer", "expires_in": 300, "id_token": id_token,
    }));
    (state.quirks.tokens)(&mut tokens);
    (200, tokens.into())
}

fn token(state: &State, mut claims: Map<String, Value>) -> String {
    let signing = state.quirks.signing;
    let algorithm = match signing {
        Signing::Unsigned => "none",
        Signing::ByPublicKey | Signing::BySecret => "HS256",
        _ => "ES256",
    };
    let mut header = map_of(json!({ "alg": algorithm, "kid": state.kid, "typ": "JWT" }));
    (state.quirks.header)(&mut header);
    (state.quirks.claims)(&mut claims);
    let header = encoded(Value::from(header).to_string());
    let text = format!("{header}.{}", encoded(Value::from(claims.clone()).to_string()));
    let by = |key: &[u8]| {
        let signed = pair_of(key).sign(&SystemRandom::new(), text.as_bytes()).expect("a signature");
        encoded(signed)
    };
    let keyed = |secret: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any length will do");
        mac.update(text.as_bytes());
        encoded(mac.finalize().into_bytes())
    };
    match signing {
        Signing::Right => format!("{text}.{}", by(&state.key)),
        Signing::Unsigned => format!("{text}."),
        Signing::ByPublicKey => format!("{text}.{}", keyed(pair_of(&state.key).public_key().as_ref())),
        Signing::BySecret => format!("{text}.{}", keyed(SECRET.as_bytes())),
        Signing::ByAnother => format!("{text}.{}", by(&new_key())),
        Signing::Cut => format!("{text}.{}", &by(&state.key)[..40]),
        Signing::Altered => {
            let signature = by(&state.key);
            claims.insert("sub".into(), json!("somebody-else"));
            format!("{header}.{}.{signature}", encoded(Value::from(claims).to_string()))
        }
    }
}
