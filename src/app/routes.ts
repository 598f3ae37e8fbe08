import { chores as evaluationChores } from '../modules/advice/evaluations/server/jobs.ts';
import { routes as evaluations } from '../modules/advice/evaluations/server/routes.ts';
import { routes as measures } from '../modules/advice/measures/server/routes.ts';
import { routes as overlap } from '../modules/advice/overlap/server/routes.ts';
import { chores as partnershipChores } from '../modules/advice/partnerships/server/jobs.ts';
import { routes as partnerships } from '../modules/advice/partnerships/server/routes.ts';
import { chores as referralChores } from '../modules/advice/referrals/server/jobs.ts';
import { routes as referrals } from '../modules/advice/referrals/server/routes.ts';
import { routes as relations } from '../modules/advice/relations/server/routes.ts';
import { applyClassFile, readClassFile, undoClassFile } from '../modules/catalogue/class-files/server/jobs.ts';
import { routes as classFiles } from '../modules/catalogue/class-files/server/routes.ts';
import { routes as classes } from '../modules/catalogue/classes/server/routes.ts';
import { routes as courseChoices } from '../modules/catalogue/course-choices/server/routes.ts';
import { routes as courses } from '../modules/catalogue/courses/server/routes.ts';
import { routes as funding } from '../modules/catalogue/funding/server/routes.ts';
import { routes as invoiceLines } from '../modules/catalogue/invoice-lines/server/routes.ts';
import { chores as participantChores } from '../modules/catalogue/participants/server/jobs.ts';
import { routes as participants } from '../modules/catalogue/participants/server/routes.ts';
import { routes as pricedServices } from '../modules/catalogue/priced-services/server/routes.ts';
import { routes as programmes } from '../modules/catalogue/programmes/server/routes.ts';
import { routes as proposals } from '../modules/catalogue/proposals/server/routes.ts';
import { routes as provision } from '../modules/catalogue/provision/server/routes.ts';
import { routes as punchCards } from '../modules/catalogue/punch-cards/server/routes.ts';
import { chores as recruitmentChores } from '../modules/catalogue/recruitment/server/jobs.ts';
import { routes as recruitment } from '../modules/catalogue/recruitment/server/routes.ts';
import { routes as running } from '../modules/catalogue/running/server/routes.ts';
import { routes as runningLimits } from '../modules/catalogue/running-limits/server/routes.ts';
import { chores as seatMoveChores } from '../modules/catalogue/seat-moves/server/jobs.ts';
import { routes as seatMoves } from '../modules/catalogue/seat-moves/server/routes.ts';
import { chores as seatChores } from '../modules/catalogue/seats/server/jobs.ts';
import { routes as seats } from '../modules/catalogue/seats/server/routes.ts';
import { routes as standIns } from '../modules/catalogue/stand-ins/server/routes.ts';
import { routes as teachers } from '../modules/catalogue/teachers/server/routes.ts';
import { routes as contacts } from '../modules/companies/contacts/server/routes.ts';
import { cvrJobs, chores as cvrSourceChores } from '../modules/companies/cvr-source/server/jobs.ts';
import { routes as cvrSource } from '../modules/companies/cvr-source/server/routes.ts';
import { applyFile, readFile, undoFile } from '../modules/companies/imports/server/jobs.ts';
import { routes as imports } from '../modules/companies/imports/server/routes.ts';
import { routes as needs } from '../modules/companies/needs/server/routes.ts';
import { readOwnFile } from '../modules/companies/own-lists/server/jobs.ts';
import { routes as ownLists } from '../modules/companies/own-lists/server/routes.ts';
import { chores as quarantineChores } from '../modules/companies/quarantine/server/jobs.ts';
import { routes as register } from '../modules/companies/register/server/routes.ts';
import { routes as timeline } from '../modules/companies/timeline/server/routes.ts';
import { deliverWebhook, chores as webhookChores } from '../modules/companies/webhooks/server/jobs.ts';
import { routes as webhooks } from '../modules/companies/webhooks/server/routes.ts';
import { chores as poolChores } from '../modules/competence/course-pool/server/jobs.ts';
import { routes as coursePools } from '../modules/competence/course-pool/server/routes.ts';
import { chores as trainingChores } from '../modules/competence/entitlements/server/jobs.ts';
import { routes as entitlements } from '../modules/competence/entitlements/server/routes.ts';
import { chores as rotationChores } from '../modules/competence/rotation/server/jobs.ts';
import { routes as rotation } from '../modules/competence/rotation/server/routes.ts';
import { chores as screeningChores } from '../modules/competence/screening/server/jobs.ts';
import { routes as screening } from '../modules/competence/screening/server/routes.ts';
import { chores as wishChores } from '../modules/competence/wishes/server/jobs.ts';
import { routes as wishes } from '../modules/competence/wishes/server/routes.ts';
import { routes as pooledNeeds } from '../modules/idea-bank/needs/server/routes.ts';
import { workOutPlan } from '../modules/idea-bank/plans/server/jobs.ts';
import { routes as poolPlans } from '../modules/idea-bank/plans/server/routes.ts';
import { routes as audit } from '../modules/organisation/audit/server/routes.ts';
import { routes as centre } from '../modules/organisation/centre/server/routes.ts';
import { carryOutErasure, carryOutRetention, chores as dataProtectionChores } from '../modules/organisation/data-protection/server/jobs.ts';
import { routes as dataProtection } from '../modules/organisation/data-protection/server/routes.ts';
import { routes as exports } from '../modules/organisation/export/server/routes.ts';
import { routes as institutions } from '../modules/organisation/institutions/server/routes.ts';
import { chores as keyChores } from '../modules/organisation/keys/server/jobs.ts';
import { routes as keys } from '../modules/organisation/keys/server/routes.ts';
import { routes as outbox } from '../modules/organisation/outbox/server/routes.ts';
import { routes as passkeys } from '../modules/organisation/passkeys/server/routes.ts';
import { chores as peopleChores } from '../modules/organisation/people/server/jobs.ts';
import { routes as people } from '../modules/organisation/people/server/routes.ts';
import { routes as profiles } from '../modules/organisation/profiles/server/routes.ts';
import { chores as schoolChores } from '../modules/organisation/schools/server/jobs.ts';
import { routes as schools } from '../modules/organisation/schools/server/routes.ts';
import { chores as signInChores } from '../modules/organisation/sign-in/server/jobs.ts';
import { demonstrationRoutes as demonstrationSignIn, routes as signIn } from '../modules/organisation/sign-in/server/routes.ts';
import { routes as signInRules } from '../modules/organisation/sign-in-rules/server/routes.ts';
import { routes as teams } from '../modules/organisation/teams/server/routes.ts';
import { routes as advisers } from '../modules/outreach/advisers/server/routes.ts';
import { routes as calendar } from '../modules/outreach/calendar/server/routes.ts';
import { routes as callCentreAid } from '../modules/outreach/call-centre-aid/server/routes.ts';
import { askObjections, chores as callChores, carryLifted, spreadObjection } from '../modules/outreach/calls/server/jobs.ts';
import { routes as calls } from '../modules/outreach/calls/server/routes.ts';
import { routes as campaigns } from '../modules/outreach/campaigns/server/routes.ts';
import { routes as capacity } from '../modules/outreach/capacity/server/routes.ts';
import { routes as closedCompanies } from '../modules/outreach/closed-companies/server/routes.ts';
import { routes as companyPage } from '../modules/outreach/company-page/server/routes.ts';
import { chores as consultantMeetingChores } from '../modules/outreach/consultant-meetings/server/jobs.ts';
import { routes as consultantMeetings } from '../modules/outreach/consultant-meetings/server/routes.ts';
import { chores as contactPersonChores } from '../modules/outreach/contact-persons/server/jobs.ts';
import { routes as contactPersons } from '../modules/outreach/contact-persons/server/routes.ts';
import { routes as corners } from '../modules/outreach/corners/server/routes.ts';
import { routes as desk } from '../modules/outreach/desk/server/routes.ts';
import { routes as deviations } from '../modules/outreach/deviations/server/routes.ts';
import { chores as enquiryChores } from '../modules/outreach/enquiries/server/jobs.ts';
import { routes as enquiries } from '../modules/outreach/enquiries/server/routes.ts';
import { chores as eventChores } from '../modules/outreach/events/server/jobs.ts';
import { routes as events } from '../modules/outreach/events/server/routes.ts';
import { chores as hearingChores } from '../modules/outreach/hearing/server/jobs.ts';
import { routes as hearing } from '../modules/outreach/hearing/server/routes.ts';
import { chores as intakeChores, readIntake, sweepIntake } from '../modules/outreach/intake/server/jobs.ts';
import { routes as intake } from '../modules/outreach/intake/server/routes.ts';
import { routes as keepingUp } from '../modules/outreach/keeping-up/server/routes.ts';
import { routes as leaving } from '../modules/outreach/leaving/server/routes.ts';
import { chores as meetingChores } from '../modules/outreach/meetings/server/jobs.ts';
import { routes as meetings } from '../modules/outreach/meetings/server/routes.ts';
import { routes as nominations } from '../modules/outreach/nominations/server/routes.ts';
import { chores as ownCalendarChores, readCalendar, readDueCalendars } from '../modules/outreach/own-calendars/server/jobs.ts';
import { routes as ownCalendars } from '../modules/outreach/own-calendars/server/routes.ts';
import { routes as progress } from '../modules/outreach/progress/server/routes.ts';
import { tellRebooked } from '../modules/outreach/rebooking/server/jobs.ts';
import { routes as rebooking } from '../modules/outreach/rebooking/server/routes.ts';
import { chores as rotaChores } from '../modules/outreach/rota/server/jobs.ts';
import { routes as rota } from '../modules/outreach/rota/server/routes.ts';
import { routes as outreachSettings } from '../modules/outreach/settings/server/routes.ts';
import { planWeek } from '../modules/outreach/staffing/server/jobs.ts';
import { routes as staffing } from '../modules/outreach/staffing/server/routes.ts';
import { chores as supplierChores } from '../modules/outreach/suppliers/server/jobs.ts';
import { routes as suppliers } from '../modules/outreach/suppliers/server/routes.ts';
import { chores as taskChores } from '../modules/outreach/tasks/server/jobs.ts';
import { routes as tasks } from '../modules/outreach/tasks/server/routes.ts';
import { routes as trainingAgreements } from '../modules/outreach/training-agreements/server/routes.ts';
import { chores as visitChores } from '../modules/outreach/visits/server/jobs.ts';
import { routes as visits } from '../modules/outreach/visits/server/routes.ts';
import { routes as workingGroups } from '../modules/outreach/working-groups/server/routes.ts';
import type { Route } from '../platform/http/mount.ts';
import { type Chore, houseWork } from '../platform/jobs/house.ts';
import type { JobKind } from '../platform/jobs/jobs.ts';
import { sendMail } from '../platform/mail/mail.ts';

/** Every endpoint of the product; a demonstration has a few more. */
export const routes: readonly Route[] = [
  ...signIn,
  ...passkeys,
  ...institutions,
  ...signInRules,
  ...people,
  ...profiles,
  ...schools,
  ...centre,
  ...teams,
  ...keys,
  ...outbox,
  ...exports,
  ...webhooks,
  ...audit,
  ...dataProtection,
  ...register,
  ...contacts,
  ...timeline,
  ...needs,
  ...imports,
  ...cvrSource,
  ...calendar,
  ...ownCalendars,
  ...capacity,
  ...meetings,
  ...staffing,
  ...rota,
  ...corners,
  ...ownLists,
  ...campaigns,
  ...callCentreAid,
  ...nominations,
  ...hearing,
  ...outreachSettings,
  ...calls,
  ...desk,
  ...progress,
  ...visits,
  ...trainingAgreements,
  ...intake,
  ...leaving,
  ...closedCompanies,
  ...rebooking,
  ...deviations,
  ...tasks,
  ...contactPersons,
  ...enquiries,
  ...suppliers,
  ...advisers,
  ...companyPage,
  ...keepingUp,
  ...workingGroups,
  ...consultantMeetings,
  ...provision,
  ...courseChoices,
  ...pricedServices,
  ...teachers,
  ...punchCards,
  ...proposals,
  ...programmes,
  ...funding,
  ...courses,
  ...pooledNeeds,
  ...poolPlans,
  ...classes,
  ...classFiles,
  ...seats,
  ...seatMoves,
  ...invoiceLines,
  ...standIns,
  ...runningLimits,
  ...running,
  ...recruitment,
  ...participants,
  ...referrals,
  ...partnerships,
  ...relations,
  ...measures,
  ...overlap,
  ...evaluations,
  ...events,
  ...wishes,
  ...screening,
  ...entitlements,
  ...rotation,
  ...coursePools,
];
export const demonstrationRoutes: readonly Route[] = demonstrationSignIn;
/** What becomes due by a centre's clock. */
export const chores: readonly Chore[] = [
  ...signInChores,
  ...keyChores,
  ...schoolChores,
  ...peopleChores,
  ...cvrSourceChores,
  ...quarantineChores,
  ...webhookChores,
  ...hearingChores,
  ...callChores,
  ...meetingChores,
  ...ownCalendarChores,
  ...rotaChores,
  ...visitChores,
  ...taskChores,
  ...contactPersonChores,
  ...enquiryChores,
  ...supplierChores,
  ...intakeChores,
  ...consultantMeetingChores,
  ...referralChores,
  ...partnershipChores,
  ...evaluationChores,
  ...eventChores,
  ...seatMoveChores,
  ...seatChores,
  ...recruitmentChores,
  ...participantChores,
  ...wishChores,
  ...screeningChores,
  ...trainingChores,
  ...rotationChores,
  ...poolChores,
  ...dataProtectionChores,
];
/** Every kind of background work. */
export const jobKinds = [
  sendMail,
  readFile,
  applyFile,
  undoFile,
  ...cvrJobs,
  readOwnFile,
  deliverWebhook,
  readClassFile,
  applyClassFile,
  undoClassFile,
  spreadObjection,
  carryLifted,
  askObjections,
  readCalendar,
  readDueCalendars,
  planWeek,
  workOutPlan,
  tellRebooked,
  readIntake,
  sweepIntake,
  carryOutErasure,
  carryOutRetention,
  houseWork(chores),
] as unknown as readonly JobKind[];
