-- Reminders of a password's end stand in the agenda of the identity that it belongs to, so that nobody looks through
-- passwords by age. Whoever holds one is looked after from the day of the first of them.
drop index authenticator_password_age;

insert into identity_agenda (account_id, identity_id, due_at)
select identity.account_id, identity.id, coalesce(authenticator.created_at + interval '90 days', identity.created_at)
from identity
left join authenticator on authenticator.account_id = identity.account_id
  and authenticator.type = 'password' and authenticator.state = 'active'
where identity.state in ('active', 'suspended')
on conflict (account_id, identity_id) do update set due_at = least(identity_agenda.due_at, excluded.due_at);
