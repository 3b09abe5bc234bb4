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

/// What a browser's own account of itself holds, with the browser's name: the first that fits, for most of them claim
/// to be others as well.
const BROWSERS: &[(&str, &str)] = &[
    ("MicroMessenger/", "WeChat"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser/", "QQ Browser"),
    ("UCBrowser/", "UC Browser"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chromium/", "Chromium"),
    ("HeadlessChrome/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];

/// The same of systems.
const SYSTEMS: &[(&str, &str)] = &[
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The browser and the system of a device, by the names that their makers give them; none for a program, and for a
/// browser that says too little of itself.
pub fn device_of(user_agent: &str) -> Option<(&'static str, &'static str)> {
    let known =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|one| one.1);
    user_agent.starts_with("Mozilla/").then_some(())?;
    Some((known(BROWSERS)?, known(SYSTEMS)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_called_by_its_browser_and_its_system() {
        let chrome = "(KHTML, like Gecko) Chrome/140.0.0.0";
        for (user_agent, device) in [
            (format!("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {chrome} Safari/537.36"), ("Chrome", "Linux")),
            ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0.0.0 Safari/537.36".into(), ("Chromium", "Linux")),
            (format!("Mozilla/5.0 (Windows NT 10.0) {chrome} Safari/537.36 Edg/140.0"), ("Edge", "Windows")),
            ("Mozilla/5.0 (Windows NT 10.0; rv:144.0) Gecko/20100101 Firefox/144.0".into(), ("Firefox", "Windows")),
            ("Mozilla/5.0 (Macintosh) AppleWebKit/605 Version/18.0 Safari/605".into(), ("Safari", "macOS")),
            (format!("Mozilla/5.0 (Linux; Android 14) {chrome} MicroMessenger/8.0"), ("WeChat", "Android")),
        ] {
            assert_eq!(device_of(&user_agent), Some(device), "{user_agent}");
        }
        for user_agent in
            ["", "python-requests/2.31.0", "curl/8.5.0 (Linux)", "Mozilla/5.0", "Mozilla/5.0 (X11) Firefox/1"]
        {
            assert_eq!(device_of(user_agent), None, "{user_agent}");
        }
    }

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
