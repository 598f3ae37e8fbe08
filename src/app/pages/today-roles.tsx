import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { AnnouncedEvaluations } from '../../modules/advice/evaluations/web/public.tsx';
import { PartnershipsToday } from '../../modules/advice/partnerships/web/public.tsx';
import { ReferralsToday } from '../../modules/advice/referrals/web/public.tsx';
import { MovesToAnswer } from '../../modules/catalogue/seat-moves/web/public.tsx';
import { ClassesToDecide } from '../../modules/catalogue/seats/web/public.tsx';
import { LateContactDuties } from '../../modules/companies/contacts/web/public.tsx';
import { KeysRunningOut } from '../../modules/organisation/keys/web/public.tsx';
import { CallCampaigns, CallsToDecide } from '../../modules/outreach/calls/web/public.tsx';
import { CampaignsToday } from '../../modules/outreach/campaigns/web/public.tsx';
import { RoomForMeetings } from '../../modules/outreach/capacity/web/public.tsx';
import { ClosedCompanies } from '../../modules/outreach/closed-companies/web/public.tsx';
import { OrphanedCompanies, ReturnedAddresses, SilentCompanies } from '../../modules/outreach/contact-persons/web/public.tsx';
import { NextCorners } from '../../modules/outreach/corners/web/public.tsx';
import { EnquiriesToday } from '../../modules/outreach/enquiries/web/public.tsx';
import { DueKeepUps } from '../../modules/outreach/keeping-up/web/public.tsx';
import { NextMeetings } from '../../modules/outreach/meetings/web/public.tsx';
import { BrokenCalendars, BrokenOwnCalendar } from '../../modules/outreach/own-calendars/web/public.tsx';
import { NextTurns } from '../../modules/outreach/rota/web/public.tsx';
import { MeetingsWithoutLead } from '../../modules/outreach/staffing/web/public.tsx';
import { OwnSuppliers } from '../../modules/outreach/suppliers/web/public.tsx';
import { OwnTasks, UnownedTasks } from '../../modules/outreach/tasks/web/public.tsx';
import { OwedReports, ReportsToWrite } from '../../modules/outreach/visits/web/public.tsx';

/** What the call centre may call. */
export const AgentToday = () => <CallCampaigns />;

export const CoordinatorToday = () => (
  <Stack gap="xl">
    <CallsToDecide />
    <ClassesToDecide />
    <MeetingsWithoutLead />
    <OrphanedCompanies />
    <ReturnedAddresses whose="unowned" />
    <ClosedCompanies />
    <UnownedTasks />
    <OwedReports />
    <BrokenCalendars />
    <CampaignsToday />
    <RoomForMeetings />
  </Stack>
);

export const ConsultantToday = ({ person }: { person: string }) => (
  <Stack gap="xl">
    <BrokenOwnCalendar person={person} away />
    <EnquiriesToday />
    <OwnSuppliers />
    <ReferralsToday />
    <PartnershipsToday person={person} />
    <NextMeetings />
    <ReportsToWrite />
    <OwnTasks />
    <ReturnedAddresses whose="mine" />
    <NextTurns />
    <ClosedCompanies />
    <SilentCompanies />
    <DueKeepUps />
    <NextCorners />
    <AnnouncedEvaluations />
  </Stack>
);

export const ManagerToday = () => (
  <Stack gap="xl">
    <MovesToAnswer />
    <ClassesToDecide />
    <ReferralsToday />
    <OwedReports />
    <AnnouncedEvaluations />
  </Stack>
);

/** Whoever keeps the centre's data, logins and keys in order; `otherwise` when nothing waits. */
export function KeeperToday({ roles, otherwise }: { roles: readonly string[]; otherwise: ReactNode }) {
  const keys = (waits: boolean) => (roles.includes('administrator') ? <KeysRunningOut>{(also) => (waits || also ? null : otherwise)}</KeysRunningOut> : waits ? null : otherwise);
  return <Stack gap="xl">{roles.includes('data_protection') ? <LateContactDuties>{keys}</LateContactDuties> : keys(false)}</Stack>;
}
