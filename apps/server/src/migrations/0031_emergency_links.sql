-- The card's link, under its account: of two there is never more than one. It is found by a lookup of its own, which names
-- the account and proves nothing: what counts is the row of the account.
create table emergency_lookup (
  secret_hmac bytea primary key,
  account_id  uuid not null
);
create index emergency_lookup_of_account on emergency_lookup (account_id);
insert into emergency_lookup (secret_hmac, account_id) select secret_hmac, account_id from emergency_link;

drop index emergency_link_of_account;
alter table emergency_link drop constraint emergency_link_pkey;
alter table emergency_link add primary key (account_id);
