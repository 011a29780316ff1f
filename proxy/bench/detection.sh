#!/usr/bin/env bash
# How long an outage of the first provider of a channel goes on until 99 of 100 new payments are at the
# second one: 100 payments a second through a sidecar with its usual settings, in real time, on real
# sockets; the sidecar on one core, fake gateways and client on the other. Prints seconds for each kind of outage
# (refused: its port is closed; reset: connections break; failing: all 503; silent: no answer at all;
# brown-out: 30 % are 503), and how often a breaker opened at a healthy provider with 20 % declines.
#
# Usage: proxy/bench/detection.sh [rounds] [seconds of declines]. Needs a built checkout
# (mvn -DskipTests package), and JAVA_HOME to name a JDK 25. Before each outage it pays until all calls
# of a second were answered by the first provider within 200 ms, for 120 s at most; what did not get
# so far is said.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."
rounds=${1:-5}
declines=${2:-60}
java=${JAVA_HOME:?set it to a JDK 25}/bin/java
classpath=${BENCH_CLASSPATH:-proxy/target/test-classes:proxy/target/classes:proxy/target/lib/*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

measure() {
  taskset -c 1 "$java" -XX:+UseSerialGC -Xmx512m --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Djava.io.tmpdir="$work" -cp "$classpath" \
    io.tollwatch.proxy.scenario.DetectionBench "$@" 2>"$work/stderr"
  grep "^not warm" "$work/stderr" >&2 || true
}

for kind in refused reset failing silent brown-out; do
  printf '%-10s' "$kind"
  for _ in $(seq "$rounds"); do printf ' %6s' "$(measure "$kind")"; done
  printf '  s\n'
done
printf 'declines   %s\n' "$(measure declines "$declines")"
