# Rows of a run, as medians with their spread.
def spread: sort | {median: .[(length - 1) / 2 | floor], min: .[0], max: .[-1]};
split("\n") | map(select(length > 0) | split("\t"))
| group_by(.[0:3])
| map({leg: .[0][0], connections: .[0][1], target: .[0][2], rounds: length} +
    if .[0][1] == "rate"
    then {calls: (map(.[3] | tonumber) | spread), p50_us: (map(.[4] | tonumber) | spread),
      p99_us: (map(.[5] | tonumber) | spread), p999_us: (map(.[6] | tonumber) | spread)}
    else {calls: (map(.[3] | tonumber) | spread), p50_us: (map(.[4] | tonumber) | spread),
      cpu_us: (map(.[5] | tonumber) | spread), memory_mb: (map(.[6] | tonumber) | max)}
      + if .[0][2] == "tollwatch" then {catching_up_s: (map(.[7] | tonumber) | spread)} else {} end
    end)
| {machine: $machine, java: $java, rounds: $rounds, seconds: $seconds, rows: .}
