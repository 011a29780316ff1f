package io.tollwatch.checks.scheduler;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Plans as JSON in the database: unknown names are passed over, so that replicas of two versions
/// can share it. Thread-safe.
final class PlanJson implements Serializer {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_ABSENT))
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  @Override
  public byte[] serialize(Object data) {
    return MAPPER.writeValueAsBytes(data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] json) {
    return MAPPER.readValue(json, type);
  }
}
