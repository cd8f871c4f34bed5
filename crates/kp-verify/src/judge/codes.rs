//! Scanned codes: open both, then look at every side of them.

use kp_certificate::{Content, Credential, CredentialFault, Kind, RECEIPT_PREFIX, TextFault};

use super::{Case, number, receipt, signer, time, trade};
use crate::{Code, OnPaper, Reason};

pub(super) fn judge(case: &mut Case, credential: &Code, receipt_code: Option<&Code>, paper: &OnPaper) {
    let credential = match open(credential) {
        Ok(credential) => credential,
        Err(reason) => {
            case.found(reason);
            return;
        }
    };
    // Which paper lies there may be said even where nobody signed what it says.
    case.check_code = Some(credential.check_code());
    case.number = Some(credential.content().number.clone());
    let Some(lists) = case.lists else {
        case.found(Reason::NoTrustData);
        return;
    };
    let Some(key) = signer::judge(case, lists, &credential) else { return };
    let place = receipt::judge(case, lists, &credential, receipt_code);
    let listed = number::of_credential(case, lists, &credential, place.as_ref());
    if let Some(compromise) = &key.compromise {
        signer::compromised(case, lists, &credential, compromise, place.as_ref(), listed);
    }
    let content = credential.into_content();
    compare(case, &content, paper);
    trade::judge(case, lists, &content);
    time::judge(case, lists, Some(&content));
    if content.flags.training {
        case.found(Reason::Training);
    }
    if content.flags.single_officer {
        case.found(Reason::SingleOfficer);
    }
    if let Kind::Technical(purpose) = content.kind {
        case.found(Reason::Technical { purpose });
    }
    case.content = Some(content);
}

/// The paper beside what was signed: figure by figure, as far as they were typed.
fn compare(case: &mut Case, content: &Content, paper: &OnPaper) {
    let number = &content.number;
    if let Some(other) = paper.number.as_ref().filter(|other| *other != number) {
        case.found(Reason::PaperNumberDiffers { number: number.clone(), paper: other.clone() });
    }
    if let (Some(other), Some(signed)) = (paper.carats, content.carats())
        && other != signed
    {
        case.found(Reason::PaperCaratsDiffer { number: number.clone(), paper: other, signed });
    }
    if let (Some(other), Some(signed)) = (paper.value, content.value())
        && other != signed
    {
        case.found(Reason::PaperValueDiffers { number: number.clone(), paper: other, signed });
    }
}

fn open(code: &Code) -> Result<Credential, Reason> {
    let not_in_form = |fault: CredentialFault| Reason::NotInForm { detail: fault.to_string() };
    match code {
        Code::Bytes(bytes) => Credential::open(bytes).map_err(not_in_form),
        Code::Text(text) => Credential::from_text(text).map_err(|fault| match fault {
            TextFault::NotOurs if text.starts_with(RECEIPT_PREFIX) => Reason::ReceiptAlone,
            TextFault::NotOurs => Reason::NotOurCode,
            TextFault::Newer(form) => Reason::NewerForm { form },
            TextFault::Damaged(_) => Reason::DamagedCode,
            TextFault::Inside(fault) => not_in_form(fault),
        }),
    }
}
