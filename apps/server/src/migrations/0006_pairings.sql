-- A code, scanned or typed, by which one app is linked to the account whose holder was shown it. Short-lived,
-- dropped by the week.
create table pairing (
  -- SHA-256 of the code: whoever reads the table can link nothing
  code_hash         bytea not null,
  id                uuid not null,
  account_id        uuid not null,
  operation_id      uuid not null,
  -- the right to link one device, spent by whoever comes with the code
  capability_sealed bytea not null,
  session_id        uuid not null,
  state             text not null check (state in ('waiting', 'linked', 'void')),
  device_id         uuid,
  created_at        timestamptz not null,
  expires_at        timestamptz not null,
  primary key (code_hash, id)
) partition by range (id);
create index pairing_of_account on pairing (account_id, id);
create table pairing_rest partition of pairing default;

-- A device that was stopped for good, but whose account is still asked for the app.
alter table device
  drop constraint device_state_check,
  add constraint device_state_check check (state in ('active', 'frozen', 'locked', 'removed'));
