#!/usr/bin/env bash
# What a ledger in trouble costs payments (P4): median latency of calls through a healthy sidecar, one
# whose database is down, one whose database hangs nine tenths of the time, and one whose disk is
# full, in turn, one core, 4 connections. At last it is checked that the full disk kept none of them.
#
# Usage: proxy/bench/trouble.sh [rounds] [seconds per round] [seconds to get warm]. Needs: see lib.sh,
# a PostgreSQL (Debian: postgresql), and the right to mount a tmpfs.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5}
seconds=${2:-6}
warmup=${3:-60}
declare -A ports=([well]=19410 [down]=19411 [slow]=19412 [full]=19413)

# A database server of its own, on the other core. As another user only to itself: it runs for no root.
database() {
  local programs
  programs=$(dirname "$(readlink -f "$(command -v postgres || echo /usr/lib/postgresql/*/bin/postgres)")")
  unshare -U "$programs/initdb" -D "$work/database" -U postgres -A trust >"$work/initdb.log"
  taskset -c 1 unshare -U "$programs/postgres" -D "$work/database" -p 19420 -k '' \
    -c listen_addresses=127.0.0.1 >"$work/database.log" 2>&1 &
  started+=($!)
  server=$!
}

# Runs for a tenth of a second, stands for nine, over and over; ends when the file $work/hanging goes.
hang() {
  local all
  touch "$work/hanging"
  while [ -e "$work/hanging" ]; do
    all=("$server" $(pgrep -P "$server"))
    kill -STOP "${all[@]}" 2>/dev/null || true
    sleep 0.9
    kill -CONT "${all[@]}" 2>/dev/null || true
    sleep 0.1
  done
}

# How many intents the one with the full disk has not kept so far.
not_kept() {
  sleep 1
  awk '/^not kept: / { n = $3 } END { print n + 0 }' "$work/full.log"
}

gateway
database
mkdir -p -m 700 "$work/full"
mount -t tmpfs -o size=64m,mode=0700 tmpfs "$work/full"
mounted+=("$work/full")
sidecar well ${ports[well]} on
sidecar down ${ports[down]} on 'ledger: {url: "jdbc:postgresql://127.0.0.1:1/none", user: nobody}'
sidecar slow ${ports[slow]} on \
  'ledger: {url: "jdbc:postgresql://127.0.0.1:19420/postgres", user: postgres}'
sidecar full ${ports[full]} on
dd if=/dev/zero of="$work/full/filler" bs=64k 2>/dev/null || true
for what in "${!ports[@]}"; do
  warm $what "${ports[$what]}" "$warmup" # that of the full disk past the segments that are ready
done

printf '%-8s %12s %12s\n' what requests/s 'median us'
before=$(not_kept)
calls=0
for _ in $(seq "$rounds"); do
  for what in well down slow full; do
    if [ $what = slow ]; then hang & fi
    read -r count p50 <<<"$(load "http://127.0.0.1:${ports[$what]}/stripe/v1/payment_intents" "$seconds" 4)"
    if [ $what = slow ]; then rm "$work/hanging"; wait $!; fi
    if [ $what = full ]; then calls=$((calls + count)); fi
    awk -v w=$what -v n="$count" -v s="$seconds" -v p="$p50" 'BEGIN { printf "%-8s %12.0f %12.0f\n", w, n / s, p }'
    echo "$p50" >>"$work/$what.rows"
  done
done
after=$(not_kept)

well=$(median "$work/well.rows" 1)
for what in down slow full; do
  awk -v what=$what -v t="$(median "$work/$what.rows" 1)" -v well="$well" \
    'BEGIN { printf "median of %s: %d us, %.2f of %d us when all is well\n", what, t, t / well, well }'
done
echo "the full disk: $calls calls, $((after - before)) intents not kept"
# calls that were cut when their round ended count on one side only
[ $((after - before)) -ge "$calls" ]
