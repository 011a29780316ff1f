create table if not exists schema_version (
  version integer not null primary key
);

create table if not exists exchange (
  id character varying not null primary key,
  started_at timestamp(6) with time zone not null,
  origin character varying not null,
  provider character varying not null,
  operation character varying not null,
  moves_money boolean not null,
  target character varying not null,
  trace_id character varying not null,
  reference character varying,
  request_id character varying,
  idempotency_key character varying,
  repeat_of character varying,
  request_body character varying,
  intent character varying not null,
  -- from here on: null until the outcome is known
  progress character varying,
  category character varying,
  fault character varying,
  money character varying,
  rule character varying,
  status integer,
  gateway_code character varying,
  gateway_message character varying,
  gateway_request_id character varying,
  total_us bigint,
  answer_body character varying,
  outcome character varying
);

create index if not exists exchange_by_start on exchange (started_at);
create index if not exists exchange_by_provider on exchange (provider, id);
create index if not exists exchange_by_money on exchange (money, id);
create index if not exists exchange_by_trace on exchange (trace_id);
create index if not exists exchange_by_reference on exchange (reference);
create index if not exists exchange_by_request_id on exchange (request_id);
create index if not exists exchange_by_gateway_request_id on exchange (gateway_request_id);
create index if not exists exchange_by_idempotency_key on exchange (idempotency_key);
