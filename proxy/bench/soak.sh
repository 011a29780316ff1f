#!/usr/bin/env bash
# Whether anything grows: memory, threads, open files and connections of a sidecar with everything on,
# once a minute, under calls at a fixed rate over connections that come and go. Fails if the largest of
# the last third exceeds the largest of the second by more than a tenth; the first is for getting warm.
#
# Usage: proxy/bench/soak.sh [minutes] [connections]. Half an hour as it is set here. See lib.sh.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
minutes=${1:-30} connections=${2:-32}

gateway
whole
call=http://127.0.0.1:18085/stripe/v1/payment_intents
# some ten calls a second over each connection
{ cat "$work/pay.lua"; echo 'delay = function() return math.random(0, 200) end'; } >"$work/soak.lua"
printf '%6s %9s %8s %8s %8s %12s\n' minute calls MB threads files connections
for minute in $(seq "$minutes"); do
  taskset -c 1 wrk -t1 -c"$connections" -d60s --timeout 20s -s "$work/soak.lua" $call >"$work/soak.out" &
  client=$!
  started+=($client)
  sleep 55
  process=/proc/${pids[whole]}
  threads=$(awk '/^Threads/ { print $2 }' "$process/status")
  files=$(find "$process/fd" -mindepth 1 | wc -l)
  open=$(ss -Htn state established '( sport = :18085 or dport = :18080 )' | wc -l)
  memory=$(rss whole)
  wait $client
  calls=$(awk '/requests in/ { print $1 }' "$work/soak.out")
  printf '%6d %9d %8d %8d %8d %12d\n' "$minute" "$calls" "$memory" "$threads" "$files" "$open" |
    tee -a "$work/rows"
done
awk -v n="$minutes" '
  { third = $1 > n * 2 / 3 ? 3 : $1 > n / 3 ? 2 : 1
    for (c = 3; c <= 6; c++) if ($c > most[third, c]) most[third, c] = $c }
  END {
    split("- - MB threads files connections", name, " ")
    for (c = 3; c <= 6; c++) {
      grown = most[3, c] > 1.1 * most[2, c] + 1
      printf "%s: %d, then %d%s\n", name[c], most[2, c], most[3, c], grown ? ": it grows" : ""
      bad = bad || grown
    }
    exit bad
  }' "$work/rows"
