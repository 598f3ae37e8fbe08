import '@mantine/core/styles.css';
import '../../ui/base.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, RouterProvider } from '@tanstack/react-router';
import { type ReactNode, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import type { Words } from '../../kit/words.ts';
import { evaluationsPages } from '../../modules/advice/evaluations/web/routes.tsx';
import { measuresPages } from '../../modules/advice/measures/web/routes.tsx';
import { overlapPages } from '../../modules/advice/overlap/web/routes.tsx';
import { partnershipsPages } from '../../modules/advice/partnerships/web/routes.tsx';
import { referralsPages } from '../../modules/advice/referrals/web/routes.tsx';
import { classFilesPages } from '../../modules/catalogue/class-files/web/routes.tsx';
import { classesPages } from '../../modules/catalogue/classes/web/routes.tsx';
import { coursesPages } from '../../modules/catalogue/courses/web/routes.tsx';
import { fundingPages } from '../../modules/catalogue/funding/web/routes.tsx';
import { invoiceLinesPages } from '../../modules/catalogue/invoice-lines/web/routes.tsx';
import { pricedServicesPages } from '../../modules/catalogue/priced-services/web/routes.tsx';
import { programmesPages } from '../../modules/catalogue/programmes/web/routes.tsx';
import { proposalsPages } from '../../modules/catalogue/proposals/web/routes.tsx';
import { provisionPages } from '../../modules/catalogue/provision/web/routes.tsx';
import { punchCardsPages } from '../../modules/catalogue/punch-cards/web/routes.tsx';
import { recruitmentPages } from '../../modules/catalogue/recruitment/web/routes.tsx';
import { runningPages } from '../../modules/catalogue/running/web/routes.tsx';
import { seatMovesPages } from '../../modules/catalogue/seat-moves/web/routes.tsx';
import { teachersPages } from '../../modules/catalogue/teachers/web/routes.tsx';
import { contactsPages } from '../../modules/companies/contacts/web/routes.tsx';
import { importsPages } from '../../modules/companies/imports/web/routes.tsx';
import { registerPages } from '../../modules/companies/register/web/routes.tsx';
import { webhooksPages } from '../../modules/companies/webhooks/web/routes.tsx';
import { rotationPages } from '../../modules/competence/rotation/web/routes.tsx';
import { screeningPages } from '../../modules/competence/screening/web/routes.tsx';
import { wishesPages } from '../../modules/competence/wishes/web/routes.tsx';
import { pooledNeedsPages } from '../../modules/idea-bank/needs/web/routes.tsx';
import { plansPages } from '../../modules/idea-bank/plans/web/routes.tsx';
import { auditPages } from '../../modules/organisation/audit/web/routes.tsx';
import { centrePages } from '../../modules/organisation/centre/web/routes.tsx';
import { dataProtectionPages } from '../../modules/organisation/data-protection/web/routes.tsx';
import { exportPages } from '../../modules/organisation/export/web/routes.tsx';
import { institutionsPages } from '../../modules/organisation/institutions/web/routes.tsx';
import { keysPages } from '../../modules/organisation/keys/web/routes.tsx';
import { outboxPages } from '../../modules/organisation/outbox/web/routes.tsx';
import { peoplePages } from '../../modules/organisation/people/web/routes.tsx';
import { profilesPages } from '../../modules/organisation/profiles/web/routes.tsx';
import { schoolsPages } from '../../modules/organisation/schools/web/routes.tsx';
import { readSession } from '../../modules/organisation/sign-in/contract.ts';
import { teamsPages } from '../../modules/organisation/teams/web/routes.tsx';
import { advisersPages } from '../../modules/outreach/advisers/web/routes.tsx';
import { calendarPages } from '../../modules/outreach/calendar/web/routes.tsx';
import { callsPages } from '../../modules/outreach/calls/web/routes.tsx';
import { campaignsPages } from '../../modules/outreach/campaigns/web/routes.tsx';
import { capacityPages } from '../../modules/outreach/capacity/web/routes.tsx';

import { closedCompaniesPages } from '../../modules/outreach/closed-companies/web/routes.tsx';
import { consultantMeetingsPages } from '../../modules/outreach/consultant-meetings/web/routes.tsx';
import { contactPersonsPages } from '../../modules/outreach/contact-persons/web/routes.tsx';
import { cornerPages } from '../../modules/outreach/corners/web/routes.tsx';
import { deskPages } from '../../modules/outreach/desk/web/routes.tsx';
import { deviationsPages } from '../../modules/outreach/deviations/web/routes.tsx';
import { enquiriesPages } from '../../modules/outreach/enquiries/web/routes.tsx';
import { eventsPages } from '../../modules/outreach/events/web/routes.tsx';
import { hearingPages } from '../../modules/outreach/hearing/web/routes.tsx';
import { keepingUpPages } from '../../modules/outreach/keeping-up/web/routes.tsx';
import { meetingsPages } from '../../modules/outreach/meetings/web/routes.tsx';
import { nominationPages } from '../../modules/outreach/nominations/web/routes.tsx';
import { rotaPages } from '../../modules/outreach/rota/web/routes.tsx';
import { settingsPages } from '../../modules/outreach/settings/web/routes.tsx';
import { staffingPages } from '../../modules/outreach/staffing/web/routes.tsx';
import { suppliersPages } from '../../modules/outreach/suppliers/web/routes.tsx';
import { tasksPages } from '../../modules/outreach/tasks/web/routes.tsx';
import { trainingAgreementsPages } from '../../modules/outreach/training-agreements/web/routes.tsx';
import { visitsPages } from '../../modules/outreach/visits/web/routes.tsx';
import { groupsPages } from '../../modules/outreach/working-groups/web/routes.tsx';
import { ActingContext } from '../../ui/acting.tsx';
import { Refusal } from '../../ui/client.ts';
import { keptOwner, ownerOf } from '../../ui/kept-owner.ts';
import { LanguageProvider } from '../../ui/language.tsx';
import { NotFoundPage } from '../../ui/layout/not-found.tsx';
import { ErrorNotice } from '../../ui/layout/states.tsx';
import { ProblemWordsContext } from '../../ui/problem-words.tsx';
import { reading } from '../../ui/read.ts';
import { cssVariablesResolver, theme } from '../../ui/theme.ts';
import { platformProblemWords } from '../../ui/words.ts';
import { TodayPage } from '../pages/today.page.tsx';
import { SessionContext, type SignedIn } from './session.tsx';
import { Shell } from './shell.tsx';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is an answer; only a lost connection is worth asking again.
      retry: (count, error) => error instanceof Refusal && error.problem.status === 0 && count < 2,
    },
  },
});

/** The platform's sentences are there at once; those of every concern follow while the first page is read. */
function ProblemWords({ children }: { children: ReactNode }) {
  const [sentences, setSentences] = useState<Words<Record<string, string>>>(platformProblemWords);
  useEffect(() => {
    import('../problem-words.ts').then(({ problemWords }) => setSentences(problemWords));
  }, []);
  return <ProblemWordsContext value={sentences}>{children}</ProblemWordsContext>;
}

/** Nobody gets past here unknown; whoever is not signed in goes to the plain pages. */
function Gate() {
  const session = useQuery({ ...reading(readSession, {}), refetchOnWindowFocus: true });
  if (session.isError) return <ErrorNotice error={session.error} onRetry={() => session.refetch()} />;
  if (session.data === undefined) return null;
  if (session.data.person === null || session.data.hat === null) {
    location.assign('/sign-in');
    return null;
  }
  const { person, hat, centre, today } = session.data as SignedIn;
  const owner = ownerOf(person.id, centre?.id ?? '');
  // The phone page keeps things for one person; whoever signs in here next on the same device must not find them.
  if (![null, owner].includes(keptOwner())) import('../../modules/outreach/visits/web/device.tsx').then(({ keepFor }) => keepFor(owner));
  return (
    <SessionContext value={session.data as SignedIn}>
      <ActingContext value={{ personId: person.id, schoolId: hat.schoolId, roles: hat.roles, today, zone: centre?.zone ?? 'Europe/Copenhagen' }}>
        <Shell />
      </ActingContext>
    </SessionContext>
  );
}

const root = createRootRoute({ component: Gate, notFoundComponent: NotFoundPage, errorComponent: ({ error, reset }) => <ErrorNotice error={error} onRetry={reset} /> });
const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/', component: TodayPage }),
  createRoute({ getParentRoute: () => root, path: '/me', component: lazyRouteComponent(() => import('../pages/me.page.tsx'), 'MePage') }),
  ...callsPages(root),
  ...deskPages(root),
  ...campaignsPages(root),
  ...hearingPages(root),
  ...nominationPages(root),
  ...settingsPages(root),
  ...registerPages(root),
  createRoute({ getParentRoute: () => root, path: '/companies/$company', component: lazyRouteComponent(() => import('../pages/company.page.tsx'), 'CompanyWithVisitsPage') }),
  createRoute({ getParentRoute: () => root, path: '/companies/$company/book', component: lazyRouteComponent(() => import('../pages/company-book.page.tsx'), 'CompanyBookPage') }),
  ...meetingsPages(root),
  ...visitsPages(root),
  ...trainingAgreementsPages(root),
  ...contactPersonsPages(root),
  ...closedCompaniesPages(root),
  ...enquiriesPages(root),
  ...suppliersPages(root),
  ...advisersPages(root),
  ...keepingUpPages(root),
  ...provisionPages(root),
  ...pricedServicesPages(root),
  ...teachersPages(root),
  ...seatMovesPages(root),
  ...invoiceLinesPages(root),
  ...punchCardsPages(root),
  ...proposalsPages(root),
  ...programmesPages(root),
  ...fundingPages(root),
  ...coursesPages(root),
  ...pooledNeedsPages(root),
  ...plansPages(root),
  ...classesPages(root),
  ...runningPages(root),
  ...recruitmentPages(root),
  ...evaluationsPages(root),
  ...measuresPages(root),
  ...overlapPages(root),
  ...referralsPages(root),
  ...partnershipsPages(root),
  ...tasksPages(root),
  ...groupsPages(root),
  ...consultantMeetingsPages(root),
  ...staffingPages(root),
  ...rotaPages(root),
  ...cornerPages(root),
  ...eventsPages(root),
  ...wishesPages(root),
  ...screeningPages(root),
  ...rotationPages(root),
  ...capacityPages(root),
  ...deviationsPages(root),
  ...calendarPages(root),
  ...importsPages(root),
  ...classFilesPages(root),
  ...profilesPages(root),
  ...schoolsPages(root),
  createRoute({ getParentRoute: () => root, path: '/schools/$school', component: lazyRouteComponent(() => import('../pages/school.page.tsx'), 'SchoolWithLeavingPage') }),
  ...teamsPages(root),
  ...keysPages(root),
  ...outboxPages(root),
  ...exportPages(root),
  ...webhooksPages(root),
  ...peoplePages(root),
  ...centrePages(root),
  ...institutionsPages(root),
  ...auditPages(root),
  ...dataProtectionPages(root),
  ...contactsPages(root),
]);
const router = createRouter({ routeTree: tree, defaultPreload: 'intent', scrollRestoration: true });

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} defaultColorScheme="auto">
      <LanguageProvider>
        <ProblemWords>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ProblemWords>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
