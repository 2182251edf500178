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
