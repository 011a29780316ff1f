-- which attempts of payments may have taken the money, and where, for sidecars that serve a channel
-- together: one that was surely not taken has no row. An exchange is claimed before it is sent, so
-- before it is fed
create table payment_claim (
  exchange character varying not null,
  channel character varying not null,
  payment_key character varying,
  reference character varying,
  provider character varying not null,
  money character varying not null,
  begun_at timestamp(6) with time zone not null,
  primary key (exchange)
);
create index payment_claim_key on payment_claim (payment_key);
create index payment_claim_reference on payment_claim (reference);

-- tells whether all sidecars make their fingerprints under the same key; it has one row
create table claim_check (
  no integer not null,
  fingerprint character varying not null,
  primary key (no)
);
