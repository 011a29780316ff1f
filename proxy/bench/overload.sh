#!/usr/bin/env bash
# How many calls are finished when more come than can be: first as fast as 64 connections get their
# answers (the best), then 1,000 connections that each ask again at once (all), then calls at twice the
# best rate, however long the answers take, 1,000 under way at most (twice); to 16 providers, so that the
# limit of one bounds nothing. What is refused then must be refused with nothing sent, and the rate of
# finished calls must stay. The sidecar on one core, everything else on the other; rounds in turn.
#
# Usage: proxy/bench/overload.sh [rounds] [seconds a round] [seconds to get warm]
# Some four minutes with what is set here.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5} seconds=${2:-6} warmup=${3:-90} providers=16

gateway
whole "$(echo providers: && for i in $(seq $providers); do
  echo "  p$i: {url: \"http://127.0.0.1:18080\", profile: stripe}"
done)"

# to each provider in turn
sed "s|wrk.path|\"/p\" .. (counter % $providers + 1) .. wrk.path|" "$work/pay.lua" >"$work/all.lua"

urls=$(for i in $(seq $providers); do echo "http://127.0.0.1:18085/p$i/v1/payment_intents"; done | paste -sd,)

# calls CONNECTIONS SCRIPT: prints finished and refused calls a second, and the median of all in ms.
calls() {
  taskset -c 1 wrk -t1 -c"$1" -d"$seconds"s --timeout 20s --latency -s "$2" \
    http://127.0.0.1:18085/v1/payment_intents >"$work/wrk.out"
  awk -v s="$seconds" '
    / 50%/ { t = $2; f = t ~ /us$/ ? 0.001 : t ~ /ms$/ ? 1 : 1000; sub(/[a-z]+$/, "", t); p50 = t * f }
    /requests in/ { n = $1 } /Non-2xx/ { x = $NF }
    END { printf "%.0f %.0f %.0f\n", (n - x) / s, x / s, p50 }' "$work/wrk.out"
}

taskset -c 1 wrk -t1 -c64 -d"$warmup"s -s "$work/all.lua" \
  http://127.0.0.1:18085/v1/payment_intents >/dev/null
taskset -a -c -p 0 "${pids[whole]}" >/dev/null
calls 64 "$work/all.lua" >/dev/null
for round in $(seq "$rounds"); do
  read -r best _ fine <<<"$(calls 64 "$work/all.lua")"
  read -r all more late <<<"$(calls 1000 "$work/all.lua")"
  read -r twice median _ _ refused <<<"$(taskset -c 1 "$java" -XX:+UseSerialGC -Xmx512m -cp \
    'probe/target/test-classes:proxy/target/lib/*' io.tollwatch.bench.FixedRate \
    "$urls" $((2 * best)) "$seconds" 1000)"
  echo "$best $all $twice" >>"$work/rounds"
  printf 'best %5d/s (p50 %d ms); 1,000 at once: %5d/s (p50 %d ms), %d/s refused; twice: %5d/s (p50 %d ms), %d/s refused\n' \
    "$best" "$fine" "$all" "$late" "$more" "$twice" $((median / 1000)) "$refused"
done
awk '{ print $2 / $1, $3 / $1 }' "$work/rounds" >"$work/ratios"
echo "medians, of the best: $(median "$work/ratios" 1 | awk '{ print $1 }') with 1,000 at once, $(median "$work/ratios" 2 | awk '{ print $1 }') at twice the rate"
awk '/VmHWM/ { printf "most memory: %d MB\n", $2 / 1024 }' "/proc/${pids[whole]}/status"
