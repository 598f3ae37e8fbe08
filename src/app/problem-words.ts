import { words } from '../kit/words.ts';
import { evaluationsProblems } from '../modules/advice/evaluations/words.ts';
import { measuresProblems } from '../modules/advice/measures/words.ts';
import { partnershipsProblems } from '../modules/advice/partnerships/words.ts';
import { referralsProblems } from '../modules/advice/referrals/words.ts';
import { classFilesProblems } from '../modules/catalogue/class-files/words.ts';
import { classesProblems } from '../modules/catalogue/classes/words.ts';
import { courseChoicesProblems } from '../modules/catalogue/course-choices/words.ts';
import { coursesProblems } from '../modules/catalogue/courses/words.ts';
import { fundingProblems } from '../modules/catalogue/funding/words.ts';
import { participantsProblems } from '../modules/catalogue/participants/words.ts';
import { pricedServicesProblems } from '../modules/catalogue/priced-services/words.ts';
import { programmesProblems } from '../modules/catalogue/programmes/words.ts';
import { proposalsProblems } from '../modules/catalogue/proposals/words.ts';
import { provisionProblems } from '../modules/catalogue/provision/words.ts';
import { punchCardsProblems } from '../modules/catalogue/punch-cards/words.ts';
import { recruitmentProblems } from '../modules/catalogue/recruitment/words.ts';
import { runningProblems } from '../modules/catalogue/running/words.ts';
import { runningLimitsProblems } from '../modules/catalogue/running-limits/words.ts';
import { seatMovesProblems } from '../modules/catalogue/seat-moves/words.ts';
import { seatsProblems } from '../modules/catalogue/seats/words.ts';
import { teachersProblems } from '../modules/catalogue/teachers/words.ts';
import { contactsProblems } from '../modules/companies/contacts/words.ts';
import { cvrSourceProblems } from '../modules/companies/cvr-source/words.ts';
import { importsProblems } from '../modules/companies/imports/words.ts';
import { ownListsProblems } from '../modules/companies/own-lists/words.ts';
import { registerProblems } from '../modules/companies/register/words.ts';
import { webhooksProblems } from '../modules/companies/webhooks/words.ts';
import { poolProblems } from '../modules/competence/course-pool/words.ts';
import { entitlementsProblems } from '../modules/competence/entitlements/words.ts';
import { rotationProblems } from '../modules/competence/rotation/words.ts';
import { screeningProblems } from '../modules/competence/screening/words.ts';
import { wishesProblems } from '../modules/competence/wishes/words.ts';
import { pooledNeedsProblems } from '../modules/idea-bank/needs/words.ts';
import { plansProblems } from '../modules/idea-bank/plans/words.ts';
import { centreProblems } from '../modules/organisation/centre/words.ts';
import { dataProtectionProblems } from '../modules/organisation/data-protection/words.ts';
import { exportProblems } from '../modules/organisation/export/words.ts';
import { institutionsProblems } from '../modules/organisation/institutions/words.ts';
import { keysProblems } from '../modules/organisation/keys/words.ts';
import { outboxProblems } from '../modules/organisation/outbox/words.ts';
import { passkeysProblems } from '../modules/organisation/passkeys/words.ts';
import { peopleProblems } from '../modules/organisation/people/words.ts';
import { profilesProblems } from '../modules/organisation/profiles/words.ts';
import { schoolsProblems } from '../modules/organisation/schools/words.ts';
import { signInProblems } from '../modules/organisation/sign-in/words.ts';
import { signInRulesProblems } from '../modules/organisation/sign-in-rules/words.ts';
import { teamsProblems } from '../modules/organisation/teams/words.ts';
import { advisersProblems } from '../modules/outreach/advisers/words.ts';
import { calendarProblems } from '../modules/outreach/calendar/words.ts';
import { callsProblems } from '../modules/outreach/calls/words.ts';
import { campaignsProblems } from '../modules/outreach/campaigns/words.ts';
import { capacityProblems } from '../modules/outreach/capacity/words.ts';
import { closedCompaniesProblems } from '../modules/outreach/closed-companies/words.ts';
import { companyPageProblems } from '../modules/outreach/company-page/words.ts';
import { consultantMeetingsProblems } from '../modules/outreach/consultant-meetings/words.ts';
import { contactPersonsProblems } from '../modules/outreach/contact-persons/words.ts';
import { cornersProblems } from '../modules/outreach/corners/words.ts';
import { enquiriesProblems } from '../modules/outreach/enquiries/words.ts';
import { eventsProblems } from '../modules/outreach/events/words.ts';
import { hearingProblems } from '../modules/outreach/hearing/words.ts';
import { intakeProblems } from '../modules/outreach/intake/words.ts';
import { keepingUpProblems } from '../modules/outreach/keeping-up/words.ts';
import { meetingsProblems } from '../modules/outreach/meetings/words.ts';
import { nominationProblems } from '../modules/outreach/nominations/words.ts';
import { ownCalendarsProblems } from '../modules/outreach/own-calendars/words.ts';
import { rebookingProblems } from '../modules/outreach/rebooking/words.ts';
import { rotaProblems } from '../modules/outreach/rota/words.ts';
import { settingsProblems } from '../modules/outreach/settings/words.ts';
import { staffingProblems } from '../modules/outreach/staffing/words.ts';
import { suppliersProblems } from '../modules/outreach/suppliers/words.ts';
import { tasksProblems } from '../modules/outreach/tasks/words.ts';
import { agreementsProblems } from '../modules/outreach/training-agreements/words.ts';
import { visitsProblems } from '../modules/outreach/visits/words.ts';
import { groupsProblems } from '../modules/outreach/working-groups/words.ts';
import { platformProblemWords } from '../ui/words.ts';

/** A sentence in both languages for every problem code there is; a test holds it against the contract. */
export const problemWords = words<Record<string, string>>(
  {
    ...platformProblemWords.da,
    ...signInProblems.da,
    ...passkeysProblems.da,
    ...institutionsProblems.da,
    ...signInRulesProblems.da,
    ...peopleProblems.da,
    ...dataProtectionProblems.da,
    ...profilesProblems.da,
    ...schoolsProblems.da,
    ...centreProblems.da,
    ...teamsProblems.da,
    ...keysProblems.da,
    ...outboxProblems.da,
    ...exportProblems.da,
    ...webhooksProblems.da,
    ...registerProblems.da,
    ...contactsProblems.da,
    ...cvrSourceProblems.da,
    ...importsProblems.da,
    ...calendarProblems.da,
    ...ownCalendarsProblems.da,
    ...capacityProblems.da,
    ...meetingsProblems.da,
    ...staffingProblems.da,
    ...rotaProblems.da,
    ...cornersProblems.da,
    ...callsProblems.da,
    ...ownListsProblems.da,
    ...campaignsProblems.da,
    ...nominationProblems.da,
    ...hearingProblems.da,
    ...settingsProblems.da,
    ...visitsProblems.da,
    ...agreementsProblems.da,
    ...companyPageProblems.da,
    ...enquiriesProblems.da,
    ...suppliersProblems.da,
    ...advisersProblems.da,
    ...closedCompaniesProblems.da,
    ...rebookingProblems.da,
    ...contactPersonsProblems.da,
    ...intakeProblems.da,
    ...keepingUpProblems.da,
    ...classFilesProblems.da,
    ...provisionProblems.da,
    ...courseChoicesProblems.da,
    ...pricedServicesProblems.da,
    ...teachersProblems.da,
    ...punchCardsProblems.da,
    ...proposalsProblems.da,
    ...programmesProblems.da,
    ...fundingProblems.da,
    ...coursesProblems.da,
    ...pooledNeedsProblems.da,
    ...plansProblems.da,
    ...classesProblems.da,
    ...runningLimitsProblems.da,
    ...seatsProblems.da,
    ...seatMovesProblems.da,
    ...participantsProblems.da,
    ...runningProblems.da,
    ...recruitmentProblems.da,
    ...evaluationsProblems.da,
    ...measuresProblems.da,
    ...referralsProblems.da,
    ...partnershipsProblems.da,
    ...tasksProblems.da,
    ...groupsProblems.da,
    ...consultantMeetingsProblems.da,
    ...eventsProblems.da,
    ...wishesProblems.da,
    ...screeningProblems.da,
    ...entitlementsProblems.da,
    ...rotationProblems.da,
    ...poolProblems.da,
  },
  {
    ...platformProblemWords.en,
    ...signInProblems.en,
    ...passkeysProblems.en,
    ...institutionsProblems.en,
    ...signInRulesProblems.en,
    ...peopleProblems.en,
    ...dataProtectionProblems.en,
    ...profilesProblems.en,
    ...schoolsProblems.en,
    ...centreProblems.en,
    ...teamsProblems.en,
    ...keysProblems.en,
    ...outboxProblems.en,
    ...exportProblems.en,
    ...webhooksProblems.en,
    ...registerProblems.en,
    ...contactsProblems.en,
    ...cvrSourceProblems.en,
    ...importsProblems.en,
    ...calendarProblems.en,
    ...ownCalendarsProblems.en,
    ...capacityProblems.en,
    ...meetingsProblems.en,
    ...staffingProblems.en,
    ...rotaProblems.en,
    ...cornersProblems.en,
    ...callsProblems.en,
    ...ownListsProblems.en,
    ...campaignsProblems.en,
    ...nominationProblems.en,
    ...hearingProblems.en,
    ...settingsProblems.en,
    ...visitsProblems.en,
    ...agreementsProblems.en,
    ...companyPageProblems.en,
    ...enquiriesProblems.en,
    ...suppliersProblems.en,
    ...advisersProblems.en,
    ...closedCompaniesProblems.en,
    ...rebookingProblems.en,
    ...contactPersonsProblems.en,
    ...intakeProblems.en,
    ...keepingUpProblems.en,
    ...classFilesProblems.en,
    ...provisionProblems.en,
    ...courseChoicesProblems.en,
    ...pricedServicesProblems.en,
    ...teachersProblems.en,
    ...punchCardsProblems.en,
    ...proposalsProblems.en,
    ...programmesProblems.en,
    ...fundingProblems.en,
    ...coursesProblems.en,
    ...pooledNeedsProblems.en,
    ...plansProblems.en,
    ...classesProblems.en,
    ...runningLimitsProblems.en,
    ...seatsProblems.en,
    ...seatMovesProblems.en,
    ...participantsProblems.en,
    ...runningProblems.en,
    ...recruitmentProblems.en,
    ...evaluationsProblems.en,
    ...measuresProblems.en,
    ...referralsProblems.en,
    ...partnershipsProblems.en,
    ...tasksProblems.en,
    ...groupsProblems.en,
    ...consultantMeetingsProblems.en,
    ...eventsProblems.en,
    ...wishesProblems.en,
    ...screeningProblems.en,
    ...entitlementsProblems.en,
    ...rotationProblems.en,
    ...poolProblems.en,
  },
);
