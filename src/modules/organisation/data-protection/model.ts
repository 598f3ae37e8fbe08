/**
 * The one register of personal data: which columns of the database tell of persons, whose they are, how somebody is found in them, how long they are kept and what
 * erasing does. Search, person file, erasure, retention, the record of processing (GDPR article 30) and docs/privacy.md are all made of it. Tables of every module
 * stand here as names only; tests/architecture/personal-data.test.ts reads the database's catalogue and fails on a column that is neither here nor explained.
 */

/** Whose data it is. */
export const subjects = ['contact', 'staff', 'leader', 'participant', 'colleague', 'adviser', 'anybody'] as const;

/** What belongs together for a reader: the rows of the record of processing. */
export const kinds = [
  'contacts',
  'pages',
  'calls',
  'meetings',
  'reports',
  'notes',
  'files',
  'drafts',
  'tasks',
  'referrals',
  'enquiries',
  'suppliers',
  'advisers',
  'events',
  'wishes',
  'training',
  'rotation',
  'pools',
  'participants',
  'hearings',
  'own_lists',
  'agreements',
  'needs',
  'told',
  'story',
  'minutes',
  'school_contacts',
  'imports',
  'mails',
  'staff',
  'sign_in',
  'audit',
  'access',
] as const;
export type Kind = (typeof kinds)[number];

/**
 * name, email, phone: somebody is found by it, and it is taken out. own: goes with the row's person. text, json: whatever people wrote, in which anybody may be named;
 * only the name, address and number are taken out of it. file: goes with its row. contact: the id of a person at a company.
 */
export type Use = 'name' | 'email' | 'phone' | 'own' | 'text' | 'json' | 'file' | 'contact';

/** Why something stays though somebody asked for erasure (GDPR article 17, 3). */
export const keepReasons = ['signed', 'public_register', 'still_here', 'other_centre'] as const;

export interface PersonalTable {
  kind: Kind;
  table: string;
  about: (typeof subjects)[number];
  /** Primary key besides centre_id. */
  key: readonly string[];
  /** A column and its use; where erasing puts something else than the use's own value, that as SQL. */
  columns: Readonly<Record<string, Use | readonly [Use, string]>>;
  /** The company a row is about, as SQL over t; a name that is no address counts only there. */
  company?: string;
  /** When the row came to be, as SQL over t. */
  at?: string;
  /** Where no column of its own finds a person: when a row is theirs all the same, as SQL over t, with :pattern for what they are called and :companies for where. */
  theirs?: string;
  /** What happens to a row that is about the person. Where nobody is found by a column, only texts change. */
  erase: 'delete' | 'blank' | 'keep';
  keep?: (typeof keepReasons)[number];
}

const gone = 'slettet person';
const nameless: Record<Use, string> = { name: `'${gone}'`, email: 'null', phone: 'null', own: `''`, text: `''`, json: `'[]'`, file: 'null', contact: 'null' };

export const register: readonly PersonalTable[] = [
  {
    kind: 'contacts',
    table: 'contact',
    about: 'contact',
    key: ['id'],
    columns: { id: 'contact', name: 'name', email: 'email', phone: 'phone', title: 'own', role: 'own', language: 'own', basis: 'own', source: 'own' },
    company: 't.company_id',
    at: 't.created_at',
    erase: 'delete',
  },
  {
    kind: 'contacts',
    table: 'contact_objection',
    about: 'contact',
    key: ['id'],
    columns: { contact_id: 'contact', reason: 'own', lifted_because: 'own', number: 'own' },
    company: '(select k.company_id from vn.contact k where k.centre_id = t.centre_id and k.id = t.contact_id)',
    at: 't.at',
    erase: 'delete',
  },
  { kind: 'pages', table: 'company_page', about: 'leader', key: ['id'], columns: { contact_id: 'contact' }, company: 't.company_id', at: 't.made_at', erase: 'delete' },
  {
    kind: 'calls',
    table: 'call',
    about: 'contact',
    key: ['id'],
    columns: { contact_id: 'contact', note: 'text', decision_note: 'text', lifted_because: 'text', refused_number: 'text' },
    company: 't.company_id',
    at: 't.at',
    erase: 'blank',
  },
  {
    kind: 'calls',
    table: 'call_correction',
    about: 'anybody',
    key: ['id'],
    columns: { reason: 'text' },
    company: '(select k.company_id from vn.call k where k.centre_id = t.centre_id and k.id = t.call_id)',
    at: 't.at',
    erase: 'blank',
  },
  {
    kind: 'meetings',
    table: 'meeting',
    about: 'contact',
    key: ['id'],
    columns: { person_name: 'name', person_email: 'email', person_phone: 'phone', person_role: ['own', 'null'], said: 'text', wishes: 'text', place: 'text' },
    company: 't.company_id',
    at: 't.made_at',
    erase: 'blank',
  },
  {
    kind: 'meetings',
    table: 'meeting_link',
    about: 'contact',
    key: ['meeting_id'],
    columns: { asked_said: 'text' },
    company: '(select m.company_id from vn.meeting m where m.centre_id = t.centre_id and m.id = t.meeting_id)',
    at: 't.made_at',
    erase: 'blank',
  },
  {
    kind: 'reports',
    table: 'visit_report',
    about: 'contact',
    key: ['id'],
    columns: { people: 'json', about: 'text', agreed: 'text', partner: 'text' },
    company: 't.company_id',
    at: 't.sent_at',
    erase: 'blank',
  },
  {
    kind: 'notes',
    table: 'report_note',
    about: 'anybody',
    key: ['school_id', 'report_id'],
    columns: { text: 'text' },
    company: '(select r.company_id from vn.visit_report r where r.centre_id = t.centre_id and r.id = t.report_id)',
    at: 't.written_at',
    erase: 'blank',
  },
  // A file of a visit where the person was met may show or name them; it cannot be searched, so it goes.
  {
    kind: 'files',
    table: 'visit_file',
    about: 'contact',
    key: ['id'],
    columns: { name: 'text', content: 'file' },
    company: '(select r.company_id from vn.visit_report r where r.centre_id = t.centre_id and r.id = t.report_id)',
    at: 't.at',
    theirs: 'exists (select from vn.visit_report r where r.centre_id = t.centre_id and r.id = t.report_id and r.company_id = any(:companies) and r.people::text ~* :pattern)',
    erase: 'delete',
  },
  { kind: 'drafts', table: 'visit_draft', about: 'anybody', key: ['person_id', 'id'], columns: { content: 'json' }, at: 't.written_at', erase: 'blank' },
  { kind: 'drafts', table: 'draft_mail', about: 'anybody', key: ['person_id', 'draft_id'], columns: { subject: 'text', text: 'text', content: 'file' }, at: 't.received_at', erase: 'blank' },
  { kind: 'tasks', table: 'task', about: 'anybody', key: ['id'], columns: { what: 'text', declined_reason: 'text' }, company: 't.company_id', at: 't.made_at', erase: 'blank' },
  {
    kind: 'tasks',
    table: 'task_event',
    about: 'anybody',
    key: ['task_id', 'no'],
    columns: { reason: 'text' },
    company: '(select k.company_id from vn.task k where k.centre_id = t.centre_id and k.id = t.task_id)',
    at: 't.at',
    erase: 'blank',
  },
  { kind: 'tasks', table: 'working_group', about: 'anybody', key: ['id'], columns: { purpose: 'text', outcome: 'text' }, company: 't.company_id', at: 't.made_at', erase: 'blank' },
  { kind: 'tasks', table: 'keep_up', about: 'anybody', key: ['company_id'], columns: { why: 'text' }, company: 't.company_id', erase: 'blank' },
  {
    kind: 'referrals',
    table: 'referral',
    about: 'anybody',
    key: ['id'],
    columns: { about: 'text', reason: 'text', outcome_note: 'text' },
    company: 't.company_id',
    at: 't.sent_at',
    erase: 'blank',
  },
  {
    kind: 'referrals',
    table: 'referral_event',
    about: 'anybody',
    key: ['referral_id', 'no'],
    columns: { note: 'text' },
    company: '(select r.company_id from vn.referral r where r.centre_id = t.centre_id and r.id = t.referral_id)',
    at: 't.at',
    erase: 'blank',
  },
  {
    kind: 'enquiries',
    table: 'enquiry',
    about: 'contact',
    key: ['id'],
    // Whoever asks must be reachable, says the table: a word stands where the number was.
    columns: {
      person_name: ['name', `''`],
      email: ['email', 'null'],
      phone: ['phone', `'–'`],
      company_name: 'text',
      said: 'text',
      answer: 'text',
      source: 'text',
      by_hand_reason: 'text',
      promised: 'text',
    },
    company: 't.company_id',
    at: 't.received_at',
    erase: 'blank',
  },
  { kind: 'suppliers', table: 'supplier_list', about: 'contact', key: ['id'], columns: { contact_id: 'contact', introduction: 'text' }, company: 't.company_id', at: 't.made_at', erase: 'blank' },
  {
    kind: 'suppliers',
    table: 'supplier',
    about: 'anybody',
    key: ['id'],
    columns: { written: 'text', name: 'text', by_hand_reason: 'text' },
    company: 't.giver_id',
    erase: 'blank',
  },
  // A link that nobody has any more: the address may only be missing where it ended.
  {
    kind: 'advisers',
    table: 'adviser',
    about: 'adviser',
    key: ['id'],
    columns: { name: 'name', email: 'email', ended_at: ['own', 'coalesce(t.ended_at, ctx.now())'] },
    at: 't.made_at',
    erase: 'blank',
  },
  {
    kind: 'events',
    table: 'event_party',
    about: 'contact',
    key: ['id'],
    columns: { person_name: ['name', `''`], email: 'email', role: 'own', company_name: 'text', forgotten: ['own', 'true'] },
    company: 't.company_id',
    at: 't.signed_at',
    erase: 'blank',
  },
  { kind: 'wishes', table: 'wish_form', about: 'leader', key: ['id'], columns: { steward_name: 'name', steward_email: 'email' }, company: 't.company_id', at: 't.made_at', erase: 'blank' },
  {
    kind: 'training',
    table: 'employee',
    about: 'colleague',
    key: ['id'],
    columns: { name: ['name', 'null'], left_at: ['own', 'coalesce(t.left_at, ctx.now())'] },
    company: 't.company_id',
    at: 't.added_at',
    erase: 'blank',
  },
  { kind: 'training', table: 'training_entry', about: 'anybody', key: ['id'], columns: { about: 'text' }, at: 't.at', erase: 'blank' },
  {
    kind: 'pools',
    table: 'pool_member',
    about: 'colleague',
    key: ['id'],
    columns: { name: 'name', email: 'email' },
    company: '(select o.company_id from vn.course_pool o where o.centre_id = t.centre_id and o.id = t.pool_id)',
    at: 't.made_at',
    erase: 'blank',
  },
  {
    kind: 'pools',
    table: 'pool_request',
    about: 'colleague',
    key: ['id'],
    columns: { person: ['name', 'null'], why: 'own', what: 'text' },
    company: '(select o.company_id from vn.course_pool o where o.centre_id = t.centre_id and o.id = t.pool_id)',
    at: 't.asked_at',
    erase: 'blank',
  },
  {
    kind: 'pools',
    table: 'pool_vote',
    about: 'anybody',
    key: ['request_id', 'member_id'],
    columns: { reason: 'text' },
    company: '(select o.company_id from vn.pool_request r join vn.course_pool o on o.centre_id = r.centre_id and o.id = r.pool_id where r.centre_id = t.centre_id and r.id = t.request_id)',
    at: 't.at',
    erase: 'blank',
  },
  {
    kind: 'participants',
    table: 'seat_participant',
    about: 'participant',
    key: ['id'],
    columns: { name: 'name' },
    company: '(select s.company_id from vn.seat s where s.centre_id = t.centre_id and s.id = t.seat_id)',
    at: 't.made_at',
    erase: 'blank',
  },
  { kind: 'participants', table: 'seat', about: 'anybody', key: ['id'], columns: { needs: 'text' }, company: 't.company_id', at: 't.made_at', erase: 'blank' },
  // Who a school says knows a company: a word in a hearing that is over for good, like the mark itself.
  { kind: 'hearings', table: 'hearing_mark', about: 'staff', key: ['campaign_id', 'company_id', 'school_id'], columns: { known_by: 'text' }, company: 't.company_id', at: 't.at', erase: 'blank' },
  { kind: 'hearings', table: 'hearing_forward', about: 'staff', key: ['id'], columns: { name: 'name' }, at: 't.created_at', erase: 'blank' },
  { kind: 'own_lists', table: 'own_company', about: 'staff', key: ['school_id', 'list_id', 'no'], columns: { known_by: 'text', note: 'text', raw: 'text' }, erase: 'blank' },
  {
    kind: 'agreements',
    table: 'partnership_text',
    about: 'leader',
    key: ['partnership_id', 'no'],
    columns: { company_signer: 'name' },
    company: '(select p.company_id from vn.partnership p where p.centre_id = t.centre_id and p.id = t.partnership_id)',
    at: 't.written_at',
    erase: 'keep',
    keep: 'signed',
  },
  {
    kind: 'agreements',
    table: 'training_agreement',
    about: 'anybody',
    key: ['id'],
    columns: { note: 'text', kept_by_word: 'text', fallen_because: 'text' },
    company: 't.company_id',
    at: 't.made_at',
    erase: 'blank',
  },
  { kind: 'agreements', table: 'punch_card_entry', about: 'anybody', key: ['id'], columns: { about: 'text' }, at: 't.at', erase: 'blank' },
  { kind: 'needs', table: 'need', about: 'anybody', key: ['id'], columns: { what: 'text' }, company: 't.company_id', at: 't.noted_at', erase: 'blank' },
  {
    kind: 'needs',
    table: 'pooled_need',
    about: 'contact',
    key: ['id'],
    columns: { contact_id: 'contact', what: 'text' },
    company: 't.company_id',
    erase: 'blank',
  },
  { kind: 'needs', table: 'first_use', about: 'anybody', key: ['company_id'], columns: { what: 'text' }, company: 't.company_id', erase: 'blank' },
  {
    kind: 'needs',
    table: 'visit_offer',
    about: 'anybody',
    key: ['report_id', 'place'],
    columns: { what: 'text' },
    company: '(select r.company_id from vn.visit_report r where r.centre_id = t.centre_id and r.id = t.report_id)',
    erase: 'blank',
  },
  { kind: 'told', table: 'company_told', about: 'anybody', key: ['id'], columns: { text: 'text' }, company: 't.company_id', at: 't.at', erase: 'blank' },
  { kind: 'told', table: 'contact_person_past', about: 'anybody', key: ['company_id', 'during'], columns: { note: 'text' }, company: 't.company_id', erase: 'blank' },
  { kind: 'told', table: 'relation', about: 'anybody', key: ['company_id'], columns: { contact_note: 'text', exception_note: 'text' }, company: 't.company_id', erase: 'blank' },
  { kind: 'story', table: 'timeline_entry', about: 'anybody', key: ['id'], columns: { data: 'json' }, company: 't.company_id', at: 't.at', erase: 'blank' },
  { kind: 'minutes', table: 'consultant_meeting_item', about: 'anybody', key: ['id'], columns: { text: 'text' }, at: 't.at', erase: 'blank' },
  { kind: 'minutes', table: 'consultant_meeting_minute', about: 'anybody', key: ['id'], columns: { text: 'text' }, at: 't.at', erase: 'blank' },
  {
    kind: 'school_contacts',
    table: 'class',
    about: 'staff',
    key: ['id'],
    columns: { contact_name: ['name', `''`], contact_email: ['email', `''`], contact_phone: ['phone', `''`] },
    erase: 'blank',
  },
  {
    kind: 'school_contacts',
    table: 'course_school',
    about: 'staff',
    key: ['course_id', 'school_id'],
    columns: { contact_name: ['name', `''`], contact_email: ['email', `''`], contact_phone: ['phone', `''`] },
    erase: 'blank',
  },
  { kind: 'school_contacts', table: 'school_capability', about: 'staff', key: ['school_id', 'kind'], columns: { contact: 'text' }, erase: 'blank' },
  { kind: 'school_contacts', table: 'teacher', about: 'staff', key: ['id'], columns: { name: 'name' }, erase: 'blank' },
  { kind: 'imports', table: 'company_import', about: 'contact', key: ['id'], columns: { samples: 'json' }, at: 't.created_at', erase: 'blank' },
  { kind: 'imports', table: 'class_file', about: 'staff', key: ['id'], columns: { samples: 'json' }, at: 't.created_at', erase: 'blank' },
  { kind: 'audit', table: 'audit', about: 'anybody', key: ['id'], columns: { data: 'json' }, at: 't.at', erase: 'blank' },
  { kind: 'staff', table: 'consultant_profile', about: 'staff', key: ['person_id'], columns: { experience: 'text' }, erase: 'blank' },
];

/** Tables without a centre, which functions of the gate look after: what, why so, and what erasing does there. */
export const beside: Readonly<Record<string, { kind: Kind; about: (typeof subjects)[number]; columns: readonly string[]; how: string }>> = {
  person: { kind: 'staff', about: 'staff', columns: ['name', 'email', 'phone', 'language'], how: 'vn.erase_staff: whoever is nothing anywhere any more becomes a row without a name' },
  session: { kind: 'sign_in', about: 'staff', columns: ['device', 'strength'], how: 'deleted with vn.erase_staff, and six months after the last use' },
  passkey: { kind: 'sign_in', about: 'staff', columns: ['name', 'credential_id', 'public_key', 'transports'], how: 'deleted with vn.erase_staff, and when its person removes it' },
  api_key: { kind: 'sign_in', about: 'staff', columns: ['name', 'beginning'], how: 'one’s own: deleted with vn.erase_staff; another system’s bears a name of its own' },
  mail: { kind: 'mails', about: 'anybody', columns: ['to_address', 'subject', 'text', 'calendar'], how: 'vn.erase_from_mails: the address goes, in texts the name' },
  intake_mail: { kind: 'mails', about: 'anybody', columns: ['envelope', 'content'], how: 'gone after 90 days; nobody reads them' },
  idempotency: { kind: 'sign_in', about: 'anybody', columns: ['answer'], how: 'vn.erase_from_answers; gone after a day' },
  import_row: {
    kind: 'imports',
    about: 'contact',
    columns: ['raw', 'contact_name', 'contact_role', 'contact_phone', 'contact_email', 'name', 'address', 'town', 'phone', 'email', 'past'],
    how: 'vn.erase_from_imports; rows go when a file is done with',
  },
  import_change: { kind: 'imports', about: 'anybody', columns: ['before'], how: 'what the public register said before a file' },
  class_file_row: { kind: 'imports', about: 'staff', columns: ['raw', 'facts', 'changes'], how: 'gone after 30 days' },
  contact_search: { kind: 'contacts', about: 'contact', columns: ['name', 'phone'], how: 'a trigger writes and removes it with the contact' },
  report_search: { kind: 'reports', about: 'anybody', columns: ['words'], how: 'written anew with the report' },
  company: {
    kind: 'contacts',
    about: 'leader',
    columns: ['name', 'address', 'town', 'phone', 'email'],
    how: 'the public register of companies (CVR): a sole trader’s name stays as long as it stands there',
  },
  unit: { kind: 'contacts', about: 'leader', columns: ['name', 'address', 'town', 'phone', 'email'], how: 'as company' },
  company_past: { kind: 'contacts', about: 'leader', columns: ['value'], how: 'as company' },
  unit_past: { kind: 'contacts', about: 'leader', columns: ['value'], how: 'as company' },
};

/** The gone word of a column, as SQL. */
export const blankOf = (column: Use | readonly [Use, string]): string => (typeof column === 'string' ? nameless[column] : column[1]);
export const useOf = (column: Use | readonly [Use, string]): Use => (typeof column === 'string' ? column : column[0]);
export const columnsOf = (table: PersonalTable, ...uses: readonly Use[]): string[] =>
  Object.entries(table.columns)
    .filter(([, column]) => uses.includes(useOf(column)))
    .map(([name]) => name);
export { gone as goneWord };

// ---- How long ------------------------------------------------------------------------------------------------------------------------------------

/** What has a clock of the centre's. */
export const clocks = [
  'call_notes',
  'not_interested',
  'meeting_people',
  'enquiry_people',
  'report_people',
  'mails',
  'access_log',
  'audit',
  'sessions',
  'staff_left',
  'participants',
  'event_people',
  'wish_forms',
  'rotation_initials',
  'pool_requests',
  'training_days',
] as const;
export type Clock = (typeof clocks)[number];

export interface ClockRule {
  clock: Clock;
  kind: Kind;
  table: string;
  key: readonly string[];
  /** Months after `since`: the default, and what a centre may choose. */
  months: number;
  floor: number;
  ceiling: number;
  /** From when it counts, as SQL over t: timestamptz or date. */
  since: string;
  /** What is still there to go, as SQL over t. */
  there: string;
  company?: string;
  /** delete the row; blank these columns; own: the concern's own chore does it, at the same clock (vn.kept). */
  does: 'delete' | 'own' | Readonly<Record<string, string>>;
}

/** Tables without a centre of their own: functions of the gate look after them. */
export const ofTheGate = ({ table }: ClockRule): boolean => table === 'mail' || table === 'session' || table === 'person';

const noName = `'${gone}'`;
const centreDay = (column: string) => `${column}::timestamp at time zone (select c.tz from vn.centre c where c.id = t.centre_id)`;

export const clockRules: readonly ClockRule[] = [
  {
    clock: 'call_notes',
    kind: 'calls',
    table: 'call',
    key: ['id'],
    months: 24,
    floor: 3,
    ceiling: 36,
    since: 't.at',
    there: '(t.note is not null or t.contact_id is not null or t.decision_note is not null)',
    company: 't.company_id',
    does: { note: 'null', contact_id: 'null', decision_note: 'null' },
  },
  {
    // Of whoever said no, only that the centre must not call is worth keeping, and that stands elsewhere.
    clock: 'not_interested',
    kind: 'calls',
    table: 'call',
    key: ['id'],
    months: 1,
    floor: 0,
    ceiling: 12,
    since: 't.at',
    there: `t.outcome = 'not_interested' and t.undone_at is null and (t.note is not null or t.contact_id is not null)`,
    company: 't.company_id',
    does: { note: 'null', contact_id: 'null' },
  },
  {
    clock: 'meeting_people',
    kind: 'meetings',
    table: 'meeting',
    key: ['id'],
    months: 24,
    floor: 6,
    ceiling: 60,
    since: 'upper(t.during)',
    there: `t.person_name is not null and t.person_name <> ${noName}`,
    company: 't.company_id',
    does: { person_name: noName, person_email: 'null', person_phone: 'null', person_role: 'null' },
  },
  {
    clock: 'enquiry_people',
    kind: 'enquiries',
    table: 'enquiry',
    key: ['id'],
    months: 24,
    floor: 6,
    ceiling: 60,
    since: 'coalesce(t.answered_at, t.received_at)',
    there: `(t.email is not null or coalesce(t.phone, '–') <> '–' or coalesce(t.person_name, '') <> '')`,
    company: 't.company_id',
    does: { person_name: `''`, email: 'null', phone: `'–'` },
  },
  {
    clock: 'report_people',
    kind: 'reports',
    table: 'visit_report',
    key: ['id'],
    months: 60,
    floor: 12,
    ceiling: 120,
    since: 't.sent_at',
    there: `t.people <> '[]'`,
    company: 't.company_id',
    does: { people: `'[]'` },
  },
  { clock: 'access_log', kind: 'access', table: 'access_log', key: ['id'], months: 24, floor: 12, ceiling: 60, since: 't.at', there: 'true', does: 'delete' },
  { clock: 'audit', kind: 'audit', table: 'audit', key: ['id'], months: 60, floor: 24, ceiling: 120, since: 't.at', there: 'true', does: 'delete' },
  { clock: 'mails', kind: 'mails', table: 'mail', key: ['id'], months: 12, floor: 1, ceiling: 36, since: 't.at', there: `t.state <> 'waiting'`, does: 'own' },
  { clock: 'sessions', kind: 'sign_in', table: 'session', key: ['id'], months: 6, floor: 1, ceiling: 24, since: 'coalesce(t.ended_at, t.expires_at)', there: 'true', does: 'own' },
  // Whoever is nothing here any more: the name goes from reports, calls and the log alike.
  {
    clock: 'staff_left',
    kind: 'staff',
    table: 'person',
    key: ['id'],
    months: 60,
    floor: 12,
    ceiling: 120,
    since: '(select max(upper(m.during))::timestamp from vn.membership m where m.person_id = t.id)',
    there: 'true',
    does: 'own',
  },
  {
    clock: 'participants',
    kind: 'participants',
    table: 'seat_participant',
    key: ['id'],
    months: 6,
    floor: 1,
    ceiling: 24,
    since: centreDay('(select c.ends + 1 from vn.seat s join vn.class c on c.centre_id = s.centre_id and c.id = s.class_id where s.centre_id = t.centre_id and s.id = t.seat_id)'),
    there: 'true',
    company: '(select s.company_id from vn.seat s where s.centre_id = t.centre_id and s.id = t.seat_id)',
    does: 'own',
  },
  {
    clock: 'event_people',
    kind: 'events',
    table: 'event_party',
    key: ['id'],
    months: 12,
    floor: 3,
    ceiling: 24,
    since: '(select upper(e.during) from vn.event e where e.centre_id = t.centre_id and e.id = t.event_id)',
    there: 'not t.forgotten',
    company: 't.company_id',
    does: 'own',
  },
  {
    clock: 'wish_forms',
    kind: 'wishes',
    table: 'wish_form',
    key: ['id'],
    months: 24,
    floor: 6,
    ceiling: 36,
    since: centreDay('(t.last_day + 1)'),
    there: 'true',
    company: 't.company_id',
    does: 'own',
  },
  {
    clock: 'rotation_initials',
    kind: 'rotation',
    table: 'rotation_person',
    key: ['rotation_id', 'part', 'no'],
    months: 12,
    floor: 3,
    ceiling: 24,
    since: centreDay(
      '(select coalesce((select max(x.last_day) from vn.rotation_period x where x.centre_id = r.centre_id and x.rotation_id = r.id), r.made_at::date) + 1 from vn.rotation r where r.centre_id = t.centre_id and r.id = t.rotation_id)',
    ),
    there: 'true',
    company: '(select r.company_id from vn.rotation r where r.centre_id = t.centre_id and r.id = t.rotation_id)',
    does: 'own',
  },
  {
    clock: 'pool_requests',
    kind: 'pools',
    table: 'pool_request',
    key: ['id'],
    months: 12,
    floor: 3,
    ceiling: 24,
    since: 't.decided_at',
    there: 't.person is not null',
    company: '(select o.company_id from vn.course_pool o where o.centre_id = t.centre_id and o.id = t.pool_id)',
    does: 'own',
  },
  {
    clock: 'training_days',
    kind: 'training',
    table: 'training_right',
    key: ['id'],
    months: 24,
    floor: 6,
    ceiling: 36,
    since: centreDay('(t.last_day + 1)'),
    there: 'true',
    company: 't.company_id',
    does: 'own',
  },
];
export const clockRule = (clock: Clock): ClockRule => clockRules.find((rule) => rule.clock === clock) as ClockRule;
