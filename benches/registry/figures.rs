//! What was measured, and how it is shown.

use std::fmt;
use std::time::{Duration, Instant};

/// Latencies of one kind of work, and how long all of it took.
#[derive(Debug, Default, Clone)]
pub struct Figures {
    samples: Vec<Duration>,
    wall: Duration,
}

impl Figures {
    /// Does `work` and notes how long it took.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        let took = started.elapsed();
        self.samples.push(took);
        self.wall += took;
        done
    }

    /// Adds what threads measured at the same time, within `wall`.
    pub fn add(&mut self, samples: impl IntoIterator<Item = Duration>, wall: Duration) {
        self.samples.extend(samples);
        self.wall += wall;
    }

    /// The latency that this share of the samples does not exceed.
    fn at(&self, share: f64) -> Duration {
        let mut sorted = self.samples.clone();
        sorted.sort();
        let rank = (sorted.len() as f64 * share).ceil() as usize;
        sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default()
    }

    /// How many a second.
    fn rate(&self) -> f64 {
        self.samples.len() as f64 / self.wall.as_secs_f64().max(1e-9)
    }
}

/// All measurements of a run.
#[derive(Debug, Default)]
pub struct Table(Vec<(String, Figures, Figures)>);

impl Table {
    /// Adds a measurement and its baseline.
    pub fn add(&mut self, name: &str, measured: Figures, baseline: Figures) {
        self.0.push((name.to_string(), measured, baseline));
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["median ms", "p99 ms", "per s", "base median", "base p99", "base per s", "ratio", "samples"];
        write!(f, "{:<44}", "name")?;
        for head in heads {
            write!(f, "{head:>13}")?;
        }
        for (name, measured, baseline) in &self.0 {
            let ms = |figures: &Figures, share| figures.at(share).as_secs_f64() * 1e3;
            write!(f, "\n{name:<44}")?;
            for figures in [measured, baseline] {
                write!(f, "{:>13.3}{:>13.3}{:>13.0}", ms(figures, 0.5), ms(figures, 0.99), figures.rate())?;
            }
            write!(f, "{:>13.3}{:>13}", measured.rate() / baseline.rate(), measured.samples.len())?;
        }
        write!(f, "\nratio: rate of the work to the rate of its baseline; 1 is as fast as the baseline")
    }
}

/// Processor cores of this machine.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A line of what the kernel says of this program's memory, `VmRSS:` or `VmHWM:`; unknown on other systems than Linux.
pub fn memory(of: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let value = status.lines().find_map(|line| line.strip_prefix(of)).map(str::trim);
    format!("{of} {}", value.unwrap_or("unknown"))
}

/// Runs `work` once in each of as many threads as there are `inputs`, all beginning together: what each measured, and
/// how long it took until the last was done.
pub fn together<T: Send + 'static>(
    inputs: Vec<T>,
    work: impl Fn(T, &mut Vec<Duration>) -> anyhow::Result<()> + Send + Sync + Clone + 'static,
) -> anyhow::Result<(Vec<Duration>, Duration)> {
    let gate = std::sync::Arc::new(std::sync::Barrier::new(inputs.len() + 1));
    let threads: Vec<_> = inputs
        .into_iter()
        .map(|input| {
            let (gate, work) = (gate.clone(), work.clone());
            std::thread::spawn(move || {
                let mut samples = Vec::new();
                gate.wait();
                work(input, &mut samples).map(|()| samples)
            })
        })
        .collect();
    gate.wait();
    let started = Instant::now();
    let mut all = Vec::new();
    for thread in threads {
        all.extend(thread.join().map_err(|_| anyhow::anyhow!("a measuring thread panicked"))??);
    }
    Ok((all, started.elapsed()))
}

/// Does `work` and adds how long it took.
pub fn timed<T>(samples: &mut Vec<Duration>, work: impl FnOnce() -> T) -> T {
    let started = Instant::now();
    let done = work();
    samples.push(started.elapsed());
    done
}
