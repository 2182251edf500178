#!/usr/bin/env bash
# The steps of action.yml: `install` and `check`. Inputs come as INPUT_… variables, never as text of the script, so that nothing in
# them is run. Works with the bash 3.2 of macOS.
set -euo pipefail

install() {
    local root="$RUNNER_TEMP/mailcfg"
    case "${INPUT_VERSION:-}" in
    installed)
        mailcfg --version
        return
        ;;
    '') cargo install --locked --root "$root" --path "$GITHUB_ACTION_PATH" ;;
    [0-9]*) cargo install --locked --root "$root" --version "=$INPUT_VERSION" mailcfg ;;
    *)
        echo "::error::version is neither empty nor 'installed' nor a number: $INPUT_VERSION"
        return 2
        ;;
    esac
    echo "$root/bin" >>"$GITHUB_PATH"
}

# The words of INPUT_ARGS, each ended by a NUL: xargs knows quotation marks and expands nothing.
words() {
    case "${INPUT_ARGS:-}" in
    *[![:space:]]*) printf '%s\n' "$INPUT_ARGS" | xargs printf '%s\0' ;;
    *) printf '.\0' ;;
    esac
}

check() {
    local words_file="$RUNNER_TEMP/mailcfg-args" summary="$RUNNER_TEMP/mailcfg-summary.md" word status=0
    local command=(mailcfg lint --format github --output "markdown:$summary")
    if [ -n "${INPUT_SARIF:-}" ]; then command+=(--output "sarif:$INPUT_SARIF"); fi
    if [ -n "${INPUT_FAIL_ON:-}" ]; then command+=(--fail-on "$INPUT_FAIL_ON"); fi
    words >"$words_file"
    while IFS= read -r -d '' word; do command+=("$word"); done <"$words_file"
    rm -f "$summary"
    "${command[@]}" || status=$?
    if [ -f "$summary" ]; then cat "$summary" >>"$GITHUB_STEP_SUMMARY"; fi
    echo "status=$status" >>"$GITHUB_OUTPUT"
    return "$status"
}

case "${1:-}" in
install | check) "$1" ;;
*)
    echo "usage: action.sh install|check" >&2
    exit 2
    ;;
esac
