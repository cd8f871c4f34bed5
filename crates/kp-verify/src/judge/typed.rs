//! Number and check code, typed from the paper where no symbol can be scanned.
//!
//! The check code is compared with the list of certificates, which holds the beginning of each one's SHA-256: so a code
//! belongs to one number. What the certificate says cannot be seen this way, and the verdict is never green.

use kp_certificate::CheckCode;
use kp_terms::{CertificateNumber, Date};

use super::{Case, day, number::fate_and_range, time};
use crate::{Reason, TrustData};

pub(super) fn judge(case: &mut Case, number: &str, check_code: &str, issued_on: Option<Date>) {
    let number = number.parse::<CertificateNumber>();
    let code = check_code.parse::<CheckCode>();
    let (number, code) = match (number, code) {
        (Ok(number), Ok(code)) => (number, code),
        (number, code) => {
            if let Err(fault) = number {
                case.found(Reason::NumberUnreadable { detail: fault.to_string() });
            }
            if let Err(fault) = code {
                case.found(Reason::CheckCodeUnreadable { detail: fault.to_string() });
            }
            return;
        }
    };
    case.check_code = Some(code);
    case.number = Some(number.clone());
    match case.lists {
        Some(lists) => look_up(case, lists, number, code, issued_on),
        None => case.found(Reason::NoTrustData),
    }
}

fn look_up(
    case: &mut Case,
    lists: &TrustData,
    number: CertificateNumber,
    code: CheckCode,
    issued_on: Option<Date>,
) {
    let bundle = lists.bundle();
    let on = issued_on.unwrap_or_else(|| day(if case.clock_good { case.clock.at } else { lists.newest() }));
    let Some(issuer) = bundle.participants.by_prefix(number.prefix(), on) else {
        case.found(Reason::IssuerUnknown { issuer: number.prefix() });
        return;
    };
    let status = bundle.status.get(&issuer.code);
    let listed = status.and_then(|status| status.certificate(number.serial()));
    let complete = status.and_then(|status| status.complete_until());
    let past = complete.filter(|complete| issued_on.is_some_and(|on| on < day(*complete)));
    fate_and_range(case, lists, issuer.code, &number, None);
    time::judge(case, lists, None);
    case.found(match (listed, past) {
        (Some(hash), _) if code.begins(&hash) => Reason::OnlyNumberChecked { number },
        (Some(_), _) => Reason::CheckCodeOfAnother { number },
        (None, Some(complete)) => Reason::NeverIssued { number, complete },
        (None, None) => Reason::NumberNotListed { number },
    });
}
