//! What the heading of a column means: one list of words for returns, production files and customs files.
//!
//! English, French and Portuguese, compared without case, accents, punctuation and small words, so that `Pays de
//! destination` and `PAYS DESTINATION` are one. What a meaning is good for is the reader's business: a partner's name is
//! no use to a table of production, and `code` is a participant in one file and a customs class in another.

use crate::names::squeeze;

/// What a column can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Heading {
    /// The other side of trade, whichever way the goods go.
    Partner,
    /// Where goods go.
    To,
    /// Where goods come from.
    From,
    /// Where goods were mined.
    Origin,
    /// Whose figures they are.
    Reporter,
    /// Some participant: whose figures, or the other side where nothing else names it.
    Participant,
    /// The code of some participant.
    ParticipantCode,
    /// A code of something.
    Code,
    /// A name of something.
    Name,
    /// Customs class.
    Class,
    /// What is traded, which a customs file says by its class.
    Product,
    Mining,
    Carats,
    /// A volume, which in the scheme's files is carats.
    Volume,
    /// A quantity that does not say its unit.
    Quantity,
    /// A customs weight.
    Weight,
    Unit,
    /// US dollars.
    Value,
    /// US dollars as customs offices call them.
    CustomsValue,
    Certificates,
    /// Which certificates are counted.
    Counted,
    /// Import or export.
    Flow,
    /// Which table a row belongs to.
    Declaration,
    Visibility,
    Public,
    Period,
    /// A period as customs offices call it.
    Time,
    Year,
    /// Half or quarter of a year.
    Part,
    Created,
    Modified,
}

/// Words that say nothing in a heading.
const SMALL: &str = "of the in de du des d la le les l da do dos das em en et per";

/// The words of each meaning, folded, with blanks between.
const WORDS: &[(Heading, &str)] = &[
    (
        Heading::Partner,
        "partner partnercode partneriso partnercountry partnerparticipant partnername partenaire \
         payspartenaire codepartenaire parceiro paisparceiro codigoparceiro",
    ),
    (
        Heading::To,
        "to destination countrydestination destinationcountry importingparticipant importingcountry \
         paysdestination paysimportateur participantimportateur destino paisdestino paisimportador \
         participanteimportador",
    ),
    (
        Heading::From,
        "from provenance countryprovenance exportingparticipant exportingcountry paysprovenance \
         paysexportateur participantexportateur proveniencia procedencia paisproveniencia paisprocedencia \
         paisexportador participanteexportador",
    ),
    (Heading::Origin, "origin countryorigin origine paysorigine origem paisorigem"),
    (
        Heading::Reporter,
        "reporter reportercode reporteriso reportingcountry reportingparticipant declarant paysdeclarant \
         participantdeclarant declarante paisdeclarante participantedeclarante",
    ),
    (
        Heading::Participant,
        "participant participantname country countryname pays nompays participante pais nomepais",
    ),
    (
        Heading::ParticipantCode,
        "participantcode countrycode isocode iso2 iso alpha2 codeiso codepays codigopais",
    ),
    (Heading::Code, "code codigo"),
    (Heading::Name, "name nom nome"),
    (
        Heading::Class,
        "hs hscode hs6 hsclass class customsclass category commoditycode cmdcode classe sh codesh \
         categorie positionsh positiontarifaire nomenclature codigosh categoria posicaosh posicaopautal \
         ncm codedouanier codigopautal",
    ),
    (Heading::Product, "commodity product produit produto"),
    (
        Heading::Mining,
        "productiontype mining kindmining typeproduction miningtype typeexploitation exploitation \
         tipoproducao tipoexploracao exploracao",
    ),
    (
        Heading::Carats,
        "carats carat ct cts caratsct caratscts volumecarats volumecarat volumects volumect \
         quantitycarats quantitycts quantityct weightcarats weightcts caratweight quantitecarats \
         poidscarats poidscts quilates quilate quilatesct quilatescts volumequilates quantidadequilates \
         pesoquilates",
    ),
    (Heading::Volume, "volume"),
    (Heading::Quantity, "quantity qty quantite quantidade poids peso"),
    (
        Heading::Weight,
        "netweight netwgt netweightkg netweightg kg grams weight weightkg weightg primaryquantity \
         quantitykg poidsnet poidsnetkg poidskg grammes quantitekg pesoliquido pesoliquidokg pesokg \
         gramas quantidadekg",
    ),
    (Heading::Unit, "unit qtyunit quantityunit qtyunitabbr unite unidade"),
    (
        Heading::Value,
        "value valueusd usvalue usdvalue valueus valueusdollars valuedollars usd us valeur valeurusd \
         valeurus valeurdollars valeurdollarsus valeurdollarsusd valor valorusd valorus valordolares \
         valordolareseua valordolaresusd",
    ),
    (Heading::CustomsValue, "tradevalue tradevalueus tradevalueusd primaryvalue cifvalue fobvalue"),
    (
        Heading::Certificates,
        "certificates certificatecount numbercertificates nocertificates count certificats \
         nombrecertificats ncertificats certificados numerocertificados ncertificados",
    ),
    (Heading::Counted, "counted what"),
    (Heading::Flow, "flow flowcode tradeflow flowdesc direction flux sens fluxo"),
    (Heading::Declaration, "declaration tradetype typetrade table tableau tabela"),
    (Heading::Visibility, "visibility visiblefor visibilite visibilidade"),
    (Heading::Public, "public ispublic published"),
    (Heading::Period, "period reportingperiod periode periodo"),
    (Heading::Time, "month mois mes refperiod time timeperiod"),
    (Heading::Year, "year annee ano anno jahr reportingyear"),
    (Heading::Part, "half quarter halfyear semester semestre trimestre quarterhalf halbjahr"),
    (Heading::Created, "created createdon createdat datecreated creationdate"),
    (Heading::Modified, "lastmodified modified modifiedon updated lastupdated datemodified"),
];

/// What a heading means, if it is one that is known.
pub(crate) fn heading(text: &str) -> Option<Heading> {
    let folded = fold(text);
    WORDS.iter().find(|(_, words)| is_among(&folded, words)).map(|(meaning, _)| *meaning)
}

fn is_among(word: &str, words: &str) -> bool {
    !word.is_empty() && words.split_ascii_whitespace().any(|it| it == word)
}

/// A heading without case, accents, punctuation and small words: `Valeur (en US$)` becomes `valeurus`.
pub(crate) fn fold(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(squeeze).filter(|word| !word.is_empty());
    let all: Vec<String> = words.collect();
    let telling: String = all.iter().filter(|word| !is_among(word, SMALL)).map(String::as_str).collect();
    if telling.is_empty() { all.concat() } else { telling }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_means_the_same_in_three_languages_however_it_is_written() {
        for (meaning, headings) in [
            (
                Heading::To,
                &["Destination", "Country of destination", "Pays de destination", "PAÍS DE DESTINO"][..],
            ),
            (Heading::From, &["Provenance", "Pays de provenance", "País de proveniência"]),
            (Heading::Class, &["HS Code", "hs_code", "Code SH", "Código SH", "Posição pautal"]),
            (Heading::Carats, &["Carats (ct)", "Carats", "Quilates", "Quantité (carats)"]),
            (
                Heading::Value,
                &[
                    "Value (US$)",
                    "Value in US $",
                    "Valeur (US$)",
                    "Valeur en US$",
                    "Valor (US$)",
                    "Valor USD",
                ],
            ),
            (Heading::Mining, &["Type of production", "Type d'exploitation", "Tipo de exploração"]),
            (
                Heading::Certificates,
                &["Number of certificates", "Nombre de certificats", "Número de certificados"],
            ),
            (Heading::Part, &["Quarter", "Trimestre", "Semestre"]),
        ] {
            for written in headings {
                assert_eq!(heading(written), Some(meaning), "{written}");
            }
        }
        for unknown in ["", "Value (EUR)", "Remarks", "Net weight (lb)", "in"] {
            assert_eq!(heading(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn no_word_has_two_meanings_and_each_is_found_by_itself() {
        for (meaning, words) in WORDS {
            for word in words.split_ascii_whitespace() {
                assert_eq!(heading(word), Some(*meaning), "{word}");
            }
        }
    }
}
