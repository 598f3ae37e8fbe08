import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demonstrationRoutes, routes } from '../src/app/routes.ts';
import type { Endpoint } from '../src/kit/endpoint.ts';
import { testApp } from './support/app.ts';
import { makeCentre, openSession, type TestPerson } from './support/factory.ts';

const everybody = ['nobody', 'anna', 'bo', 'camilla', 'dorte', 'emil', 'hanne', 'ida', 'karen'] as const;
type Who = (typeof everybody)[number];
type Verdict = 'yes' | 401 | 403;
type Line = Record<Who, Verdict>;

const open: Line = { nobody: 'yes', anna: 'yes', bo: 'yes', camilla: 'yes', dorte: 'yes', emil: 'yes', hanne: 'yes', ida: 'yes', karen: 'yes' };
const signedIn: Line = { ...open, nobody: 401 };
/** These and nobody else. */
const only = (...who: Who[]): Line => Object.fromEntries(everybody.map((each) => [each, who.includes(each) ? 'yes' : each === 'nobody' ? 401 : 403])) as Line;
/** Staff of schools and centre: not the call agent, not the ministry. */
const staff = only('anna', 'camilla', 'dorte', 'emil', 'ida', 'karen');

/** Who keeps the register. */
const keepers = only('camilla', 'ida', 'karen');

const coordinators = only('camilla', 'ida');
/** Who answers for a school in a hearing. */
const hearers = only('anna', 'dorte', 'emil');

/** Who may ever call what. Rows and states are asked about in the concern's own tests. */
const expected: Record<string, Line> = {
  readSession: open,
  requestSignIn: open,
  redeemSignIn: open,
  signOut: signedIn,
  listSessions: signedIn,
  endSession: signedIn,
  wearHat: signedIn,
  chooseLanguage: signedIn,
  listDemonstrationPeople: open,
  signInAsDemonstrationPerson: open,
  listDemonstrationMails: open,
  readDemonstrationClock: open,
  moveDemonstrationClock: signedIn,

  listPeople: staff,
  readPerson: staff,
  invitePerson: only('camilla', 'dorte', 'emil', 'ida', 'karen'),
  giveRole: only('camilla', 'dorte', 'emil', 'ida', 'karen'),
  endRole: only('camilla', 'dorte', 'emil', 'ida', 'karen'),
  letLeave: only('camilla', 'ida', 'karen'),

  listProfiles: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readProfile: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeProfile: only('anna', 'camilla', 'dorte', 'emil', 'ida'),

  listSchools: staff,
  readSchool: staff,
  addSchool: only('karen'),
  writeLastDay: only('camilla', 'ida', 'karen'),
  readLeftBehind: only('camilla', 'ida', 'karen'),
  writeSchool: only('camilla', 'dorte', 'emil', 'ida', 'karen'),

  readCentre: only('anna', 'bo', 'camilla', 'dorte', 'emil', 'ida', 'karen'),
  writeCentre: only('camilla', 'ida', 'karen'),
  readAccessibility: open,
  listProcessors: only('camilla', 'ida', 'karen'),
  addProcessor: only('karen'),
  fileAgreement: only('karen'),
  endAgreement: only('karen'),

  listPooledNeeds: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readPooledNeed: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addPooledNeed: only('anna', 'camilla', 'ida'),
  writePooledNeed: only('anna', 'camilla', 'ida'),
  withdrawPooledNeed: only('anna', 'camilla', 'ida'),
  readOwnNeeds: open,
  writeOwnNeed: open,
  withdrawOwnNeed: open,
  listCourses: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readCourse: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addCourse: only('camilla', 'dorte', 'emil', 'ida'),
  writeCourse: only('camilla', 'dorte', 'emil', 'ida'),
  runCourse: only('camilla', 'dorte', 'emil', 'ida'),
  stopCourse: only('camilla', 'dorte', 'emil', 'ida'),
  searchCourses: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  searchOpenCourses: open,
  listDeliveryForms: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addDeliveryForm: coordinators,
  writeDeliveryForm: coordinators,
  listClasses: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readClass: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addClass: only('camilla', 'dorte', 'emil', 'ida'),
  writeClass: only('camilla', 'dorte', 'emil', 'ida'),

  listClassSeats: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listClassesToDecide: only('camilla', 'dorte', 'emil', 'ida'),
  addSeat: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listCompanySeats: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  withdrawSeat: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  answerSeatOffer: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeSeat: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  decideClass: only('camilla', 'dorte', 'emil', 'ida'),
  moveClassSeats: only('camilla', 'dorte', 'emil', 'ida'),
  addSeatHold: only('camilla', 'dorte', 'emil', 'ida'),
  endSeatHold: only('camilla', 'dorte', 'emil', 'ida'),
  readSeatSettings: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeSeatSettings: coordinators,
  readTeacherBrief: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  markSession: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  moveSession: only('camilla', 'dorte', 'emil', 'ida'),
  openSeatLink: open,
  answerSeatLink: open,
  listProvision: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeProvision: only('camilla', 'dorte', 'emil', 'ida'),
  removeProvision: only('camilla', 'dorte', 'emil', 'ida'),

  listEvaluations: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readEvaluation: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  downloadEvaluation: only('camilla', 'dorte', 'emil', 'ida'),
  announceEvaluation: coordinators,
  callOffEvaluation: coordinators,

  listMeasures: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeMeasure: only('camilla', 'dorte', 'emil', 'ida'),
  listIncentives: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addIncentive: only('dorte', 'emil'),
  writeIncentive: only('dorte', 'emil'),
  removeIncentive: only('dorte', 'emil'),
  readOverlap: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listReferrals: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readReferral: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readCredits: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  sendReferral: only('anna', 'camilla', 'ida'),
  answerReferral: only('anna', 'dorte', 'emil'),
  startReferral: only('anna', 'dorte', 'emil'),
  endReferral: only('anna', 'dorte', 'emil'),
  withdrawReferral: only('anna', 'camilla', 'dorte', 'emil', 'ida'),

  listTeams: staff,
  addTeam: only('camilla', 'ida', 'karen'),
  writeTeam: only('camilla', 'ida', 'karen'),
  dissolveTeam: only('camilla', 'ida', 'karen'),

  listAudit: only('karen'),

  listCompanies: staff,
  addCompany: staff,
  readCompany: staff,
  recordException: only('camilla', 'ida'),
  listMunicipalities: staff,
  readTimeline: staff,
  listContacts: staff,
  addContact: staff,
  writeContact: staff,
  removeContact: staff,

  importCompanies: keepers,
  listImports: keepers,
  readImport: keepers,
  listImportRows: keepers,
  downloadRefused: keepers,
  mapColumns: keepers,
  applyImport: keepers,
  cancelImport: keepers,
  undoImport: keepers,
  listKept: keepers,

  readWorkTime: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeWorkTime: only('anna'),
  sendCalendarFile: only('anna'),
  removeCalendarFile: only('anna'),
  readFreeBusy: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addAbsence: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  removeAbsence: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readCalendars: only('anna'),
  linkCalendar: only('anna'),
  chooseCalendars: only('anna'),
  readCalendarNow: only('anna'),
  removeCalendar: only('anna'),
  renewCalendarFeed: only('anna'),
  endCalendarFeed: only('anna'),
  readCalendarFeed: open,
  listBrokenCalendars: coordinators,
  readCapacity: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  writeCapacity: only('camilla', 'dorte', 'emil', 'ida'),
  readOpenWeeks: only('anna', 'bo', 'camilla', 'ida'),
  listSlots: only('anna', 'camilla', 'ida'),
  holdSlot: only('anna', 'camilla', 'ida'),
  bookMeeting: only('anna', 'camilla', 'ida'),
  listMeetings: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readMeeting: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  moveMeeting: only('anna', 'camilla', 'ida'),
  joinMeeting: only('anna', 'camilla', 'ida'),
  cancelMeeting: only('anna', 'camilla', 'ida'),
  endMeeting: only('anna', 'camilla', 'ida'),
  readAssignmentRule: signedIn,
  listAssignments: only('camilla', 'ida'),
  readDeviations: only('camilla', 'dorte', 'emil', 'ida'),
  downloadDeviations: coordinators,
  readShares: only('camilla', 'dorte', 'emil', 'ida'),

  listDeskSlots: only('anna', 'bo'),
  bookFromCall: only('anna', 'bo'),
  readProgress: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  sendOwnList: hearers,
  readOwnList: hearers,
  forgetOwnList: hearers,
  downloadOwnRefused: hearers,

  listCampaigns: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readCampaign: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addCampaign: coordinators,
  writeCampaign: coordinators,
  countTargets: coordinators,
  freezeList: coordinators,
  discardList: coordinators,
  listTargets: coordinators,
  downloadTargets: coordinators,
  compareList: coordinators,
  pauseCampaign: coordinators,
  resumeCampaign: coordinators,
  endCampaign: coordinators,
  listIndustries: only('anna', 'camilla', 'dorte', 'emil', 'ida'),

  openHearing: coordinators,
  closeHearing: coordinators,
  readAnswers: coordinators,
  remindSchools: coordinators,
  listHearings: hearers,
  readHearing: hearers,
  listHearingCompanies: hearers,
  downloadHearing: hearers,
  markCompanies: hearers,
  answerHearing: hearers,
  forwardHearing: hearers,
  listForwards: hearers,
  endForward: hearers,
  openForward: open,
  listForwarded: open,
  markForwarded: open,

  readOutreachSettings: only('anna', 'bo', 'camilla', 'dorte', 'emil', 'ida', 'karen'),
  writeOutreachSettings: coordinators,

  listRotas: only('anna', 'dorte', 'emil', 'camilla', 'ida'),
  addRota: coordinators,
  writeRota: coordinators,
  closeRota: coordinators,
  giveTurn: only('anna', 'camilla', 'ida'),
  listCorners: only('anna', 'dorte', 'emil', 'camilla', 'ida'),
  readCorner: only('anna', 'dorte', 'emil', 'camilla', 'ida'),
  addCorner: only('anna', 'camilla', 'ida'),
  writeCorner: only('anna', 'camilla', 'ida'),
  endCorner: only('anna', 'camilla', 'ida'),
  renewCornerAddress: only('anna', 'camilla', 'ida'),
  giveCornerDay: only('anna', 'camilla', 'ida'),
  cancelCornerDay: only('anna', 'camilla', 'ida'),
  countCornerDay: only('anna'),
  openCorner: open,
  takeSeat: open,
  readSeat: open,
  leaveSeat: open,
  listEvents: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readEvent: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addEvent: only('anna', 'camilla', 'ida'),
  writeEvent: only('anna', 'camilla', 'ida'),
  cancelEvent: only('anna', 'camilla', 'ida'),
  addParticipant: only('anna', 'camilla', 'ida'),
  answerForParticipant: only('anna', 'camilla', 'ida'),
  markAttendance: only('anna', 'camilla', 'ida'),
  nameParticipantCompany: only('anna', 'camilla', 'ida'),
  followUpEvent: only('anna', 'camilla', 'ida'),
  listOpenEvents: open,
  readOpenEvent: open,
  signUpForEvent: open,
  openEventPlace: open,
  answerEventPlace: open,
  listWishForms: only('anna', 'camilla', 'ida'),
  readWishForm: only('anna', 'camilla', 'ida'),
  addWishForm: only('anna', 'camilla', 'ida'),
  renewStewardLink: only('anna', 'camilla', 'ida'),
  removeWishForm: only('anna', 'camilla', 'ida'),
  openWishes: open,
  sendWishes: open,
  openStewardPage: open,
  addPaper: open,
  takeBackPaper: open,
  shareWishes: open,
  openWishCounts: open,
  readTeamWeek: only('anna', 'dorte', 'emil', 'camilla', 'ida'),
  listCandidates: only('anna', 'camilla', 'ida'),
  giveMeeting: only('anna', 'camilla', 'ida'),
  suggestStaffing: coordinators,
  readStaffingPlan: coordinators,

  listNeeds: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listDrafts: only('anna'),
  readDraft: only('anna'),
  writeDraft: only('anna'),
  removeDraft: only('anna'),
  sendReport: only('anna'),
  listReports: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readReport: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  correctReport: only('anna'),
  writeReportNote: only('anna'),
  addVisitFile: only('anna'),
  removeVisitFile: only('anna'),
  readVisitFile: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readVisitForm: only('anna'),

  readIntakeAddress: only('anna'),
  renewIntakeAddress: only('anna'),
  endIntakeAddress: only('anna'),
  receiveMail: open,
  readIntakeMail: only('anna'),
  downloadIntakeMail: only('anna'),
  listOwedReports: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readEffort: only('anna', 'camilla', 'ida'),
  readBarriers: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listTasks: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  finishTask: only('anna', 'camilla', 'ida'),
  readTask: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addTask: only('anna', 'camilla', 'ida'),
  wordTask: only('anna', 'camilla', 'ida'),
  giveTask: only('anna', 'camilla', 'ida'),
  answerTask: only('anna', 'camilla', 'ida'),

  listWorkingGroups: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readWorkingGroup: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  startWorkingGroup: only('anna', 'camilla', 'ida'),
  writeWorkingGroup: only('anna', 'camilla', 'ida'),
  endWorkingGroup: only('anna', 'camilla', 'ida'),

  listMeetingSeries: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addMeetingSeries: coordinators,
  writeMeetingSeries: coordinators,
  endMeetingSeries: coordinators,
  listConsultantMeetings: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readConsultantMeeting: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addConsultantMeeting: coordinators,
  writeConsultantMeeting: only('anna', 'camilla', 'ida'),
  cancelConsultantMeeting: coordinators,
  addAgendaItem: only('anna', 'camilla', 'ida'),
  removeAgendaItem: only('anna', 'camilla', 'ida'),
  beginConsultantMeeting: only('anna', 'camilla', 'ida'),
  discussReport: only('anna', 'camilla', 'ida'),
  setPresence: only('anna', 'camilla', 'ida'),
  addMinute: only('anna', 'camilla', 'ida'),
  writeMinute: only('anna', 'camilla', 'ida'),
  removeMinute: only('anna', 'camilla', 'ida'),
  closeConsultantMeeting: only('anna', 'camilla', 'ida'),

  readClosing: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listClosed: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  confirmClosed: only('anna', 'camilla', 'ida'),
  mergeCompany: coordinators,
  readContactPerson: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  giveCompany: only('anna', 'camilla', 'ida'),
  setDeputy: only('anna', 'camilla', 'ida'),
  letCompanyBe: only('anna', 'camilla', 'ida'),
  tellCompany: only('anna'),
  listFollowed: only('anna', 'camilla', 'dorte', 'emil', 'ida'),

  listCompanyPages: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  inviteToPage: only('anna', 'camilla', 'ida'),
  endCompanyPage: only('anna', 'camilla', 'ida'),
  openCompanyPage: open,
  askFromPage: open,
  mailFromPage: open,
  openMeetingLink: open,
  listTimesToMoveTo: open,
  moveByLink: open,
  cancelByLink: open,
  ringByLink: open,
  listOpenCentres: open,
  askCentre: open,
  addEnquiry: only('anna', 'camilla', 'ida'),
  listEnquiries: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  passEnquiry: only('anna', 'camilla', 'ida'),
  answerEnquiry: only('anna', 'camilla', 'ida'),
  nameCompany: only('anna', 'camilla', 'ida'),
  noteEnquiryStep: only('anna', 'camilla', 'ida'),
  listSupplierLists: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  readSupplierList: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addSupplierList: only('anna', 'camilla', 'ida'),
  writeSupplierList: only('anna', 'camilla', 'ida'),
  addSuppliers: only('anna', 'camilla', 'ida'),
  withdrawSupplierList: only('anna', 'camilla', 'ida'),
  matchSupplier: only('anna', 'camilla', 'ida'),
  noteSupplier: only('anna', 'camilla', 'ida'),
  passSupplier: only('anna', 'camilla', 'ida'),
  listOwnSuppliers: only('anna'),
  listIntroductions: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  listAdvisers: only('anna', 'camilla', 'dorte', 'emil', 'ida'),
  addAdviser: only('anna', 'camilla', 'ida'),
  renewAdviserLink: only('anna', 'camilla', 'ida'),
  endAdviser: only('anna', 'camilla', 'ida'),
  openAdviserPage: open,
  handOver: open,
  readKeepUp: only('anna', 'camilla', 'ida'),
  writeKeepUp: only('anna'),
  keepUpDone: only('anna'),
  endKeepUp: only('anna', 'camilla', 'ida'),
  noteFirstUse: only('anna'),
  listKeepUps: only('anna'),
  readLeadTimes: only('anna', 'camilla', 'dorte', 'emil', 'ida'),

  listCallCampaigns: only('anna', 'bo'),
  readQueue: only('anna', 'bo', 'camilla', 'ida'),
  claimNext: only('anna', 'bo'),
  renewLease: only('anna', 'bo'),
  releaseLease: only('anna', 'bo'),
  recordOutcome: only('anna', 'bo'),
  undoCall: only('anna', 'bo', 'camilla', 'ida'),
  listCalls: only('anna', 'camilla', 'ida'),
  correctCall: only('camilla', 'ida'),
  decideCall: only('camilla', 'ida'),
  liftObjection: only('camilla', 'ida'),
  recordCall: only('anna', 'camilla', 'ida'),
};

const all = [...routes, ...demonstrationRoutes];
const app = await testApp({ routes: all });
const people = await makeCentre(app);

/** The example's address with ids that nothing has. */
function addressOf({ path, example }: Endpoint): string {
  const query = new URLSearchParams(Object.entries((example.query ?? {}) as Record<string, unknown>).map(([key, value]) => [key, String(value)]));
  return `${path.replaceAll(/\{\w+\}/g, () => randomUUID())}?${query}`;
}

/** A session of its own for each call: some endpoints end it. */
async function sessionOf(who: Who): Promise<{ token: string } | null> {
  if (who === 'nobody') return null;
  const person: TestPerson = people[who];
  return { token: await openSession(app, person) };
}

async function verdict(endpoint: Endpoint, who: Who): Promise<Verdict | number> {
  await app.owner.query('delete from vn.rate'); // one address asks for everybody here
  const answer = await app.request(await sessionOf(who)).raw({
    method: endpoint.method,
    url: addressOf(endpoint),
    headers: { ...(endpoint.edits ? { 'if-match': '"1"' } : {}), ...(endpoint.body ? { 'content-type': 'application/json' } : {}) },
    ...(endpoint.body ? { payload: JSON.stringify(endpoint.example.body) } : {}),
  });
  if (answer.status >= 500) return answer.status;
  // A refusal of the endpoint's own (a wrong code, somebody else's hat) is asked for by somebody who may ask.
  return answer.body?.code === 'unauthenticated' || answer.body?.code === 'forbidden' ? answer.status : 'yes';
}

describe('every endpoint x every person', () => {
  test('every endpoint has an expected line, and every line an endpoint', () => {
    expect(Object.keys(expected).sort()).toEqual(all.map((each) => each.endpoint.name).sort());
  });

  test.each(all.map(({ endpoint }) => [endpoint.name, endpoint] as const))('%s lets in exactly whom it should', async (name, endpoint) => {
    const found: Record<string, Verdict | number> = {};
    for (const who of everybody) found[who] = await verdict(endpoint, who);
    expect(found).toEqual(expected[name]);
  });
});
