//! The way from a signer's certificate to a root that somebody trusts. RFC 5280 §6.1, without what profiles do not need: policies,
//! constraints on names, revocation.
//!
//! A way that cannot be judged, because a key or a kind of signature on it is not known, is not called broken.

use super::{Certificate, Roots, Verdict};
use crate::date::Date;

/// More authorities between signer and root than any real chain has.
const LONGEST: usize = 8;

/// Each costs a computation; a file may hold any number of certificates of one name.
const MOST_CHECKS: usize = 64;

/// Whether a chain leads to a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It does.
    Rooted,
    /// It does not, and where it ends.
    Broken(Break),
    /// That cannot be told.
    Unknown,
}

/// Where a chain ends, with the names in the certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// The certificate of an issuer is neither in the file nor among the roots.
    Missing {
        /// Whose certificate.
        issuer: String,
        /// Whose certificate it issued.
        of: String,
    },
    /// It leads to one that issued itself and is none of the roots.
    OtherRoot {
        /// Its name.
        subject: String,
    },
    /// A certificate of the issuer's name is there, and its key did not sign.
    OtherKey {
        /// Whose certificate.
        issuer: String,
        /// Whose certificate it should have issued.
        of: String,
    },
    /// The issuer's certificate has expired.
    Expired {
        /// Its name.
        subject: String,
        /// Its last day.
        until: Date,
    },
    /// The issuer's certificate is not valid yet.
    NotYet {
        /// Its name.
        subject: String,
        /// Its first day.
        from: Date,
    },
    /// The issuer is no certificate authority.
    NoAuthority {
        /// Its name.
        subject: String,
        /// Whose certificate it issued.
        of: String,
    },
    /// The issuer's key is not for certificates.
    NotForCertificates {
        /// Its name.
        subject: String,
        /// Whose certificate it issued.
        of: String,
    },
    /// The signer's key is not for signatures.
    NotForSignatures {
        /// Its name.
        subject: String,
    },
    /// More authorities follow than the issuer's certificate allows.
    TooLong {
        /// Its name.
        subject: String,
        /// How many it allows.
        limit: u8,
    },
}

/// Whether `signer`'s certificate leads to one of `roots`, through those of `others` that are needed, on the day `today`.
///
/// The dates of the signer's own certificate are not looked at: they are known without any root.
pub fn trust(signer: &Certificate, others: &[Certificate], roots: &Roots, today: Date) -> Trust {
    if roots.certificates().contains(signer) {
        return Trust::Rooted;
    }
    let mut search = Search { others, roots: roots.certificates(), today, checks: MOST_CHECKS };
    match search.climb(&mut vec![signer]) {
        Trust::Rooted if !signer.constraints.may_sign() => {
            Trust::Broken(Break::NotForSignatures { subject: signer.subject() })
        }
        trust => trust,
    }
}

struct Search<'a> {
    others: &'a [Certificate],
    roots: &'a [Certificate],
    today: Date,
    /// How many signatures may still be looked at.
    checks: usize,
}

impl<'a> Search<'a> {
    /// From the last of `path`, which begins with the signer, to a root.
    fn climb(&mut self, path: &mut Vec<&'a Certificate>) -> Trust {
        let Some(last) = path.last().copied() else { return Trust::Unknown };
        let (roots, others) = (self.roots.iter().map(|root| (root, true)), self.others.iter().map(|one| (one, false)));
        let mut failure = None;
        for (issuer, is_root) in roots.chain(others) {
            if !issuer.is_named_as_issuer_of(last) || path.contains(&issuer) {
                continue;
            }
            let outcome = match self.link(issuer, is_root, path) {
                None if is_root => return Trust::Rooted,
                None => {
                    path.push(issuer);
                    let outcome = self.climb(path);
                    path.pop();
                    outcome
                }
                Some(outcome) => outcome,
            };
            if outcome == Trust::Rooted {
                return outcome;
            }
            failure = Some(failure.map_or_else(|| outcome.clone(), |earlier| graver(earlier, outcome.clone())));
        }
        failure.unwrap_or_else(|| Trust::Broken(no_issuer(last)))
    }

    /// Why `issuer` is no way on from the last of `path`; `None` if it is one.
    fn link(&mut self, issuer: &Certificate, is_root: bool, path: &[&Certificate]) -> Option<Trust> {
        if self.checks == 0 || path.len() > LONGEST {
            return Some(Trust::Unknown);
        }
        self.checks -= 1;
        let of = path.last()?;
        match issuer.issued(of) {
            Verdict::Unknown => return Some(Trust::Unknown),
            Verdict::Broken => {
                return Some(Trust::Broken(Break::OtherKey { issuer: issuer.subject(), of: of.subject() }));
            }
            Verdict::Holds => {}
        }
        self.objection(issuer, is_root, path, of).map(Trust::Broken)
    }

    fn objection(&self, issuer: &Certificate, is_root: bool, path: &[&Certificate], of: &Certificate) -> Option<Break> {
        let subject = issuer.subject();
        let constraints = issuer.constraints;
        // A root of the first version of X.509 says nothing of itself; whoever named it does.
        if !constraints.is_authority.unwrap_or(is_root) {
            return Some(Break::NoAuthority { subject, of: of.subject() });
        }
        if !constraints.may_certify() {
            return Some(Break::NotForCertificates { subject, of: of.subject() });
        }
        // The signer and authorities that only renewed their own certificate do not count. RFC 5280 §4.2.1.9.
        let between = path.iter().skip(1).filter(|one| !one.is_own_issuer()).count();
        if let Some(limit) = constraints.path_len.filter(|limit| between > usize::from(*limit)) {
            return Some(Break::TooLong { subject, limit });
        }
        match (issuer.from(), issuer.until()) {
            (_, until) if until < self.today => Some(Break::Expired { subject, until }),
            (from, _) if from > self.today => Some(Break::NotYet { subject, from }),
            _ => None,
        }
    }
}

fn no_issuer(last: &Certificate) -> Break {
    if last.is_own_issuer() {
        Break::OtherRoot { subject: last.subject() }
    } else {
        Break::Missing { issuer: last.issuer(), of: last.subject() }
    }
}

/// Of two ways that do not lead to a root, the one to speak of: that which cannot be judged silences the others, and a certificate
/// that only has the name of the issuer says least.
fn graver(earlier: Trust, later: Trust) -> Trust {
    match (&earlier, &later) {
        (Trust::Unknown, _) | (_, Trust::Unknown) => Trust::Unknown,
        (Trust::Broken(Break::OtherKey { .. }), _) => later,
        _ => earlier,
    }
}
