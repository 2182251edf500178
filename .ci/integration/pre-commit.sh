# pre-commit reads the manifest, and runs both hooks in a repository made on the fly. `language: rust` would build mailcfg anew, so
# the hooks are copied from the manifest with `language: system`, which runs the program that is built already.
if has "$tools/pre-commit" "pre-commit hooks"; then
    "$tools/pre-commit" validate-manifest .pre-commit-hooks.yaml
    repository=$scratch/pre-commit-repository
    mkdir -p "$repository/src"
    {
        printf 'repos:\n- repo: local\n  hooks:\n'
        sed -e '/^#/d' -e 's/^/  /' -e 's/language: rust/language: system/' .pre-commit-hooks.yaml
    } >"$repository/.pre-commit-config.yaml"
    cp "$good" "$repository/taro.mobileconfig"
    echo 'export const user = {};' >"$repository/src/user.js"
    bad >"$scratch/bad.mobileconfig"
    (
        cd "$repository"
        git init --quiet
        git add --all
        "$tools/pre-commit" install >/dev/null
        expect 0 "Passed" git commit --message "good"
        expect 0 "Skipped" "$tools/pre-commit" run mailcfg-lint --files src/user.js

        sed 's/taro@/jiro@/; s/6B1F0001/6B1F0002/' "$scratch/bad.mobileconfig" >jiro.mobileconfig
        git add --all
        expect 1 "error[ssl-off-on-tls-port]" git commit --message "bad"
        # The fixing hook changed the file, which is what makes a hook fail; once the change is added the commit goes through.
        grep --quiet '<false/>' <(git diff) || fail "mailcfg-fix did not mend the file" "$(git diff)"
        git add --all
        expect 0 "Passed" git commit --message "mended"
        [ "$(git log --oneline | wc -l)" = 2 ] || fail "there are not two commits"

        # Two files of one commit are seen by one process.
        sed 's/社内メール/もう一つ/' taro.mobileconfig >twin.mobileconfig
        git add --all
        expect 0 "duplicate-account" "$tools/pre-commit" run --verbose mailcfg-lint --all-files
    )
fi
