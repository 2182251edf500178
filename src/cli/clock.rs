//! Which day it is: the one place where the program reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use mailcfg::date::Date;

const SECONDS_A_DAY: u64 = 86_400;

/// Today, in UTC.
pub(super) fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    date_of_day(seconds / SECONDS_A_DAY)
}

/// The day that lies `days` after 1970-01-01, counting years from March so that a leap day is a year's last.
fn date_of_day(days: u64) -> Date {
    let days = days + 719_468;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let small = |number: u64| u8::try_from(number).unwrap_or(1);
    Date::new(u16::try_from(year).unwrap_or(u16::MAX), small(month), small(day))
}

/// Reads `2026-11-24`.
pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    let wrong = || "expected a day such as 2026-11-24".to_owned();
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
    fn days_are_counted_over_leap_years() {
        let cases = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_781, "2026-11-24")];
        for (days, expected) in cases {
            assert_eq!(date_of_day(days).to_string(), expected);
        }
    }

    #[test]
    fn a_day_that_is_none_is_refused() {
        assert_eq!(parse_date("2026-11-24"), Ok(Date::new(2026, 11, 24)));
        for text in ["2026-13-01", "2026-11", "today", "2026-11-00"] {
            assert!(parse_date(text).is_err(), "{text}");
        }
    }
}
