//! Links, anchors and paths in `*.md` lead somewhere: documentation that points nowhere is believed less everywhere.
//!
//! Looked at are links without a scheme, and `backticked` texts that begin with one of our top folders. Fenced code is
//! passed over, and so are patterns (`crates/*/sql`, `NNNN`, `<name>`).

use std::collections::BTreeMap;

use anyhow::Result;

use super::{Violation, tree::Tree};

/// First folders of what is taken for a path of the repository.
const TOP: &[&str] =
    &["crates", "xtask", "schema", "specs", "stories", "docs", "data", "locales", ".ci", ".cargo"];

pub(super) fn check(tree: &Tree) -> Result<Vec<Violation>> {
    let mut found = Vec::new();
    for (path, text) in tree.texts("md") {
        for (number, line) in prose(text) {
            for target in link_targets(line) {
                found.extend(follow(tree, path, target).map(|message| Violation::at(path, number, message)));
            }
            for named in backticked(line).filter(|named| is_path(named)) {
                if !exists(tree, named.trim_end_matches('/')) {
                    let message =
                        format!("`{named}` does not exist: correct the path, or say what is there instead");
                    found.push(Violation::at(path, number, message));
                }
            }
        }
    }
    Ok(found)
}

/// Lines outside fenced code, numbered from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

/// What stands in the round brackets of `[text](target)`; targets with a scheme lead outside and are left out.
fn link_targets(line: &str) -> Vec<&str> {
    // Code such as `[a](b)` is no link.
    let inside_code = |at: usize| line[..at].matches('`').count() % 2 == 1;
    let ends = line.match_indices("](").filter(|(at, _)| !inside_code(*at));
    let targets = ends.filter_map(|(at, _)| line[at + 2..].split(')').next());
    targets
        .map(|target| target.split(' ').next().unwrap_or(target))
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .collect()
}

fn backticked(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Whether a backticked text means a path of the repository.
fn is_path(text: &str) -> bool {
    let pattern =
        text.contains(['*', '<', '{', '$', ' ', '|', '?']) || text.contains("...") || text.contains("NNNN");
    !pattern && text.split_once('/').is_some_and(|(first, _)| TOP.contains(&first))
}

/// Whether a file or folder is there; a line number after a colon does not count.
fn exists(tree: &Tree, path: &str) -> bool {
    let path = path.split_once(':').map_or(path, |(path, _)| path);
    path.is_empty() || tree.paths.contains(path)
}

/// What is wrong with a link, if anything.
fn follow(tree: &Tree, from: &str, target: &str) -> Option<String> {
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let file = if path.is_empty() { from.to_owned() } else { resolve(folder, path) };
    if !exists(tree, &file) {
        return Some(format!("the link to `{target}` leads nowhere (there is no `{file}`): correct it"));
    }
    let anchor = anchor?;
    let text = tree.text(&file).filter(|_| file.ends_with(".md"))?;
    let known = anchors(text);
    (!known.iter().any(|known| known == anchor)).then(|| {
        format!(
            "the link to `{target}` leads to no heading of `{file}`: its anchors are {}",
            known.join(", ")
        )
    })
}

/// `docs` and `../specs/tlog.md` give `specs/tlog.md`; a path that begins with `/` begins at the root.
fn resolve(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = if path.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// Anchors of headings as the usual renderers make them, and those set by hand (`<a id="...">`).
fn anchors(text: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut all = Vec::new();
    for (_, line) in prose(text) {
        let title = line.trim_start_matches('#');
        if title.len() < line.len() && title.starts_with(' ') {
            let slug = slug(title.trim());
            let times = seen.entry(slug.clone()).or_default();
            all.push(if *times == 0 { slug } else { format!("{slug}-{times}") });
            *times += 1;
        }
        let by_hand = line.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        all.extend(by_hand.map(str::to_owned));
    }
    all
}

fn slug(title: &str) -> String {
    let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_paths_and_anchors_are_read() {
        assert_eq!(link_targets("see [a](b.md#c) and [d](https://e) but not `[f](g)`"), ["b.md#c"]);
        assert_eq!(resolve("docs/decisions", "../../specs/tlog.md"), "specs/tlog.md");
        assert_eq!(
            anchors("# A b, c!\n## A b c\n```\n# no\n```\n<a id=\"x\"></a>"),
            ["a-b-c", "a-b-c-1", "x"]
        );
        assert!(
            is_path("crates/kp-log/src") && !is_path("crates/*/sql") && !is_path("a/b") && !is_path("kpcs")
        );
    }
}
