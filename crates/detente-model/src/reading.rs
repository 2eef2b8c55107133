//! Readings: what a case says where its claims contradict each other.

use crate::{ClaimId, Conflict};

/// A reading with a name: `[reading.ID]`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Id in the file.
    pub id: String,
    /// How answers call it: "as Beijing tells it".
    pub title: Option<String>,
    /// Claims in dispute that it keeps: it names the maximal set that has them all.
    pub keeps: Vec<ClaimId>,
    /// Claims in dispute that it drops: a reading of its own, besides the maximal sets.
    pub drops: Vec<ClaimId>,
}

/// One way to tell the case without contradiction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The id of its `[reading]`, else `keeps-` and the claims in dispute that it keeps.
    pub id: String,
    /// How answers call it.
    pub title: Option<String>,
    /// The claims in dispute that it keeps, ascending.
    pub keeps: Vec<ClaimId>,
    /// The claims in dispute that it strikes, ascending.
    pub strikes: Vec<ClaimId>,
}

/// At most so many accounts.
pub const MOST_ACCOUNTS: usize = 64;

/// Why a case has no list of accounts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AccountsError {
    /// More than [`MOST_ACCOUNTS`].
    TooMany,
    /// A reading keeps what no one account has, or what several have: its id, and how many.
    Fits(String, usize),
}

impl Conflict {
    /// The accounts of the case: the maximal sets of claims without contradiction (in the order of the
    /// claims that they keep), then what readings with `drops` add. None where no claims contradict.
    ///
    /// # Errors
    /// [`AccountsError`], all of them.
    ///
    /// Complexity: exponential in the claims in dispute, cut off at [`MOST_ACCOUNTS`] sets.
    pub fn accounts(&self) -> Result<Vec<Account>, Vec<AccountsError>> {
        let pairs = &self.evidence.contradictions;
        let mut disputed: Vec<ClaimId> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        disputed.sort_unstable();
        disputed.dedup();
        if disputed.is_empty() && self.readings.is_empty() {
            return Ok(vec![]);
        }
        let Some(sets) = maximal(&disputed, pairs) else { return Err(vec![AccountsError::TooMany]) };
        let mut errors = Vec::new();
        let mut named: Vec<Option<&Reading>> = vec![None; sets.len()];
        for reading in self.readings.iter().filter(|reading| reading.drops.is_empty()) {
            let fits: Vec<usize> =
                (0..sets.len()).filter(|&at| reading.keeps.iter().all(|c| sets[at].contains(c))).collect();
            match fits.as_slice() {
                [one] if named[*one].is_none() => named[*one] = Some(reading),
                _ => errors.push(AccountsError::Fits(reading.id.clone(), fits.len())),
            }
        }
        let id = |claim: &ClaimId| self.evidence.claims.get(claim.index()).map_or("", |c| c.id.as_str());
        let strikes = |keeps: &[ClaimId]| disputed.iter().copied().filter(|c| !keeps.contains(c)).collect();
        let mut accounts: Vec<Account> = sets
            .into_iter()
            .zip(named)
            .map(|(keeps, name)| Account {
                id: name.map_or_else(
                    || format!("keeps-{}", keeps.iter().map(id).collect::<Vec<_>>().join("-")),
                    |reading| reading.id.clone(),
                ),
                title: name.and_then(|reading| reading.title.clone()),
                strikes: strikes(&keeps),
                keeps,
            })
            .collect();
        for reading in self.readings.iter().filter(|reading| !reading.drops.is_empty()) {
            let keeps: Vec<ClaimId> =
                disputed.iter().copied().filter(|c| !reading.drops.contains(c)).collect();
            if pairs.iter().any(|(a, b)| keeps.contains(a) && keeps.contains(b)) {
                errors.push(AccountsError::Fits(reading.id.clone(), 0));
            }
            let mut strikes = reading.drops.clone();
            strikes.sort_unstable();
            let (id, title) = (reading.id.clone(), reading.title.clone());
            accounts.push(Account { id, title, keeps, strikes });
        }
        if accounts.len() > MOST_ACCOUNTS {
            errors.push(AccountsError::TooMany);
        }
        if errors.is_empty() { Ok(accounts) } else { Err(errors) }
    }
}

impl Conflict {
    /// This conflict in one of its accounts: without the claims that it strikes, and with no contradiction left.
    ///
    /// # Errors
    /// As [`Conflict::with_overlay`].
    pub fn in_account(&self, account: &Account) -> Result<Self, Vec<crate::OverlayError>> {
        let id = |claim: &ClaimId| self.evidence.claims.get(claim.index()).map(|c| c.id.clone());
        let strike = crate::Strike {
            claims: account.strikes.iter().filter_map(id).collect(),
            ..crate::Strike::default()
        };
        let mut told = self.without(&strike)?;
        told.evidence.contradictions.clear();
        told.readings.clear();
        told.account = Some(account.clone());
        Ok(told)
    }
}

/// The maximal sets of `disputed` without a pair of `pairs`, each ascending, in lexicographic order of
/// "kept before not kept"; `None`: more than [`MOST_ACCOUNTS`].
fn maximal(disputed: &[ClaimId], pairs: &[(ClaimId, ClaimId)]) -> Option<Vec<Vec<ClaimId>>> {
    let against = |a: ClaimId, b: ClaimId| pairs.contains(&(a, b)) || pairs.contains(&(b, a));
    let free = |kept: &[ClaimId], claim: ClaimId| !kept.iter().any(|&other| against(claim, other));
    let mut found = Vec::new();
    // Depth first: keep each claim where nothing kept speaks against it, or leave it out where a claim
    // that speaks against it is kept or can still be.
    let mut to_do: Vec<(usize, Vec<ClaimId>)> = vec![(0, vec![])];
    while let Some((at, kept)) = to_do.pop() {
        let Some(&claim) = disputed.get(at) else {
            if disputed.iter().all(|&c| kept.contains(&c) || !free(&kept, c)) {
                if found.len() == MOST_ACCOUNTS {
                    return None;
                }
                found.push(kept);
            }
            continue;
        };
        let can_be_barred =
            !free(&kept, claim) || disputed[at + 1..].iter().any(|&c| against(claim, c) && free(&kept, c));
        if can_be_barred {
            to_do.push((at + 1, kept.clone()));
        }
        if free(&kept, claim) {
            let mut with = kept;
            with.push(claim);
            to_do.push((at + 1, with));
        }
    }
    Some(found)
}
