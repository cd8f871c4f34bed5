//! A throwaway server: made, started, killed like a process that loses its machine, started again, removed.
//!
//! A small shell process keeps the server. It reads from this process; when this process ends, in whatever way, that
//! reading ends, and the keeper stops the server and removes its folder. So no server outlives its test.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::programs::{self, User};
use crate::Missing;

/// Keeps the server whose command it is given: prints its process id, waits for a word or for the end of its input.
/// Told to `keep`, it leaves the folder.
const KEEPER: &str = r#"
folder=$1; shift
"$@" </dev/null >&2 &
server=$!
echo "$server"
exec 2>/dev/null
read -r word
kill -INT "$server"
wait "$server"
[ "$word" = keep ] || rm -rf -- "$folder"
"#;

/// What the server says when it is.
const READY: &str = "database system is ready to accept connections";
/// Longest time for a start, recovery included. Only a broken machine needs it.
const PATIENCE: Duration = Duration::from_secs(120);
/// Another program may take a free port before the server does; then another port is tried.
const PORTS_TRIED: u32 = 5;

/// A running server of our own. Stopped and removed when dropped.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    user: Option<User>,
    durable: bool,
    port: u16,
    keeper: Option<Keeper>,
}

#[derive(Debug)]
struct Keeper {
    shell: Child,
    server: u32,
}

impl Server {
    /// Makes and starts a server. A durable one waits for its disk at each commit, as a real one does; the other hands
    /// what it wrote to the system, which keeps it whatever process is killed, and loses it only with the power.
    ///
    /// # Errors
    /// What is missing, and how to have it; or why it did not start.
    pub fn start(durable: bool) -> Result<Self, Missing> {
        let programs = programs::folder()?;
        let cannot = |error: anyhow::Error| Missing {
            reason: format!("a throwaway PostgreSQL server did not start: {error:#}"),
            remedy: "mend that, or set KP_TEST_POSTGRES to the address of a test server".into(),
        };
        let folder = new_folder().map_err(cannot)?;
        let own = std::fs::metadata(&folder).map(|data| data.uid()).unwrap_or(0);
        let user = programs::user_instead_of(own)?;
        let mut server = Self { programs, folder, user, durable, port: 0, keeper: None };
        server.make().and_then(|()| server.run_on_free_port()).map_err(cannot)?;
        Ok(server)
    }

    /// Address of the server's own database, as its administrator.
    #[must_use]
    pub fn address(&self) -> String {
        format!("postgres://kpcs@127.0.0.1:{}/postgres", self.port)
    }

    /// Kills the server's first process and all that it started, as `kill -9` does, so that nothing is put in order.
    ///
    /// # Errors
    /// Where it does not run.
    pub fn kill(&mut self) -> Result<()> {
        let mut keeper = self.keeper.take().context("the server does not run")?;
        let mut victims = vec![keeper.server];
        victims.extend(children_of(keeper.server));
        let victims: Vec<String> = victims.iter().map(u32::to_string).collect();
        // A child may have ended by itself meanwhile; then the rest is killed all the same.
        let text = format!("for each in {}; do kill -9 $each 2>/dev/null; done; true", victims.join(" "));
        let killed = Command::new("sh").args(["-c", &text]).status().context("starting a shell to kill")?;
        anyhow::ensure!(killed.success(), "the server could not be killed");
        keeper.end("keep\n")
    }

    /// Starts a killed server again, on its port; it recovers by itself.
    ///
    /// # Errors
    /// Where it does not become ready.
    pub fn restart(&mut self) -> Result<()> {
        anyhow::ensure!(self.keeper.is_none(), "the server runs already");
        let begin = Instant::now();
        loop {
            match self.run() {
                // Processes of the killed server that are still ending hold its memory for a moment.
                Err(error) if format!("{error:#}").contains("still in use") && begin.elapsed() < PATIENCE => {
                }
                outcome => return outcome,
            }
        }
    }

    fn make(&self) -> Result<()> {
        if let Some(user) = self.user {
            std::os::unix::fs::chown(&self.folder, Some(user.id), Some(user.group))
                .with_context(|| format!("giving {} to another user", self.folder.display()))?;
        }
        let mut initdb = self.command(&self.programs.join("initdb"));
        initdb.args(["-U", "kpcs", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D"]);
        let made = initdb.arg(self.data()).output().context("starting initdb")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim());
        }
        Ok(())
    }

    fn run_on_free_port(&mut self) -> Result<()> {
        for attempt in 1.. {
            self.port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
            match self.run() {
                Err(error) if attempt < PORTS_TRIED && format!("{error:#}").contains("could not bind") => {}
                outcome => return outcome,
            }
        }
        Ok(())
    }

    /// Starts the server and waits until it is ready.
    fn run(&mut self) -> Result<()> {
        let mut shell = self.command(Path::new("sh"));
        shell.args(["-c", KEEPER, "keeper"]).arg(&self.folder).arg(self.programs.join("postgres"));
        shell.arg("-D").arg(self.data()).args(["-p", &self.port.to_string(), "-h", "127.0.0.1", "-k", ""]);
        shell.args(["-c", "max_connections=60", "-c", "lc_messages=C", "-c", "log_min_messages=log"]);
        if !self.durable {
            // Pages stay whole in the log: a killed process may leave half of one written.
            shell.args(["-c", "fsync=off"]);
        }
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Not in our group: a break typed at the terminal ends us, and our end stops the server in good order.
        shell.process_group(0);
        let mut shell = shell.spawn().context("starting a shell")?;
        let said = lines_of(shell.stderr.take().context("because it is piped")?);
        let mut first = String::new();
        BufReader::new(shell.stdout.take().context("because it is piped")?).read_line(&mut first)?;
        let server = first.trim().parse().context("reading the process id of the server")?;
        let mut keeper = Keeper { shell, server };
        match wait_until_ready(&said) {
            Ok(()) => {
                self.keeper = Some(keeper);
                Ok(())
            }
            Err(error) => {
                keeper.end("keep\n")?;
                Err(error)
            }
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A command as the user who may run a server, in a folder which that user may enter.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env_remove("PGDATA").env_remove("PGPORT");
        if let Some(user) = self.user {
            command.uid(user.id).gid(user.group);
        }
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match self.keeper.take() {
            // What cannot be stopped here, the keeper stops when this process ends.
            Some(mut keeper) => keeper.end("").unwrap_or_default(),
            None => std::fs::remove_dir_all(&self.folder).unwrap_or_default(),
        }
    }
}

impl Keeper {
    /// Says a last word to the keeper and waits until it has stopped the server.
    fn end(&mut self, word: &str) -> Result<()> {
        if let Some(mut input) = self.shell.stdin.take() {
            input.write_all(word.as_bytes()).context("speaking to the keeper of the server")?;
        }
        self.shell.wait().context("waiting for the keeper of the server")?;
        Ok(())
    }
}

/// A new folder that only its owner may enter.
fn new_folder() -> Result<PathBuf> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("kpcs-postgres-{}-{number}", std::process::id()));
    if folder.exists() {
        // Left by a machine that stopped: process ids begin again there.
        std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
    }
    std::fs::create_dir(&folder).with_context(|| format!("making {}", folder.display()))?;
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
    Ok(folder)
}

/// Processes started by a process, where the system says so (Linux).
fn children_of(process: u32) -> Vec<u32> {
    let listed = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children"));
    listed.unwrap_or_default().split_whitespace().filter_map(|id| id.parse().ok()).collect()
}

/// Reads to the end, so that the server never waits for a reader; what nobody receives is dropped.
fn lines_of(said: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(said).lines().map_while(Result::ok) {
            sender.send(line).unwrap_or_default();
        }
    });
    receiver
}

fn wait_until_ready(said: &Receiver<String>) -> Result<()> {
    let begin = Instant::now();
    let mut lines = Vec::new();
    loop {
        match said.recv_timeout(PATIENCE.saturating_sub(begin.elapsed())) {
            Ok(line) if line.contains(READY) => return Ok(()),
            Ok(line) => lines.push(line),
            // Only the server writes there: it has ended.
            Err(RecvTimeoutError::Disconnected) => bail!("it ended: {}", lines.join("; ")),
            Err(RecvTimeoutError::Timeout) => bail!("it was not ready in time: {}", lines.join("; ")),
        }
    }
}
