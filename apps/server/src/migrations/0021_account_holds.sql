-- Why an account rests: it is suspended while there is any row, and active again when none is left.
create table account_hold (
  account_id uuid not null,
  cause      text not null
    check (cause in ('holder-request', 'emergency-link', 'lost-credential', 'suspected-abuse')),
  since      timestamptz not null,
  -- Until when it was meant to last; null where it has no end.
  until      timestamptz,
  -- When the platform judges whether it ends by itself; null once it has judged, or where it never does.
  due_at     timestamptz,
  set_by     text not null,
  reason     text,
  primary key (account_id, cause)
);
create index account_hold_due on account_hold (due_at) where due_at is not null;

-- What the card says that suspends an account and does nothing else: one for an account, found by a keyed hash.
create table emergency_link (
  secret_hmac bytea primary key,
  account_id  uuid not null,
  made_at     timestamptz not null
);
create unique index emergency_link_of_account on emergency_link (account_id);
