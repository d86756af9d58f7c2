//! Standard input and output as messages. A message that is no JSON is left out, and the next one read.

use std::io;
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};

/// The threads that read and write.
pub(super) struct Threads {
    writer: JoinHandle<()>,
}

impl Threads {
    /// Waits until all is written. The reader may wait for a client that says nothing more; it ends with the process.
    pub(super) fn join(self) {
        let _ = self.writer.join();
    }
}

pub(super) fn stdio() -> (Connection, Threads) {
    let (outgoing, to_write) = crossbeam_channel::unbounded::<Message>();
    let (read, incoming) = crossbeam_channel::unbounded::<Message>();
    let writer = thread::spawn(move || {
        let mut stdout = io::stdout().lock();
        for message in to_write {
            if message.write(&mut stdout).is_err() {
                break;
            }
        }
    });
    thread::spawn(move || {
        let mut stdin = io::stdin().lock();
        loop {
            match Message::read(&mut stdin) {
                Ok(Some(message)) => {
                    let exit = matches!(&message, Message::Notification(note) if note.method == "exit");
                    if read.send(message).is_err() || exit {
                        break;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                Ok(None) | Err(_) => break,
            }
        }
    });
    (Connection { sender: outgoing, receiver: incoming }, Threads { writer })
}
