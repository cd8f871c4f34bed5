//! Every word of the language, in one table: its form, what it says, an example, and what it does.
//!
//! `stories/README.md` is compared with this table; a word that is not here is a mistake in a story.

use anyhow::Result;

use crate::{
    act, clock, custody, expect, expect_goods,
    form::Args,
    set_up,
    stage::{Sight, Stage, Stop},
    tamper, valuation,
};

/// Where a word stands on the language's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapter {
    /// What the story is about.
    Telling,
    /// Who is there.
    SettingUp,
    /// Stones before they leave.
    Custody,
    /// What they are worth.
    Valuation,
    /// The life of a certificate.
    Trade,
    /// Production returns.
    Returns,
    /// Questions and answers.
    Cases,
    /// Time.
    Clock,
    /// A person with a database tool.
    Tampering,
    /// What must then be true.
    Expecting,
}

impl Chapter {
    /// All chapters, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Telling,
        Self::SettingUp,
        Self::Custody,
        Self::Valuation,
        Self::Trade,
        Self::Returns,
        Self::Cases,
        Self::Clock,
        Self::Tampering,
        Self::Expecting,
    ];

    /// Its heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Telling => "What the story is about",
            Self::SettingUp => "Who is there",
            Self::Custody => "Parcels",
            Self::Valuation => "What they are worth",
            Self::Trade => "The life of a certificate",
            Self::Returns => "Production returns",
            Self::Cases => "Questions and answers",
            Self::Clock => "Time",
            Self::Tampering => "A person with a database tool",
            Self::Expecting => "What must then be true",
        }
    }
}

/// One word with one form. A word may have several forms.
#[derive(Clone, Copy)]
pub struct Word {
    /// Where it stands on the page.
    pub chapter: Chapter,
    /// How it is written.
    pub form: &'static str,
    /// What it says.
    pub says: &'static str,
    /// A line that reads.
    pub example: &'static str,
    /// Parts that may follow in any act: who signs, and when.
    pub(crate) tail: &'static str,
    /// For an expectation without a value of its own: a line that says the contrary.
    pub(crate) wrong: &'static str,
    pub(crate) does: Does,
}

impl Word {
    /// The word itself.
    pub fn first(&self) -> &'static str {
        self.form.split_whitespace().next().unwrap_or_default()
    }
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.form)
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Tells {
    Title,
    Why,
    Closes,
    Exposes,
    Begins,
}

type ActFn = fn(&mut Stage, &Args) -> Result<(), Stop>;

#[derive(Clone, Copy)]
pub(crate) enum Does {
    /// Says something about the story.
    Tell(Tells),
    /// An act of a person, through the node; can be refused.
    Act(ActFn),
    /// Lets time pass.
    Clock(fn(&mut Stage, &Args) -> Result<()>),
    /// Says where the attack begins.
    Attack,
    /// Writes to the database behind the node's back.
    Tamper(fn(&mut Stage, &Args) -> Result<()>),
    /// Looks, and says whether what is expected is so.
    Expect(fn(&Stage, &Args) -> Result<Sight>),
    /// Tries an act that must be refused.
    ExpectRefusal,
}

const WHO_AND_WHEN: &str = "[by <signer>] [on <day>] [at <instant>]";
const WHEN: &str = "[on <day>] [at <instant>]";

macro_rules! words {
    ($($chapter:ident { $($form:literal, $says:literal, $example:literal, $tail:expr, $wrong:literal, $does:expr;)* })*) => {
        /// Every word, by chapter.
        pub const WORDS: &[Word] = &[$($(Word {
            chapter: Chapter::$chapter, form: $form, says: $says, example: $example, tail: $tail, wrong: $wrong, does: $does
        }),*),*];
    };
}

words! {
    Telling {
        "title <text>", "What the story is called. Always the first line.", "title \"A shipment is confirmed\"", "", "", Does::Tell(Tells::Title);
        "why <text>", "Why it is told; may stand several times.", "why \"One official has signed alone before.\"", "", "", Does::Tell(Tells::Why);
        "closes <loophole>...", "The attack of this loophole is stopped.", "closes L22", "", "", Does::Tell(Tells::Closes);
        "exposes <loophole>...", "The attack of this loophole is not stopped, but seen.", "exposes L03", "", "", Does::Tell(Tells::Exposes);
        "begins <date>", "The first day. Where nothing is said, the day of the first line, or 2026-01-01.", "begins 2009-07-01", "", "", Does::Tell(Tells::Begins);
        "attack <text>", "Here the attack begins; from here it is timed. May say when, like an act.", "attack \"goods come a second time under a confirmed number\"", WHEN, "", Does::Attack;
    }
    SettingUp {
        "participants <participant>... as usual", "Admits each with the usual people: `xa-admin`, `xa-clerk`, `xa-approver`, `xa-customs`, `xa-importer`, `xa-focal`, the authority `xa-gdo` and the licensed exporter `XA-EXP-1`.", "participants XA XB as usual", WHEN, "", Does::Act(set_up::participants);
        "participant <participant> <text> [member-from <date>] [decision <decision>]", "Admits one, without anybody.", "participant XC \"Thirdland\" member-from 2026-03-01 decision \"Plenary 2025/4\"", WHO_AND_WHEN, "", Does::Act(set_up::participant);
        "authority <authority> of <participant> <text> [duty <duty>]", "Names an authority.", "authority xc-gdo of XC \"Diamond office\" duty both", WHO_AND_WHEN, "", Does::Act(set_up::authority);
        "officer <officer> of <body> as <role>... [serving <authority>] [named <text>]", "Names an officer with roles and a key.", "officer xc-vera of XC as clerk customs serving xc-gdo named \"Vera\"", WHO_AND_WHEN, "", Does::Act(set_up::officer);
        "register key of <officer> held by <text>", "Gives an officer a further key; the officer signs with it from then on.", "register key of xa-clerk held by \"desk 2\"", WHO_AND_WHEN, "", Does::Act(set_up::register_key);
        "withdraw key of <officer> because <text>", "Withdraws the key an officer signs with.", "withdraw key of xa-clerk because \"the desk was stolen\"", WHO_AND_WHEN, "", Does::Act(set_up::withdraw_key);
        "valuers of <participant>... as usual", "Names `xa-valuer`, `xa-independent` and `xa-director`.", "valuers of XA as usual", WHEN, "", Does::Act(set_up::valuers);
        "rule <participant> <national-rule> is <setting> [from <date>]", "Sets a rule of the participant's own law; from today on where nothing is said.", "rule XA valuations-required is 3", WHO_AND_WHEN, "", Does::Act(set_up::rule);
        "exporter <licence> of <participant> <text> from <date> until <date>", "Licenses an exporter, first and last day.", "exporter XA-EXP-2 of XA \"Sample Diamonds\" from 2026-01-01 until 2026-06-30", WHO_AND_WHEN, "", Does::Act(set_up::exporter);
        "capacity <participant> <carats-a-year> source <text> dated <date> [from-year <count>]", "Records what the ground can give in a year, at the high estimate.", "capacity XA 5000.00ct/year source \"invented survey\" dated 2025-01-15", WHO_AND_WHEN, "", Does::Act(set_up::capacity);
        "standing <participant> <standing> from <from> decision <decision> [under-way <under-way>]", "Changes whether a participant may trade, and says what happens to goods under way.", "standing XC suspended from 2026-07-09T12:00:00Z decision \"Administrative decision 2026/3\"", WHO_AND_WHEN, "", Does::Act(set_up::standing);
    }
    Custody {
        "parcel <parcel> held-by <holder> from <source>... [class <hs>]", "A clerk records a parcel with its finds, purchases and imports; class 7102.31 where nothing is said.", "parcel XA-P-7 held-by XA-EXP-1 from \"find XA-ART-12 zone XA/north found 2026-01-10 carats 12.00\"", WHO_AND_WHEN, "", Does::Act(custody::parcel);
        "split <parcel> into <output>... [losing-by <text>]", "A clerk splits a parcel: reference, class and carats of each that comes out.", "split XA-P-7 into \"XA-P-8 7102.31 8.00\" \"XA-P-9 7102.31 4.00\"", WHO_AND_WHEN, "", Does::Act(custody::split);
        "mix <parcel>... into <parcel> [weighing <carats>] [class <hs>] [losing-by <text>]", "A clerk mixes parcels into one.", "mix XA-P-8 XA-P-9 into XA-P-12", WHO_AND_WHEN, "", Does::Act(custody::mix);
        "hand <parcel> to <holder>", "The side that holds a parcel hands it over; a clerk, where nobody is named.", "hand XA-P-7 to xa-gdo", WHO_AND_WHEN, "", Does::Act(custody::hand);
        "accept <parcel>", "The side that receives a parcel accepts it; customs, where nobody is named.", "accept XA-P-7", WHO_AND_WHEN, "", Does::Act(custody::accept);
        "adjust <parcel> to <carats> because <text>", "A clerk says that a parcel weighs otherwise.", "adjust XA-P-7 to 11.90ct because \"acid cleaning\"", WHO_AND_WHEN, "", Does::Act(custody::adjust);
        "agree <parcel>", "Customs agree to the adjusted weight.", "agree XA-P-7", WHO_AND_WHEN, "", Does::Act(custody::agree);
        "seize <parcel> under <law>", "Customs seize a parcel for the authority.", "seize XA-P-7 under \"Diamond Act, s. 41\"", WHO_AND_WHEN, "", Does::Act(custody::seize);
        "audit <audit> of <participant> <carats>", "The monitoring group records an audit that clears so many carats.", "audit XA-AUD-1 of XA 500.00ct", WHO_AND_WHEN, "", Does::Act(custody::audit);
    }
    Valuation {
        "price-book <participant> <version> bands <band>... [from <date>]", "The administrator records a price book: class, size, lowest and highest US$ per carat.", "price-book XA 2026-01 bands \"7102.31 100.00 900.00\"", WHO_AND_WHEN, "", Does::Act(valuation::price_book);
        "lot <lot> for <reference> <goods>... [values <count>]", "A clerk opens a lot for an application: class, size, carats.", "lot XA-L-1 for XA-A-17 \"7102.31 1200.00\" values 3", WHO_AND_WHEN, "", Does::Act(valuation::lot);
        "value <lot> <party> <valued>... [stage <stage>] [price-book <version>]", "A value is put in: the clerk for the exporter, `xa-valuer` for the government, `xa-independent`.", "value XA-L-1 government \"7102.31 648540.00\"", WHO_AND_WHEN, "", Does::Act(valuation::value);
        "open value of <lot>", "The valuer opens the own value.", "open value of XA-L-1", WHO_AND_WHEN, "", Does::Act(valuation::open);
        "weigh <lot> at-point <point> <carats>", "Somebody weighs: the clerk at reception, the valuer, customs at sealing.", "weigh XA-L-1 at-point reception 120.90ct", WHO_AND_WHEN, "", Does::Act(valuation::weigh);
        "explain <matter> of <lot> because <text>", "One signature under an explanation; the approver's, where nobody is named.", "explain spread of XA-L-1 because \"one fancy stone\"", WHO_AND_WHEN, "", Does::Act(valuation::explain);
        "dissent <lot> <text>", "Somebody objects; the valuer, where nobody is named.", "dissent XA-L-1 \"only the weight was checked\"", WHO_AND_WHEN, "", Does::Act(valuation::dissent);
    }
    Trade {
        "apply <reference> from <exporter> to <destination> <carats> <usd> [class <hs>] [also <line>...] [origin <origin>] [licence <licence>] [parcels <count>] [of-parcels <parcel>...]", "A clerk takes an application; class 7102.31 where nothing is said.", "apply XA-A-17 from XA to XB 1200.00ct 420000usd", WHO_AND_WHEN, "", Does::Act(act::apply);
        "override <key> of <overridden-act> for <number> because <text> under <law>", "A director sets a refusal aside.", "override spread_unexplained of issue_certificate for XA-000001 because \"the minister orders it\" under \"Diamond Act, s. 12\"", WHO_AND_WHEN, "", Does::Act(valuation::override_refusal);
        "draft <number> for <reference>", "A clerk gives an application its number.", "draft XA-000001 for XA-A-17", WHO_AND_WHEN, "", Does::Act(act::draft);
        "issue <number> [expires <date>]", "An approver issues what was drafted.", "issue XA-000001 expires 2026-03-01", WHO_AND_WHEN, "", Does::Act(act::issue);
        "issue <number> from <exporter> to <destination> <carats> <usd> [class <hs>] [also <line>...] [origin <origin>] [licence <licence>] [parcels <count>] [seal <seal>...]", "In one line: apply, draft, issue, seal and validate, by the usual people.", "issue XA-000001 from XA to XB 36000.00ct 12600000usd seal 77120-A", WHEN, "", Does::Act(act::issue_at_once);
        "validate <number> weighing <carats> seal <seal>...", "Customs weighs, seals and validates.", "validate XA-000001 weighing 1200.00ct seal 77120-A", WHO_AND_WHEN, "", Does::Act(act::validate);
        "depart <number> [left-on <date>]", "The shipment leaves.", "depart XA-000001", WHO_AND_WHEN, "", Does::Act(act::depart);
        "arrive <number> at <importer> <carats> [seals <seals>] [came-on <date>]", "A container with this number is presented and weighed.", "arrive XA-000001 at XB 1200.00ct seals broken", WHO_AND_WHEN, "", Does::Act(act::arrive);
        "confirm <number> at <importer>", "The importing authority confirms.", "confirm XA-000001 at XB", WHO_AND_WHEN, "", Does::Act(act::confirm);
        "difference <number> at <importer> <text>", "The importing authority reports a difference.", "difference XA-000001 at XB \"12.00 ct more than certified\"", WHO_AND_WHEN, "", Does::Act(act::difference);
    }
    Returns {
        "return <participant> <half> nil", "The focal point declares that nothing was produced.", "return XA 2008-H1 nil", WHO_AND_WHEN, "", Does::Act(act::nil_return);
        "return <participant> <half> <carats> <usd> [mining <mining>]", "The focal point declares a half-year's production.", "return XA 2008-H1 473.00ct 9460usd", WHO_AND_WHEN, "", Does::Act(act::production_return);
        "restate <participant> <half> <carats> <usd> because <text>", "The focal point declares a half-year again.", "restate XA 2008-H1 1018.00ct 20360usd because \"a mine was missing\"", WHO_AND_WHEN, "", Does::Act(act::restate);
    }
    Cases {
        "open case asking <participant> <text> <text> [answer-due <date>]", "The Working Group on Statistics opens a case: the matter, then the question.", "open case asking XA \"Stock\" \"What lay in stock on 31 December?\"", WHO_AND_WHEN, "", Does::Act(act::open_case);
        "ask <case> <text> [answer-due <date>]", "It asks again.", "ask C-2026-0001 \"Which mine?\"", WHO_AND_WHEN, "", Does::Act(act::ask);
        "answer <case> <text>", "The participant asked answers.", "answer C-2026-0001 \"The stock of 2024 was exported.\"", WHO_AND_WHEN, "", Does::Act(act::answer);
        "close <case> as <outcome> because <text>", "The Working Group closes the case.", "close C-2026-0001 as explained because \"the inventory covers it\"", WHO_AND_WHEN, "", Does::Act(act::close);
    }
    Clock {
        "day <date>", "Lets the days pass up to this one; the node states each.", "day 2026-03-20", "", "", Does::Clock(clock::day);
    }
    Tampering {
        "tamper delete entry <entry> of <log>", "Deletes an entry and its statement.", "tamper delete entry 6 of kp.XA/2026", "", "", Does::Tamper(tamper::delete_entry);
        "tamper delete row of <table> where <column> is <value>", "Deletes rows of a table.", "tamper delete row of trade_confirmation where number is XA-000001", "", "", Does::Tamper(tamper::delete_row);
        "tamper alter <table> where <column> is <value> set <column> to <value>", "Alters rows of a table.", "tamper alter trade_application where application is XA-A-S1 set importer to Somebody", "", "", Does::Tamper(tamper::alter_row);
        "tamper carats in entry <entry> of <log> from <carats> to <carats>", "Alters carats inside a signed statement, and the hash beside it.", "tamper carats in entry 6 of kp.XA/2026 from 36000.00ct to 16000.00ct", "", "", Does::Tamper(tamper::alter_statement);
        "tamper insert copy of entry <entry> of <log>", "Puts a copy of an entry at the end of its log.", "tamper insert copy of entry 6 of kp.XA/2026", "", "", Does::Tamper(tamper::insert_copy);
        "tamper swap entries <entry> <entry> of <log>", "Lets two entries change places.", "tamper swap entries 5 6 of kp.XA/2026", "", "", Does::Tamper(tamper::swap);
        "tamper cut <log> after entry <entry>", "Removes every later entry and puts the old head with its signed checkpoint back.", "tamper cut kp.XA/2026 after entry 5", "", "", Does::Tamper(tamper::cut);
    }
    Expecting {
        "expect refusal ACT <key>", "The act, written as elsewhere, is refused for the reason with this short name.", "expect refusal issue XA-000001 number_already_used", "", "", Does::ExpectRefusal;
        "expect state <number> <state>", "Where a certificate is in its life.", "expect state XA-000001 confirmed", "", "", Does::Expect(expect::state);
        "expect finding <detector> <participant> <subject>", "There is a finding about this participant and period or number.", "expect finding exports_above_capacity XA 2026", "", "", Does::Expect(expect::finding);
        "expect no finding", "No detector has found anything.", "expect no finding", "", "expect finding exports_above_capacity XA 2026", Does::Expect(expect::no_finding);
        "expect no finding about <participant>", "No detector has found anything about this participant.", "expect no finding about XB", "", "expect finding exports_above_capacity XA 1999", Does::Expect(expect::no_finding);
        "expect case <case-state> asked <participant> [answer-due <date>] [about <detector>] [level <level>] [outcome <outcome>] [number <case>]", "There is a case of which all this is true.", "expect case open asked XA answer-due 2026-03-05", "", "", Does::Expect(expect::case);
        "expect no case", "There is no case.", "expect no case", "", "expect case open asked XA", Does::Expect(expect::no_case);
        "expect step <step> of <case> on <date> [came <timeliness>]", "This happened in a case on that day.", "expect step answered of C-2026-0001 on 2026-05-02 came late", "", "", Does::Expect(expect::step);
        "expect figure <participant> <half> as-known-on <date> <carats>", "What the declared production of a half-year was on the evening of a day.", "expect figure XA 2008-H1 as-known-on 2009-11-05 473.00ct", "", "", Does::Expect(expect::figure);
        "expect versions <count> of <half> by <participant>", "How often a half-year that was restated was declared.", "expect versions 2 of 2008-H1 by XA", "", "", Does::Expect(expect::versions);
        "expect cell <participant> <flow> <participant> <quarter> <hs> <carats> [value <usd>] [shipments <count>]", "An Annex III cell counted from departures and arrivals: whose, which way, with whom.", "expect cell XA export XB 2026-Q1 7102.31 36000.00ct", "", "", Does::Expect(expect::cell);
        "expect no cell <participant> <flow> <participant> <quarter> <hs>", "Nothing was counted there.", "expect no cell XC import XA 2026-Q1 7102.31", "", "expect cell XZ export XZ 1999-Q4 7102.10 0.07ct", Does::Expect(expect::no_cell);
        "expect certificates <count> <what> by <participant> in <quarter>", "How many certificates were validated, or received with imports.", "expect certificates 1 validated by XA in 2026-Q1", "", "", Does::Expect(expect::certificates);
        "expect statements <count> [about <subject>]", "How many statements people have signed, in all or about one number or case.", "expect statements 7 about XA-000001", "", "", Does::Expect(expect::statements);
        "expect parcel <parcel> <parcel-state> [held-by <holder>] [weighing <carats>]", "Where a parcel is in its life, who holds it, what it weighs.", "expect parcel XA-P-7 held held-by XA-EXP-1 weighing 12.00ct", "", "", Does::Expect(expect_goods::parcel);
        "expect share <source-id> in <parcel> <carats>", "How much of a parcel comes from one source.", "expect share XA-P-1/1 in XA-P-9 4.00ct", "", "", Does::Expect(expect_goods::share);
        "expect origin of <parcel> <origin>", "Where a parcel's stones were mined.", "expect origin of XA-P-9 XA", "", "", Does::Expect(expect_goods::origin);
        "expect value of <lot> <party> <seal-state>", "Whether a value is sealed or open.", "expect value of XA-L-1 government sealed", "", "", Does::Expect(expect_goods::value_of);
        "expect tax-base <lot> <usd> [spread <percent>]", "What the values of a lot come to, and how far they lie apart.", "expect tax-base XA-L-1 659925usd spread 8.81%", "", "", Does::Expect(expect_goods::tax_base);
        "expect warnings <count> about <lot>", "How many lines of its values lie outside their price book.", "expect warnings 1 about XA-L-1", "", "", Does::Expect(expect_goods::warnings);
        "expect pair <person> <person> apart <percent> in <count>", "How far two who valued the same lots lie apart on average, in how many of them.", "expect pair XA-EXP-1 xa-valuer apart 7.22% in 1", "", "", Does::Expect(expect_goods::pair);
        "expect dissent <count> about <reference>", "How many objections go with an application.", "expect dissent 1 about XA-A-17", "", "", Does::Expect(expect_goods::dissent);
        "expect certified <number> at <usd>", "The value that a certificate bears.", "expect certified XA-000001 at 659925usd", "", "", Does::Expect(expect_goods::certified);
        "expect overrides <count> by <participant> in <year>", "How many refusals were set aside in a year, as reviewers count them.", "expect overrides 1 by XA in 2026", "", "", Does::Expect(expect_goods::overrides);
        "expect verify clean", "`kpcs log verify` finds nothing.", "expect verify clean", "", "expect verify names kp.scheme/2026 entry 0", Does::Expect(expect::verify_clean);
        "expect verify names <log> entry <entry>", "`kpcs log verify` names this entry.", "expect verify names kp.XA/2026 entry 6", "", "", Does::Expect(expect::verify_names);
        "expect rebuild clean", "`kpcs rebuild --check` finds nothing.", "expect rebuild clean", "", "expect rebuild names trade_certificate \"number XZ-000001\"", Does::Expect(expect::rebuild_clean);
        "expect rebuild names <table> <row>", "`kpcs rebuild --check` names this row.", "expect rebuild names trade_application \"application XA-A-S1\"", "", "", Does::Expect(expect::rebuild_names);
    }
}
