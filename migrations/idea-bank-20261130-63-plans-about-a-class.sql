/* A plan can be about the people of one class only: its teacher fell ill, or it cannot be held where it was to be (row 4.03). Everybody else stays where they are. */
set local role vn_owner;
alter table vn.pool_plan add about uuid, add foreign key (centre_id, about) references vn.class;
reset role;
