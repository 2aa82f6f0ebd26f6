-- What was given up can be told once more: for that the name is needed that the relying party knows the session by.
alter table logout_dead add column sid text;
update logout_dead dead set sid = known.sid from session_client known
where known.account_id = dead.account_id and known.session_id = dead.session_id and known.client_id = dead.client_id;
-- Sessions that are forgotten here are long over there too.
delete from logout_dead where sid is null;
alter table logout_dead alter column sid set not null;
