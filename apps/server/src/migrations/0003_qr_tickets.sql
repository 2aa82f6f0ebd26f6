-- A sign-in that waits for somebody to scan it. It belongs to a browser and to no account yet, so it is found by
-- its own id. Short-lived, dropped by the week.
create table qr_ticket (
  id           uuid not null,
  -- SHA-256 of what the picture holds and of the secret of the browser that shows it: neither leads to the other
  code_hash    bytea not null,
  browser_hash bytea not null,
  -- what was asked for when the picture was made: relying party, policy, and the ceremony where one has begun
  context      jsonb not null,
  client       jsonb not null,
  state        text not null check (state in ('pending', 'scanned', 'approved', 'used', 'refused', 'void')),
  redraws      smallint not null,
  account_id   uuid,
  device_id    uuid,
  -- keyed hash of the code that the app shows and the browser must type, where they may be far apart
  check_hash   bytea,
  check_tries  smallint not null,
  approval     text,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  primary key (id)
) partition by range (id);
create table qr_ticket_rest partition of qr_ticket default;
