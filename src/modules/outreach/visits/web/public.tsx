export { CompanyVisits } from './company-visits.tsx';
export { OwedReports } from './owed-reports.tsx';
export { ReportsToWrite } from './reports-to-write.tsx';
