//! The name of a run: when it was and a number, so that names sort by time and never clash.
//!
//! Not here: the clock. The caller passes the time in.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::WriteError;
use crate::date::Date;

/// One run that wrote something, for example `20261124T021500Z-1`. Orders by time (UTC), then by number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunId {
    stamp: String,
    number: u32,
}

impl RunId {
    /// The `number`th run (from 1) of the second in which `now` lies.
    pub(super) fn new(now: SystemTime, number: u32) -> Self {
        let stamp = timestamp(now).replace(['-', ':'], "");
        Self { stamp, number }
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.stamp, self.number)
    }
}

impl FromStr for RunId {
    type Err = WriteError;

    /// Strict, so that a name from the command line can never lead out of the backup folder.
    fn from_str(text: &str) -> Result<Self, WriteError> {
        let wrong = || WriteError::NotARunId(text.to_owned());
        let (stamp, number) = text.split_once('-').ok_or_else(wrong)?;
        let shaped = stamp.len() == 16
            && stamp.bytes().enumerate().all(|(index, byte)| match index {
                8 => byte == b'T',
                15 => byte == b'Z',
                _ => byte.is_ascii_digit(),
            });
        if !shaped || number.starts_with(['0', '+']) {
            return Err(wrong());
        }
        Ok(Self { stamp: stamp.to_owned(), number: number.parse().map_err(|_| wrong())? })
    }
}

/// RFC 3339, UTC, whole seconds. A clock before 1970 counts as 1970.
pub(super) fn timestamp(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", Date::of_days(seconds / 86_400))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times_are_written_in_utc() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_795_486_500, "2026-11-24T02:15:00Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(timestamp(UNIX_EPOCH + Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn names_sort_by_time_and_number() {
        let id = |seconds, number| RunId::new(UNIX_EPOCH + Duration::from_secs(seconds), number);
        assert!(id(5, 2) < id(5, 10));
        assert!(id(5, 10) < id(6, 1));
        assert_eq!(id(1_795_486_500, 1).to_string(), "20261124T021500Z-1");
    }

    #[test]
    fn only_names_of_runs_are_read() {
        assert_eq!("20261124T021500Z-12".parse::<RunId>().unwrap().to_string(), "20261124T021500Z-12");
        for wrong in ["", "..", "20261124T021500Z", "20261124T021500Z-", "20261124T021500Z-+1", "20261124T021500Z-0"] {
            assert!(wrong.parse::<RunId>().is_err(), "{wrong}");
        }
        for wrong in ["../0261124T021500-1", "20261124T021500Z-1/..", "2026é124T02150Z-1", "20261124T021500Z-1-1"] {
            assert!(wrong.parse::<RunId>().is_err(), "{wrong}");
        }
    }
}
