//! How long it takes to find a provider: by an address's domain, by a host, by a pattern, and in vain.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use mailcfg::provider::Providers;
use mailcfg::show::resolve;

fn lookup(criterion: &mut Criterion) {
    let providers = Providers::embedded();
    let mut group = criterion.benchmark_group("lookup");
    for (name, domain) in
        [("domain", "gmail.com"), ("domain-pattern", "abc.ocn.ne.jp"), ("domain-unknown", "example.co.jp")]
    {
        group.bench_function(name, |bencher| bencher.iter(|| providers.for_domain(black_box(domain))));
    }
    for (name, host) in
        [("host", "imap.gmail.com"), ("host-pattern", "sv1234.xserver.jp"), ("host-unknown", "imap.example.co.jp")]
    {
        group.bench_function(name, |bencher| bencher.iter(|| providers.for_host(black_box(host))));
    }
    group.bench_function("mx", |bencher| bencher.iter(|| providers.for_mx(black_box("aspmx.l.google.com"))));
    group
        .bench_function("misspelled", |bencher| bencher.iter(|| resolve(black_box("taro@gmial.com"), &[], &providers)));
    group.finish();
}

criterion_group!(benches, lookup);
criterion_main!(benches);
