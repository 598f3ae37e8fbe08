-- How many people a file named whom the centre has erased: they are left out, and whoever sent the file is told.
alter table vn.company_import add column contacts_erased int not null default 0;
