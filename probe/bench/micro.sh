#!/usr/bin/env bash
# How long the parts of a call take, by JMH, on one core: judging and redacting a message of 1 KiB,
# recording a call in the journal, feeding it to the store. Two minutes. Needs JAVA_HOME to name a JDK
# 25, and taskset.
#
# Usage: probe/bench/micro.sh [options of JMH, such as JudgingBenchmark -f 5 -p kind=DECLINE]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

java=${JAVA_HOME:?set it to a JDK 25}/bin/java
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT

[ $# -gt 0 ] || set -- '(Judging|Redaction|Recording|Ingest)Benchmark' -f 1
mvn -q -B -pl fixtures,probe test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
taskset -c 1 "$java" -cp "probe/target/test-classes:probe/target/classes:$(cat "$classpath")" \
  org.openjdk.jmh.Main "$@"
