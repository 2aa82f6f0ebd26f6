-- How administrators have the installation look; no row where it looks as its brand file says.
create table installation_brand (
  only_row boolean primary key check (only_row),
  body     jsonb not null,
  set_by   uuid not null,
  set_at   timestamptz not null
);
