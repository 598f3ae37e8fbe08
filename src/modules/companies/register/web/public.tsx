export { CompanyPage } from './company.page.tsx';
export { PickCompany } from './pick-company.tsx';
