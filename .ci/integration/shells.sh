# Each shell loads its completions and offers what begins with what was typed. A PowerShell is not to be had from Debian's packages or
# PyPI, so its script is only looked at by `cargo test`.
mailcfg completions bash >"$scratch/mailcfg.bash"
offered=$(bash --norc -c '
    source "$1"
    COMP_WORDS=(mailcfg lint --changed) COMP_CWORD=2 COMPREPLY=()
    _mailcfg mailcfg --changed lint
    echo "${COMPREPLY[*]}"' bash "$scratch/mailcfg.bash")
[ "$offered" = --changed-since ] || fail "bash offers something else" "$offered"

if has fish "completions for fish"; then
    mailcfg completions fish >"$scratch/mailcfg.fish"
    offered=$(fish --no-config -c "source $scratch/mailcfg.fish; complete --do-complete 'mailcfg lint --changed'")
    case $offered in --changed-since*) ;; *) fail "fish offers something else" "$offered" ;; esac
fi

if has zsh "completions for zsh"; then
    mkdir -p "$scratch/zsh"
    mailcfg completions zsh >"$scratch/zsh/_mailcfg"
    zsh --no-rcs -c "fpath=($scratch/zsh \$fpath); autoload -Uz compinit; compinit -D -u; whence -v _mailcfg; autoload +X _mailcfg" |
        grep --quiet _mailcfg || fail "zsh does not take the completions"
    grep --quiet -- '--changed-since=' "$scratch/zsh/_mailcfg" || fail "zsh does not know --changed-since"
fi
