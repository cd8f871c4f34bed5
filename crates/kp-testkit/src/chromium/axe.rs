//! Whether a page can be used by everybody, as far as a program can tell: axe-core's rules for WCAG 2.2 AA.

use serde_json::Value;

use super::Page;

const AXE: &str = include_str!("../../axe/axe.min.js");

const RUN: &str = "axe.run(document, {resultTypes: ['violations'], runOnly: {type: 'tag', \
     values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}})\
     .then(found => found.violations.flatMap(rule => rule.nodes.map(node => \
       rule.id + ': ' + node.failureSummary.replace(/\\s+/g, ' ') + ' in ' + node.html.slice(0, 200))))";

impl Page {
    /// What axe-core finds wrong on the page as it is now, a sentence each; none where nothing is.
    #[track_caller]
    pub fn barriers(&self) -> Vec<String> {
        if self.eval("typeof axe") != "object" {
            self.eval(&format!("{AXE}; 0"));
        }
        let found = self.eval(RUN);
        let found = found.as_array().unwrap_or_else(|| panic!("axe said {found}"));
        found.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Bytes over the wire of a first view: the page and everything it loads, as compressed.
    #[track_caller]
    pub fn weight(&self) -> u64 {
        let sum = self.eval(
            "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]\
             .reduce((sum, entry) => sum + entry.encodedBodySize + 300, 0)",
        );
        sum.as_u64().unwrap_or_else(|| panic!("the page weighs {sum}"))
    }

    /// How many pixels the page is wider than its window; none where it fits.
    #[track_caller]
    pub fn too_wide_by(&self) -> i64 {
        let over = self.eval("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        over.as_i64().unwrap_or_else(|| panic!("the page is {over} too wide"))
    }

    /// Goes through the page with the Tab key only and says what cannot be reached, or is not shown when it is.
    #[track_caller]
    pub fn keyboard_barriers(&self) -> Vec<String> {
        let expected = self.eval(
            "(window.kpReached = new Set(), window.kpWanted = [...document.querySelectorAll(\
             'a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(it => !it.disabled \
             && it.tabIndex >= 0 && it.getClientRects().length > 0 && getComputedStyle(it).visibility !== 'hidden' \
             && !(it.type === 'radio' && document.querySelector('input[type=radio][name=\"' + it.name + '\"]') !== it)), \
             document.activeElement?.blur(), window.kpWanted.length)",
        );
        let mut unseen = Vec::new();
        for _ in 0..expected.as_u64().unwrap_or_default() + 12 {
            self.key("Tab");
            let said = self.eval(
                "(() => { const it = document.activeElement; if (!it || it === document.body) return ''; \
                 const radio = it.type === 'radio' ? document.querySelector('input[type=radio][name=\"' + it.name + '\"]') : it; \
                 window.kpReached.add(radio); const style = getComputedStyle(it); \
                 const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; \
                 return shown ? '' : 'no sign that the cursor is on ' + it.outerHTML.slice(0, 160); })()",
            );
            unseen.extend(said.as_str().filter(|said| !said.is_empty()).map(str::to_owned));
        }
        let missed = self.eval(
            "window.kpWanted.filter(it => !window.kpReached.has(it)).map(it => 'not reached: ' + it.outerHTML.slice(0, 160))",
        );
        unseen.extend(missed.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
        unseen.sort();
        unseen.dedup();
        unseen
    }
}
