#!/usr/bin/env bash
# What recording costs: the sidecar on one core under 16 connections, recording on and off in turn
# (A B A B ...), beside nginx as a proxy with an access log, in one run. Prints requests a second and
# microseconds of CPU a request for each round, the store's feeding included, then medians.
#
# Usage: proxy/bench/recording.sh [rounds] [seconds per round]. Needs: see lib.sh.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5}
seconds=${2:-8}

gateway
nginx_proxy http://127.0.0.1:18080 >"$work/proxy.conf"
taskset -c 0 nginx -c "$work/proxy.conf" &
started+=($!)
sidecar on 19400 on
sidecar off 19401 off
path=v1/payment_intents
declare -A urls=([on]=http://127.0.0.1:19400/stripe/$path [off]=http://127.0.0.1:19401/stripe/$path
  [nginx]=http://127.0.0.1:18081/$path)
warm on 19400 110
warm off 19401 60

printf '%-8s %12s %14s %12s\n' what requests/s 'CPU us/request' 'median us'
for _ in $(seq "$rounds"); do
  for what in on off nginx; do
    before=0 after=0
    [ $what = nginx ] || before=$(ticks "${pids[$what]}")
    read -r count p50 <<<"$(load "${urls[$what]}" "$seconds" 16)"
    [ $what = nginx ] || { sleep 2; after=$(ticks "${pids[$what]}"); } # with what comes behind
    awk -v w=$what -v n="$count" -v s="$seconds" -v t=$((after - before)) -v hz="$hertz" \
      -v p="$p50" -v f="$work/$what.rows" \
      'BEGIN { cpu = t / hz * 1e6 / n; printf "%-8s %12.0f %14.1f %12.0f\n", w, n / s, cpu, p
               print n / s, cpu >>f }'
  done
done
awk -v on="$(median "$work/on.rows" 1)" -v off="$(median "$work/off.rows" 1)" \
  -v c1="$(median "$work/on.rows" 2)" -v c0="$(median "$work/off.rows" 2)" \
  -v ng="$(median "$work/nginx.rows" 1)" \
  'BEGIN { printf "medians: on %.0f/s, off %.0f/s (ratio %.2f); CPU %.1f us, %.1f us; nginx %.0f/s\n",
           on, off, on / off, c1, c0, ng }'
