//! Which day it is: the one place where the program reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use mailcfg::date::Date;
use mailcfg::message;

use super::terminal::told;

const SECONDS_A_DAY: u64 = 86_400;

/// Today, in UTC.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::of_days(seconds / SECONDS_A_DAY)
}

/// Reads `2026-11-24`.
pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    let wrong = || told(&message!("expected a day such as 2026-11-24"));
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return Err(wrong()) };
    let date = Date::new(
        year.parse().map_err(|_| wrong())?,
        month.parse().map_err(|_| wrong())?,
        day.parse().map_err(|_| wrong())?,
    );
    let is_day = (1..=12).contains(&date.month) && (1..=31).contains(&date.day);
    if is_day { Ok(date) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_none_is_refused() {
        assert_eq!(parse_date("2026-11-24"), Ok(Date::new(2026, 11, 24)));
        for text in ["2026-13-01", "2026-11", "today", "2026-11-00"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
