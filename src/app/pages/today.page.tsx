import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { capital, longDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Page } from '../../ui/layout/page.tsx';
import { Empty, Loading } from '../../ui/layout/states.tsx';
import { useSession } from '../web/session.tsx';
import { shellWords } from '../words.ts';

const NextMeetings = lazy(() => import('../../modules/outreach/meetings/web/public.tsx').then((web) => ({ default: web.NextMeetings })));
// The first page stays small: what only some roles see is fetched when they come.
const CallCampaigns = lazy(() => import('../../modules/outreach/calls/web/public.tsx').then(({ CallCampaigns }) => ({ default: CallCampaigns })));
const CallsToDecide = lazy(() => import('../../modules/outreach/calls/web/public.tsx').then(({ CallsToDecide }) => ({ default: CallsToDecide })));
const CampaignsToday = lazy(() => import('../../modules/outreach/campaigns/web/public.tsx').then(({ CampaignsToday }) => ({ default: CampaignsToday })));
const BrokenCalendars = lazy(() => import('../../modules/outreach/own-calendars/web/public.tsx').then(({ BrokenCalendars }) => ({ default: BrokenCalendars })));
const BrokenOwnCalendar = lazy(() => import('../../modules/outreach/own-calendars/web/public.tsx').then(({ BrokenOwnCalendar }) => ({ default: BrokenOwnCalendar })));
const RoomForMeetings = lazy(() => import('../../modules/outreach/capacity/web/public.tsx').then(({ RoomForMeetings }) => ({ default: RoomForMeetings })));
const NextCorners = lazy(() => import('../../modules/outreach/corners/web/public.tsx').then(({ NextCorners }) => ({ default: NextCorners })));
const NextTurns = lazy(() => import('../../modules/outreach/rota/web/public.tsx').then(({ NextTurns }) => ({ default: NextTurns })));
const MeetingsWithoutLead = lazy(() => import('../../modules/outreach/staffing/web/public.tsx').then(({ MeetingsWithoutLead }) => ({ default: MeetingsWithoutLead })));
const OrphanedCompanies = lazy(() => import('../../modules/outreach/contact-persons/web/public.tsx').then(({ OrphanedCompanies }) => ({ default: OrphanedCompanies })));
const ClosedCompanies = lazy(() => import('../../modules/outreach/closed-companies/web/public.tsx').then(({ ClosedCompanies }) => ({ default: ClosedCompanies })));
const SilentCompanies = lazy(() => import('../../modules/outreach/contact-persons/web/public.tsx').then(({ SilentCompanies }) => ({ default: SilentCompanies })));
const EnquiriesToday = lazy(() => import('../../modules/outreach/enquiries/web/public.tsx').then(({ EnquiriesToday }) => ({ default: EnquiriesToday })));
const ReportsToWrite = lazy(() => import('../../modules/outreach/visits/web/public.tsx').then(({ ReportsToWrite }) => ({ default: ReportsToWrite })));
const OwnTasks = lazy(() => import('../../modules/outreach/tasks/web/public.tsx').then(({ OwnTasks }) => ({ default: OwnTasks })));
const DueKeepUps = lazy(() => import('../../modules/outreach/keeping-up/web/public.tsx').then(({ DueKeepUps }) => ({ default: DueKeepUps })));
const OwedReports = lazy(() => import('../../modules/outreach/visits/web/public.tsx').then(({ OwedReports }) => ({ default: OwedReports })));
const UnownedTasks = lazy(() => import('../../modules/outreach/tasks/web/public.tsx').then(({ UnownedTasks }) => ({ default: UnownedTasks })));
const HearingsToday = lazy(() => import('../../modules/outreach/hearing/web/public.tsx'));

/** Home: what the day asks of whoever signed in. */
export function TodayPage() {
  const w = useWords(shellWords);
  const { language } = useLanguage();
  const { person, today, hat, agreementHolds, servesAnotherCentre } = useSession();
  const hour = new Date().getHours();
  const greeting = hour < 10 ? w.goodMorning : hour < 18 ? w.goodDay : w.goodEvening;
  return (
    <Page title={`${greeting}, ${person.name.split(' ')[0]}`} lead={`${capital(longDay(language, today))}.`}>
      {agreementHolds === false ? (
        <Alert color="yellow" icon={<IconLock size={20} stroke={1.75} />} title={w.noAgreementTitle}>
          <Text>{w.noAgreementText(hat.place ?? '')}</Text>
        </Alert>
      ) : agreementHolds === true ? (
        <Stack gap="lg">
          {servesAnotherCentre === true && (
            <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} title={w.twoCentresTitle} maw={720}>
              <Text size="sm">{w.twoCentresText}</Text>
            </Alert>
          )}
          <Suspense fallback={<Loading />}>
            <CallCampaigns />
          </Suspense>
        </Stack>
      ) : hat.roles.includes('coordinator') ? (
        <Suspense fallback={<Loading />}>
          <Stack gap="xl">
            <CallsToDecide />
            <MeetingsWithoutLead />
            <OrphanedCompanies />
            <ClosedCompanies />
            <UnownedTasks />
            <OwedReports />
            <BrokenCalendars />
            <CampaignsToday />
            <RoomForMeetings />
          </Stack>
        </Suspense>
      ) : hat.roles.includes('consultant') ? (
        <Stack gap="xl">
          <Suspense fallback={null}>
            <BrokenOwnCalendar person={person.id} away />
          </Suspense>
          <Waiting>{null}</Waiting>
          <Suspense fallback={null}>
            <EnquiriesToday />
            <NextMeetings />
            <ReportsToWrite />
            <OwnTasks />
            <NextTurns />
            <ClosedCompanies />
            <SilentCompanies />
            <DueKeepUps />
            <NextCorners />
          </Suspense>
        </Stack>
      ) : (
        <Stack gap="xl">
          <Waiting>
            <Empty title={w.nothingYet} text={hat.roles.includes('ministry') ? w.ministryText : w.nothingYetText} />
          </Waiting>
          {hat.roles.includes('manager') && (
            <Suspense fallback={null}>
              <OwedReports />
            </Suspense>
          )}
        </Stack>
      )}
    </Page>
  );
}

/** What waits for whoever answers for a school; otherwise what is given. */
function Waiting({ children }: { children: ReactNode }) {
  const { hat } = useSession();
  if (hat.schoolId === null || !(hat.roles.includes('manager') || hat.roles.includes('consultant'))) return children;
  return (
    <Suspense fallback={null}>
      <HearingsToday otherwise={children} />
    </Suspense>
  );
}
