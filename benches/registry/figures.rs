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

/// The p99 that a measurement may have, in times of its baseline's.
const P99_TIMES: f64 = 3.0;

/// A bar that is set, and what was found.
#[derive(Debug)]
struct Bar {
    what: String,
    found: f64,
    limit: f64,
    at_least: bool,
}

/// All measurements of a run.
#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<(String, Figures, Figures)>,
    bars: Vec<Bar>,
}

impl Table {
    /// Adds a measurement and its baseline.
    pub fn add(&mut self, name: &str, measured: Figures, baseline: Figures) {
        self.rows.push((name.to_string(), measured, baseline));
    }

    /// Adds a measurement that has to reach this share of its baseline's rate, with a p99 within three times of it.
    pub fn add_with_bars(&mut self, name: &str, share: f64, measured: Figures, baseline: Figures) {
        let rate = measured.rate() / baseline.rate();
        self.bars.push(Bar { what: format!("{name}: rate"), found: rate, limit: share, at_least: true });
        let p99 = measured.at(0.99).as_secs_f64() / baseline.at(0.99).as_secs_f64().max(1e-9);
        self.bars.push(Bar { what: format!("{name}: p99"), found: p99, limit: P99_TIMES, at_least: false });
        self.add(name, measured, baseline);
    }

    /// Adds a bar for the p99 of a measurement, in milliseconds.
    pub fn bar_of_p99(&mut self, name: &str, measured: &Figures, limit: f64) {
        self.bar_at_most(&format!("{name}: p99 in ms"), measured.at(0.99).as_secs_f64() * 1e3, limit);
    }

    /// Adds a bar that what was found has to stay below.
    pub fn bar_at_most(&mut self, what: &str, found: f64, limit: f64) {
        self.bars.push(Bar { what: what.to_string(), found, limit, at_least: false });
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, held) = match self.at_least {
            true => (">=", self.found >= self.limit),
            false => ("<=", self.found <= self.limit),
        };
        let verdict = if held { "holds" } else { "MISSED" };
        write!(f, "{:<72}{:>10.3} {sign} {:<8}{verdict}", self.what, self.found, self.limit)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads =
            ["median ms", "p99 ms", "per s", "base median", "base p99", "base per s", "ratio", "p99 ratio", "samples"];
        write!(f, "{:<44}", "name")?;
        for head in heads {
            write!(f, "{head:>13}")?;
        }
        for (name, measured, baseline) in &self.rows {
            let ms = |figures: &Figures, share| figures.at(share).as_secs_f64() * 1e3;
            write!(f, "\n{name:<44}")?;
            for figures in [measured, baseline] {
                write!(f, "{:>13.3}{:>13.3}{:>13.0}", ms(figures, 0.5), ms(figures, 0.99), figures.rate())?;
            }
            let p99 = ms(measured, 0.99) / ms(baseline, 0.99).max(1e-9);
            let ratio = measured.rate() / baseline.rate();
            write!(f, "{ratio:>13.3}{p99:>13.3}{:>13}", measured.samples.len())?;
        }
        write!(f, "\nratio: rate of the work to the rate of its baseline; 1 is as fast as the baseline")?;
        for bar in &self.bars {
            write!(f, "\n{bar}")?;
        }
        Ok(())
    }
}

/// Processor cores of this machine.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A line of what the kernel says of this program's memory, `VmRSS:` or `VmHWM:`; unknown on other systems than Linux.
pub fn memory(of: &str) -> String {
    let kib = kib_of(std::process::id(), of);
    format!("{of} {}", kib.map_or_else(|| "unknown".to_string(), |kib| format!("{kib} kB")))
}

/// Lets the kernel reckon this program's highest memory, `VmHWM:`, from now on anew. Where it cannot be asked, what was
/// the highest before stays in it, and a bar on it is all the harder to keep.
pub fn forget_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The same of any program, in KiB.
pub fn kib_of(process: u32, of: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(of))?;
    value.trim().trim_end_matches(" kB").parse().ok()
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
