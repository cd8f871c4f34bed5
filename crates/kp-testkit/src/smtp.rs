//! A mail server as small as can be, for tests that send: it speaks SMTP on a loopback port, keeps what it is given, and can be
//! told to refuse or to hang up in the middle.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    time::Duration,
};

/// How the server takes the next mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It takes them.
    Takes,
    /// It says that it is busy (451).
    Busy,
    /// It says that there is no such person (550).
    NoSuchPerson,
    /// It takes the text and hangs up without an answer.
    HangsUp,
}

/// A mail that was taken, or whose text had come when the server hung up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// From the envelope.
    pub from: String,
    /// From the envelope.
    pub to: Vec<String>,
    /// Head and text as they came, with line ends as `\n`.
    pub text: String,
}

impl Taken {
    /// A line of the head, or empty.
    pub fn header(&self, name: &str) -> &str {
        let begins = format!("{}:", name.to_ascii_lowercase());
        let head = self.text.lines().take_while(|line| !line.is_empty());
        head.filter(|line| line.to_ascii_lowercase().starts_with(&begins))
            .filter_map(|line| line.split_once(':'))
            .map(|(_, value)| value.trim())
            .next()
            .unwrap_or_default()
    }
}

/// A mail server. It ends with the process.
pub struct Smtp {
    address: SocketAddr,
    manner: Arc<Mutex<Manner>>,
    taken: Receiver<Taken>,
}

impl Smtp {
    /// Starts one on a free port.
    ///
    /// # Panics
    /// Where no port can be had.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let manner = Arc::new(Mutex::new(Manner::Takes));
        let (give, taken) = channel();
        let of_thread = Arc::clone(&manner);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let manner = *of_thread.lock().expect("nobody panicked with the manner");
                // A client that goes away in the middle ends its own talk only.
                let _ = talk(stream, manner, &give);
            }
        });
        Self { address, manner, taken }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How it takes what comes from now on.
    ///
    /// # Panics
    /// Where a test panicked while telling it.
    pub fn manner(&self, manner: Manner) {
        *self.manner.lock().expect("nobody panicked with the manner") = manner;
    }

    /// The next mail; waits for it, at most a minute.
    ///
    /// # Panics
    /// Where none comes.
    pub fn next(&self) -> Taken {
        self.taken.recv_timeout(Duration::from_secs(60)).expect("a mail comes within a minute")
    }

    /// What has come and was not asked for yet.
    pub fn rest(&self) -> Vec<Taken> {
        self.taken.try_iter().collect()
    }
}

fn talk(stream: TcpStream, manner: Manner, give: &Sender<Taken>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut mail = Taken { from: String::new(), to: Vec::new(), text: String::new() };
    out.write_all(b"220 kpcs test server\r\n")?;
    while let Some(line) = lines.next() {
        let line = line?;
        let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
        let answer: &[u8] = match verb.as_str() {
            "EHLO" => b"250-kpcs test server\r\n250 8BITMIME\r\n",
            "MAIL" => {
                mail.from = bracketed(&line);
                b"250 ok\r\n"
            }
            "RCPT" if manner == Manner::NoSuchPerson => b"550 5.1.1 no such person here\r\n",
            "RCPT" => {
                mail.to.push(bracketed(&line));
                b"250 ok\r\n"
            }
            "DATA" if manner == Manner::Busy => b"451 4.3.0 come back later\r\n",
            "DATA" => {
                out.write_all(b"354 go on\r\n")?;
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    mail.text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    mail.text.push('\n');
                }
                let taken = std::mem::replace(
                    &mut mail,
                    Taken { from: String::new(), to: Vec::new(), text: String::new() },
                );
                // A test that has ended wants no more.
                let _ = give.send(taken);
                if manner == Manner::HangsUp {
                    return Ok(());
                }
                b"250 2.0.0 taken\r\n"
            }
            "QUIT" => {
                out.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            _ => b"250 ok\r\n",
        };
        out.write_all(answer)?;
    }
    Ok(())
}

fn bracketed(line: &str) -> String {
    let from = line.find('<').map_or(0, |at| at + 1);
    let to = line.find('>').unwrap_or(line.len());
    line.get(from..to).unwrap_or_default().to_owned()
}
