import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { capital, longDay } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { Page } from '../../ui/layout/page.tsx';
import { Empty, Loading } from '../../ui/layout/states.tsx';
import { useSession } from '../web/session.tsx';
import { shellWords } from '../words.ts';

// The first page stays small: what a role sees is fetched when it comes.
const AgentToday = lazy(() => import('./today-roles.tsx').then(({ AgentToday }) => ({ default: AgentToday })));
const CoordinatorToday = lazy(() => import('./today-roles.tsx').then(({ CoordinatorToday }) => ({ default: CoordinatorToday })));
const ConsultantToday = lazy(() => import('./today-roles.tsx').then(({ ConsultantToday }) => ({ default: ConsultantToday })));
const ManagerToday = lazy(() => import('./today-roles.tsx').then(({ ManagerToday }) => ({ default: ManagerToday })));
const KeeperToday = lazy(() => import('./today-roles.tsx').then(({ KeeperToday }) => ({ default: KeeperToday })));
const HearingsToday = lazy(() => import('../../modules/outreach/hearing/web/public.tsx'));
const NominationsToday = lazy(() => import('../../modules/outreach/nominations/web/public.tsx').then(({ NominationsToday }) => ({ default: NominationsToday })));

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
            <AgentToday />
          </Suspense>
        </Stack>
      ) : hat.roles.includes('coordinator') ? (
        <Suspense fallback={<Loading />}>
          <CoordinatorToday />
        </Suspense>
      ) : hat.roles.includes('consultant') ? (
        <Stack gap="xl">
          <Waiting>{null}</Waiting>
          <Suspense fallback={<Loading />}>
            <ConsultantToday person={person.id} />
          </Suspense>
        </Stack>
      ) : (
        <Stack gap="xl">
          <Waiting>
            {hat.roles.includes('administrator') || hat.roles.includes('data_protection') ? (
              <Suspense fallback={<Loading />}>
                <KeeperToday roles={hat.roles} otherwise={<Empty title={w.nothingYet} />} />
              </Suspense>
            ) : (
              <Empty title={w.nothingYet} text={hat.roles.includes('ministry') ? w.ministryText : w.nothingYetText} />
            )}
          </Waiting>
          {hat.roles.includes('manager') && (
            <Suspense fallback={null}>
              <ManagerToday />
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
      <NominationsToday>{(waits) => <HearingsToday otherwise={waits ? null : children} />}</NominationsToday>
    </Suspense>
  );
}
