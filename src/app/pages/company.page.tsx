import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { PartnershipsPanel } from '../../modules/advice/partnerships/web/public.tsx';
import { ReferralsPanel } from '../../modules/advice/referrals/web/public.tsx';
import { PunchCardsPanel } from '../../modules/catalogue/punch-cards/web/public.tsx';
import { CompanySeatsPanel } from '../../modules/catalogue/seats/web/public.tsx';
import { CompanyPage } from '../../modules/companies/register/web/public.tsx';
import { CoursePoolPanel } from '../../modules/competence/course-pool/web/public.tsx';
import { TrainingDaysPanel } from '../../modules/competence/entitlements/web/public.tsx';
import { RotationsPanel } from '../../modules/competence/rotation/web/public.tsx';
import { PooledNeedsPanel } from '../../modules/idea-bank/needs/web/public.tsx';
import { ClosingNotice } from '../../modules/outreach/closed-companies/web/public.tsx';
import { CompanyPagePanel } from '../../modules/outreach/company-page/web/public.tsx';
import { ContactPersonPanel } from '../../modules/outreach/contact-persons/web/public.tsx';
import { KeepUpPanel } from '../../modules/outreach/keeping-up/web/public.tsx';
import { listMeetings } from '../../modules/outreach/meetings/contract.ts';
import { meetingsWords } from '../../modules/outreach/meetings/words.ts';
import { IntroductionsPanel } from '../../modules/outreach/suppliers/web/public.tsx';
import { listTasks } from '../../modules/outreach/tasks/contract.ts';
import { tasksWords } from '../../modules/outreach/tasks/words.ts';
import { AgreementsPanel } from '../../modules/outreach/training-agreements/web/public.tsx';
import { CompanyVisits } from '../../modules/outreach/visits/web/public.tsx';
import { WorkingGroupPanel } from '../../modules/outreach/working-groups/web/public.tsx';
import { useActing } from '../../ui/acting.tsx';
import { dayOf, shortDay, timeOf } from '../../ui/format.ts';
import { useLanguage, useWords } from '../../ui/language.tsx';
import { NameLink } from '../../ui/links.tsx';
import { useRead } from '../../ui/read.ts';

/** A company with what the centre does for it. */
export function CompanyWithVisitsPage() {
  const { may } = useActing();
  return may('consultant', 'manager', 'coordinator') ? <CompanyPage Next={NextStep} Story={Story} Beside={Followed} /> : <CompanyPage />;
}

/** Whether it has closed, and what the centre's people wrote about it. */
function Story({ company }: { company: string }) {
  return (
    <>
      <ClosingNotice company={company} />
      <CompanyVisits company={company} />
    </>
  );
}

/** Who sends us there, who follows the company, who works on it together, and when it is asked again. */
function Followed({ company }: { company: string }) {
  return (
    <>
      <IntroductionsPanel company={company} />
      <ContactPersonPanel company={company} />
      <WorkingGroupPanel company={company} />
      <PartnershipsPanel company={company} />
      <PooledNeedsPanel company={company} />
      <CompanySeatsPanel company={company} />
      <AgreementsPanel company={company} />
      <PunchCardsPanel company={company} />
      <TrainingDaysPanel company={company} />
      <CoursePoolPanel company={company} />
      <RotationsPanel company={company} />
      <ReferralsPanel company={company} />
      <KeepUpPanel company={company} />
      <CompanyPagePanel company={company} />
    </>
  );
}

/** The next meeting that one may see, else the next thing that somebody does. */
function NextStep({ company, otherwise }: { company: string; otherwise: ReactNode }) {
  const m = useWords(meetingsWords);
  const t = useWords(tasksWords);
  const { language } = useLanguage();
  const { today, zone } = useActing();
  const meetings = useRead(listMeetings, { query: { from: today, company } });
  const tasks = useRead(listTasks, { query: { whose: 'all', company } });
  const meeting = meetings.data?.find(({ state }) => state === 'booked');
  const task = tasks.data?.find(({ doneAt }) => doneAt === null);
  if (meeting === undefined && task === undefined) return otherwise;
  return (
    <>
      {meeting !== undefined && (
        <Text fz="lg" fw={600}>
          <NameLink to={`/meetings/${meeting.id}`}>{m.meetingOn(shortDay(language, dayOf(zone, meeting.start)), timeOf(language, zone, meeting.start))}</NameLink>
        </Text>
      )}
      {task !== undefined && (
        <>
          <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
            {task.what}
          </Text>
          <Text size="sm" c="var(--vn-ink-2)">
            {[task.owner?.name ?? (task.byCompany ? t.company : t.nobody), task.due < today ? t.late(shortDay(language, task.due)) : t.by(shortDay(language, task.due))].join(' · ')}
          </Text>
        </>
      )}
    </>
  );
}
