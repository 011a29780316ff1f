package io.tollwatch.proxy;

import io.tollwatch.ledger.JournaledLedger;
import io.tollwatch.proxy.egress.Overload;
import io.tollwatch.proxy.telemetry.ChannelGauges;
import io.tollwatch.proxy.telemetry.CheckGauges;
import io.tollwatch.proxy.telemetry.Metrics;
import io.tollwatch.reconcile.Doubts;
import io.tollwatch.reconcile.Total;
import io.tollwatch.routing.Payments;
import io.tollwatch.wire.Watchdog;

/// The gauges and counts of a sidecar's own parts, read when somebody asks for the metrics.
record Gauges(Metrics metrics) {

  Gauges of(JournaledLedger ledger) {
    metrics.gauge(
        "tollwatch.ledger.lag.bytes",
        "How much of the journal the store has not been fed",
        ledger,
        l -> (double) l.state().lag().bytes());
    metrics.gauge(
        "tollwatch.ledger.lag.seconds",
        "How long ago the oldest record was written that the store lacks",
        ledger,
        l -> l.state().lag().age().toMillis() / 1000.0);
    metrics.gauge(
        "tollwatch.journal.bytes",
        "What the journal takes on the disk",
        ledger,
        l -> (double) l.state().journal().bytes());
    metrics.gauge(
        "tollwatch.journal.trouble",
        "1 while the journal can't grow, or is not there",
        ledger,
        l -> l.state().journal().trouble().isPresent() ? 1 : 0);
    metrics.count(
        "tollwatch.journal.damages",
        "Damaged places found in the journal",
        ledger,
        l -> (double) l.state().journal().damages());
    metrics.gauge(
        "tollwatch.ledger.trouble",
        "1 while the store takes no records",
        ledger,
        l -> l.state().store().isPresent() ? 1 : 0);
    metrics.count(
        "tollwatch.ledger.written",
        "Exchanges that the store was fed",
        ledger,
        l -> (double) l.state().written());
    metrics.count(
        "tollwatch.ledger.not.kept", "Records not kept", ledger, l -> (double) l.state().notKept());
    metrics.count(
        "tollwatch.ledger.left.out",
        "Records of the journal that the store can't be fed",
        ledger,
        l -> (double) l.state().leftOut());
    return this;
  }

  Gauges of(Doubts doubts) {
    metrics.inDoubt(() -> Total.of(doubts.list()));
    metrics.gauge(
        "tollwatch.double.charges",
        "Payments that were taken twice, one of the two while in doubt",
        doubts,
        it -> (double) it.doubleCharges().size());
    metrics.gauge(
        "tollwatch.in.doubt.beyond",
        "Payments in doubt that the register has no room for",
        doubts,
        it -> (double) it.beyond());
    return this;
  }

  Gauges of(Payments payments) {
    metrics.gauge(
        "tollwatch.payments.standing",
        "Attempts of payments that may have been taken, or still may, at providers of channels",
        payments,
        p -> (double) p.size());
    metrics.count(
        "tollwatch.payments.forgotten",
        "Payments that succeeded and are not remembered any more",
        payments,
        p -> (double) p.forgotten());
    return this;
  }

  Gauges of(SharedPayments shared) {
    metrics.count(
        "tollwatch.claims.unconfirmed",
        "Claims of payments of shared channels that the shared ledger did not confirm",
        shared,
        it -> (double) it.unconfirmed());
    return this;
  }

  Gauges of(Breakers breakers) {
    metrics.gauge(
        "tollwatch.network.failing",
        "1 while no provider can be reached",
        breakers,
        b -> b.ownNetworkFailsSince().isPresent() ? 1 : 0);
    return this;
  }

  Gauges of(Channels channels) {
    ChannelGauges.add(metrics, channels::standings);
    return this;
  }

  Gauges of(Checks checks) {
    metrics.gauge(
        "tollwatch.test.money.out",
        "Payments of checks that may be with gateways and are not given back",
        checks,
        Checks::testMoneyOut);
    metrics.gauge(
        "tollwatch.test.money.leaked",
        "Payments of checks that are out for longer than checks.leak-after",
        checks,
        Checks::testMoneyLeaked);
    CheckGauges.add(metrics, checks::checks);
    return this;
  }

  Gauges of(Overload overload) {
    metrics.gauge(
        "tollwatch.overloaded",
        "1 while more calls come than this machine can work on",
        overload,
        it -> it.isOverloaded() ? 1 : 0);
    metrics.gauge(
        "tollwatch.overload.waiting",
        "Calls that wait for others to end because of that, nothing of them being sent",
        overload,
        Overload::waiting);
    metrics.count(
        "tollwatch.overload.refused",
        "Calls that waited for too long and were refused, nothing of them being sent",
        overload,
        it -> (double) it.refused());
    return this;
  }

  Gauges of(Watchdog watchdog) {
    metrics.gauge(
        "tollwatch.calls.running", "Calls under way", watchdog, dog -> (double) dog.running());
    return this;
  }
}
