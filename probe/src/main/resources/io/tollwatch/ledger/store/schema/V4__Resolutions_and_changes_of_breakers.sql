-- what was learned later of exchanges that were in doubt or pending. It goes by the exchange's id,
-- so that it does not matter which of the two is fed first; the number is the first that the
-- exchange may have
create table resolution (
  no bigint not null,
  exchange character varying not null,
  resolved_at timestamp(6) with time zone not null,
  document bytea not null,
  primary key (no, exchange, resolved_at)
);

-- how breakers changed, for reports
create table breaker_change (
  changed_at timestamp(6) with time zone not null,
  provider character varying not null,
  operation character varying not null,
  rail character varying not null,
  to_state character varying not null,
  document bytea not null,
  primary key (changed_at, provider, operation, rail, to_state)
);
