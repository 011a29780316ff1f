#!/usr/bin/env bash
# What a provider that hangs costs the others: median latency of calls to one that is well, in turn
# while no call (A) and while 5,000 calls (B) wait for one that takes calls and never answers; 100 calls a
# second, the sidecar on one core. Prints its memory and threads too, and fails beyond 10 %.
#
# Usage: proxy/bench/hanging.sh [rounds] [seconds per round] [seconds to get warm] [calls]. Needs wrk,
# nginx, taskset, curl and ss (Debian: wrk nginx-light util-linux curl iproute2), a built checkout
# (mvn -DskipTests package), 20,000 open files (ulimit -n), and JAVA_HOME to name a JDK 25.
rounds=${1:-5}
seconds=${2:-8}
warmup=${3:-60}
calls=${4:-5000}
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
ulimit -n 20000

gateway
taskset -c 1 "$java" -Xmx64m -cp proxy/target/test-classes io.tollwatch.proxy.Hang 19430 &
started+=($!)
mkdir -p -m 700 "$work/data"
cat >"$work/tollwatch.yaml" <<YAML
data: $work/data
egress: {port: 19410, max-connections: 20000}
admin: {port: 0}
providers:
  well: {profile: stripe, url: "http://127.0.0.1:18080"}
  hung: {profile: stripe, url: "http://127.0.0.1:19430", pool-size: 4096, pool-timeout: 5m,
    response-timeout: 9m, total-timeout: 9m, on-client-gone: cancel, limits: {max-running: 8192}}
YAML
# some 50 KB of heap for each call that waits, and room to collect
TOLLWATCH_JAVA_OPTS=-Xmx640m taskset -c 0 proxy/bin/tollwatch run -c "$work/tollwatch.yaml" \
  >"$work/sidecar.log" 2>&1 &
started+=($!)
sidecar=$!
well=http://127.0.0.1:19410/well/v1/payment_intents

status() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/$sidecar/status"; }
waiting() { ss -Htn state established "dport = :19430" | wc -l; }

# await COMMAND...: half a minute for it to come true.
await() {
  for _ in $(seq 150); do
    if "$@"; then return; fi
    sleep 0.2
  done
  echo "gave up waiting for: $*" >&2
  cat "$work/sidecar.log" >&2
  exit 1
}
listens() { curl -s -o /dev/null "$well"; }
all_wait() { [ "$(waiting)" -ge $((calls < 4096 ? calls : 4096)) ]; }
none_waits() { [ "$(waiting)" -eq 0 ]; }

measured() { # what
  local rate p50 p99
  read -r rate p50 p99 _ <<<"$(taskset -c 1 "$java" -XX:+UseSerialGC -Xmx128m -cp \
    'probe/target/test-classes:proxy/target/lib/*' io.tollwatch.bench.FixedRate "$well" 100 "$seconds")"
  awk -v w="$1" -v n="$rate" -v p="$p50" -v q="$p99" -v m="$(status VmRSS)" -v t="$(status Threads)" \
    -v c="$(waiting)" \
    'BEGIN { printf "%-8s %12.0f %12.0f %12.0f %8.0f %8d %8d\n", w, n, p, q, m / 1024, t, c }'
  echo "$p50" >>"$work/$1.rows"
}

await listens
taskset -a -c -p 0,1 "$sidecar" >/dev/null
load "$well" "$warmup" 16 >/dev/null
taskset -a -c -p 0 "$sidecar" >/dev/null
load "$well" 5 16 >/dev/null
printf '%-8s %12s %12s %12s %8s %8s %8s\n' \
  what requests/s 'median us' 'p99 us' 'RSS MiB' threads waiting
for _ in $(seq "$rounds"); do
  measured alone
  taskset -c 1 wrk -t1 -c"$calls" -d300s --timeout 300s -s "$work/pay.lua" \
    http://127.0.0.1:19410/hung/v1/payment_intents >/dev/null 2>&1 &
  callers=$!
  started+=("$callers")
  await all_wait
  measured beside
  kill "$callers"
  wait "$callers" 2>/dev/null || true
  await none_waits
done

awk -v a="$(median "$work/alone.rows" 1)" -v b="$(median "$work/beside.rows" 1)" -v n="$calls" \
  'BEGIN { printf "medians: %d us alone, %d us beside %d that wait: %.2f\n", a, b, n, b / a
           exit b > a * 1.1 }'
