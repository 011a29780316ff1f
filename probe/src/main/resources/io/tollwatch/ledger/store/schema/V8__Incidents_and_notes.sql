-- bad periods that were found by rule, and what people noted of them. They stay when the exchanges
-- that they were found in go
create table incident (
  id character varying not null,
  started_at timestamp(6) with time zone not null,
  recovered_at timestamp(6) with time zone,
  document bytea not null,
  primary key (id)
);

create table incident_note (
  incident character varying not null,
  noted_at timestamp(6) with time zone not null,
  document bytea not null,
  primary key (incident, noted_at)
);
