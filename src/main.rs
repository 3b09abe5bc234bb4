//! The thin binary: reads arguments and runs a command.
#![forbid(unsafe_code)]

fn main() -> std::process::ExitCode {
    yuanchi::cli::main()
}
