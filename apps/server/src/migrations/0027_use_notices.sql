-- Who wants to be told of every use of what they sign in with, and how. On the row that a sign-in loads anyway.
alter table account
  add column use_notices  text not null default 'off' check (use_notices in ('off', 'email', 'sms')),
  -- Tries that failed as well.
  add column use_failures boolean not null default false;
