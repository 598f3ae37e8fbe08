import { SchoolPage } from '../../modules/organisation/schools/web/public.tsx';
import { LeaveSchool } from '../../modules/outreach/leaving/web/public.tsx';

/** A school, and what it would leave behind. */
export const SchoolWithLeavingPage = () => <SchoolPage Leaving={LeaveSchool} />;
