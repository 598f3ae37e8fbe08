export { CompanyVisits } from './company-visits.tsx';
export { OwedReports } from './owed-reports.tsx';
