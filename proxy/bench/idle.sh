#!/usr/bin/env bash
# What connections cost that do nothing: resident memory with none, and while 10,000 clients are
# connected, each of which sends one request within a minute. Fails beyond 400 MB.
#
# Usage: proxy/bench/idle.sh [connections]. Needs 20,000 open files (ulimit -n); see lib.sh.
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
connections=${1:-10000}
ulimit -n 20000

gateway
whole
call=http://127.0.0.1:18085/stripe/v1/payment_intents
load $call 20 16 >/dev/null
echo "none: $(rss whole) MB"
{ cat "$work/pay.lua"; echo 'delay = function() return math.random(0, 60000) end'; } >"$work/idle.lua"
taskset -c 1 wrk -t1 -c"$connections" -d70s --timeout 60s -s "$work/idle.lua" $call >"$work/idle.out" &
client=$!
started+=($client)
most=0
while sleep 5 && kill -0 $client 2>/dev/null; do
  open=$(ss -Htn state established '( sport = :18085 )' | wc -l)
  kill -0 "${pids[whole]}" 2>/dev/null || { echo "the sidecar ended:" >&2; tail -n 1 "$work/whole.log" >&2; exit 1; }
  memory=$(rss whole)
  [ "$open" -lt "$connections" ] || [ "$memory" -le "$most" ] || most=$memory
  echo "$open connections: $memory MB"
done
grep -E 'requests in|Socket errors|Non-2xx' "$work/idle.out"
[ "$most" -gt 0 ] || { echo "there were never $connections connections" >&2; exit 1; }
echo "most with all of them: $most MB"
[ "$most" -le 400 ]
