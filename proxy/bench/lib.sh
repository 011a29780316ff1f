# Shared by the benches: wrk -> sidecar -> nginx on loopback, the sidecar on one core, everything
# else on the other. Needs wrk, nginx, taskset and curl (Debian: wrk nginx-light util-linux curl), a
# built checkout (mvn -DskipTests package), and JAVA_HOME to name a JDK 25.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

work=$(mktemp -d)
started=()
mounted=()
declare -A pids
cleanup() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  for place in "${mounted[@]}"; do umount -l "$place" || true; done
  rm -rf "$work"
}
trap cleanup EXIT

java=${JAVA_HOME:?set it to a JDK 25}/bin/java
hertz=$(getconf CLK_TCK)

# nginx_conf NAME: the beginning of a configuration, for one process alone.
nginx_conf() {
  cat <<NGINX
master_process off; daemon off; pid $work/$1.pid; error_log $work/$1.error;
events { worker_connections 16384; }
http {
  access_log off; keepalive_requests 1000000000; client_body_temp_path $work/$1-body;
  proxy_temp_path $work/$1-proxy; fastcgi_temp_path $work/$1-f; uwsgi_temp_path $work/$1-u;
  scgi_temp_path $work/$1-s;
NGINX
}

# nginx_proxy URL: the configuration of nginx as a proxy before that gateway (18081), which logs bodies
# and times.
nginx_proxy() {
  nginx_conf proxy
  cat <<NGINX
  log_format full '\$time_iso8601 \$request \$request_body \$status \$upstream_response_time';
  upstream gateway { server ${1#*://}; keepalive 64; }
  server { listen 127.0.0.1:18081; access_log $work/access.log full;
    location / { proxy_pass ${1%%://*}://gateway; proxy_http_version 1.1;
      proxy_set_header Connection ""; } }
}
NGINX
}

# A gateway on core 1 that answers at once with 1.1 KB of JSON: 18080, and 18443 with TLS where there is
# a $work/gateway.pem.
gateway() {
  local answer tls=
  answer='{"id":"pi_1","object":"payment_intent","amount":1000,"currency":"eur","status":"succeeded"'
  answer+=',"description":"'$(printf 'x%.0s' $(seq 1000))'"}'
  [ ! -e "$work/gateway.pem" ] || tls="listen 127.0.0.1:18443 ssl; ssl_certificate $work/gateway.pem;
    ssl_certificate_key $work/gateway.key;"
  { nginx_conf gateway
    cat <<NGINX
  server { listen 127.0.0.1:18080; $tls default_type application/json;
    location / { return 200 '$answer'; } }
}
NGINX
  } >"$work/gateway.conf"
  taskset -c 1 nginx -c "$work/gateway.conf" &
  started+=($!)
}

# sidecar NAME PORT on|off [lines of configuration]: starts one, its data in $work/NAME.
sidecar() {
  mkdir -p -m 700 "$work/$1"
  cat >"$work/$1.yaml" <<YAML
data: $work/$1
egress: {port: $2}
providers:
  stripe: {url: "http://127.0.0.1:18080"}
${4:-}
YAML
  "$java" -XX:+UseSerialGC -Xmx128m -XX:-UsePerfData \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "proxy/target/test-classes:proxy/target/classes:proxy/target/lib/*" \
    io.tollwatch.proxy.BenchSidecar "$work/$1.yaml" "$3" >"$work/$1.log" 2>&1 &
  started+=($!)
  pids[$1]=$!
  for _ in $(seq 150); do
    if curl -s -o /dev/null "http://127.0.0.1:$2/stripe/"; then return; fi
    sleep 0.2
  done
  cat "$work/$1.log"
  exit 1
}

# whole [providers of the configuration [name [port]]]: starts all of Tollwatch as its launcher does, told
# that it has one core; egress on 18085 and admin on 18086 if no other port is given, its data in
# $work/whole.
whole() {
  local providers=${1:-"providers: {stripe: {url: 'http://127.0.0.1:18080'}}"} name=${2:-whole} port=${3:-18085}
  mkdir -p -m 700 "$work/$name"
  cat >"$work/$name.yaml" <<YAML
data: $work/$name
egress: {port: $port, max-connections: 16384}
admin: {port: $((port + 1))}
$providers
YAML
  TOLLWATCH_JAVA_OPTS=${options:--XX:ActiveProcessorCount=1} \
    proxy/bin/tollwatch run -c "$work/$name.yaml" >"$work/$name.log" 2>&1 &
  started+=($!)
  pids[$name]=$!
  for _ in $(seq 150); do
    if curl -s -f -o /dev/null "http://127.0.0.1:$((port + 1))/health/ready"; then return; fi
    sleep 0.2
  done
  cat "$work/$name.log" >&2
  exit 1
}

# lag PORT: how many bytes of the journal the store of the sidecar lacks whose admin API is there.
lag() { curl -s "http://127.0.0.1:$1/metrics" | awk '/^tollwatch_ledger_lag_bytes/ { print int($2) }'; }

# caught_up PORT: waits until that store has all but the last few calls, for five minutes at most.
caught_up() {
  local left
  for _ in $(seq 3000); do
    left=$(lag "$1") || true
    if [ "${left:-65537}" -le 65536 ]; then return; fi
    sleep 0.1
  done
  echo "the store does not catch up: ${left:-nobody says how much} bytes are left" >&2
  exit 1
}

# rss NAME: resident memory in MB.
rss() { awk '/VmRSS/ { print int($2 / 1024) }' "/proc/${pids[$1]}/status"; }

cat >"$work/pay.lua" <<'LUA'
math.randomseed(os.time())
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

# load URL SECONDS CONNECTIONS: prints requests made and the median latency in microseconds.
load() {
  taskset -c 1 wrk -t1 -c"$3" -d"$2"s --latency -s "$work/pay.lua" "$1" >"$work/wrk.out"
  if grep -q 'Non-2xx' "$work/wrk.out"; then cat "$work/wrk.out" >&2; exit 1; fi
  awk '/ 50%/ { t = $2; f = t ~ /us$/ ? 1 : t ~ /ms$/ ? 1000 : 1000000; sub(/[a-z]+$/, "", t); p50 = t * f }
       /requests in/ { n = $1 } END { print n, p50 }' "$work/wrk.out"
}

# warm NAME PORT SECONDS: lets the JVM compile with all cores, then pins it to core 0: on one core alone
# the compiler would need minutes, and be measured.
warm() {
  load "http://127.0.0.1:$2/stripe/v1/payment_intents" "$3" 16 >/dev/null
  taskset -a -c -p 0 "${pids[$1]}" >/dev/null
  load "http://127.0.0.1:$2/stripe/v1/payment_intents" 5 16 >/dev/null
}

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }

# median FILE COLUMN
median() { sort -n -k"$2" "$1" | awk -v c="$2" '{a[NR] = $c} END {print a[int((NR + 1) / 2)]}'; }
