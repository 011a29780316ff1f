package io.tollwatch.routing;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/// The times of a line of a crontab, on the clock of a zone. Immutable.
public final class Crontab {

  private final ExecutionTime times;
  private final ZoneId zone;

  private Crontab(ExecutionTime times, ZoneId zone) {
    this.times = times;
    this.zone = zone;
  }

  /// Reads five fields: minute, hour, day of month, month, day of week.
  ///
  /// @throws IllegalArgumentException if they are none
  public static Crontab of(String fields, ZoneId zone) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    return new Crontab(ExecutionTime.forCron(parser.parse(fields).validate()), zone);
  }

  /// The last time, that one included.
  public Optional<Instant> last(Instant now) {
    return times.lastExecution(at(now).plusNanos(1)).map(ZonedDateTime::toInstant);
  }

  /// The next time, that one not included.
  public Optional<Instant> next(Instant now) {
    return times.nextExecution(at(now)).map(ZonedDateTime::toInstant);
  }

  private ZonedDateTime at(Instant now) {
    return now.atZone(zone);
  }
}
