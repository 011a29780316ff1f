# The same as tables in Markdown.
def whole: . + 0.5 | floor | tostring;
def tenths($seconds): $seconds * 10 + 0.5 | floor / 10 | tostring;
def over($all; $leg; $connections):
  ($all[] | select(.leg == $leg and .connections == $connections and .target == "nginx") | .calls.median);
. as $run | .rows as $rows
| "\(.machine); \(.java); \(.rounds) rounds of \(.seconds) s in turn, median (least to most).",
  "",
  "| gateway by | connections | through | calls a second | of nginx | median, us | CPU a call, us | memory, MB |",
  "|---|---|---|---|---|---|---|---|",
  ($rows[] | select(.connections != "rate")
    | "| \(.leg) | \(.connections) | \(.target) | \(.calls.median | whole) (\(.calls.min | whole) to \(.calls.max | whole))"
      + " | \(.calls.median / over($rows; .leg; .connections) * 100 + 0.5 | floor / 100)"
      + " | \(.p50_us.median | whole) | \(.cpu_us.median | whole) | \(.memory_mb) |"),
  "",
  ($rows[] | select(.catching_up_s)
    | "After \($run.seconds) s with \(.connections) connection\(if .connections == "1" then "" else "s" end), \(.leg), the store of Tollwatch needed \(tenths(.catching_up_s.median)) s to catch up (\(tenths(.catching_up_s.min)) to \(tenths(.catching_up_s.max)))."),
  "",
  "| at 1,000 calls a second | calls a second | p50, us | p99, us | p99.9, us |",
  "|---|---|---|---|---|",
  ($rows[] | select(.connections == "rate")
    | "| \(.target) | \(.calls.median | whole) | \(.p50_us.median | whole) (\(.p50_us.min | whole) to \(.p50_us.max | whole)) | \(.p99_us.median | whole) | \(.p999_us.median | whole) |")
