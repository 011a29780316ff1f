#!/usr/bin/env bash
# What recording costs: wrk -> sidecar -> nginx on one core, 16 connections, recording on and off in
# turn (A B A B ...), beside nginx as the proxy with an access log, in one run. Prints requests a
# second and microseconds of CPU a request for each round, then medians and their ratio.
#
# Needs wrk, nginx, taskset (Debian: wrk nginx-light util-linux) and a built checkout
# (mvn -DskipTests package). Usage: proxy/bench/recording.sh [rounds] [seconds per round]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

rounds=${1:-5}
seconds=${2:-8}
core=0
work=$(mktemp -d)
started=()
cleanup() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  rm -rf "$work"
}
trap cleanup EXIT

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=$(find proxy/target/test-classes proxy/target/classes -maxdepth 0 -printf '%p:')

answer='{"id":"pi_1","object":"payment_intent","amount":1000,"currency":"eur","status":"succeeded"'
answer+=',"description":"'$(printf 'x%.0s' $(seq 1000))'"}'
cat >"$work/nginx.conf" <<NGINX
worker_processes 1; daemon off; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/body;
  proxy_temp_path $work/proxy; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  log_format full '\$time_iso8601 \$request \$request_body \$status \$upstream_response_time';
  upstream gateway { server 127.0.0.1:18080; keepalive 64; }
  server { listen 127.0.0.1:18080; default_type application/json;
    location / { return 200 '$answer'; } }
  server { listen 127.0.0.1:18081; access_log $work/access.log full;
    location / { proxy_pass http://gateway; proxy_http_version 1.1; proxy_set_header Connection ""; } }
}
NGINX
taskset -c 1 nginx -c "$work/nginx.conf" &
started+=($!)

sidecar() { # name, port
  mkdir -p -m 700 "$work/$1"
  cat >"$work/$1.yaml" <<YAML
data: $work/$1
egress: {port: $2}
providers:
  stripe: {url: "http://127.0.0.1:18080"}
YAML
  taskset -c $core "$java" -XX:+UseSerialGC -Xmx128m -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "$classes:proxy/target/lib/*:$(cat "$work/cp")" \
    io.tollwatch.proxy.BenchSidecar "$work/$1.yaml" "$1" >"$work/$1.log" 2>&1 &
  started+=($!)
  pids[$1]=$!
}
: >"$work/cp"
declare -A pids
sidecar on 19400
sidecar off 19401

cat >"$work/pay.lua" <<'LUA'
local counter = 0
local id = tostring(math.random(1, 1000000000))
request = function()
  counter = counter + 1
  local key = "bench-" .. id .. "-" .. counter
  local body = "amount=1000&currency=eur&confirm=true&payment_method=pm_card_visa&metadata[order_id]="
    .. key .. "&description=" .. string.rep("y", 560)
  return wrk.format("POST", wrk.path, {["Content-Type"] = "application/x-www-form-urlencoded",
    ["Idempotency-Key"] = key, ["Authorization"] = "Bearer sk_test_bench"}, body)
end
LUA

load() { # url, seconds
  taskset -c 1 wrk -t1 -c16 -d"$2"s -s "$work/pay.lua" "$1" >"$work/wrk.out"
  if grep -q 'Non-2xx' "$work/wrk.out"; then cat "$work/wrk.out"; exit 1; fi
  awk '/^ *[0-9]+ requests in/ {print $1}' "$work/wrk.out"
}
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
for port in 19400 19401; do
  for _ in $(seq 100); do curl -s -o /dev/null "http://127.0.0.1:$port/stripe/" && break; sleep 0.2; done
  load "http://127.0.0.1:$port/stripe/v1/payment_intents" 10 >/dev/null # warm
done

hertz=$(getconf CLK_TCK)
printf '%-8s %12s %14s\n' what requests/s 'CPU us/request'
for round in $(seq "$rounds"); do
  for what in on off nginx; do
    case $what in
      on) url=http://127.0.0.1:19400/stripe/v1/payment_intents ;;
      off) url=http://127.0.0.1:19401/stripe/v1/payment_intents ;;
      nginx) url=http://127.0.0.1:18081/v1/payment_intents ;;
    esac
    before=0 after=0
    [ $what = nginx ] || before=$(ticks "${pids[$what]}")
    count=$(load "$url" "$seconds")
    [ $what = nginx ] || { sleep 1.5; after=$(ticks "${pids[$what]}"); } # with what it does later
    awk -v w=$what -v n="$count" -v s="$seconds" -v t=$((after - before)) -v hz="$hertz" -v f="$work/$what.rows" \
      'BEGIN { cpu = t / hz * 1e6 / n; printf "%-8s %12.0f %14.1f\n", w, n / s, cpu; print n / s, cpu >>f }'
  done
done
median() { sort -n -k"$2" "$work/$1.rows" | awk -v c="$2" '{a[NR] = $c} END {print a[int((NR + 1) / 2)]}'; }
awk -v on="$(median on 1)" -v off="$(median off 1)" -v c1="$(median on 2)" -v c0="$(median off 2)" -v ng="$(median nginx 1)" \
  'BEGIN { printf "medians: recording on %.0f/s, off %.0f/s (ratio %.2f); CPU %.1f us against %.1f us; nginx with access log %.0f/s\n", on, off, on / off, c1, c0, ng }'
