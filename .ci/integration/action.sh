# The steps of action.yml as GitHub runs them: the script with the inputs in its environment. `cargo` is one that only says how it was
# called, since a real one would build mailcfg anew.
if has "$tools/check-jsonschema" "action.yml"; then
    "$tools/check-jsonschema" --builtin-schema vendor.github-actions action.yml >/dev/null
fi
for input in version args fail-on sarif; do
    variable=INPUT_$(tr 'a-z-' 'A-Z_' <<<"$input")
    grep --quiet "$variable: \${{ inputs.$input }}" action.yml || fail "action.yml does not hand on $input as $variable"
    grep --quiet "$variable" scripts/action.sh || fail "scripts/action.sh does not read $variable"
done

action() {
    : >"$scratch/output"
    : >"$scratch/path"
    rm -f "$scratch/summary"
    env RUNNER_TEMP="$scratch/runner" GITHUB_ACTION_PATH="$project" GITHUB_PATH="$scratch/path" GITHUB_OUTPUT="$scratch/output" \
        GITHUB_STEP_SUMMARY="$scratch/summary" "$@"
}
mkdir -p "$scratch/runner" "$scratch/workflow/with blank"
printf '#!/bin/sh\necho "cargo $*"\n' >"$scratch/bin/cargo"
chmod +x "$scratch/bin/cargo"
script=$project/scripts/action.sh
expect 0 "cargo install --locked --root $scratch/runner/mailcfg --path $project" action INPUT_VERSION= bash "$script" install
[ "$(cat "$scratch/path")" = "$scratch/runner/mailcfg/bin" ] || fail "the program is not put on the PATH"
expect 0 "--version =1.2.3 mailcfg" action INPUT_VERSION=1.2.3 bash "$script" install
expect 0 "mailcfg 0." action INPUT_VERSION=installed bash "$script" install
expect 2 "::error::" action INPUT_VERSION='$(id)' bash "$script" install
rm "$scratch/bin/cargo"

cp "$good" "$scratch/workflow/with blank/good.mobileconfig"
bad | sed 's/taro@/jiro@/; s/6B1F0001/6B1F0002/' >"$scratch/workflow/bad.mobileconfig"
(
    cd "$scratch/workflow"
    expect 0 "" action INPUT_ARGS='"with blank"' bash "$script" check
    expect 1 "::error " action INPUT_ARGS= INPUT_SARIF=results.sarif bash "$script" check
    grep --quiet 'status=1' "$scratch/output" || fail "the status is no output"
    grep --quiet 'ssl-off-on-tls-port' "$scratch/summary" || fail "the job summary lacks the finding"
    grep --quiet '"ssl-off-on-tls-port"' results.sarif || fail "the SARIF file lacks the finding"
    expect 0 "::error " action INPUT_ARGS=. INPUT_FAIL_ON=never bash "$script" check
    expect 2 "" action INPUT_ARGS='nowhere $(touch injected)' bash "$script" check
    [ ! -e injected ] || fail "something in an input was run"
)
