import type * as z from 'zod';
import { problem } from '../../kit/problem.ts';

const codes: Record<string, string> = { too_small: 'too_small', too_big: 'too_big', invalid_format: 'format', unrecognized_keys: 'unknown', invalid_value: 'not_allowed' };

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code;
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  return codes[issue.code] ?? 'invalid';
}

/** PostgreSQL stores neither NUL nor half a character; both would come back as a fault. */
function hostile(value: unknown, path: string): string | null {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? path : null;
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = hostile(inner, path === '' ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Reads one part of a request by its shape.
 * @throws the problem `invalid` with a stable code per field; never echoes the value
 */
export function read(shape: z.ZodType | undefined, value: unknown): unknown {
  if (shape === undefined) return undefined;
  const place = hostile(value, '');
  if (place !== null) throw problem('invalid', { fields: [{ path: place, code: 'characters' }] });
  const result = shape.safeParse(value === undefined ? {} : value, { reportInput: true });
  if (result.success) return result.data;
  throw problem('invalid', { fields: result.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), code: codeOf(issue) })) });
}
