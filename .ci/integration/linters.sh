# Files that nothing here runs or builds: at least a linter reads them. No image is built: that needs a registry of base images.
if has "$tools/hadolint" "Dockerfile"; then
    "$tools/hadolint" Dockerfile
    echo "Dockerfile: linted, NOT BUILT"
fi
if has shellcheck "shell scripts"; then
    shellcheck .ci/run .ci/prepare .ci/integrations scripts/action.sh
    # They run inside .ci/integrations: its variables, its `set -e`.
    shellcheck --shell=bash --exclude=SC2154,SC2164,SC2016 .ci/integration/*.sh
fi
