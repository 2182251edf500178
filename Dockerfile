# mailcfg alone on a small system, for pipelines that run in containers. It runs as nobody in particular and needs no network:
#   docker run --rm --network none -v "$PWD:/work:ro" mailcfg lint .
FROM rust:1.88-slim-bookworm AS build
WORKDIR /source
COPY . .
RUN cargo install --locked --root /install --path .

FROM debian:bookworm-slim
# Only for `--changed-since`, which asks git. The mounted folder belongs to somebody else, which git would refuse.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git=1:2.39.* \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory '*' \
    && useradd --uid 10001 --create-home mailcfg
COPY --from=build /install/bin/mailcfg /usr/local/bin/mailcfg
USER 10001
WORKDIR /work
ENTRYPOINT ["mailcfg"]
CMD ["--help"]
