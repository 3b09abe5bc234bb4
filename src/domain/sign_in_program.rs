//! Programs with which somebody signs in, told apart by what they call themselves and by whereabouts they come from,
//! and by nothing closer: a new version of the same program, or another machine beside it, is no stranger.

/// Days for which a program is known after a sign-in.
pub const PROGRAM_DAYS: i64 = 180;
/// Characters of a name.
const NAME_LENGTH: usize = 40;
/// The name of what calls itself nothing.
const NAMELESS: &str = "unknown";

/// The name of a program without its version: what stands in front of the first slash or space. It is shown in a
/// letter, so nothing of it can be taken for an address.
pub fn name_of(user_agent: &str) -> String {
    let first = user_agent.split(['/', ' ']).next().unwrap_or_default();
    let plain = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let name: String = first.chars().filter(plain).take(NAME_LENGTH).collect::<String>().to_ascii_lowercase();
    if name.is_empty() { NAMELESS.into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_version_is_the_same_program_and_a_name_holds_no_address() {
        assert_eq!(name_of("python-requests/2.31.0"), "python-requests");
        assert_eq!(name_of("python-requests/2.32.1 extra"), "python-requests");
        assert_eq!(name_of("Mozilla/5.0 (X11; Linux)"), "mozilla");
        assert_eq!(name_of("https://evil.example/login"), "https");
        assert_eq!(name_of("evil.example"), "evilexample");
        assert_eq!(name_of("程序 <a@b.example>\r\n"), NAMELESS);
        assert_eq!(name_of(""), NAMELESS);
        assert_eq!(name_of(&"a".repeat(200)).len(), NAME_LENGTH);
    }
}
