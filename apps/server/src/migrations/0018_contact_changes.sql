-- A contact that was changed, for as long as its change can be undone: what it was before. Then the row goes, and with
-- it the claim of an account on the e-mail address that it had.
create table contact_change (
  account_id         uuid not null,
  id                 uuid not null,
  kind               text not null check (kind in ('email', 'phone')),
  state              text not null check (state in ('open', 'undone')),
  -- Null where there was no such contact before.
  old_contact_id     uuid,
  old_channel_id     uuid,
  old_address_sealed bytea,
  -- The codes by SMS that moved along, if the old contact had them, and how strongly they are bound.
  sms_factor_id      uuid,
  sms_binding_level  smallint,
  new_contact_id     uuid not null,
  changed_at         timestamptz not null,
  undo_until         timestamptz not null,
  primary key (account_id, id)
);
create index contact_change_by_end on contact_change (undo_until);

-- Passwords of who has a digital identity, as keyed hashes of what is left of them without digits, signs and case:
-- what must not come back, nor anything like it.
create table password_past (
  account_id uuid not null,
  id         uuid not null,
  likeness   bytea not null,
  chosen_at  timestamptz not null,
  primary key (account_id, id)
);

-- Which reminders of a password's end were sent, by when it was chosen.
create table password_reminder (
  account_id uuid not null,
  chosen_at  timestamptz not null,
  days       smallint not null,
  sent_at    timestamptz not null,
  primary key (account_id, chosen_at, days)
);

-- Passwords by age, where few are old: the reminders look only there.
create index authenticator_password_age on authenticator (created_at)
  where type = 'password' and state = 'active';
