#!/usr/bin/env bash
# What a word of advice takes: GET /channels/card on a sidecar of two providers, asked by one
# connection and by 16, in turn. Prints requests a second and the median and 99th percentile of the
# time from loopback in microseconds for each round, then the medians with their spread.
#
# Usage: proxy/bench/advice.sh [rounds] [seconds per round]. Needs: see lib.sh.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5}
seconds=${2:-5}

mkdir -m 700 "$work/data"
cat >"$work/advice.yaml" <<YAML
data: $work/data
egress: {port: 19400}
admin: {port: 0}
providers:
  one: {profile: stripe, url: "http://127.0.0.1:1", headers: {Authorization: {env: KEY}}}
  two: {profile: stripe, url: "http://127.0.0.1:1", headers: {Authorization: {env: KEY}}}
channels: {card: {providers: [one, two], strategy: adaptive}}
YAML
KEY=sk_test_bench proxy/bin/tollwatch run --config "$work/advice.yaml" >"$work/log" 2>&1 &
sidecar=$!
started+=("$sidecar")
url=http://127.0.0.1:19400/channels/card

ask() { # CONNECTIONS SECONDS: prints requests a second, median and 99th percentile in us
  taskset -c 1 wrk -t1 -c"$1" -d"$2"s --latency "$url" >"$work/wrk.out"
  if grep -q 'Non-2xx' "$work/wrk.out"; then cat "$work/wrk.out" >&2; exit 1; fi
  awk 'function us(t) { f = t ~ /us$/ ? 1 : t ~ /ms$/ ? 1000 : 1000000; sub(/[a-z]+$/, "", t); return t * f }
       / 50%/ { p50 = us($2) } / 99%/ { p99 = us($2) } /Requests.sec/ { n = $2 }
       END { printf "%.0f %.0f %.0f\n", n, p50, p99 }' "$work/wrk.out"
}

for _ in $(seq 150); do
  if curl -s -f -o /dev/null "$url"; then break; fi
  sleep 0.2
done
for what in '"operation":"pay"' '"operation":"query"'; do # a breaker each, as in real life
  for provider in one two; do
    curl -s -f -o /dev/null "$url/outcomes" -d "{\"provider\":\"$provider\",\"took_ms\":300,$what,\"category\":\"succeeded\"}"
  done
done
ask 16 20 >/dev/null
taskset -a -c -p 0 "$sidecar" >/dev/null
ask 16 5 >/dev/null
printf '%-12s %12s %12s %12s\n' connections requests/s 'median us' '99% us'
for _ in $(seq "$rounds"); do
  for connections in 1 16; do
    read -r n p50 p99 <<<"$(ask "$connections" "$seconds")"
    printf '%-12s %12s %12s %12s\n' "$connections" "$n" "$p50" "$p99"
    echo "$n $p50 $p99" >>"$work/$connections.rows"
  done
done
for connections in 1 16; do
  sort -n -k2 "$work/$connections.rows" >"$work/sorted"
  echo "median of $connections: $(median "$work/sorted" 2) us" \
    "($(head -1 "$work/sorted" | cut -d' ' -f2) to $(tail -1 "$work/sorted" | cut -d' ' -f2))"
done
