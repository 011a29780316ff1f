-- the few that may have been attempted twice: found without a look into every intent
create table exchange_duplicate (
  no bigint not null primary key
);

insert into exchange_duplicate (no)
select d.no from exchange_detail d
where position(cast('"duplicate_of":"' as bytea) in d.intent) > 0;
