import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { endpoint, refuse } from './endpoint.ts';
import { type PlatformProblem, Problem, platformProblems, problem, problemShape } from './problem.ts';

describe('problems', () => {
  test('every platform problem answers in the RFC 9457 shape, with its code and status and no prose', () => {
    for (const code of Object.keys(platformProblems) as PlatformProblem[]) {
      const body = problem(code).body();
      expect(problemShape.strict().parse(body)).toEqual({ type: `urn:vejnet:problem:${code}`, status: platformProblems[code], code });
    }
  });

  test('an endpoint refuses with the status it declared', () => {
    const close = endpoint({ name: 'close', method: 'POST', path: '/api/x', summary: '', access: 'anyone', status: 204, output: z.null(), errors: { already_closed: 409 }, example: {} });
    const refusal = refuse(close, 'already_closed', { about: { since: '2026-11-17' } });
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal.body()).toEqual({ type: 'urn:vejnet:problem:already_closed', status: 409, code: 'already_closed', about: { since: '2026-11-17' } });
  });

  test('a code that the endpoint does not declare is a programming error, in the compiler and when run', () => {
    const read = endpoint({ name: 'read', method: 'GET', path: '/api/x', summary: '', access: 'anyone', status: 204, output: z.null(), example: {} });
    // @ts-expect-error an undeclared code does not compile
    expect(() => refuse(read, 'already_closed')).toThrow('read does not declare');
  });
});
