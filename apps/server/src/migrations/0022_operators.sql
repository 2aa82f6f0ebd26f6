-- Operators: whoever works on other people's identities does so with an account that is nothing else. They sign in by
-- names of their own, so that no page for holders finds them, and the other way round.
alter table account add column kind text not null default 'holder' check (kind in ('holder', 'operator'));
alter table identifier drop constraint identifier_kind_check;
alter table identifier add constraint identifier_kind_check check (kind in ('user-id', 'email', 'operator'));

create table operator (
  account_id uuid primary key,
  -- What colleagues read beside a decision; empty until the invitation is taken up.
  name       text not null,
  state      text not null check (state in ('invited', 'active', 'removed')),
  -- Null for who was invited from the command line.
  invited_by uuid,
  created_at timestamptz not null
);

create table operator_role (
  account_id uuid not null,
  role       text not null check (role in ('reviewer', 'help-desk', 'auditor', 'administrator')),
  primary key (account_id, role)
);
