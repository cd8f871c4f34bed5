//! Every word of the language, in one table: its form, what it says, an example, and what it does.
//!
//! `stories/README.md` is compared with this table; a word that is not here is a mistake in a story.

use anyhow::Result;

use crate::{
    act, clock, custody, expect, expect_goods, expect_life,
    form::Args,
    life, mandates, numbers, offline, returns, set_up,
    stage::{Sight, Stage, Stop},
    tamper, trading, valuation,
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
    /// Ranges of numbers, and blank paper.
    Numbers,
    /// The life of a certificate.
    Trade,
    /// Papers before a desk without a network.
    Desk,
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
    pub const ALL: [Self; 12] = [
        Self::Telling,
        Self::SettingUp,
        Self::Custody,
        Self::Valuation,
        Self::Numbers,
        Self::Trade,
        Self::Desk,
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
            Self::Numbers => "Numbers and blank paper",
            Self::Trade => "The life of a certificate",
            Self::Desk => "A desk without a network",
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
        "exporter <licence> of <participant> <text> from <date> until <date>", "Licenses an exporter, first and last day.", "exporter XA-EXP-2 of XA \"Sample Diamonds\" from 2026-01-01 until 2026-06-30", WHO_AND_WHEN, "", Does::Act(set_up::exporter);
        "trader <officer> of <participant> for <licence>", "Names a person of a licensed trader or broker, who files applications and gives mandates.", "trader xa-stones of XA for XA-EXP-1", WHO_AND_WHEN, "", Does::Act(mandates::trader);
        "mandate <mandate> of <licence> to <licence> from <date> until <date> [destinations <destination>...] [carats <carats>] [value <usd>]", "An exporter's person lets a broker file applications in the exporter's name, within limits.", "mandate XA-M-1 of XA-EXP-1 to XA-EXP-2 from 2026-02-01 until 2026-06-30 destinations XB carats 5000.00ct", WHO_AND_WHEN, "", Does::Act(mandates::grant);
        "end mandate <mandate> because <text>", "Either side ends a mandate; the exporter, where nobody is named.", "end mandate XA-M-1 because \"we file ourselves again\"", WHO_AND_WHEN, "", Does::Act(mandates::end);
        "capacity <participant> <carats-a-year> source <text> dated <date> [from-year <count>]", "Records what the ground can give in a year, at the high estimate.", "capacity XA 5000.00ct/year source \"invented survey\" dated 2025-01-15", WHO_AND_WHEN, "", Does::Act(set_up::capacity);
        "standing <participant> <standing> from <from> decision <decision> [under-way <under-way>] [direction <direction>] [zones <zone>...] [mines <mine>...] [stock <stock>...] [classes <hs>...] [conditions <condition>...] [lifts <text>]", "Changes whether a participant may trade, which way and with what, and says what happens to goods under way.", "standing XC suspended from 2026-07-09T12:00:00Z decision \"Administrative decision 2026/3\"", WHO_AND_WHEN, "", Does::Act(trading::standing);
        "membership <participant> ends <end> from <from> decision <decision> [under-way <under-way>] [into <successor>]", "Ends a membership.", "membership XC ends withdrawn from 2026-07-09 decision \"Chair's notice 2026/5\"", WHO_AND_WHEN, "", Does::Act(trading::membership_ends);
        "zone <zone> <zone-state> from <date> decision <decision>", "Records a zone's state.", "zone XC/north-river compliant from 2026-03-01 decision \"Monitoring team decision 4\"", WHO_AND_WHEN, "", Does::Act(trading::zone);
        "recognition by <participant> of <recognised> from <date> decision <decision> [until <date>]", "Writes an entry of a participant's own list of those whom it trades with.", "recognition by XB of XC from 2026-04-26 decision \"Notice of 26 April\"", WHO_AND_WHEN, "", Does::Act(trading::recognition);
        "rule <participant> <rule> is <value> from <date> decision <decision>", "Sets a national rule.", "rule XB recognition-list is yes from 2026-01-01 decision \"Diamond Trade Act\"", WHO_AND_WHEN, "", Does::Act(trading::rule);
        "condition <condition> met for <reference> shown-by <text>", "Records that a condition of a conditional standing is met for an application; by `scheme-monitoring`, pictures by the clerk.", "condition prior-approval met for XC-A-17 shown-by \"Monitoring team letter 12\"", WHO_AND_WHEN, "", Does::Act(trading::condition);
        "document key <key-name> of <participant> from <date> until <date>", "A custodian (`xa-custodian`) registers the key under which certificates will be signed.", "document key first of XA from 2026-02-03 until 2027-02-02", WHO_AND_WHEN, "", Does::Act(trading::document_key);
        "witness key <key-name> of <participant>", "A second custodian (`xa-custodian-2`) witnesses its ceremony.", "witness key first of XA", WHO_AND_WHEN, "", Does::Act(trading::witness);
        "open key <key-name>", "The key is laid open at the node; what is validated from then on is signed with it.", "open key first", WHEN, "", Does::Act(offline::open_key);
        "publish lists", "The lists are published, signed by root keys and custodians; every desk without a network carries them from then on.", "publish lists", WHEN, "", Does::Act(offline::publish);
        "retire key <key-name> of <participant> because <text>", "A custodian takes a document key out of use.", "retire key first of XA because \"replaced\"", WHO_AND_WHEN, "", Does::Act(trading::retire);
        "compromise key <key-name> of <participant> since <from> because <text>", "A custodian reports that a document key may have been in other hands.", "compromise key first of XA since 2026-07-09 because \"the safe was open\"", WHO_AND_WHEN, "", Does::Act(trading::compromise);
    }
    Numbers {
        "allot <numbers> to <custodian>", "Allots a range of numbers to an office, which alone gives them.", "allot XA-000101..XA-000200 to north", WHO_AND_WHEN, "", Does::Act(numbers::allot);
        "withdraw <numbers> from <custodian>", "Withdraws a range as it was allotted.", "withdraw XA-000101..XA-000200 from north", WHO_AND_WHEN, "", Does::Act(numbers::withdraw);
        "blanks <numbers> <blank-step> [to <custodian>] [because <text>]", "A step in the life of blank paper. The storekeeper `xa-store` signs, and `xa-keeper` where a second person must.", "blanks XA-000081..XA-000100 stolen because \"the safe was opened\"", WHO_AND_WHEN, "", Does::Act(numbers::blanks);
        "count blanks of <participant> [finding <numbers>...]", "The storekeeper counts, and says which numbers are there.", "count blanks of XA finding XA-000002..XA-000100", WHO_AND_WHEN, "", Does::Act(numbers::count);
    }
    Custody {
        "parcel <parcel> held-by <holder> from <stones>... [class <hs>]", "A clerk records a parcel with its finds, purchases and imports; class 7102.31 where nothing is said.", "parcel XA-P-7 held-by XA-EXP-1 from \"find XA-ART-12 zone XA/north found 2026-01-10 carats 12.00\"", WHO_AND_WHEN, "", Does::Act(custody::parcel);
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
        "override <key> of <overridden-act> for <number> because <text> under <law>", "A director sets a refusal aside.", "override spread_unexplained of issue_certificate for XA-000001 because \"the minister orders it\" under \"Diamond Act, s. 12\"", WHO_AND_WHEN, "", Does::Act(valuation::override_refusal);
        "apply <reference> from <exporter> to <destination> <carats> <usd> [class <hs>] [also <line>...] [origin <origin>] [licence <licence>] [parcels <count>] [containers <containers>] [source <source>...] [of-parcels <parcel>...] [through <text>] [replaces <replaced>] [technical <purpose> <file>]", "A clerk takes an application; class 7102.31 where nothing is said. A re-export names its sources; a technical certificate its purpose and file.", "apply XA-A-17 from XA to XB 1200.00ct 420000usd", WHO_AND_WHEN, "", Does::Act(act::apply);
        "file <reference> from <exporter> to <destination> <carats> <usd> [licence <licence>] [under <mandate>] [class <hs>] [also <line>...] [parcels <count>]", "A trader's person files an application, for the own licence or under a mandate.", "file XA-A-17 from XA to XB 1200.00ct 420000usd under XA-M-1", WHO_AND_WHEN, "", Does::Act(mandates::file);
        "draft <number> for <reference>", "A clerk gives an application its number.", "draft XA-000001 for XA-A-17", WHO_AND_WHEN, "", Does::Act(act::draft);
        "issue <number> [expires <date>]", "An approver issues what was drafted.", "issue XA-000001 expires 2026-03-01", WHO_AND_WHEN, "", Does::Act(act::issue);
        "issue <number> from <exporter> to <destination> <carats> <usd> [class <hs>] [also <line>...] [origin <origin>] [licence <licence>] [parcels <count>] [seal <seal>...]", "In one line: apply, draft, issue, seal and validate, by the usual people.", "issue XA-000001 from XA to XB 36000.00ct 12600000usd seal 77120-A", WHEN, "", Does::Act(act::issue_at_once);
        "validate <number> weighing <carats> seal <seal>...", "Customs weighs, seals and validates.", "validate XA-000001 weighing 1200.00ct seal 77120-A", WHO_AND_WHEN, "", Does::Act(act::validate);
        "depart <number> [left-on <date>]", "The shipment leaves.", "depart XA-000001", WHO_AND_WHEN, "", Does::Act(act::depart);
        "advise <number> at <importer> <carats> <usd> issued-on <date> [class <hs>] [left-on <from>] [parcels <count>] [seal <seal>...]", "The importing authority writes down what an exporting authority, whose register is elsewhere, has told.", "advise XC-000123 at XB 1200.00ct 420000usd issued-on 2026-02-01", WHO_AND_WHEN, "", Does::Act(act::advise);
        "arrive <number> at <importer> <carats> [seals <seals>] [came-on <date>] [measured <line>...] [parcels <count>] [container <container>] [seal <seal>...] [importer <text>]", "A container with this number is presented and weighed; class by class, and with what was read on it, where that is said.", "arrive XA-000001 at XB 1200.00ct seals broken", WHO_AND_WHEN, "", Does::Act(act::arrive);
        "confirm <number> at <importer>", "The importing authority confirms.", "confirm XA-000001 at XB", WHO_AND_WHEN, "", Does::Act(act::confirm);
        "difference <number> at <importer> <text>", "The importing authority reports a difference.", "difference XA-000001 at XB \"12.00 ct more than certified\"", WHO_AND_WHEN, "", Does::Act(act::difference);
        "slip <number> from <importer> <carats> sent-by <text> [came-on <date>]", "A clerk of the issuer types a confirmation that came from outside.", "slip XA-000001 from XF 1200.00ct sent-by \"import desk of XF, slip 77\"", WHO_AND_WHEN, "", Does::Act(life::slip);
        "deficient <reference> because <text>", "A clerk tells the applicant in writing what is missing.", "deficient XA-A-17 because \"an invoice is missing\"", WHO_AND_WHEN, "", Does::Act(life::deficient);
        "cure <reference> from <exporter> to <destination> <carats> <usd> [class <hs>] [also <line>...] [origin <origin>] [licence <licence>] [parcels <count>] [containers <containers>] [source <source>...] [of-parcels <parcel>...] [through <text>] [replaces <replaced>] [technical <purpose> <file>]", "New content takes the place of what was deficient.", "cure XA-A-17 from XA to XB 1100.00ct 420000usd", WHO_AND_WHEN, "", Does::Act(life::cure);
        "reject <reference> because <text>", "An approver turns an application down.", "reject XA-A-17 because \"not cured in time\"", WHO_AND_WHEN, "", Does::Act(life::reject);
        "approve <number>", "A first approver approves, where two are needed.", "approve XA-000001", WHO_AND_WHEN, "", Does::Act(life::approve);
        "replace <number> with <reference> because <text> [paper <paper>]", "Before export another application stands in its place; the old paper is handed in.", "replace XA-000001 with XA-A-18 because \"another importer\"", WHO_AND_WHEN, "", Does::Act(life::replace);
        "invalidate <number> because <text>", "The issuer declares a certificate void.", "invalidate XA-000001 because \"false origin\"", WHO_AND_WHEN, "", Does::Act(life::invalidate);
        "return <number> unused [because <text>]", "Unused paper comes back to the issuer.", "return XA-000001 unused", WHO_AND_WHEN, "", Does::Act(life::return_unused);
        "report <number> <mishap> at <importer> <text>", "The issuer, or whoever had it, reports a paper.", "report XA-000001 lost at XA \"left in a car\"", WHO_AND_WHEN, "", Does::Act(life::report_paper);
        "counterfeit <number> at <importer> <text>", "A paper with this number is not the issuer's.", "counterfeit XA-000001 at XB \"no watermark\"", WHO_AND_WHEN, "", Does::Act(life::counterfeit);
        "enter <number> at <importer> container <container> seal <seal>...", "A closed container enters a third territory in transit.", "enter XA-000001 at XC container BOX-17 seal 77120-A", WHO_AND_WHEN, "", Does::Act(life::enter);
        "leave <number> at <importer> container <container> seal <seal>... [stating <carats> <usd>]", "It leaves that territory.", "leave XA-000001 at XC container BOX-17 seal 77120-A", WHO_AND_WHEN, "", Does::Act(life::leave);
        "detain <number> at <importer> because <text>", "The importing authority holds what was presented.", "detain XA-000001 at XB because \"seals broken\"", WHO_AND_WHEN, "", Does::Act(life::detain);
        "release <number> at <importer> because <text>", "What was detained is remedied and goes to the importer.", "release XA-000001 at XB because \"the seal was misprinted\"", WHO_AND_WHEN, "", Does::Act(life::release);
        "order-return <number> at <importer> because <text> [under <number>]", "What was detained is to go back.", "order-return XA-000001 at XB because \"order 4\"", WHO_AND_WHEN, "", Does::Act(life::order_return);
        "take-back <number> from <importer> <carats>", "The issuer has it again, and weighs it.", "take-back XA-000001 from XB 1200.00ct", WHO_AND_WHEN, "", Does::Act(life::take_back);
        "seize <number> at <importer> as <lot> <carats> because <text>", "Customs seizes what was detained, as a lot.", "seize XA-000001 at XB as XB-L-1 1200.00ct because \"order 5\"", WHO_AND_WHEN, "", Does::Act(life::seize);
        "seize goods <weighed>... as <lot> found <text> <text> under <law> [before <officer>]", "Customs seizes goods that carry no certificate, weighed before a second officer, the approver where nobody is named: class and carats; where, and how they were found.", "seize goods \"7102.31 493.00\" as XB-L-7 found \"airport\" \"in a power bank\" under \"Diamond Act, s. 30\"", WHO_AND_WHEN, "", Does::Act(life::seize_goods);
        "decide <lot> <seizure-outcome> because <text>", "What was seized without a certificate is given back or forfeited.", "decide XB-L-7 forfeited because \"court, no. 89\"", WHO_AND_WHEN, "", Does::Act(life::decide_seizure);
        "dispose goods <lot> <disposal> <carats> <text> [explained <text>]", "What was seized without a certificate and forfeited is sold or destroyed.", "dispose goods XB-L-7 destroyed 493.00ct \"crushed\"", WHO_AND_WHEN, "", Does::Act(life::dispose_seized);
        "lift <number> at <importer> because <text>", "A seizure is lifted; the goods are detained again.", "lift XA-000001 at XB because \"court, no. 88\"", WHO_AND_WHEN, "", Does::Act(life::lift);
        "forfeit <number> at <importer> because <text>", "What was seized is forfeited.", "forfeit XA-000001 at XB because \"court, no. 89\"", WHO_AND_WHEN, "", Does::Act(life::forfeit);
        "dispose <number> at <importer> <disposal> <carats> <text> [explained <text>]", "What was forfeited is sold or destroyed; the last weight must be the lot's.", "dispose XA-000001 at XB destroyed 1200.00ct \"crushed\"", WHO_AND_WHEN, "", Does::Act(life::dispose);
        "correct <number> <field> to <text> because <text>", "The issuer instructs a correction.", "correct XA-000001 importer-name to \"Harbour Gem\" because \"a letter\"", WHO_AND_WHEN, "", Does::Act(life::correct);
        "accept <number> <field> at <importer>", "The importing authority accepts it.", "accept XA-000001 importer-name at XB", WHO_AND_WHEN, "", Does::Act(life::accept);
    }
    Desk {
        "scan <number> [paper-number <number>] [paper-carats <carats>] [paper-usd <usd>]", "The code of this certificate is read, from its paper or from a copy, and compared with what stands on the paper.", "scan XA-000001 paper-carats 1200.00ct", WHEN, "", Does::Act(offline::scan);
        "type <number> with-code-of <number> [issued-on <date>]", "A number and a check code, that of a certificate, are typed from a paper.", "type XA-000777 with-code-of XA-000001 issued-on 2026-01-12", WHEN, "", Does::Act(offline::typed);
        "forge <number> by-key <key-name> after <number>", "A code is read that somebody made with a document key, outside the log, after the pattern of a certificate.", "forge XA-000777 by-key first after XA-000001", WHEN, "", Does::Act(offline::forged);
    }
    Returns {
        "return <participant> <half> nil", "The focal point declares that nothing was produced.", "return XA 2008-H1 nil", WHO_AND_WHEN, "", Does::Act(act::nil_return);
        "return <participant> <half> <carats> <usd> [mining <mining>]", "The focal point declares a half-year's production.", "return XA 2008-H1 473.00ct 9460usd", WHO_AND_WHEN, "", Does::Act(act::production_return);
        "restate <participant> <half> <carats> <usd> because <text>", "The focal point declares a half-year again.", "restate XA 2008-H1 1018.00ct 20360usd because \"a mine was missing\"", WHO_AND_WHEN, "", Does::Act(act::restate);
        "calendar begins <date> decision <decision>", "The Working Group on Statistics says from when on returns are due.", "calendar begins 2026-01-01 decision \"WGS 2026/1\"", WHO_AND_WHEN, "", Does::Act(returns::begin);
        "declare <participant> <annex-table> <period> [figures <figure>...] [because <text>] [forcing <forced>...]", "The focal point declares any table of Annex III; without figures it is a nil return.", "declare XA exports 2026-Q1 figures \"XB 7102.31 1200.00 420000.00\"", WHO_AND_WHEN, "", Does::Act(returns::declare);
        "approve-period <annex-table> <period>", "An officer of the Working Group on Statistics approves a period; the second one locks it.", "approve-period exports 2026-Q1", WHO_AND_WHEN, "", Does::Act(returns::approve);
        "open-period <annex-table> <period> because <text>", "It is opened again.", "open-period exports 2026-Q1 because \"XA found a parcel\"", WHO_AND_WHEN, "", Does::Act(returns::open);
    }
    Cases {
        "ageing <count> <count> <count> <count> decision <decision>", "The Working Group on Statistics sets after how many days an open certificate is asked about, owed, visible and public.", "ageing 10 20 40 80 decision \"WGS 2026/2\"", WHO_AND_WHEN, "", Does::Act(act::ageing);
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
        "expect application <reference> <application-state>", "Where an application is.", "expect application XA-A-17 deficient", "", "", Does::Expect(expect_life::application);
        "expect expired <number>", "The certificate's last day has passed unused.", "expect expired XA-000001", "", "", Does::Expect(expect_life::expired);
        "expect discrepancy <discrepancy> of <number> at <importer>", "This differed when the number was presented there.", "expect discrepancy HS_DIFF of XA-000001 at XB", "", "", Does::Expect(expect_life::discrepancy);
        "expect left <number> <carats>", "So much of a confirmed import has not left again.", "expect left XA-000001 200.00ct", "", "", Does::Expect(expect_life::left);
        "expect held <number> at <importer> <holding-state>", "Where goods are that were held there last.", "expect held XA-000001 at XB detained", "", "", Does::Expect(expect_life::held);
        "expect lot <lot> <holding-state> <carats>", "Where a seized lot is, and its weight.", "expect lot XB-L-1 forfeited 1200.00ct", "", "", Does::Expect(expect_life::lot);
        "expect reported <notice> of <number>", "A paper with this number was reported.", "expect reported lost of XA-000001", "", "", Does::Expect(expect_life::reported);
        "expect verdict <verdict> [of <number>]", "What the desk without a network said first about the last paper, and about which number.", "expect verdict used of XA-000001", "", "", Does::Expect(offline::verdict);
        "expect corrected <number> <field> to <text>", "Both sides have corrected this.", "expect corrected XA-000001 importer-name to \"Harbour Gem\"", "", "", Does::Expect(expect_life::corrected);
        "expect finding <detector> <participant> <subject>", "There is a finding about this participant and period or number.", "expect finding exports_above_capacity XA 2026", "", "", Does::Expect(expect::finding);
        "expect no finding", "No detector has found anything.", "expect no finding", "", "expect finding exports_above_capacity XA 2026", Does::Expect(expect::no_finding);
        "expect no finding about <participant>", "No detector has found anything about this participant.", "expect no finding about XB", "", "expect finding exports_above_capacity XA 1999", Does::Expect(expect::no_finding);
        "expect stream <detector> <participant> to <participant>", "Looked at as a stream, the register shows this between two participants.", "expect stream revalued_in_corridor XA to XB", "", "", Does::Expect(expect::stream);
        "expect no stream <detector>", "Looked at as a stream, the register shows nothing of this kind.", "expect no stream revalued_in_corridor", "", "expect stream revalued_in_corridor XA to XB", Does::Expect(expect::no_stream);
        "expect case <case-state> asked <participant> [answer-due <date>] [about <detector>] [level <level>] [outcome <outcome>] [number <case>]", "There is a case of which all this is true.", "expect case open asked XA answer-due 2026-03-05", "", "", Does::Expect(expect::case);
        "expect no case", "There is no case.", "expect no case", "", "expect case open asked XA", Does::Expect(expect::no_case);
        "expect step <step> of <case> on <date> [came <timeliness>]", "This happened in a case on that day.", "expect step answered of C-2026-0001 on 2026-05-02 came late", "", "", Does::Expect(expect::step);
        "expect figure <participant> <half> as-known-on <date> <carats>", "What the declared production of a half-year was on the evening of a day.", "expect figure XA 2008-H1 as-known-on 2009-11-05 473.00ct", "", "", Does::Expect(expect::figure);
        "expect versions <count> of <half> by <participant>", "How often a half-year that was restated was declared.", "expect versions 2 of 2008-H1 by XA", "", "", Does::Expect(expect::versions);
        "expect return <participant> <annex-table> <period> <return-state> [step <return-step>]", "Where a return that is due stands today.", "expect return XB exports 2026-Q1 missing step overdue", "", "", Does::Expect(returns::return_stands);
        "expect gap <exporter> to <importer> <quarter> <part> <carats> [class <hs>] [behind <number>...]", "So much of the gap between two participants' figures has this reason, and these certificates stand behind it.", "expect gap XA to XB 2026-Q1 timing 900.00ct behind XA-000002", "", "", Does::Expect(returns::gap);
        "expect cell <participant> <flow> <participant> <quarter> <hs> <carats> [value <usd>] [shipments <count>]", "An Annex III cell counted from departures and arrivals: whose, which way, with whom.", "expect cell XA export XB 2026-Q1 7102.31 36000.00ct", "", "", Does::Expect(expect::cell);
        "expect no cell <participant> <flow> <participant> <quarter> <hs>", "Nothing was counted there.", "expect no cell XC import XA 2026-Q1 7102.31", "", "expect cell XZ export XZ 1999-Q4 7102.10 0.07ct", Does::Expect(expect::no_cell);
        "expect certificates <count> <what> by <participant> in <quarter>", "How many certificates were validated, or received with imports.", "expect certificates 1 validated by XA in 2026-Q1", "", "", Does::Expect(expect::certificates);
        "expect key <key-name> <key-state>", "Where a document key is in its life.", "expect key first active", "", "", Does::Expect(trading::key_state);
        "expect signing key of <participant> is <key-name>", "Which document key signs a participant's certificates now.", "expect signing key of XA is first", "", "", Does::Expect(trading::signing_key);
        "expect no signing key of <participant>", "No document key signs a participant's certificates now.", "expect no signing key of XA", "", "expect signing key of XA is no-such-key", Does::Expect(trading::no_signing_key);
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
