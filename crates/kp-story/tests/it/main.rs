//! Every story, on every engine there is; that no story can pass by saying nothing; and that the language's page and the
//! list of stories are complete.

mod engines;
mod pages;
mod proving;
mod reading;
mod wrong_expectations;

/// Every story; while one is written, those whose file has `KP_STORY` in its name.
fn wanted() -> Vec<kp_story::Story> {
    let mut stories = kp_story::all().expect("because every story of the binary reads");
    if let Ok(part) = std::env::var("KP_STORY") {
        stories.retain(|story| story.file.contains(&part));
    }
    stories
}
