//! The folder `stories/` and what the binary carries are the same; the language's page is the table of words.
//!
//! `KP_WRITE_PAGES=1 cargo test -p kp-story` writes the page anew.

use std::path::{Path, PathBuf};

use kp_story::{Chapter, SLOTS, STORIES, WORDS};

const BEGIN: &str = "<!-- words: written from the runner's table; do not edit below -->\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_story_of_the_folder_is_in_the_binary() {
    let mut files = Vec::new();
    for folder in ["everyday", "loopholes"] {
        for file in std::fs::read_dir(root().join("stories").join(folder)).unwrap() {
            files.push(format!("stories/{folder}/{}", file.unwrap().file_name().to_string_lossy()));
        }
    }
    files.sort();
    let carried: Vec<&str> = STORIES.iter().map(|story| story.file).collect();
    assert_eq!(carried, files, "list every story in crates/kp-story/src/stories.rs, in order");
}

#[test]
fn stories_have_invented_participants_only() {
    for story in STORIES {
        let words = story.text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let codes = words.filter(|word| word.len() == 2 && word.chars().all(|c| c.is_ascii_uppercase()));
        for code in codes {
            let invented = code.starts_with('X') && !matches!(code, "XI" | "XK");
            assert!(invented, "{}: {code}", story.file);
        }
    }
}

/// A word that no story uses is a word that nobody has seen to work.
#[test]
fn every_word_is_used_by_a_story() {
    let stories = kp_story::all().unwrap();
    let unused: Vec<&str> = WORDS
        .iter()
        .map(|word| word.form)
        .filter(|form| !stories.iter().any(|story| story.uses(form)))
        .collect();
    assert_eq!(unused, Vec::<&str>::new());
}

#[test]
fn the_page_of_the_language_is_the_table_of_words() {
    let path = root().join("stories/README.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (text, _) = page.split_once(BEGIN).expect("the page has the line after which it is written");
    let expected = format!("{text}{BEGIN}{}", written());
    if std::env::var_os("KP_WRITE_PAGES").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    assert!(
        page == expected,
        "stories/README.md is not the table of words; KP_WRITE_PAGES=1 cargo test -p kp-story"
    );
}

fn written() -> String {
    let mut page = String::new();
    for chapter in Chapter::ALL {
        page.push_str(&format!("\n## {}\n", chapter.heading()));
        for word in WORDS.iter().filter(|word| word.chapter == chapter) {
            let example =
                if word.example == word.form { String::new() } else { format!("    {}\n", word.example) };
            page.push_str(&format!("\n`{}`  \n{}\n", word.form, word.says));
            if !example.is_empty() {
                page.push_str(&format!("\n{example}"));
            }
        }
    }
    page.push_str("\n## What can stand in a place\n\n| Place | What | For example |\n|---|---|---|\n");
    for slot in SLOTS {
        page.push_str(&format!("| `<{}>` | {} | `{}` |\n", slot.name, slot.what, slot.example));
    }
    page
}
