//! Single keys: from the terminal as they are pressed, from a pipe as they come.

use std::io::{self, IsTerminal, Read};

use console::{Key, Term};

/// Where keys come from.
pub enum Keys {
    /// A person.
    Terminal(Term),
    /// A script; line ends are no keys.
    Pipe,
}

impl Keys {
    /// The terminal, if standard input is one.
    pub fn new() -> Keys {
        let term = Term::stderr();
        if io::stdin().is_terminal() && term.is_term() { Keys::Terminal(term) } else { Keys::Pipe }
    }

    /// The next key; `None` where there will be no more: the end of the input, Ctrl-C, Ctrl-D or Escape.
    pub fn next(&self) -> io::Result<Option<char>> {
        match self {
            Keys::Terminal(term) => loop {
                match term.read_key_raw() {
                    Ok(Key::Char('\u{3}' | '\u{4}') | Key::CtrlC | Key::Escape) => return Ok(None),
                    Ok(Key::Char(key)) => return Ok(Some(key)),
                    Ok(_) => {}
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(None),
                    Err(error) => return Err(error),
                }
            },
            Keys::Pipe => {
                let mut stdin = io::stdin().lock();
                let mut byte = [0];
                loop {
                    match stdin.read(&mut byte) {
                        Ok(0) => return Ok(None),
                        Ok(_) if matches!(byte[0], b'\n' | b'\r') => {}
                        Ok(_) => return Ok(Some(char::from(byte[0]))),
                        Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
    }
}
