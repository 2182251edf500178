//! What a report for programs says of a rule beside its findings: summary, grade, and the prose of its page.
//!
//! The examples of the page are left out: they are for `mailcfg explain` and the documentation.

use super::{Style, as_markdown};
use crate::finding::Severity;
use crate::page::{Block, EXAMPLES, FINDS, HEADINGS, Page};
use crate::rules::{Rule, find};

/// The particulars of one rule.
pub(super) struct RuleHelp {
    pub(super) summary: String,
    pub(super) severity: Severity,
    pub(super) group: &'static str,
    /// What it finds, in plain text.
    pub(super) finds: String,
    /// All sections but the examples, in plain text.
    pub(super) text: String,
    /// The same with headings.
    pub(super) markdown: String,
}

impl RuleHelp {
    /// What is known of the rule of that name; findings on provider files have no rule of their own.
    pub(super) fn of(name: &str, style: &Style) -> Option<Self> {
        let rule: &Rule = find(name)?;
        let page = Page::read(rule.page).ok()?;
        let sections = HEADINGS.iter().filter(|heading| **heading != EXAMPLES && !page.section(heading).is_empty());
        let sections: Vec<(String, String)> =
            sections.map(|heading| (style.sentence(heading), prose(page.section(heading), style))).collect();
        let join = |form: fn(&(String, String)) -> String| sections.iter().map(form).collect::<Vec<_>>().join("\n\n");
        Some(Self {
            summary: style.sentence(rule.summary),
            severity: rule.severity,
            group: rule.group.name(),
            finds: prose(page.section(FINDS), style),
            text: join(|(heading, text)| format!("{heading}:\n{text}")),
            markdown: join(|(heading, text)| format!("## {heading}\n\n{text}")),
        })
    }
}

fn prose(blocks: &[Block], style: &Style) -> String {
    as_markdown(blocks, style).join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_help_without_examples() {
        for rule in crate::rules::RULES {
            let help = RuleHelp::of(rule.name, &Style::default()).expect(rule.name);
            assert!(!help.finds.is_empty() && help.markdown.contains("## What to do"), "{}", rule.name);
            assert!(!help.markdown.contains("```"), "{}", rule.name);
        }
        assert!(RuleHelp::of("no-such-rule", &Style::default()).is_none());
    }
}
