//! The thin binary: reads arguments and runs a command.

fn main() -> std::process::ExitCode {
    yuanchi::cli::main()
}
