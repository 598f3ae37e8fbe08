-- While a campaign is planned, those without a number are counted: in a million with few of them, all were looked at.
set local role vn_owner;
create index company_without_phone on vn.company (id) where phone is null;
reset role;
