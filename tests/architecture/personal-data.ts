import type pg from 'pg';
import { beside, clockRules, columnsOf, type PersonalTable, register } from '../../src/modules/organisation/data-protection/model.ts';

/**
 * Columns in which words stand and that tell of no person, each with why: 'table' for all of a table, else 'table.column'. A column whose CHECK lists its values or a form, and
 * hashes and sealed bytes, need no word; ids of people who work here follow vn.person.
 */
export const explained: Record<string, string> = {
  ...Object.fromEntries(
    [
      'centre',
      'centre_area',
      'region',
      'municipality',
      'postcode',
      'industry',
      'instance',
      'organisation',
      'school',
      'team',
      'sign_in_provider',
      'webhook',
      'team_member',
      'delivery_form',
      'institution_school',
      'demonstration_person',
      'national_role',
      'processor_agreement',
    ].map((table) => [table, 'names of places, trades and institutions']),
  ),
  ...Object.fromEntries(
    [
      'course',
      'course_term',
      'programme',
      'funding',
      'funding_rate',
      'priced_service',
      'provision',
      'running_limit',
      'training_right',
      'proposal',
      'proposal_step',
      'incentive',
      'measure',
      'screening',
      'teacher_use',
    ].map((table) => [table, 'courses, money and what schools offer; companies and persons are not named there']),
  ),
  ...Object.fromEntries(
    ['campaign', 'campaign_script', 'target', 'evaluation', 'evaluation_row', 'corner', 'corner_day', 'rota', 'consultant_meeting', 'consultant_meeting_series', 'event'].map((table) => [
      table,
      'what is planned and where; who comes stands in tables of its own',
    ]),
  ),
  ...Object.fromEntries(['assignment', 'meeting_given', 'pool_plan', 'staffing_plan'].map((table) => [table, 'figures and ids that a choice was made by'])),
  ...Object.fromEntries(['rate', 'suppression'].map((table) => [table, 'keyed hashes'])),
  'wish_answer.topics': 'what somebody ticked, with nothing that says who; deleted when it is counted',
  'wish_form.own': 'the form’s own topics',
  'wish_form.topics': 'topics',
  'wish_form.counts': 'counts from the threshold on',
  'rotation.what': 'a subject',
  'mail.failed_because': 'three digits of a mail server, or the code of a broken line',
  'company_import.sheet': 'the name of a sheet in a file',
  'company_import.sheets': 'the names of the sheets in a file',
  'company_import.sizes': 'brackets of employees that were asked for',
  'rotation.source_name': 'an agency or a job centre',
  'rotation.peer': 'a subject',
  'rotation_person.initials': 'initials that only the company can read; gone a year after (clock rotation_initials)',
  'recruitment_need.trade': 'a trade',
  'recruitment_need.for_whom': 'a group; the screen says to name nobody',
  'recruitment_need.learn': 'a subject',
  'recruitment_need.stopped_because': 'why a plan was given up',
  'teacher_loan.about': 'a subject',
  'teacher_loan.because': 'why a school says no; the screen says not to write of health',
  'access_log.endpoint': 'a name of ours',
  'access_log.about': 'ids of what was opened',
  'audit.event': 'a name of ours',
  'adviser.organisation': 'an institution',
  'call_correction.was': 'an outcome',
  'call_correction.became': 'an outcome',
  'calendar_copy.url': 'a part of a calendar of a consultant’s own; forgotten when the role ends',
  'calendar_file.file_name': 'of a consultant’s own; forgotten when the role ends',
  'calendar_link.host': 'as calendar_file',
  'calendar_link.server': 'as calendar_file',
  'calendar_link.user_name': 'as calendar_file',
  'calendar_part.url': 'as calendar_file',
  'calendar_part.name': 'as calendar_file',
  'calendar_part.mark': 'as calendar_file',
  'calendar_part.changed': 'as calendar_file',
  'class.no': 'a number',
  'class.title': 'a course',
  'class.place': 'a place',
  'class.street': 'a place',
  'class.town': 'a place',
  'class.delivery': 'a code',
  'class.cancelled_because': 'why a class does not run',
  'class.supplement_for': 'a purpose',
  'class.text': 'what the class is about',
  'class_change.before': 'what the file said of a class',
  'class_change.after': 'what the file says of a class',
  'class_file.address': 'an address of a machine',
  'class_file.file_name': 'a file',
  'class_file.headings': 'headings',
  'class_file.mapping': 'fields',
  'class_file.course_code': 'a code',
  'class_file.institutions': 'institutions',
  'class_file.error': 'a code',
  'class_file_row.refusal': 'a code',
  'class_file_row.doubts': 'codes',
  'class_file_row.outcome': 'a code',
  'class_file_row.number': 'a number',
  'class_file_row.institution': 'an institution',
  'class_file_row.course_kind': 'a code',
  'class_file_row.course_code': 'a code',
  'class_file_row.compared': 'fields',
  'company.postcode': 'public register',
  'company.form': 'public register',
  'company.status_text': 'public register',
  'company.industry_code': 'public register',
  'company.industry_text': 'public register',
  'company.municipality': 'public register',
  'company.search': 'made of the public name',
  'unit.industry_code': 'public register',
  'unit.industry_text': 'public register',
  'unit.municipality': 'public register',
  'unit.postcode': 'public register',
  'company_import.file_name': 'a file',
  'company_import.headings': 'headings',
  'company_import.mapping': 'fields',
  'company_import.error': 'a code',
  'consultant_profile.industries': 'what a consultant knows of',
  'consultant_profile.products': 'what a consultant knows of',
  'consultant_profile.languages': 'what a consultant speaks',
  'consultant_profile.area': 'where a consultant works',
  'course_pool.name': 'a pool',
  'draft_mail.from_address': 'the consultant’s own address, who alone reads it; goes with the draft',
  'draft_mail.companies': 'ids',
  'draft_mail.topics': 'codes',
  'draft_mail.refused': 'names of files that were too large',
  'employee.team': 'a team',
  'enquiry.seed': 'what a draw was made by',
  'enquiry.told': 'figures that a choice was made by',
  'enquiry.town': 'a place',
  'event_party.told': 'which mail was sent',
  'idempotency.key': 'a number of the sender’s',
  'idempotency.request_hash': 'a hash',
  'import_row.kind': 'a code',
  'import_row.refusal': 'a code',
  'import_row.outcome': 'a code',
  'import_row.cvr': 'public register',
  'import_row.p_number': 'public register',
  'import_row.postcode': 'public register',
  'import_row.municipality': 'public register',
  'import_row.form': 'public register',
  'import_row.status': 'public register',
  'import_row.status_text': 'public register',
  'import_row.scheme': 'public register',
  'import_row.industry_code': 'public register',
  'import_row.industry_text': 'public register',
  'import_row.size_period': 'public register',
  'intake_mail.mailbox': 'a mailbox of Vejnet’s',
  'meeting.person_language': 'a code; stays so that a moved meeting is told of in the right language',
  'meeting_answer.attendee': 'an id, or that it is the company',
  'own_abilities.learn': 'what a consultant wants to learn; deleted by the consultant, and when the role ends',
  'own_company.cvr': 'public register',
  'own_company.p_number': 'public register',
  'own_company.name': 'a company',
  'own_company.name_key': 'a company',
  'own_company.postcode': 'a place',
  'own_company.refusal': 'a code',
  'own_list.file_name': 'a file',
  'own_list.error': 'a code',
  'partnership_text.company_expects': 'a signed text',
  'partnership_text.centre_expects': 'a signed text',
  'partnership_text.company_role': 'a signed text',
  'partnership_text.centre_role': 'a signed text',
  'partnership_text.company_duties': 'a signed text',
  'partnership_text.centre_duties': 'a signed text',
  'partnership_text.ended_because': 'a signed text',
  'punch_card.name': 'a card',
  'punch_card.free_because': 'why a card cost nothing',
  'referral_event.state': 'a state',
  'relation.phone': 'the company’s own number',
  'relation.refused_numbers': 'numbers of the company that nobody may call: the promise stays',
  'retention_setting.paused_because': 'why a clock stands still; the screen says to name nobody',
  'retention_run.clock': 'a clock',
  'erasure.identity': 'who is being erased, until it is done; nobody reads it but the work itself',
  'erasure.counts': 'counts',
  'erasure.kept': 'reasons',
  'seat.withdrawn_because': 'why a seat was given back',
  'seat.told': 'which mail was sent',
  'seat_hold.name': 'a project or a company',
  'seat_move.because': 'why classes are joined',
  'session.leave_at': 'an address of the provider',
  'session_move.because': 'why a class was moved',
  'supplier.town': 'a place',
  'supplier.seed': 'what a draw was made by',
  'supplier.told': 'figures that a choice was made by',
  'supplier_list.seats_for': 'a course',
  'visit_report.topics': 'codes',
  'visit_report.barriers': 'codes',
};

const wordy = `
  select c.relname "table", a.attname "column", a.attnotnull "notNull" from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
   where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p')
     and (format_type(a.atttypid, null) in ('text', 'text[]', 'json', 'jsonb', 'bytea', 'tsvector', 'inet', 'cidr', 'macaddr', 'xml', 'name') or format_type(a.atttypid, null) like 'character%')
     and not exists (select from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] and pg_get_constraintdef(k.oid) ~ '= ANY \\(ARRAY|<@|~ ''')
     and not (format_type(a.atttypid, null) = 'bytea' and a.attname ~ '(^|_)hash$|^print$|^sealed$')
   order by 1, 2`;

const declared = (table: string, column: string) =>
  register.some((each) => each.table === table && (Object.keys(each.columns).includes(column) || each.key.includes(column))) || beside[table]?.columns.includes(column) === true;

/** Every column with words that is neither in the register nor explained, and every explanation of nothing. */
export async function undeclared(owner: pg.Client): Promise<string[]> {
  const columns = (await owner.query<{ table: string; column: string }>(wordy)).rows;
  const faults = columns
    .filter(({ table, column }) => !declared(table, column) && explained[table] === undefined && explained[`${table}.${column}`] === undefined)
    .map(({ table, column }) => `${table}.${column}: may tell of a person, and is in no register`);
  const there = new Set(columns.flatMap(({ table, column }) => [table, `${table}.${column}`]));
  const all = new Set((await owner.query<{ name: string }>(`select relname "name" from pg_class where relnamespace = 'vn'::regnamespace`)).rows.map(({ name }) => name));
  for (const place of Object.keys(explained)) if (!there.has(place) && !all.has(place)) faults.push(`${place}: is explained and not there`);
  return faults;
}

/** What erasing changes in a table. */
const changed = (table: PersonalTable): string[] =>
  table.erase === 'keep' ? [] : table.erase === 'delete' ? [] : columnsOf(table, 'name', 'email', 'phone', 'own', 'contact', 'text', 'json', 'file').filter((each) => !table.key.includes(each));

/** Where register and rights differ: what must be emptied and may not be, and what may be changed and is in no register. */
export async function rightsFaults(owner: pg.Client): Promise<string[]> {
  const rights = (
    await owner.query<{ table: string; updates: string[]; removes: boolean }>(
      `select c.relname "table", has_table_privilege('vn_protection', c.oid, 'delete') removes,
          array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and has_column_privilege('vn_protection', c.oid, a.attnum, 'update')) updates
        from pg_class c where c.relnamespace = 'vn'::regnamespace and c.relkind in ('r', 'p') and has_any_column_privilege('vn_protection', c.oid, 'select')`,
    )
  ).rows;
  const faults: string[] = [];
  for (const table of register) {
    const held = rights.find((each) => each.table === table.table);
    if (held === undefined) faults.push(`${table.table}: cannot be read`);
    for (const column of changed(table)) if (!held?.updates.includes(column)) faults.push(`${table.table}.${column}: cannot be emptied`);
    if (table.erase === 'delete' && !held?.removes) faults.push(`${table.table}: rows cannot go`);
  }
  const own = new Set(['erasure', 'retention_run']);
  for (const { table, updates, removes } of rights) {
    const wanted = new Set([
      ...register.filter((each) => each.table === table).flatMap((each) => Object.keys(each.columns)),
      ...clockRules.filter((rule) => rule.table === table && typeof rule.does === 'object').flatMap((rule) => Object.keys(rule.does)),
    ]);
    if (!own.has(table)) for (const column of updates) if (!wanted.has(column)) faults.push(`${table}.${column}: may be changed, and is in no register`);
    if (removes && !register.some((each) => each.table === table && each.erase === 'delete') && !clockRules.some((rule) => rule.table === table && rule.does === 'delete'))
      faults.push(`${table}: rows may go, and no register says so`);
  }
  return faults;
}
