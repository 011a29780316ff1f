#!/usr/bin/env bash
# How many calls are finished when more come than can be: first as fast as 64 connections get their
# answers (the best), then 1,000 connections that each ask again at once (all), then calls at twice the
# best rate, as long as one of 1,000 connections is free (twice); to 16 providers, so that the limit of one
# bounds nothing. What is refused then must be refused with nothing sent, and the rate of finished calls
# must stay. nginx does the same in the same rounds, since more connections cost any proxy more with each
# call. The proxies on one core, everything else on the other; each measurement begins with a store that
# has caught up.
#
# Usage: proxy/bench/overload.sh [rounds] [seconds a round] [seconds to get warm]
# Some six minutes with what is set here.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5} seconds=${2:-6} warmup=${3:-90} providers=16

gateway
whole "$(echo providers: && for i in $(seq $providers); do
  echo "  p$i: {url: \"http://127.0.0.1:18080\", profile: stripe}"
done)"
nginx_proxy http://127.0.0.1:18080 >"$work/proxy.conf"
taskset -c 0 nginx -c "$work/proxy.conf" &
started+=($!)

# to each provider in turn
sed "s|wrk.path|\"/p\" .. (counter % $providers + 1) .. wrk.path|" "$work/pay.lua" >"$work/all.lua"

# at $RATE calls a second, however long the answers take, as long as a connection is free
{ cat "$work/all.lua"
  cat <<'LUA'
local ffi = require "ffi"
ffi.cdef "typedef struct { long s; long ns; } at; int clock_gettime(int clock, at *now);"
local now, interval, next = ffi.new("at"), 1000 / tonumber(os.getenv("RATE")), 0
delay = function()
  ffi.C.clock_gettime(1, now)
  local ms = tonumber(now.s) * 1000 + tonumber(now.ns) / 1000000
  next = math.max(next + interval, ms)
  return math.floor(next - ms)
end
LUA
} >"$work/twice.lua"

# calls PORT CONNECTIONS SCRIPT: prints finished and refused calls a second, and the median of all in ms.
calls() {
  caught_up 18086
  taskset -c 1 wrk -t1 -c"$2" -d"$seconds"s --timeout 20s --latency -s "$3" \
    "http://127.0.0.1:$1/v1/payment_intents" >"$work/wrk.out"
  awk -v s="$seconds" '
    / 50%/ { t = $2; f = t ~ /us$/ ? 0.001 : t ~ /ms$/ ? 1 : 1000; sub(/[a-z]+$/, "", t); p50 = t * f }
    /requests in/ { n = $1 } /Non-2xx/ { x = $NF }
    END { printf "%.0f %.0f %.0f\n", (n - x) / s, x / s, p50 }' "$work/wrk.out"
}

taskset -c 1 wrk -t1 -c64 -d"$warmup"s -s "$work/all.lua" \
  http://127.0.0.1:18085/v1/payment_intents >/dev/null
taskset -a -c -p 0 "${pids[whole]}" >/dev/null
calls 18085 64 "$work/all.lua" >/dev/null
for round in $(seq "$rounds"); do
  for proxy in nginx Tollwatch; do
    port=18085
    [ $proxy = Tollwatch ] || port=18081
    read -r best _ fine <<<"$(calls $port 64 "$work/all.lua")"
    read -r all more late <<<"$(calls $port 1000 "$work/all.lua")"
    read -r twice refused median <<<"$(RATE=$((2 * best)) calls $port 1000 "$work/twice.lua")"
    echo "$best $all $twice" | awk '{ print $2 / $1, $3 / $1 }' >>"$work/$proxy.ratios"
    printf '%-9s best %5d/s (p50 %d ms); 1,000 at once: %5d/s (p50 %d ms), %d/s refused; twice: %5d/s (p50 %d ms), %d/s refused\n' \
      $proxy "$best" "$fine" "$all" "$late" "$more" "$twice" "$median" "$refused"
  done
done
for proxy in nginx Tollwatch; do
  echo "$proxy, medians, of the best: $(median "$work/$proxy.ratios" 1 | awk '{ print $1 }') with 1,000 at once, $(median "$work/$proxy.ratios" 2 | awk '{ print $1 }') at twice the rate"
done
awk '/VmHWM/ { printf "most memory: %d MB\n", $2 / 1024 }' "/proc/${pids[whole]}/status"
