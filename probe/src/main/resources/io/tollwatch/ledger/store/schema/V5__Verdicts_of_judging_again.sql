-- what judging an exchange again came to, beside the verdict that it has, which stays. The number is
-- that of the exchange's row, with which it goes
create table rejudgement (
  no bigint not null,
  judged_at timestamp(6) with time zone not null,
  document bytea not null,
  primary key (no, judged_at)
);
