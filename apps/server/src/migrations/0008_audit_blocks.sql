-- Sealing the audit into blocks. Nothing was sealed before, so the tables of the first migration are empty.
alter table audit_block
  add column hash          bytea not null,
  -- Of a block that goes on after a restored backup: signed, from which checkpoint and after which block.
  add column discontinuity text;

-- The leaf stands here too: blocks are checked without the rows, whose months may be dropped, and a changed row
-- is found and not only its block.
alter table audit_position add column leaf bytea not null;
create unique index audit_position_of on audit_position (audit_id);

alter table audit_head
  add column records   bigint not null,
  add column sealed_at timestamptz not null;
insert into audit_head (only_row, block_number, hash, records, sealed_at)
  values (true, 0, decode(repeat('00', 32), 'hex'), 0, 'epoch');

-- Signs checkpoints: one pair for ever, made at the first start.
create table audit_signing_key (
  id             smallint primary key check (id = 1),
  public_key     text not null,
  private_sealed bytea not null,
  created_at     timestamptz not null
);
