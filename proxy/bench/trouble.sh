#!/usr/bin/env bash
# What a ledger in trouble costs payments (P4): median latency of calls through a healthy sidecar, one
# whose database is down and one whose disk is full, in turn, one core, 4 connections.
#
# Usage: proxy/bench/trouble.sh [rounds] [seconds per round]. Needs: see lib.sh, and the right to
# mount a tmpfs.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5}
seconds=${2:-6}

gateway
mkdir -p -m 700 "$work/full"
mount -t tmpfs -o size=64m,mode=0700 tmpfs "$work/full"
mounted+=("$work/full")
sidecar well 19410 on
sidecar down 19411 on 'ledger: {url: "jdbc:postgresql://127.0.0.1:1/none", user: nobody}'
sidecar full 19412 on
dd if=/dev/zero of="$work/full/filler" bs=64k 2>/dev/null || true
warm well 19410 25
warm down 19411 25
warm full 19412 25 # and past the segments that are ready

printf '%-8s %12s %12s\n' what requests/s 'median us'
for _ in $(seq "$rounds"); do
  port=19410
  for what in well down full; do
    read -r count p50 <<<"$(load "http://127.0.0.1:$port/stripe/v1/payment_intents" "$seconds" 4)"
    awk -v w=$what -v n="$count" -v s="$seconds" -v p="$p50" 'BEGIN { printf "%-8s %12.0f %12.0f\n", w, n / s, p }'
    echo "$p50" >>"$work/$what.rows"
    port=$((port + 1))
  done
done
awk -v well="$(median "$work/well.rows" 1)" -v down="$(median "$work/down.rows" 1)" -v full="$(median "$work/full.rows" 1)" \
  'BEGIN { printf "medians: well %d us, database down %d us (%.2f), disk full %d us (%.2f)\n",
           well, down, down / well, full, full / well }'
