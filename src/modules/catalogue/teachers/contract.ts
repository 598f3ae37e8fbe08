import * as z from 'zod';
import { calendarDay } from '../../../kit/calendar-day.ts';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { courseNamed, exampleCourse } from '../course-choices/contract.ts';
import { type TaughtField, taughtFields } from '../provision/contract.ts';

const readers = ['consultant', 'manager', 'coordinator'] as const;
const writers = ['manager', 'coordinator'] as const;

export const loanStates = ['asked', 'agreed', 'declined', 'ended'] as const;
/** loan: at another school · class: teaches one · own: what the own school needs them for. */
export const useKinds = ['loan', 'class', 'own'] as const;

const distinct = <T>(all: readonly T[]) => new Set(all).size === all.length;
const weekdays = z
  .array(z.int().min(1).max(7))
  .min(1)
  .max(7)
  .refine(distinct, { params: { code: 'twice' } });
const field = z.enum(taughtFields as [TaughtField, ...TaughtField[]]);
const facts = {
  name: z.string().trim().min(1).max(200),
  /** What they teach: fields, and single courses. */
  fields: z
    .array(field)
    .max(taughtFields.length)
    .refine(distinct, { params: { code: 'twice' } })
    .default([]),
  courses: z
    .array(idOf('course'))
    .max(50)
    .refine(distinct, { params: { code: 'twice' } })
    .default([]),
  /** How many days a week the school can lend them; 0: not at all. */
  daysAWeek: z.int().min(0).max(5),
  /** From when to when; null where they are not lent. `to` null: no end is planned. */
  lendable: z.strictObject({ from: calendarDay, to: calendarDay.nullable() }).nullable(),
  retired: z.boolean().default(false),
};
const together = ({ daysAWeek, lendable }: { daysAWeek: number; lendable: unknown }) => (daysAWeek === 0) === (lendable === null);
const apart = { path: ['lendable'], params: { code: 'required' } };
const school = z.object({ id: idOf('school'), name: z.string() });
const teacher = z.object({
  id: idOf('teacher'),
  school,
  ...facts,
  courses: z.array(courseNamed),
  version: z.number().int(),
  /** `ask`: to borrow them for the own school. */
  can: z.object({ edit: z.boolean(), ask: z.boolean() }),
});
export type Teacher = z.output<typeof teacher>;

const classNamed = z.object({ id: idOf('class'), title: z.string(), school: z.string(), starts: calendarDay, ends: calendarDay });
export type ClassNamed = z.output<typeof classNamed>;
const loan = z.object({
  id: idOf('loan'),
  teacher: z.object({ id: idOf('teacher'), name: z.string() }),
  from: school,
  to: school,
  course: courseNamed.nullable(),
  class: classNamed.nullable(),
  first: calendarDay,
  last: calendarDay,
  /** 1 is Monday. */
  weekdays: z.array(z.number().int()),
  about: z.string(),
  state: z.enum(loanStates),
  /** Why not. */
  because: z.string(),
  version: z.number().int(),
  can: z.object({ answer: z.boolean(), end: z.boolean() }),
});
export type Loan = z.output<typeof loan>;
const use = z.object({
  id: idOf('use'),
  kind: z.enum(useKinds),
  school: z.string(),
  class: classNamed.nullable(),
  own: z.string().nullable(),
  first: calendarDay,
  last: calendarDay,
  /** How many days it takes between them. */
  days: z.number().int(),
  /** A class that was moved onto days on which the teacher is taken already: somebody must solve it. */
  clash: z.boolean(),
  can: z.object({ remove: z.boolean() }),
});
export type Use = z.output<typeof use>;
const absence = z.object({ id: idOf('absence'), from: calendarDay, to: calendarDay.nullable(), affected: z.array(use) });
const sheet = teacher.extend({
  /** From today on. */
  uses: z.array(use),
  loans: z.array(loan),
  /** When they cannot be had, never why, and what that touches; null for whoever does not lead a school or the centre. */
  absences: z.array(absence).nullable(),
});
export type TeacherSheet = z.output<typeof sheet>;

const ids = {
  teacher: '01990000-0000-7000-8000-000000000951',
  school: '01990000-0000-7000-8000-000000000011',
  other: '01990000-0000-7000-8000-000000000012',
  loan: '01990000-0000-7000-8000-000000000952',
  use: '01990000-0000-7000-8000-000000000953',
  class: '01990000-0000-7000-8000-000000000954',
  absence: '01990000-0000-7000-8000-000000000955',
};
const exampleFacts = { name: 'Ruth Vang', fields: ['certificates'], courses: [exampleCourse.id], daysAWeek: 2, lendable: { from: '2026-11-01', to: '2027-06-30' }, retired: false };
const there = { id: ids.school, name: 'Fjordegnens Erhvervsskole' };
const example = { ...exampleFacts, id: ids.teacher, school: there, courses: [exampleCourse], version: 1, can: { edit: false, ask: true } };
const exampleClass = { id: ids.class, title: 'Gaffeltruck B', school: 'Tværby Tekniske Skole', starts: '2027-01-11', ends: '2027-01-19' };
const exampleLoan = {
  id: ids.loan,
  teacher: { id: ids.teacher, name: 'Ruth Vang' },
  from: there,
  to: { id: ids.other, name: 'Tværby Tekniske Skole' },
  course: exampleCourse,
  class: null,
  first: '2027-01-04',
  last: '2027-03-26',
  weekdays: [1, 2],
  about: 'Vi har ti tilmeldte og ingen lærer.',
  state: 'asked',
  because: '',
  version: 1,
  can: { answer: false, end: true },
};
const exampleUse = { id: ids.use, kind: 'class', school: exampleClass.school, class: exampleClass, own: null, first: '2027-01-11', last: '2027-01-19', days: 7, clash: false, can: { remove: true } };
const exampleSheet = { ...example, uses: [exampleUse], loans: [exampleLoan], absences: [{ id: ids.absence, from: '2027-01-12', to: null, affected: [exampleUse] }] };
const params = z.strictObject({ teacher: idOf('teacher') });
const loanParams = z.strictObject({ loan: idOf('loan') });
const taken = { teacher_taken: 409, teacher_away: 409 } as const;

export const listTeachers = endpoint({
  name: 'listTeachers',
  method: 'GET',
  path: '/api/teachers',
  summary: 'The teachers that schools can lend each other, by school and name; 500 at most',
  description: 'Row 4.04. Open to all schools of the centre, in alphabetical order; no one is ranked. `field` keeps those who teach it.',
  access: readers,
  query: z.strictObject({ field: field.optional(), retired: z.enum(['true', 'false']).default('false') }),
  status: 200,
  output: z.array(teacher),
  example: { query: { field: 'certificates' }, output: [example] },
});

export const readTeacher = endpoint({
  name: 'readTeacher',
  method: 'GET',
  path: '/api/teachers/{teacher}',
  summary: 'A teacher: what they are taken by from today on, loans, and when they cannot be had',
  access: readers,
  params,
  status: 200,
  output: sheet,
  example: { params: { teacher: ids.teacher }, output: exampleSheet },
});

export const addTeacher = endpoint({
  name: 'addTeacher',
  method: 'POST',
  path: '/api/teachers',
  summary: 'List a teacher of a school',
  description: 'Row 4.04. The school’s managers, and the coordinator. Name and subjects, nothing else about the person.',
  access: writers,
  body: z.strictObject({ school: idOf('school'), ...facts }).refine(together, apart),
  status: 201,
  output: teacher,
  errors: { teacher_not_yours: 403, course_not_known: 422, period_backwards: 422 },
  example: { body: { school: ids.school, ...exampleFacts }, output: example },
});

export const writeTeacher = endpoint({
  name: 'writeTeacher',
  method: 'PUT',
  path: '/api/teachers/{teacher}',
  summary: 'Change what stands about a teacher, or take them off the list',
  access: writers,
  params,
  body: z.strictObject(facts).refine(together, apart),
  edits: true,
  status: 200,
  output: teacher,
  errors: { teacher_not_yours: 403, course_not_known: 422, period_backwards: 422 },
  example: { params: { teacher: ids.teacher }, body: exampleFacts, output: example },
});

const classTeacher = z.object({
  id: idOf('teacher'),
  name: z.string(),
  school: z.string(),
  /** Cannot be had on some day of the class; never why. Null for whoever does not lead a school or the centre. */
  away: z.boolean().nullable(),
  /** The class was moved onto days on which the teacher is taken already. */
  clash: z.boolean(),
});
export type ClassTeacher = z.output<typeof classTeacher>;
export const listClassTeachers = endpoint({
  name: 'listClassTeachers',
  method: 'GET',
  path: '/api/classes/{class}/teachers',
  summary: 'Who teaches a class, and whether somebody cannot be there',
  description: 'Row 4.04. Names as in the list of teachers; that a teacher cannot be had on a day of the class is read by managers and the coordinator, and why by nobody.',
  access: readers,
  params: z.strictObject({ class: idOf('class') }),
  status: 200,
  output: z.array(classTeacher),
  example: { params: { class: ids.class }, output: [{ id: ids.teacher, name: 'Ruth Vang', school: there.name, away: false, clash: false }] },
});

export const listTeacherLoans = endpoint({
  name: 'listTeacherLoans',
  method: 'GET',
  path: '/api/teacher-loans',
  summary: 'Loans of teachers between schools: those that wait for an answer first; 200 at most',
  access: readers,
  status: 200,
  output: z.array(loan),
  example: { output: [exampleLoan] },
});

export const askTeacherLoan = endpoint({
  name: 'askTeacherLoan',
  method: 'POST',
  path: '/api/teachers/{teacher}/loans',
  summary: 'Ask another school for its teacher, on days of the week in a period, for a course or a class',
  description: 'Row 4.04. For the own school; the coordinator for any. Within what the teacher’s school said it can lend.',
  access: writers,
  params,
  body: z.strictObject({
    school: idOf('school'),
    course: idOf('course').nullable().default(null),
    class: idOf('class').nullable().default(null),
    first: calendarDay,
    last: calendarDay,
    weekdays,
    about: z.string().trim().max(1000).default(''),
  }),
  status: 201,
  output: loan,
  errors: { loan_not_yours: 403, loan_own_school: 422, loan_outside: 422, loan_no_days: 422, period_backwards: 422, course_not_known: 422, class_not_known: 422, ...taken },
  example: {
    params: { teacher: ids.teacher },
    body: { school: ids.other, course: exampleCourse.id, first: '2027-01-04', last: '2027-03-26', weekdays: [1, 2], about: exampleLoan.about },
    output: exampleLoan,
  },
});

export const answerTeacherLoan = endpoint({
  name: 'answerTeacherLoan',
  method: 'PUT',
  path: '/api/teacher-loans/{loan}/answer',
  summary: 'Say yes or no to a loan, for the school that has the teacher',
  description: 'Row 4.04. Its managers and nobody else. A teacher is never at two schools on one day: whatever is agreed at the same moment, one of them is told `teacher_taken`.',
  access: ['manager'],
  params: loanParams,
  body: z.strictObject({ agree: z.boolean(), because: z.string().trim().max(300).default('') }),
  edits: true,
  status: 200,
  output: loan,
  errors: { loan_not_yours: 403, loan_answered: 409, ...taken },
  example: { params: { loan: ids.loan }, body: { agree: true }, output: { ...exampleLoan, state: 'agreed', version: 2 } },
});

export const endTeacherLoan = endpoint({
  name: 'endTeacherLoan',
  method: 'PUT',
  path: '/api/teacher-loans/{loan}/end',
  summary: 'End a loan after a day, or take back what was asked',
  description: 'Either school, and the coordinator. Refused while the teacher is on a class there after that day.',
  access: writers,
  params: loanParams,
  body: z.strictObject({ last: calendarDay }),
  edits: true,
  status: 200,
  output: loan,
  errors: { loan_not_yours: 403, loan_answered: 409, loan_in_use: 409 },
  example: { params: { loan: ids.loan }, body: { last: '2027-02-26' }, output: { ...exampleLoan, state: 'ended', last: '2027-02-26', version: 3 } },
});

export const listTeacherClasses = endpoint({
  name: 'listTeacherClasses',
  method: 'GET',
  path: '/api/teachers/{teacher}/class-choices',
  summary: 'Classes that whoever asks can put the teacher on: not over, not cancelled; 200 at most',
  access: writers,
  params,
  status: 200,
  output: z.array(classNamed),
  example: { params: { teacher: ids.teacher }, output: [exampleClass] },
});

export const putTeacherOnClass = endpoint({
  name: 'putTeacherOnClass',
  method: 'POST',
  path: '/api/teachers/{teacher}/classes',
  summary: 'Put a teacher on a class',
  description: 'Row 4.04. The school that runs the class. A teacher of another school must be lent to it on all the days of the class (`class_not_lent`).',
  access: writers,
  params,
  body: z.strictObject({ class: idOf('class') }),
  status: 201,
  output: sheet,
  errors: { class_not_yours: 403, class_not_known: 422, class_not_lent: 409, ...taken },
  example: { params: { teacher: ids.teacher }, body: { class: ids.class }, output: exampleSheet },
});

export const addTeacherUse = endpoint({
  name: 'addTeacherUse',
  method: 'POST',
  path: '/api/teachers/{teacher}/own-uses',
  summary: 'Say what the own school needs a teacher for, so that nobody is lent out then',
  access: writers,
  params,
  body: z.strictObject({ what: z.string().trim().min(1).max(150), first: calendarDay, last: calendarDay, weekdays }),
  status: 201,
  output: sheet,
  errors: { teacher_not_yours: 403, loan_no_days: 422, period_backwards: 422, ...taken },
  example: { params: { teacher: ids.teacher }, body: { what: 'Grundforløb', first: '2027-01-04', last: '2027-06-25', weekdays: [3, 4, 5] }, output: exampleSheet },
});

export const removeTeacherUse = endpoint({
  name: 'removeTeacherUse',
  method: 'DELETE',
  path: '/api/teachers/{teacher}/uses/{use}',
  summary: 'Take a teacher off a class, or say that the own school does not need them after all',
  description: 'A loan is ended, not taken away.',
  access: writers,
  params: params.extend({ use: idOf('use') }),
  status: 204,
  output: z.null(),
  errors: { teacher_not_yours: 403 },
  example: { params: { teacher: ids.teacher, use: ids.use } },
});

export const addTeacherAbsence = endpoint({
  name: 'addTeacherAbsence',
  method: 'POST',
  path: '/api/teachers/{teacher}/absences',
  summary: 'Say that a teacher cannot be had from a day on; the answer lists the classes and loans that it touches',
  description: 'Row 4.04. No reason is asked for or kept.',
  access: writers,
  params,
  body: z.strictObject({ from: calendarDay, to: calendarDay.nullable().default(null) }),
  status: 201,
  output: sheet,
  errors: { teacher_not_yours: 403, period_backwards: 422, absence_overlaps: 409 },
  example: { params: { teacher: ids.teacher }, body: { from: '2027-01-12', to: null }, output: exampleSheet },
});

export const removeTeacherAbsence = endpoint({
  name: 'removeTeacherAbsence',
  method: 'DELETE',
  path: '/api/teachers/{teacher}/absences/{absence}',
  summary: 'The teacher can be had after all',
  access: writers,
  params: params.extend({ absence: idOf('absence') }),
  status: 204,
  output: z.null(),
  errors: { teacher_not_yours: 403 },
  example: { params: { teacher: ids.teacher, absence: ids.absence } },
});
