-- Who signed in to a service in a month: what a rehearsal of another rule reads. A line of the history only adds to the
-- sums of its row, which are not in the index: the row stays where it is.
create index access_count_of_service on access_count (client_id, account_id) where outcome = 'success';

-- The last rehearsal of another sign-in rule for a relying party, and what came of it; the next takes its place.
create table policy_rehearsal (
  client_id   text primary key,
  id          uuid not null,
  -- As it was asked for.
  rule        jsonb not null,
  days        smallint not null check (days > 0),
  started_at  timestamptz not null,
  -- The node that works on it writes this now and then: one that does not is gone.
  seen_at     timestamptz not null,
  finished_at timestamptz,
  people      integer not null,
  people_in_all integer not null,
  outcome     jsonb
);
