//! The running program: configuration, database, keys, clock. Built the same way by `main` and by the tests.

mod certificates;
mod custody;
pub mod folders;
mod identity;
mod origin;
mod proofs;
mod published;
mod readiness;
mod register;
mod requests;
mod sign_in;

pub(crate) use custody::must_have_its_database;
pub use identity::{ANSWER_PATH, IdentityDoor, Leaving, Returned, Returning};
pub use origin::{coming_from, standing_on};
pub use published::{Published, watch};
pub use readiness::{Readiness, Unready};
pub use register::{Found, RegisterKeeper, Snapshot};
pub use requests::Requests;
pub use sign_in::Entry;

use crate::actions::footing::Footing;
use crate::actions::meanwhile::told;
use crate::actions::organisations::{end_endless, has_endless};
use crate::actions::sealed::{are_forms_sealed, note_forms_sealed, seal_filed_after, seal_forms_after};
use crate::actions::{Env, RandomSource, Tx};
use crate::auth::password::Passwords;
use crate::config::{Config, MailConfig, MailKind, SmtpSecurity, StorageConfig, StorageKind};
use crate::db::Store;
use crate::domain::ids::IdSource;
use crate::domain::mail_batch::Holding;
use crate::domain::programme::Programme;
use crate::domain::reference::{Reference, ReferenceFiles};
use crate::error::Error;
use crate::mail::{Encryption, FolderTransport, Recipient, SmtpSettings, SmtpTransport, Transport};
use crate::storage::{FolderStore, ObjectStore, S3Settings, S3Store};
use crate::words::Words;
use anyhow::{Context, bail};
use chrono::{DateTime, NaiveDateTime, Utc};
use lettre::message::Mailbox;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// The one clock of the service.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// Set by hand, in microseconds since 1970: for tests, and for a demonstration that plays past years.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `now`.
    pub fn manual(now: NaiveDateTime) -> Clock {
        Clock::Manual(Arc::new(AtomicI64::new(now.and_utc().timestamp_micros())))
    }

    /// The instant, in UTC, cut to microseconds as both databases keep it.
    pub fn now(&self) -> NaiveDateTime {
        let micros = match self {
            Clock::System => Utc::now().timestamp_micros(),
            Clock::Manual(micros) => micros.load(Ordering::SeqCst),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc()
    }

    /// Sets a manual clock; the machine's cannot be set.
    pub fn set(&self, now: NaiveDateTime) {
        if let Clock::Manual(micros) = self {
            micros.store(now.and_utc().timestamp_micros(), Ordering::SeqCst);
        }
    }
}

/// Random numbers of the operating system.
pub struct SystemRandom;

impl RandomSource for SystemRandom {
    fn secret(&self) -> Result<[u8; 32], Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("no random numbers: {e}"))?;
        Ok(bytes)
    }
}

/// Ids in time order: the clock's milliseconds, then random bits.
pub struct TimeOrderedIds {
    clock: Clock,
    random: Arc<dyn RandomSource>,
}

impl TimeOrderedIds {
    /// Ids by this clock.
    pub fn new(clock: Clock, random: Arc<dyn RandomSource>) -> TimeOrderedIds {
        TimeOrderedIds { clock, random }
    }
}

impl IdSource for TimeOrderedIds {
    fn next(&self) -> uuid::Uuid {
        let millis = self.clock.now().and_utc().timestamp_millis();
        // Without random numbers the service does not start; here a failure could only repeat an id, which the
        // primary key refuses.
        let random = self.random.secret().unwrap_or_default();
        let mut tail = [0; 10];
        tail.copy_from_slice(&random[..10]);
        uuid::Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or_default(), &tail).into_uuid()
    }
}

/// The running program.
pub struct App {
    /// The settings.
    pub config: Config,
    /// The database.
    pub store: Store,
    /// What actions rely on.
    pub env: Arc<Env>,
    /// The one clock.
    pub clock: Clock,
    /// The hashing pool.
    pub passwords: Passwords,
    /// How mail leaves.
    pub mail: Arc<dyn Transport>,
    /// What the last trial found.
    pub readiness: Readiness,
    /// What was answered so far.
    pub requests: Requests,
    /// The public register in memory.
    pub register_keeper: RegisterKeeper,
    /// What is known of the public pages' version.
    pub published: Published,
    /// The way in through a provider of identities.
    pub identity: IdentityDoor,
    /// Held by the one who makes the proof of a list.
    proof_turn: Arc<tokio::sync::Mutex<()>>,
}

impl App {
    /// Makes the data folder, migrates the schema, checks programmes and reference data, and opens everything.
    ///
    /// # Errors
    /// Names the file, the key and the remedy.
    pub fn build(config: Config, clock: Clock) -> anyhow::Result<Arc<App>> {
        let random: Arc<dyn RandomSource> = Arc::new(SystemRandom);
        let dir = &config.data.dir;
        // Before anything is made: what is wrong with the settings leaves nothing behind.
        let reference = load_reference(&config.data.config_dir)?;
        let programmes = load_programmes(&config.data.config_dir, &reference)?;
        // Each of them by itself: the data folder may be one that the operator made for others to look into.
        for folder in [dir.clone(), dir.join("objects"), dir.join("mail")] {
            folders::make_private(&folder).with_context(|| {
                format!("data.dir: {} cannot be made; name a folder that may be written", folder.display())
            })?;
        }
        let (store, keys) = custody::open(&config, random.as_ref())?;
        let objects = open_objects(&config.storage, &dir.join("objects"))?;
        let mail = open_mail(&config.mail, dir)?;
        let identity = IdentityDoor::open(&config.oidc, &config.base_url())?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let env = Env {
            programmes,
            reference,
            keys,
            ids: Arc::new(TimeOrderedIds::new(clock.clone(), random.clone())),
            random,
            objects,
            words: Words,
            base_url: config.base_url(),
            accounts: config.accounts.clone(),
            limits: config.limits.clone(),
            uploads: config.uploads,
            holding: Holding { above: config.mail.hold_above, hours: config.mail.hold_hours },
            statistics: Default::default(),
        };
        let app = App {
            passwords: Passwords::new(cores, 64)?,
            readiness: Readiness::default(),
            requests: Requests::default(),
            register_keeper: RegisterKeeper::default(),
            published: Published::default(),
            identity,
            proof_turn: Arc::default(),
            store,
            env: Arc::new(env),
            clock,
            mail,
            config,
        };
        app.write_now(crate::actions::sealed::seal_what_is_not)
            .map_err(|error| anyhow::anyhow!("identities that were kept in the clear cannot be sealed: {error}"))?;
        app.seal_forms()
            .map_err(|error| anyhow::anyhow!("forms that were kept in the clear cannot be sealed: {error}"))?;
        app.end_endless_roles()
            .map_err(|error| anyhow::anyhow!("roles that were given without an end cannot be given one: {error}"))?;
        Ok(Arc::new(app))
    }

    /// Gives those roles an end that the version before gave without one, some rows at a time.
    fn end_endless_roles(&self) -> Result<(), Error> {
        while self.read_now(has_endless)? {
            self.write_now(end_endless)?;
        }
        Ok(())
    }

    /// Seals the forms that the version before kept in the clear, drafts and what was filed, some rows at a time. A search that
    /// found none is the last one: it reads every row there is.
    fn seal_forms(&self) -> Result<(), Error> {
        if self.read_now(are_forms_sealed)? {
            return Ok(());
        }
        let mut has_found = false;
        let mut after = String::new();
        while let Some(last) = self.write_now(move |tx| seal_forms_after(tx, &after))? {
            (after, has_found) = (last, true);
        }
        let mut after = String::new();
        while let Some(last) = self.write_now(move |tx| seal_filed_after(tx, &after))? {
            (after, has_found) = (last, true);
        }
        if has_found { Ok(()) } else { self.write_now(note_forms_sealed) }
    }

    /// Runs `work` for reading, off the threads that answer requests.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (app, network) = (self.clone(), origin::network());
        off_thread(move || app.read_from(network, work)).await
    }

    /// Runs `work` as one durable transaction, judged by the instant of this call: the complete request is here. Where it answers a
    /// request that came in a session, nothing is done if that has ended meanwhile or a role of its person is gone.
    pub async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (app, network, footing) = (self.clone(), origin::network(), origin::footing());
        let now = self.clock.now();
        let (done, has_left) = off_thread(move || app.write_at(now, network, footing, work)).await?;
        if has_left {
            origin::leave();
        }
        Ok(done)
    }

    /// [`App::read`] on this thread: for commands and jobs.
    pub fn read_now<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>) -> Result<T, Error> {
        self.read_from(None, work)
    }

    fn read_from<T>(
        &self,
        network: Option<String>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let now = self.clock.now();
        self.store.read(|db| {
            let mut tx = Tx::new(db, now, &self.env).coming_from(network);
            let done = work(&mut tx);
            told(&mut tx, done)
        })
    }

    /// [`App::write`] on this thread: for commands and jobs.
    pub fn write_now<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        self.write_at(self.clock.now(), None, None, work).map(|(done, _)| done)
    }

    /// What was done, and whether the session that it stood on was ended by it.
    fn write_at<T: Send + 'static>(
        &self,
        now: NaiveDateTime,
        network: Option<String>,
        footing: Option<Footing>,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<(T, bool), Error> {
        let env = self.env.clone();
        let (done, moved, has_left) = self.store.write(move |db| {
            let mut tx = Tx::new(db, now, &env).coming_from(network).standing_on(footing);
            let done = work(&mut tx);
            let done = told(&mut tx, done)?;
            let moved = tx.finish()?;
            Ok::<_, Error>((done, moved, tx.has_left()))
        })?;
        // After the commit: whoever searches next asks whether the register has changed.
        self.register_keeper.ask_again();
        // Durable now: from here on this node shows nothing older.
        if let Some(version) = moved {
            self.published.moved(version);
        }
        Ok((done, has_left))
    }
}

/// Runs blocking work off the threads that answer requests. Work that panics is a failure of its own request alone.
pub async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let panicked = |_| Err(Error::Internal(anyhow::anyhow!("the work panicked")));
    let guarded = move || catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(panicked);
    actix_web::web::block(guarded).await.map_err(|_| Error::Busy("the thread pool is gone".into()))?
}

fn load_programmes(dir: &Path, reference: &Reference) -> anyhow::Result<Vec<Programme>> {
    let dir = dir.join("programmes");
    let shown = dir.display();
    let mut paths: Vec<_> = std::fs::read_dir(&dir)
        .with_context(|| format!("data.config_dir: {shown} cannot be read; name the folder that holds programmes/"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "toml"))
        .collect();
    paths.sort();
    let mut programmes: Vec<Programme> = Vec::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut problems = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
        match Programme::parse(&name, &text) {
            Ok(programme) => {
                let unknown = programme.quota.bureaus.iter().filter(|(code, _)| reference.bureau(code).is_none());
                problems.extend(unknown.map(|(code, places)| {
                    format!(
                        "{name}: quota.bureaus.{code} = {places}: there is no such bureau; write a code of \
                         reference/bureaus.csv"
                    )
                }));
                if let Some(other) = files.insert(programme.key.clone(), name.clone()) {
                    problems.push(format!(
                        "{name}: key = {:?}: {other} has it already; give each programme a key of its own",
                        programme.key
                    ));
                }
                programmes.push(programme);
            }
            Err(found) => problems.extend(found.iter().map(ToString::to_string)),
        }
    }
    if !problems.is_empty() {
        bail!("a programme cannot be used:\n  {}", problems.join("\n  "));
    }
    if programmes.is_empty() {
        bail!("{shown}: holds no programme (*.toml)");
    }
    Ok(programmes)
}

fn load_reference(dir: &Path) -> anyhow::Result<Reference> {
    let dir = dir.join("reference");
    let read = |name: &str| {
        let path = dir.join(name);
        std::fs::read_to_string(&path).with_context(|| {
            format!(
                "data.config_dir: {} cannot be read; name the folder that holds reference/ and programmes/",
                path.display()
            )
        })
    };
    let files = ReferenceFiles {
        cities: &read("cities.csv")?,
        counties: &read("counties.csv")?,
        clusters: &read("clusters.csv")?,
        divisions: &read("divisions.csv")?,
        bureaus: &read("bureaus.csv")?,
        holidays: &read("state_council_holidays.csv")?,
    };
    Reference::load(&files).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("the reference data cannot be used:\n  {}", lines.join("\n  "))
    })
}

/// Longest wait for the store of documents at one step.
const STORE_PATIENCE: Duration = Duration::from_secs(20);

/// Opens the store of documents. A bucket is tried at once: without it the service would take in nothing.
fn open_objects(config: &StorageConfig, root: &Path) -> anyhow::Result<Arc<dyn ObjectStore>> {
    if config.kind == StorageKind::Folder {
        let folder = FolderStore::open_at(root).context("data.dir: the folder of documents cannot be made")?;
        return Ok(Arc::new(folder));
    }
    let settings = S3Settings {
        endpoint: config.endpoint.clone(),
        region: config.region.clone(),
        bucket: config.bucket.clone(),
        prefix: config.prefix.clone(),
        path_style: config.path_style,
        access_key: config.access_key.clone(),
        secret_key: config.secret_key.clone(),
        patience: STORE_PATIENCE,
    };
    let store = S3Store::new(settings, root).context("data.dir: the folder of uploads cannot be made")?;
    store.probe().with_context(|| {
        format!(
            "storage.bucket = {:?} at storage.endpoint = {:?} cannot be written; see that it is there and that \
             storage.access_key and storage.secret_key may write, read, list and delete",
            config.bucket, config.endpoint
        )
    })?;
    Ok(Arc::new(store))
}

fn open_mail(config: &MailConfig, dir: &Path) -> anyhow::Result<Arc<dyn Transport>> {
    let from: Mailbox = config.from.parse().context("mail.from: write it as Name <address>")?;
    let from = Recipient { name: from.name, address: from.email.to_string() };
    Ok(match config.transport {
        MailKind::Folder => Arc::new(
            FolderTransport::open(&dir.join("mail"), from).context("data.dir: the folder of mail cannot be made")?,
        ),
        MailKind::Smtp => {
            let credentials =
                (!config.smtp_user.is_empty()).then(|| (config.smtp_user.clone(), config.smtp_password.clone()));
            let settings = SmtpSettings {
                host: config.smtp_host.clone(),
                port: config.smtp_port,
                encryption: match config.smtp_security {
                    SmtpSecurity::Starttls => Encryption::StartTls,
                    SmtpSecurity::Tls => Encryption::Implicit,
                    SmtpSecurity::None => Encryption::None,
                },
                credentials,
                authority_pem: None,
                from,
            };
            Arc::new(SmtpTransport::new(settings).map_err(|e| anyhow::anyhow!("mail: {e}"))?)
        }
    })
}
