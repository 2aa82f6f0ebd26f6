-- What must stay revoked whatever backup is restored: written with what revokes, taken out again when it is kept
-- outside the database.
create table revocation_pending (
  id   uuid primary key,
  line text not null
);
