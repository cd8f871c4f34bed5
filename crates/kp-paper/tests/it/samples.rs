//! Invented certificates for tests and for looking at: everyday, and with the longest real names there are.

use kp_paper::{
    ActLine, CertificateSheet, Codes, ConfirmationSlip, Container, CourtExtract, GoodsLine, ParcelLine,
    Party, PresentationLine, Print, ProofText, RefusalLine, RemarkLine, Validation, WeighingLine, WorthLine,
};
use kp_terms::HsCode;

/// As long as a code of so many bytes is on paper, with the characters of base45 in no particular order.
pub(crate) fn code(head: &str, length: usize) -> String {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let mut seed = 88_172_645_463_325_252_u64;
    let mut text = head.to_owned();
    while text.len() < length {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        text.push(char::from(ALPHABET[usize::try_from(seed % 45).expect("because 45 is small")]));
    }
    text
}

fn goods(class: HsCode, carats: &str, value: &str) -> GoodsLine {
    GoodsLine { class, carats: carats.parse().expect("carats"), value: value.parse().expect("dollars") }
}

fn parcel(label: &str, class: HsCode, carats: &str, value: &str) -> ParcelLine {
    ParcelLine { label: label.to_owned(), goods: goods(class, carats, value) }
}

fn container(label: &str, seal: &str) -> Container {
    Container { label: label.to_owned(), seal: seal.to_owned() }
}

/// What is missing where Chinese names cannot be printed.
pub(crate) fn no_cjk() -> kp_testkit::Missing {
    kp_testkit::Missing {
        reason: "no font for Chinese was found".to_owned(),
        remedy: "apt-get install fonts-noto-cjk".to_owned(),
    }
}

/// Takes the Chinese names out, where no font for them is at hand.
pub(crate) fn without_chinese(sheet: &mut CertificateSheet) {
    sheet.importer.address = sheet.exporter.address.clone();
    if let Some(parcel) = sheet.parcel_list.get_mut(2) {
        parcel.label = "C".to_owned();
    }
}

/// A certificate as there are thousands.
pub(crate) fn everyday() -> CertificateSheet {
    CertificateSheet {
        number: "XA-000184".parse().expect("a number"),
        issuer_name: "Republic of Exemplia".to_owned(),
        authority: "Exemplia Diamond Office\n4 Harbour Road, Port Exemplar".to_owned(),
        issued_on: "2026-02-03".parse().expect("a date"),
        expires_on: "2026-04-03".parse().expect("a date"),
        validation: Some(Validation {
            on: "2026-02-05".parse().expect("a date"),
            officer: "Amina Okonjo-Bell".to_owned(),
        }),
        exporter: Party {
            name: "Exemplia River Stones Ltd".to_owned(),
            address: "12 Quay Street\nPort Exemplar\nExemplia".to_owned(),
            licence: "EX-0042".to_owned(),
        },
        importer: Party {
            name: "Beispiel & Søn Trading BV".to_owned(),
            address: "Hoveniersstraat 22\n2018 Antwerpen".to_owned(),
            licence: "B-1187".to_owned(),
        },
        origin: "XA".parse().expect("an origin"),
        origin_name: "Exemplia".to_owned(),
        provenance: "XA".parse().expect("a code"),
        provenance_name: "Exemplia".to_owned(),
        destination: "XB".parse().expect("a code"),
        destination_name: "Beispielland".to_owned(),
        goods: vec![
            goods(HsCode::Unsorted, "1204.37", "182411.00"),
            goods(HsCode::NonIndustrial, "8842.55", "2961720.75"),
        ],
        parcels: 2,
        parcel_list: vec![
            parcel("A12", HsCode::Unsorted, "1204.37", "182411.00"),
            parcel("A13", HsCode::NonIndustrial, "8842.55", "2961720.75"),
        ],
        containers: vec![container("Box 1", "A-77120"), container("Box 2", "A-77121")],
        technical_purpose: None,
        quality: String::new(),
        transit_purpose: None,
        codes: Some(Codes {
            certificate: code("KPC1:", 514),
            receipt: Some(code("KPR1:", 608)),
            check_code: "7QK2-M9TR-0H-4".to_owned(),
        }),
        print: Print::Original,
        training: false,
        printed_at: "2026-02-05T10:12:00Z".parse().expect("an instant"),
    }
}

/// The longest names, five parcels, three origins, every optional field, codes at their caps.
pub(crate) fn longest() -> CertificateSheet {
    let everyday = everyday();
    CertificateSheet {
        number: "XA-18446744073".parse().expect("a number"),
        issuer_name: "République Démocratique et Populaire d'Exemplia".to_owned(),
        authority: "Centre d'Expertise, d'Évaluation et de Certification des Substances Minérales Précieuses et \
                    Semi-précieuses\n3989, avenue des Cliniques, Commune de la Gombe"
            .to_owned(),
        validation: Some(Validation {
            on: "2026-02-05".parse().expect("a date"),
            officer: "Ngalula Tshibangu wa Mulumba-Kabasele".to_owned(),
        }),
        exporter: Party {
            name: "Société Minière de Développement Économique et Social de l'Œuvre Communautaire du Kasaï Oriental \
                   S.A.R.L."
                .to_owned(),
            address: "Акционерная компания «АЛРОСА-Пример» (публичное акционерное общество)\n\
                      улица Ленина, дом 6, город Мирный, Республика Саха (Якутия), 678175"
                .to_owned(),
            licence: "CEEC/COMPT/2026/000.184-bis".to_owned(),
        },
        importer: Party {
            name: "شركة دبي المثالية لتجارة الماس الخام والمعادن الثمينة ذ.م.م".to_owned(),
            address: "上海钻石交易所有限公司（示例） · 上海市浦东新区世纪大道1701号中国钻石交易中心A座\n\
                      Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
                .to_owned(),
            licence: "DMCC-1187/٢٠٢٦".to_owned(),
        },
        origin: "mixed XA:5000 XB:3000 XC:2046.92".parse().expect("a mixed origin"),
        provenance_name: "République Démocratique d'Exemplia".to_owned(),
        destination: "XD".parse().expect("a code"),
        destination_name: "United Federated Emirates of Beispielland and the Isles".to_owned(),
        goods: vec![
            goods(HsCode::Unsorted, "1204.37", "182411.00"),
            goods(HsCode::Industrial, "123456789.12", "98765432109.87"),
            goods(HsCode::NonIndustrial, "8842.55", "2961720.75"),
        ],
        parcels: 5,
        parcel_list: vec![
            parcel("Lot CEEC/MBM/2026/02-0184-A (brut)", HsCode::Unsorted, "1204.37", "182411.00"),
            parcel("Партия № 77-Б", HsCode::Industrial, "23456789.12", "98765432.87"),
            parcel("第三包", HsCode::Industrial, "100000000.00", "98666666677.00"),
            parcel("الطرد رقم ٤", HsCode::NonIndustrial, "8000.00", "2900000.00"),
            parcel("E", HsCode::NonIndustrial, "842.55", "61720.75"),
        ],
        containers: vec![
            container("Caisse métallique no. 1/3", "CD77120934"),
            container("Caisse métallique no. 2/3", "CD77120935"),
            container("Caisse métallique no. 3/3", "CD77120936"),
        ],
        technical_purpose: Some(
            "goods seized on arrival and returned to the country of export by order of the court of first instance"
                .to_owned(),
        ),
        quality: "Mainly brown and boart, sieves +3 to -11, two stones above 10.8 ct described in the photographs \
                  enclosed; cleaned before weighing."
            .to_owned(),
        transit_purpose: Some("passes through XE in the same sealed container".to_owned()),
        codes: Some(Codes {
            certificate: code("KPC1:", 734),
            receipt: Some(code("KPR1:", 1068)),
            check_code: "7QK2-M9TR-0H-4".to_owned(),
        }),
        print: Print::Reprint { number: 2, on: "2026-02-09".parse().expect("a date") },
        ..everyday
    }
}

/// A confirmation with a difference.
pub(crate) fn slip() -> ConfirmationSlip {
    let certificate = everyday();
    ConfirmationSlip {
        number: certificate.number,
        participant_name: "Kingdom of Beispielland".to_owned(),
        authority: "Beispielland Customs, Diamond Desk\n1 Hoveniersstraat, Beispielstadt".to_owned(),
        addressee: certificate.authority,
        exporter: certificate.exporter.name,
        importer: certificate.importer.name,
        destination: certificate.destination,
        destination_name: certificate.destination_name,
        parcels: (2, 2),
        certified: certificate.goods,
        received: vec![
            goods(HsCode::Unsorted, "1204.37", "182411.00"),
            goods(HsCode::NonIndustrial, "8840.05", "3010000.00"),
        ],
        received_on: "2026-02-12".parse().expect("a date"),
        seals: "yes: A-77120, A-77121".to_owned(),
        examination: "yes, weighed and valued".to_owned(),
        differences: vec![
            "CARAT_DIFF: 2.50 ct less of 7102.31 than certified".to_owned(),
            "VALUE_DIFF: US$ 48,279.25 more than certified".to_owned(),
        ],
        officer: "Jonas Vandersteen".to_owned(),
        sent: "Sent by e-mail on 2026-02-13".to_owned(),
        print: Print::Original,
        training: false,
        printed_at: "2026-02-13T08:00:00Z".parse().expect("an instant"),
    }
}

/// A text that looks like a hash, and is none.
fn hash(seed: usize) -> String {
    (0..64).map(|at| char::from(b"0123456789abcdef"[(at * 7 + seed * 5 + at * at) % 16])).collect()
}

fn acts() -> Vec<ActLine> {
    let acts = [
        "applied for",
        "drafted",
        "valued by the government valuer",
        "issued",
        "sealed and validated",
        "credential signed",
        "departed",
        "arrived",
        "confirmed with a difference",
        "amended on the issuer's instruction",
        "reported lost",
        "invalidated",
    ];
    (0..24)
        .map(|at| ActLine {
            entry: format!("kp.XA/2026 no. {}", 41 + at * 3),
            at: "2026-02-03T09:04:00Z".parse().expect("an instant"),
            act: acts[at % acts.len()].to_owned(),
            actor: "Amina Okonjo-Bell, validating officer".to_owned(),
            statement_hash: hash(at),
        })
        .collect()
}

fn proofs() -> Vec<ProofText> {
    vec![
        ProofText {
            title: "The signed certificate (COSE_Sign1, hex)".to_owned(),
            text: (0..11).map(|at| hash(at * 3)).collect::<String>(),
        },
        ProofText {
            title: "Checkpoint of the log at the time of this extract".to_owned(),
            text: format!("kp.XA/2026\n1187\n{}=\n\n\u{2014} kp.XA/2026 {}", &hash(3)[..43], hash(9)),
        },
        ProofText {
            title: "Path of entry 56 (SHA-256, from the leaf upwards)".to_owned(),
            text: (0..11).map(hash).collect::<Vec<_>>().join("\n"),
        },
    ]
}

/// An extract that takes several pages.
pub(crate) fn extract() -> CourtExtract {
    CourtExtract {
        number: "XA-000184".parse().expect("a number"),
        participant_name: "Republic of Exemplia".to_owned(),
        authority: "Exemplia Diamond Office\n4 Harbour Road, Port Exemplar".to_owned(),
        purpose: "case 2026/117 before the District Court of Beispielstadt".to_owned(),
        facts: [
            ("Number", "XA-000184"),
            ("State", "confirmed with a difference on 2026-02-12"),
            ("Issued, expires", "2026-02-03, 2026-04-03"),
            ("Exporter", "Exemplia River Stones Ltd, 12 Quay Street, Port Exemplar"),
            ("Importer", "Beispiel & Søn Trading BV, Hoveniersstraat 22, 2018 Antwerpen"),
            ("Carats and value", "10,046.92 ct, US$ 3,144,131.75"),
            ("Origin", "mixed XA:5000.00 XB:5046.92, printed as **"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        acts: acts(),
        refusals: vec![RefusalLine {
            at: "2026-02-04T11:30:00Z".parse().expect("an instant"),
            asked: "validate certificate XA-000184, asked by Amina Okonjo-Bell".to_owned(),
            why: "the drafter cannot validate; another officer must (four eyes on every validation)".to_owned(),
        }],
        presentations: vec![
            PresentationLine {
                at: "2026-02-12T14:20:00Z".parse().expect("an instant"),
                place: "Beispielland Customs, air freight desk".to_owned(),
                outcome: "green: signed by XA, in XA's log, not used before".to_owned(),
            },
            PresentationLine {
                at: "2026-03-02T10:05:00Z".parse().expect("an instant"),
                place: "Third country, land border".to_owned(),
                outcome: "red: this number was used on 2026-02-12 in Beispielland".to_owned(),
            },
        ],
        values: ["exporter", "government", "independent"]
            .map(|party| WorthLine {
                lot: "XA-L-0000000000000000017, as-presented".to_owned(),
                party: party.to_owned(),
                by: "Dr Konstantinos Papadopoulos-Featherstonehaugh (xa-valuer-1)".to_owned(),
                value: "3,144,131.75".to_owned(),
                price_book: "2026-01 of Exemplia".to_owned(),
            })
            .to_vec(),
        valuation: [
            ("Tax base, US$", "3,144,131.75"),
            ("Spread", "8.82 % of the highest; more than 25 % must be explained by two persons"),
            ("Outside the price book", "the exporter value of US$ 12.00 for 1000.00 ct of 7102.31 (as-presented) lies outside US$ 100.00 to 900.00 per carat of price book 2026-01"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        weighings: ["reception", "valuation", "sealing", "validation"]
            .map(|point| WeighingLine {
                point: point.to_owned(),
                carats: "10,046.92".to_owned(),
                scale: "Exemplar 3, seal 99-2026".to_owned(),
                by: "Amina Okonjo-Bell (xa-clerk-1)".to_owned(),
                on: "2026-02-03".to_owned(),
            })
            .to_vec(),
        remarks: vec![RemarkLine {
            what: "dissent about lot XA-L-17".to_owned(),
            words: "only the weight was checked, and the stones were not seen under a lamp".to_owned(),
            by: "Dr Konstantinos Papadopoulos-Featherstonehaugh (xa-valuer-1)".to_owned(),
        }],
        proofs: proofs(),
        how_to_verify: vec![
            "Turn the hex of the signed certificate into bytes. They are a COSE_Sign1 message (RFC 9052).".to_owned(),
            "Verify its ES256 signature with the key of the issuer in the published trust list.".to_owned(),
            "Compute SHA-256 of the message and compare it with the hash of the act \u{201c}credential signed\u{201d}.".to_owned(),
            "Fold the leaf with the path as RFC 9162 describes, and compare the root with the checkpoint.".to_owned(),
        ],
        officer: "Paulina Reyes Ñáñez, registrar".to_owned(),
        print: Print::Reprint { number: 1, on: "2026-03-20".parse().expect("a date") },
        training: false,
        made_at: "2026-03-20T09:00:00Z".parse().expect("an instant"),
    }
}
