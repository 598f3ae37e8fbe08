import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';
import { idOf } from '../../../kit/ids.ts';
import { courseKinds } from '../courses/contract.ts';

/** A course as something else names it. */
export const courseNamed = z.object({ id: idOf('course'), kind: z.enum(courseKinds), code: z.string().nullable(), title: z.string(), /** Nobody runs it any longer. */ retired: z.boolean() });
export type CourseNamed = z.output<typeof courseNamed>;
export const exampleCourse = { id: '01990000-0000-7000-8000-000000000901', kind: 'amu', code: '40312', title: 'Mødeledelse for teamledere', retired: false };

export const findCourses = endpoint({
  name: 'findCourses',
  method: 'GET',
  path: '/api/course-choices',
  summary: 'Courses to choose from in a form, by number or words of the title; 20 at most, none that are retired',
  access: ['consultant', 'manager', 'coordinator'],
  query: z.strictObject({ search: z.string().trim().max(100).default('') }),
  status: 200,
  output: z.array(courseNamed),
  example: { query: { search: 'møde' }, output: [exampleCourse] },
});
