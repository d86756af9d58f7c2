//! Messages that have come and wait: a request that its client takes back before its turn is answered at once, and
//! never run.

use std::collections::VecDeque;

use lsp_server::{Connection, ErrorCode, Message, Notification, RequestId, Response};

/// The client has gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gone;

/// What has come and waits.
pub(super) struct Incoming<'a> {
    connection: &'a Connection,
    waiting: VecDeque<Message>,
    gone: bool,
}

impl<'a> Incoming<'a> {
    pub(super) fn new(connection: &'a Connection) -> Incoming<'a> {
        Incoming { connection, waiting: VecDeque::new(), gone: false }
    }

    /// The next message, if one waits.
    pub(super) fn next(&mut self) -> Result<Option<Message>, Gone> {
        loop {
            match self.connection.receiver.try_recv() {
                Ok(message) => self.take(message),
                Err(error) => {
                    self.gone |= error.is_disconnected();
                    break;
                }
            }
        }
        match self.waiting.pop_front() {
            None if self.gone => Err(Gone),
            message => Ok(message),
        }
    }

    /// The next message, however long it takes.
    pub(super) fn wait(&mut self) -> Result<Message, Gone> {
        loop {
            if let Some(message) = self.next()? {
                return Ok(message);
            }
            match self.connection.receiver.recv() {
                Ok(message) => self.take(message),
                Err(_) => self.gone = true,
            }
        }
    }

    fn take(&mut self, message: Message) {
        match cancelled(&message) {
            Some(id) => {
                let is = |message: &Message| matches!(message, Message::Request(request) if request.id == id);
                // One that is answered, or that never was, is no error.
                if let Some(at) = self.waiting.iter().position(is) {
                    self.waiting.remove(at);
                    let code = ErrorCode::RequestCanceled as i32;
                    let answer = Response::new_err(id, code, "taken back before its turn".to_owned());
                    let _ = self.connection.sender.send(Message::Response(answer));
                }
            }
            None => self.waiting.push_back(message),
        }
    }
}

/// The request that a message takes back.
fn cancelled(message: &Message) -> Option<RequestId> {
    match message {
        Message::Notification(Notification { method, params }) if method == "$/cancelRequest" => {
            serde_json::from_value(params["id"].clone()).ok().or(Some(RequestId::from(String::new())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_server::Request;
    use serde_json::json;

    fn request(id: i32) -> Message {
        Message::Request(Request::new(id.into(), "textDocument/hover".into(), json!({})))
    }

    fn cancel(id: serde_json::Value) -> Message {
        Message::Notification(Notification::new("$/cancelRequest".into(), json!({"id": id})))
    }

    #[test]
    fn a_request_that_is_taken_back_is_answered_and_not_run() {
        let (server, client) = Connection::memory();
        for message in [request(1), request(2), cancel(json!(2)), cancel(json!(9)), cancel(json!({})), request(3)] {
            client.sender.send(message).expect("the server listens");
        }
        let mut incoming = Incoming::new(&server);
        let mut ids = Vec::new();
        while let Ok(Some(message)) = incoming.next() {
            let Message::Request(request) = message else { panic!("a cancellation is no message of its own") };
            ids.push(request.id);
        }
        assert_eq!(ids, [1.into(), 3.into()]);
        let Ok(Message::Response(answer)) = client.receiver.try_recv() else { panic!("no answer") };
        assert_eq!((answer.id, answer.response_result.err().map(|error| error.code)), (2.into(), Some(-32800)));
        assert!(client.receiver.try_recv().is_err(), "one answer only");
    }

    #[test]
    fn what_came_before_the_client_went_is_still_read() {
        let (server, client) = Connection::memory();
        client.sender.send(request(1)).expect("the server listens");
        drop(client);
        let mut incoming = Incoming::new(&server);
        assert!(matches!(incoming.wait(), Ok(Message::Request(_))));
        assert!(incoming.wait().is_err());
    }
}
