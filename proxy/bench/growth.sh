#!/usr/bin/env bash
# Whether a call costs more where there is more to know: one provider, beside 500 that are called in
# turn, which use 200 profiles of their own with 50 rules each. Two sidecars, in turn on one core,
# everything else on the other. (What a ledger of millions costs is `StoreBenchmark`.)
#
# Usage: proxy/bench/growth.sh [rounds] [seconds a round] [seconds to get warm] [providers] [profiles]
# Some four minutes with what is set here.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-7} seconds=${2:-5} warmup=${3:-60} providers=${4:-500} profiles=${5:-200}

gateway
whole "" one 18085
for i in $(seq "$profiles"); do
  { printf 'name: own%d\nversion: 1\nextends: stripe\nerrors:\n  - at: $.error.code\n    rules:\n' "$i"
    for rule in $(seq 50); do
      printf '      own_%d_%d: {category: decline_soft, fault: issuer}\n' "$i" "$rule"
    done; } >"$work/own$i.yaml"
done
whole "$(
  echo "profiles: [$(for i in $(seq "$profiles"); do echo "own$i.yaml"; done | paste -sd,)]"
  echo providers:
  for i in $(seq "$providers"); do
    echo "  p$i: {url: 'http://127.0.0.1:18080', profile: own$((i % profiles + 1))}"
  done)" many 18087
sed 's|wrk.path|"/stripe" .. wrk.path|' "$work/pay.lua" >"$work/one.lua"
sed "s|wrk.path|\"/p\" .. (counter % $providers + 1) .. wrk.path|" "$work/pay.lua" >"$work/many.lua"
declare -A ports=([one]=18085 [many]=18087)

# calls NAME SECONDS: prints how many were made.
calls() {
  taskset -c 1 wrk -t1 -c16 -d"$2"s -s "$work/$1.lua" "http://127.0.0.1:${ports[$1]}/v1/payment_intents" >"$work/wrk.out"
  if grep -q 'Non-2xx' "$work/wrk.out"; then cat "$work/wrk.out" >&2; exit 1; fi
  awk '/requests in/ { print $1 }' "$work/wrk.out"
}

for what in one many; do
  calls $what "$warmup" >/dev/null
  taskset -a -c -p 0 "${pids[$what]}" >/dev/null
done
printf '%-6s %12s %14s\n' what requests/s 'CPU us/request'
for _ in $(seq "$rounds"); do
  for what in one many; do
    for port in "${ports[@]}"; do caught_up $((port + 1)); done
    before=$(ticks "${pids[$what]}")
    count=$(calls $what "$seconds")
    awk -v w=$what -v n="$count" -v s="$seconds" -v t=$(($(ticks "${pids[$what]}") - before)) -v hz="$hertz" \
      -v f="$work/$what.rows" 'BEGIN {
        cpu = t / hz * 1e6 / n; printf "%-6s %12.0f %14.1f\n", w, n / s, cpu; print n / s, cpu >>f }'
  done
done
awk -v r1="$(median "$work/one.rows" 1)" -v r2="$(median "$work/many.rows" 1)" \
  -v c1="$(median "$work/one.rows" 2)" -v c2="$(median "$work/many.rows" 2)" -v p="$providers" -v o="$profiles" \
  'BEGIN { printf "medians, %d providers with %d profiles to one: rate %.2f, CPU a call %.2f\n", p, o, r2 / r1, c2 / c1 }'
for what in one many; do echo "$what: $(rss $what) MB"; done
