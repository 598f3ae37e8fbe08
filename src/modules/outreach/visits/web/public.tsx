export { CompanyVisits } from './company-visits.tsx';
