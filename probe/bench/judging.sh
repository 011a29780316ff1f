#!/usr/bin/env bash
# How long it takes to judge an answer of 1 KiB, by JMH (JudgingBenchmark), on one core. Needs
# JAVA_HOME to name a JDK 25, and taskset.
#
# Usage: probe/bench/judging.sh [options of JMH, such as -p kind=DECLINE -f 1]
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

java=${JAVA_HOME:?set it to a JDK 25}/bin/java
classpath=$(mktemp)
trap 'rm -f "$classpath"' EXIT

mvn -q -B -pl fixtures,probe test-compile dependency:build-classpath \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
taskset -c 1 "$java" -cp "probe/target/test-classes:probe/target/classes:$(cat "$classpath")" \
  org.openjdk.jmh.Main JudgingBenchmark "$@"
