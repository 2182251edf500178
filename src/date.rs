//! A day of the Gregorian calendar: facts are dated, profiles expire. No clock is read here; the command line says which day it is.

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Gregorian year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// A day by its parts.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// Days from `self` to `later`; negative when `later` is earlier.
    pub fn days_until(self, later: Self) -> i64 {
        later.day_number() - self.day_number()
    }

    /// Days since 0000-03-01, by which the leap day is the last of its year.
    fn day_number(self) -> i64 {
        let (year, month) = (i64::from(self.year), i64::from(self.month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        365 * year + leap_days + (153 * month + 2) / 5 + i64::from(self.day)
    }

    /// The day that lies `days` after 1970-01-01.
    ///
    /// As in Howard Hinnant's `civil_from_days`: years begin in March, so that the leap day comes last.
    pub fn of_days(days: u64) -> Self {
        let days = days + 719_468;
        let (era, day_of_era) = (days / 146_097, days % 146_097);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        let year = year_of_era + era * 400 + u64::from(month <= 2);
        let small = |number: u64| u8::try_from(number).unwrap_or(1);
        Self::new(u16::try_from(year).unwrap_or(u16::MAX), small(month), small(day))
    }

    /// Whole months from `self` to `later`; zero when `later` is earlier.
    pub fn months_until(self, later: Self) -> u32 {
        let months = |date: Self| u32::from(date.year) * 12 + u32::from(date.month);
        let gap = months(later).saturating_sub(months(self));
        if gap > 0 && later.day < self.day { gap - 1 } else { gap }
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl std::fmt::Debug for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_days_and_years() {
        let cases = [
            (Date::new(2024, 2, 28), Date::new(2024, 3, 1), 2),
            (Date::new(2026, 2, 28), Date::new(2026, 3, 1), 1),
            (Date::new(2026, 12, 31), Date::new(2027, 1, 1), 1),
            (Date::new(2027, 1, 1), Date::new(2026, 12, 1), -31),
            (Date::new(2000, 1, 1), Date::new(2026, 11, 24), 9824),
        ];
        for (earlier, later, days) in cases {
            assert_eq!(earlier.days_until(later), days, "{earlier} to {later}");
        }
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let cases = [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_781, "2026-11-24")];
        for (days, expected) in cases {
            assert_eq!(Date::of_days(days).to_string(), expected);
        }
    }

    #[test]
    fn whole_months_are_counted() {
        let cases = [
            (Date::new(2025, 5, 24), Date::new(2026, 11, 24), 18),
            (Date::new(2025, 5, 25), Date::new(2026, 11, 24), 17),
            (Date::new(2026, 11, 24), Date::new(2025, 1, 1), 0),
        ];
        for (earlier, later, months) in cases {
            assert_eq!(earlier.months_until(later), months, "{earlier} to {later}");
        }
    }
}
