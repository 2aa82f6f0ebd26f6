-- Cases: what operators look into and decide. Few beside accounts; those that are open are listed oldest first.
create table operator_case (
  subject_id     uuid not null,
  id             uuid not null,
  kind           text not null,
  state          text not null check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  -- The holder, or the operator who opened it for them.
  opened_by      uuid not null,
  payload_sealed bytea not null,
  -- What a first operator approved, while a second one is waited for.
  operation_id   uuid,
  first_by       uuid,
  locked_by      uuid,
  locked_until   timestamptz,
  created_at     timestamptz not null,
  decided_at     timestamptz,
  primary key (subject_id, id)
);
create index operator_case_queue on operator_case (state, id);

-- What happened to a case, by whom.
create table case_event (
  subject_id  uuid not null,
  case_id     uuid not null,
  id          uuid not null,
  at          timestamptz not null,
  by_id       uuid not null,
  what        text not null,
  note_sealed bytea,
  primary key (subject_id, case_id, id)
);

-- What was handed in with it: photographs, signed forms.
create table case_file (
  subject_id     uuid not null,
  case_id        uuid not null,
  part           text not null,
  media_type     text not null,
  size_bytes     integer not null,
  digest         bytea not null,
  content_sealed bytea not null,
  created_at     timestamptz not null,
  primary key (subject_id, case_id, part)
);
