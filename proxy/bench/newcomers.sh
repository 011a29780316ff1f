#!/usr/bin/env bash
# How long a call waits that comes with a new connection while others keep the sidecar busy, in turn with
# one carrier of virtual threads and with what Tollwatch does by itself on one processor, two. Two
# sidecars on one core, each loaded alone, everything else on the other core.
#
# Usage: proxy/bench/newcomers.sh [rounds] [connections] [new connections a round] [seconds to get warm]
# Some three minutes with what is set here.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-3} connections=${2:-64} newcomers=${3:-20} warmup=${4:-30}

gateway
options="-XX:ActiveProcessorCount=1 -Djdk.virtualThreadScheduler.parallelism=1" whole "" one 18085
whole "" two 18087
declare -A ports=([one]=18085 [two]=18087)
call() { echo "http://127.0.0.1:${ports[$1]}/stripe/v1/payment_intents"; }

for what in one two; do
  load "$(call $what)" "$warmup" 16 >/dev/null
  taskset -a -c -p 0 "${pids[$what]}" >/dev/null
done
for _ in $(seq "$rounds"); do
  for what in one two; do
    taskset -c 1 wrk -t1 -c"$connections" -d90s -s "$work/pay.lua" "$(call $what)" >"$work/wrk.out" &
    busy=$!
    started+=($busy)
    sleep 3
    for _ in $(seq "$newcomers"); do
      # a limit, so that a round ends
      curl -s -m 10 -o /dev/null -w '%{time_total}\n' "$(call $what)" || true
    done | tee -a "$work/$what.waits" | sort -n |
      awk -v w=$what '{ t[NR] = $1 * 1000 } END {
        printf "%s: new connections answered after %d ms at the median, %d at the latest\n", w, t[int((NR + 1) / 2)], t[NR] }'
    kill -INT $busy
    wait $busy 2>/dev/null || true
    sleep 2 # with what comes behind
  done
done
for what in one two; do
  sort -n "$work/$what.waits" | awk -v w=$what '{ t[NR] = $1 * 1000; late += $1 >= 1 } END {
    printf "%s: of %d new connections the median waited %d ms, the longest %d, %d over a second\n", w, NR, t[int((NR + 1) / 2)], t[NR], late }'
done
