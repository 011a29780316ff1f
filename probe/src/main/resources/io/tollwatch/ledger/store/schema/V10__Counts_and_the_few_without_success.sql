-- how many exchanges there are of each kind, by hours since 1970: figures of long times
-- need not go through the facts. Each journal counts in rows of its own, so that no feeder
-- waits for another. The words are empty while an exchange runs
create table call_count (
  in_hour bigint not null,
  journal integer not null,
  origin character varying not null,
  provider character varying not null,
  operation character varying not null,
  category character varying not null,
  fault character varying not null,
  money character varying not null,
  sla_fault boolean not null,
  calls bigint not null,
  primary key (
    in_hour, journal, origin, provider, operation, category, fault, money, sla_fault)
);

-- one row: the first hour whose counts are whole. Of those before some exchanges were forgotten
create table call_count_from (
  in_hour bigint not null
);

insert into call_count_from (in_hour) values (0);

insert into call_count (
  in_hour, journal, origin, provider, operation, category, fault, money, sla_fault, calls)
select in_hour, journal, origin, provider, operation, category, fault, money, sla_fault, count(*)
from (
  select cast(floor(extract(epoch from started_at) / 3600) as bigint) as in_hour, journal, origin,
    provider, operation, coalesce(category, '') as category, coalesce(fault, '') as fault,
    coalesce(money, '') as money, coalesce(sla_fault, false) as sla_fault
  from exchange) as kinds
group by in_hour, journal, origin, provider, operation, category, fault, money, sla_fault;

-- the few that ended, but not in success, or are in doubt: their facts once more, with what the
-- gateway said, since reports ask for each of them. The documents tell more where that is said
create table exchange_no_success (
  no bigint not null primary key,
  id character varying not null,
  started_at timestamp(6) with time zone not null,
  origin character varying not null,
  provider character varying not null,
  operation character varying not null,
  category character varying not null,
  fault character varying not null,
  money character varying not null,
  sla_fault boolean not null,
  gateway_code character varying,
  gateway_message character varying,
  documents_tell_more boolean not null
);

insert into exchange_no_success (
  no, id, started_at, origin, provider, operation, category, fault, money, sla_fault,
  gateway_code, gateway_message, documents_tell_more)
select e.no, e.id, e.started_at, e.origin, e.provider, e.operation, e.category, e.fault, e.money,
  e.sla_fault, d.gateway_code, d.gateway_message,
  e.money = 'in_doubt'
    or position(cast('"broken":{' as bytea) in d.outcome) > 0
    or position(cast('"unmapped":"' as bytea) in d.outcome) > 0
from exchange e join exchange_detail d on d.no = e.no
where e.category <> 'succeeded' or e.money = 'in_doubt';
