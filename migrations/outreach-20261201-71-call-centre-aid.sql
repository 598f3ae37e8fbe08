-- Four questions that help to judge whether a call centre fits a campaign (row 2.07). Answers are kept; nothing follows from them by itself.
set local role vn_owner;
create table vn.call_centre_answers (
  centre_id uuid not null,
  campaign_id uuid not null,
  many_small text not null check (many_small in ('yes', 'no', 'unsure')),
  weak_contacts text not null check (weak_contacts in ('yes', 'no', 'unsure')),
  broad_overview text not null check (broad_overview in ('yes', 'no', 'unsure')),
  little_experience text not null check (little_experience in ('yes', 'no', 'unsure')),
  answered_at timestamptz not null,
  answered_by uuid not null references vn.person,
  version int not null default 1,
  primary key (centre_id, campaign_id),
  foreign key (centre_id, campaign_id) references vn.campaign
);
call vn.tenant('vn.call_centre_answers', '(select ctx.has(''coordinator''))');
create policy seen_by_coordinator on vn.call_centre_answers as restrictive for all to vn_staff using ((select ctx.has('coordinator')));
grant select, insert, update on vn.call_centre_answers to vn_staff;
reset role;
