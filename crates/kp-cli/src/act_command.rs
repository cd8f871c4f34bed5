//! The act commands, built from the catalogue of acts: one subcommand for each, one option for each field.
//!
//! Nothing here knows any act by name, except that an act with a public key among its fields may have the key made
//! here, and one with a file's SHA-256 takes the file itself. What a field takes, and whether it may be left out, is said
//! by the field; reading it is left to the act, so that every door says the same sentence.

use std::{collections::BTreeMap, path::PathBuf};

use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, Subcommand};
use kp_node::{ACTS, Act, act_by_name};
use kp_terms::{Field, Fields, Kind};

/// The field that is filled in here by making a key.
pub(crate) const PUBLIC_KEY: &str = "public_key";
/// The field that is filled in here by looking at a file, with what is known of the file then.
const FILE_HASH: &str = "file_sha256";
const OF_A_FILE: [&str; 3] = [FILE_HASH, "media_type", "file_bytes"];

/// An act as typed.
#[derive(Debug, Clone)]
pub(crate) struct ActCommand {
    /// Its name in the catalogue.
    pub(crate) name: &'static str,
    /// What was typed.
    pub(crate) fields: Fields,
    /// Who acts.
    pub(crate) officer: String,
    /// Where the passphrase of that officer lies.
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Where the passphrase for a new key lies.
    pub(crate) new_passphrase_file: Option<PathBuf>,
    /// The file that the act is about.
    pub(crate) file: Option<PathBuf>,
    /// Whether the receipt is printed as JSON.
    pub(crate) json: bool,
}

impl Subcommand for ActCommand {
    fn augment_subcommands(command: Command) -> Command {
        let command = command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .subcommand_value_name("ACT")
            .help_template("{about}\n\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}")
            .after_help(acts_by_room());
        ACTS.iter().fold(command, |command, act| command.subcommand(command_of(act)))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        act_by_name(name).is_some()
    }
}

impl FromArgMatches for ActCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, typed) = matches.subcommand().ok_or_else(missing)?;
        let act = act_by_name(name).ok_or_else(missing)?;
        let mut fields = Fields::new();
        for field in typed_fields(act) {
            if let Some(values) = typed.get_many::<String>(field.name) {
                fields.insert(field.name.to_owned(), values.cloned().collect());
            }
        }
        Ok(Self {
            name: act.name,
            fields,
            officer: typed.get_one::<String>("as").cloned().unwrap_or_default(),
            passphrase_file: typed.get_one::<PathBuf>("passphrase-file").cloned(),
            new_passphrase_file: makes_key(act)
                .then(|| typed.get_one::<PathBuf>("new-passphrase-file").cloned())
                .flatten(),
            file: takes_file(act).then(|| typed.get_one::<PathBuf>("file").cloned()).flatten(),
            json: typed.get_flag("json"),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Whether a key can be made for this act.
pub(crate) fn makes_key(act: &Act) -> bool {
    act.fields.iter().any(|field| field.name == PUBLIC_KEY)
}

/// Whether this act is about a file, which is kept beside the data.
fn takes_file(act: &Act) -> bool {
    act.fields.iter().any(|field| field.name == FILE_HASH)
}

/// The fields of which each is an option of its own.
fn typed_fields(act: &'static Act) -> impl Iterator<Item = &'static Field> {
    act.fields.iter().filter(|field| !OF_A_FILE.contains(&field.name))
}

/// `issue_certificate` is typed `issue-certificate`.
pub(crate) fn typed_name(name: &str) -> String {
    name.replace('_', "-")
}

fn command_of(act: &'static Act) -> Command {
    let mut command = Command::new(typed_name(act.name))
        .about(act.title)
        .after_help(example_of(act))
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("OFFICER")
                .env("KPCS_OFFICER")
                .hide_env_values(true)
                .required(true)
                .help(format!("Who acts, by officer id; the role {} is needed", act.role)),
        )
        .arg(
            Arg::new("passphrase-file")
                .long("passphrase-file")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .help("File whose first line is the passphrase of the officer; else KPCS_PASSPHRASE, else it is asked for"),
        )
        .arg(Arg::new("json").long("json").action(ArgAction::SetTrue).help("Print the receipt as JSON"));
    if makes_key(act) {
        command = command.arg(
            Arg::new("new-passphrase-file")
                .long("new-passphrase-file")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .help("File with the passphrase for the new key; else KPCS_NEW_PASSPHRASE, else it is asked for"),
        );
    }
    if takes_file(act) {
        command = command.arg(
            Arg::new("file")
                .long("file")
                .value_name("FILE")
                .value_parser(clap::value_parser!(PathBuf))
                .required(true)
                .help("The file itself: PDF, JPEG, PNG or TIFF, at most 100 MB; it is copied into the data folder"),
        );
    }
    typed_fields(act).fold(command, |command, field| command.arg(option_of(act, field)))
}

fn option_of(act: &Act, field: &'static Field) -> Arg {
    let mut help = field.help.trim_end_matches('.').to_owned();
    if let Kind::Choice(words) = field.kind {
        help.push_str(&format!(": {}", words.join(", ")));
    }
    if makes_key(act) && field.name == PUBLIC_KEY {
        help = "Public half of a key that was made elsewhere, hexadecimal; where it is left out a key is made here".into();
    } else {
        if field.repeated {
            help.push_str("; may be given several times");
        }
        if !field.required {
            help.push_str("; may be left out");
        }
        help.push_str(&format!(" [example: {}]", field.example));
    }
    // Values may begin with a hyphen: what they mean is the field's business.
    Arg::new(field.name)
        .long(typed_name(field.name))
        .value_name(value_name(field.kind))
        .help(help)
        .help_heading("Fields")
        .allow_hyphen_values(true)
        .action(if field.repeated { ArgAction::Append } else { ArgAction::Set })
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Prose => "TEXT",
        Kind::Goods(_) => "LINE",
        Kind::Choice(_) => "WORD",
        Kind::Participant => "CODE",
        Kind::Carats => "CARATS",
        Kind::Usd => "USD",
        Kind::Date => "DATE",
        Kind::Instant => "INSTANT",
        Kind::Count => "NUMBER",
        Kind::Period => "PERIOD",
    }
}

/// A whole command that would be understood, from the examples of the fields that must be given.
fn example_of(act: &'static Act) -> String {
    let shown = typed_fields(act).filter(|field| field.required && field.name != PUBLIC_KEY);
    let options =
        shown.map(|field| format!(" \\\n    --{} {}", typed_name(field.name), quoted(field.example)));
    let file = if takes_file(act) { " --file scan.pdf" } else { "" };
    let act = typed_name(act.name);
    format!("Example:\n  kpcs act {act} --as OFFICER{file}{}", options.collect::<String>())
}

/// For a POSIX shell.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/' | '@');
    if text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

/// All acts under the name of their room.
fn acts_by_room() -> String {
    let mut rooms: Vec<&str> = Vec::new();
    let mut lines: BTreeMap<&str, String> = BTreeMap::new();
    for act in ACTS {
        if !rooms.contains(&act.room) {
            rooms.push(act.room);
        }
        let line = format!("  {:<24}{} ({})\n", typed_name(act.name), act.title, act.role);
        lines.entry(act.room).or_default().push_str(&line);
    }
    let room = |room: &&str| {
        format!("Acts about {}:\n{}\n", about(room), lines.get(room).map_or("", String::as_str))
    };
    rooms.iter().map(room).collect::<String>().trim_end().to_owned()
}

/// Rooms are named in the singular.
fn about(room: &str) -> String {
    match room {
        "registry" => "the registry".into(),
        "statistics" => "statistics".into(),
        other => format!("{other}s"),
    }
}

#[cfg(test)]
mod tests {
    use kp_node::{ActFailure, Node, Settings};

    use super::*;

    /// The words of a command as a shell hands them on; only what [`quoted`] writes.
    fn words_of(example: &str) -> Vec<String> {
        let (mut words, mut word, mut quoting) = (Vec::new(), None::<String>, false);
        let mut rest = example.chars();
        while let Some(c) = rest.next() {
            match c {
                '\'' => {
                    quoting = !quoting;
                    word.get_or_insert_default();
                }
                _ if quoting => word.get_or_insert_default().push(c),
                '\\' => match rest.next() {
                    Some('\n') | None => {}
                    Some(plain) => word.get_or_insert_default().push(plain),
                },
                c if c.is_whitespace() => words.extend(word.take()),
                c => word.get_or_insert_default().push(c),
            }
        }
        words.extend(word);
        words
    }

    fn typed_as_in_help(act: &'static Act) -> Fields {
        let example = example_of(act);
        let words = words_of(example.strip_prefix("Example:\n  kpcs ").unwrap());
        let command = ActCommand::augment_subcommands(Command::new("act"));
        let matches = command.try_get_matches_from(words).unwrap_or_else(|e| panic!("{example}\n{e}"));
        ActCommand::from_arg_matches(&matches).unwrap().fields
    }

    #[test]
    fn every_example_in_the_help_reads_and_leaves_out_nothing_that_is_needed() {
        let folder = tempfile::tempdir().unwrap();
        let settings =
            Settings { folder: folder.path().to_owned(), database: None, name: "test-node".into() };
        let node = Node::open(&settings).unwrap();
        let now = "2026-02-03T08:00:00Z".parse().unwrap();
        for act in ACTS {
            let mut fields = typed_as_in_help(act);
            if makes_key(act) {
                let key = kp_sign::hex(&node.keys().signer.key.public().to_bytes());
                fields.insert(PUBLIC_KEY.into(), vec![key]);
            }
            if takes_file(act) {
                let examples = act.fields.iter().filter(|field| OF_A_FILE.contains(&field.name));
                fields.extend(examples.map(|field| (field.name.into(), vec![field.example.into()])));
            }
            for field in act.fields.iter().filter(|field| field.required) {
                assert!(fields.contains_key(field.name), "{} leaves out {}", act.name, field.name);
            }
            // Whether the act is then allowed is another matter: nobody here holds a role.
            match node.perform_act(act, &fields, &node.keys().signer, now) {
                Err(ActFailure::Fields(problems)) => panic!("{}: {problems:?}", act.name),
                Err(ActFailure::Failure(kp_log::Failure::Error(error))) => panic!("{}: {error:#}", act.name),
                Ok(_) | Err(ActFailure::Failure(kp_log::Failure::Refused(_))) => {}
            }
        }
    }

    #[test]
    fn every_act_is_a_command_and_no_field_hides_an_option_of_ours() {
        let command = ActCommand::augment_subcommands(Command::new("act"));
        command.debug_assert();
        let ours =
            ["as", "passphrase-file", "new-passphrase-file", "file", "json", "data", "database", "help"];
        for act in ACTS {
            assert!(ActCommand::has_subcommand(&typed_name(act.name)));
            for field in act.fields {
                assert!(!ours.contains(&typed_name(field.name).as_str()), "{}: {}", act.name, field.name);
            }
        }
    }

    #[test]
    fn examples_are_quoted_for_a_shell() {
        assert_eq!(quoted("XA-000001"), "XA-000001");
        assert_eq!(quoted("Harbour Gems BV"), "'Harbour Gems BV'");
        assert_eq!(quoted("O'Neill"), "'O'\\''Neill'");
    }
}
