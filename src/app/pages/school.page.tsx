import { RunningLimitsSection } from '../../modules/catalogue/running-limits/web/public.tsx';
import { SchoolPage } from '../../modules/organisation/schools/web/public.tsx';
import { LeaveSchool } from '../../modules/outreach/leaving/web/public.tsx';

/** A school, what it can run at once, and what it would leave behind. */
export const SchoolWithLeavingPage = () => <SchoolPage Leaving={LeaveSchool} More={RunningLimitsSection} />;
