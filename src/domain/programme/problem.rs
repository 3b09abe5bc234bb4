//! What is wrong with a file of `config/programmes/`.

/// One wrong value: where it is, what is wrong with it and what to do. For whoever installs the service, at the start or in a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file.
    pub file: String,
    /// The line, from 1, where it could be found.
    pub line: Option<usize>,
    /// The dotted path, such as `sections[1].fields[2].kind.text.max_chars`; empty for the file as a whole.
    pub key: String,
    /// The value as written, shortened; empty if there is none.
    pub value: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

impl std::fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        match (self.key.is_empty(), self.value.is_empty()) {
            (true, _) => {}
            (false, true) => write!(f, ": {}", self.key)?,
            (false, false) => write!(f, ": {} = {}", self.key, self.value)?,
        }
        write!(f, ": {}; {} [{}]", self.problem, self.remedy, self.code)
    }
}

impl std::error::Error for ConfigProblem {}
