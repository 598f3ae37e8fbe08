export { CompanyPage } from './company.page.tsx';
export { CompanySearch } from './company-search.tsx';
export { PickCompany } from './pick-company.tsx';
