#!/usr/bin/env bash
# What other work costs payments: the latency of calls at a fixed rate, in turn while nothing else goes
# on (alone), while reports are asked for one after another, of failures, and of latency, which read every
# call's times, while the metrics are read every second (scrape), while a hundred checks run as often as
# checks may (storm), and while the store catches up with some seconds of full load (behind), in a ledger
# of some hundred thousand calls. At first: how long the store needs to catch up. A provider that hangs
# is `hanging.sh`. The sidecar on one core.
#
# Usage: proxy/bench/guards.sh [rounds] [seconds a round] [seconds of full load] [calls a second]
source "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"
rounds=${1:-5} seconds=${2:-10} warmup=${3:-60} rate=${4:-200}

# take_checks FILES: the sidecar takes its configuration anew, with checks from these files.
take_checks() {
  sed -i "/^checks:/d" "$work/whole.yaml"
  echo "checks: {at-once: 16, files: [$1]}" >>"$work/whole.yaml"
  curl -s -f -o /dev/null -X POST -H "Authorization: Bearer $token" "$admin/api/reload"
}
mkdir "$work/checks"
{ echo checks:
  for i in $(seq 100); do
    echo "  storm-$i: {provider: stripe, schedule: {every: 5s}," \
      "steps: [{name: look, method: GET, path: /v1/payment_intents/pi_1, expect: {status: 200}}]}"
  done
} >"$work/checks/storm.yaml"

gateway
whole "providers: {stripe: {url: 'http://127.0.0.1:18080'}}
checks: {at-once: 16, files: []}"
call=http://127.0.0.1:18085/stripe/v1/payment_intents
admin=http://127.0.0.1:18086
token=$(jq -r .token "$work/whole/admin.json")

load $call "$warmup" 16 >/dev/null
taskset -a -c -p 0 "${pids[whole]}" >/dev/null
read -r made _ <<<"$(load $call 20 16)"
behind=$(lag 18086)
begun=$(date +%s%N)
caught_up 18086
awk -v n="$made" -v b="$behind" -v t=$(($(date +%s%N) - begun)) 'BEGIN {
  printf "after 20 s of full load (%d calls/s) the store was %.1f MB behind, and %.1f s later with it\n",
    n / 20, b / 1e6, t / 1e9 }'

report() { curl -s -f -o /dev/null -H "Authorization: Bearer $token" "$admin/api/reports/$1?since=24h"; }
other() {
  case $1 in
    failures | latency) while report "$1"; do echo made >>"$work/$1.made"; done ;;
    scrape) while curl -s -o /dev/null $admin/metrics; do sleep 1; done ;;
  esac
}
report failures && report latency

runs() { curl -s $admin/metrics | awk '/^tollwatch_check_runs_total/ { n += $2 } END { print n + 0 }'; }
for round in $(seq "$rounds"); do
  for what in alone failures latency scrape storm behind; do
    beside=
    caught_up 18086
    case $what in
      alone) ;;
      storm) take_checks checks ;;
      behind) ;;
      *) other $what & beside=$!; started+=($beside) ;;
    esac
    before=$(runs)
    taskset -c 1 "$java" -XX:+UseSerialGC -Xmx128m -cp 'probe/target/test-classes:proxy/target/lib/*' \
      io.tollwatch.bench.FixedRate "$call" "$rate" "$seconds" >"$work/client.out" &
    client=$!
    started+=($client)
    # as long as the client warms up, so that the store is behind when it begins to count
    if [ $what = behind ]; then load $call 15 16 >/dev/null; lag 18086 >>"$work/behind.from"; fi
    wait "$client"
    read -r _ p50 p99 _ <"$work/client.out"
    [ -z "$beside" ] || kill "$beside" 2>/dev/null || true
    case $what in
      storm) echo $(($(runs) - before)) >>"$work/storm.made"; take_checks "" ;;
      behind) lag 18086 >>"$work/behind.to" ;;
    esac
    echo "$p50 $p99" >>"$work/$what.rows"
    printf '%-8s p50 %6d us, p99 %6d us\n' $what "$p50" "$p99"
  done
done
for what in failures latency; do
  echo "$what: $(wc -l <"$work/$what.made") reports in $((rounds * (seconds + 15))) s"
done
echo "storm: $(awk '{ n += $1 } END { print n }' "$work/storm.made") runs in $((rounds * (seconds + 15))) s"
echo "behind: by $(tr '\n' ' ' <"$work/behind.from")bytes at first, $(tr '\n' ' ' <"$work/behind.to")at last"
for what in failures latency scrape storm behind; do
  awk -v w=$what -v a="$(median "$work/alone.rows" 1)" -v b="$(median "$work/$what.rows" 1)" \
    'BEGIN { printf "%s: median of the medians %.2f of that alone\n", w, b / a }'
done
