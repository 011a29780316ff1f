package io.tollwatch.simulation;

import java.util.List;
import java.util.Random;

/// What faults there are, and what clients do: the kind of world that a seed plays.
///
/// @param faults of gateways that are well; each as likely as it stands there
/// @param sick of gateways that are not
/// @param upheaval per mille of steps at which something happens to the sidecar or to time
/// @param odd percentage of calls that are streamed, name objects, pay invoices
/// @param clients how many at most
/// @param calls how many each makes at most
/// @param patient whether clients wait between their calls
/// @param followsUp whether clients want something back of what was taken
/// @param relays whether services relay webhooks, in some of the worlds
/// @param hasty whether somebody says of calls that run that they took nothing
/// @param returns whether clients come again just when gateways forget what came a day ago,
///   although they were told
record Weather(
    List<Fault> faults,
    List<Fault> sick,
    int upheaval,
    int odd,
    int clients,
    int calls,
    boolean patient,
    boolean followsUp,
    boolean relays,
    boolean hasty,
    boolean returns) {

  /// Anything.
  static final Weather ANY =
      new Weather(
          List.of(
              Fault.NONE,
              Fault.NONE,
              Fault.NONE,
              Fault.NONE,
              Fault.DECLINED,
              Fault.DECLINED,
              Fault.DECLINED_HELD,
              Fault.DECLINED_HOUSE,
              Fault.DECLINED_STREAM,
              Fault.REFUSED,
              Fault.LOST_AFTER,
              Fault.CUT,
              Fault.PAGE,
              Fault.SLOW,
              Fault.SLOW_DECLINED,
              Fault.PENDING_TAKEN,
              Fault.PENDING_FAILED),
          List.of(
              Fault.NONE,
              Fault.REFUSED,
              Fault.REFUSED,
              Fault.LOST_BEFORE,
              Fault.LATE,
              Fault.LOST_AFTER,
              Fault.CUT,
              Fault.FAILED_BEFORE,
              Fault.FAILED_AFTER,
              Fault.PAGE,
              Fault.SLOW),
          20,
          15,
          5,
          4,
          true,
          true,
          true,
          false,
          false);

  /// Nothing happens but these faults.
  static Weather of(Fault... faults) {
    return new Weather(
        List.of(faults), List.of(faults), 0, 0, 4, 3, true, false, false, false, false);
  }

  Weather with(int upheavals, int oddities) {
    return new Weather(
        faults, sick, upheavals, oddities, clients, calls, patient, followsUp, relays, hasty,
        returns);
  }

  /// Many clients that repeat often and do not wait.
  Weather crowded(int count, int repeats) {
    return new Weather(
        faults, sick, upheaval, odd, count, repeats, false, followsUp, relays, hasty, returns);
  }

  Weather withFollowUps() {
    return new Weather(
        faults, sick, upheaval, odd, clients, calls, patient, true, relays, hasty, returns);
  }

  Weather withHaste() {
    return new Weather(
        faults, sick, upheaval, odd, clients, calls, patient, followsUp, relays, true, returns);
  }

  /// Clients that come again so often a day later, whatever they were told.
  Weather returning(int often) {
    return new Weather(
        faults, sick, upheaval, odd, clients, often, true, followsUp, relays, hasty, true);
  }

  Fault fault(Random chance, boolean isSick) {
    List<Fault> all = isSick ? sick : faults;
    return all.get(chance.nextInt(all.size()));
  }
}
