#!/usr/bin/env bash
# What a provider that hangs costs the others: median latency of calls to one that is well, in turn
# while no call (A) and while 5,000 calls (B) wait for one that takes calls and never answers; one
# core, 4 connections. Prints memory and platform threads too, and fails beyond 10 %.
#
# Usage: proxy/bench/hanging.sh [rounds] [seconds per round] [seconds to get warm] [calls]. Needs: see
# lib.sh, and `ulimit -n 20000`.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5}
seconds=${2:-6}
warmup=${3:-60}
calls=${4:-5000}
ulimit -n 20000

gateway
taskset -c 1 "$java" -Xmx64m proxy/bench/Hang.java 19430 &
started+=($!)
sidecar one 19410 on "  hung: {profile: stripe, url: \"http://127.0.0.1:19430\", pool-size: 4096,
    pool-timeout: 5m, response-timeout: 5m, total-timeout: 5m, on-client-gone: cancel,
    limits: {max-running: $calls}}"
warm one 19410 "$warmup"
well=http://127.0.0.1:19410/stripe/v1/payment_intents

proc() { awk -v key="$1:" '$1 == key { print $2 }' "/proc/${pids[one]}/status"; }
connected() { ss -Htn state established "sport = :19430" | wc -l; }

measured() { # what
  read -r count p50 <<<"$(load "$well" "$seconds" 4)"
  awk -v w="$1" -v n="$count" -v s="$seconds" -v p="$p50" -v m="$(proc VmRSS)" -v t="$(proc Threads)" \
    -v c="$(connected)" 'BEGIN { printf "%-8s %12.0f %12.0f %8.0f %8d %8d\n", w, n / s, p, m / 1024, t, c }'
  echo "$p50" >>"$work/$1.rows"
}

printf '%-8s %12s %12s %8s %8s %8s\n' what requests/s 'median us' 'RSS MiB' threads waiting
for _ in $(seq "$rounds"); do
  measured alone
  taskset -c 1 wrk -t1 -c"$calls" -d600s --timeout 600s -s "$work/pay.lua" \
    http://127.0.0.1:19410/hung/v1/payment_intents >/dev/null 2>&1 &
  waiting=$!
  for _ in $(seq 150); do
    if [ "$(connected)" -ge $((calls < 4096 ? calls : 4096)) ]; then break; fi
    sleep 0.2
  done
  measured beside
  kill $waiting
  wait $waiting 2>/dev/null || true
  sleep 2
done

awk -v a="$(median "$work/alone.rows" 1)" -v b="$(median "$work/beside.rows" 1)" -v n="$calls" \
  'BEGIN { printf "medians: %d us alone, %d us beside %d that wait: %.2f\n", a, b, n, b / a
           exit b > a * 1.1 }'
