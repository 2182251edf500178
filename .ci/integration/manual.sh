# A reader of manual pages takes every page, and finds what was added last.
if has mandoc "manual pages"; then
    mailcfg man --output "$scratch/man1"
    for page in "$scratch"/man1/*.1; do
        mandoc -T utf8 -W error "$page" >"$scratch/page" || fail "mandoc does not take $(basename "$page")"
    done
    mandoc -T ascii "$scratch/man1/mailcfg-lint.1" | col -b | grep --quiet -- --changed-since || fail "the page of lint is not whole"
fi
