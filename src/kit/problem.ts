import * as z from 'zod';

/** RFC 9457 without prose: the stable `code` is the contract, the words for it live in the catalogue of the screen. */
export const problemShape = z.object({
  type: z.string(),
  status: z.number().int(),
  code: z.string(),
  fields: z.array(z.object({ path: z.string(), code: z.string() })).optional(),
  /** The row as it stands now, where an edit met a newer version. */
  current: z.unknown().optional(),
  /** Facts the sentence needs, such as the id of what already exists. */
  about: z.record(z.string(), z.unknown()).optional(),
});
export type ProblemBody = z.infer<typeof problemShape>;

/** Problems that any endpoint may answer, with their HTTP status. */
export const platformProblems = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  foreign_origin: 403,
  key_reads_only: 403,
  key_not_enough: 403,
  not_found: 404,
  version_conflict: 412,
  too_large: 413,
  unsupported_media: 415,
  idempotency_key_reused: 422,
  version_required: 428,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
  read_only: 503,
  storage_full: 503,
  overloaded: 503,
} as const;
export type PlatformProblem = keyof typeof platformProblems;

export interface ProblemDetails {
  fields?: { path: string; code: string }[];
  current?: unknown;
  about?: Record<string, unknown>;
}

/** Thrown by rules and handlers; the mount turns it into the answer and rolls the transaction back. */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: ProblemDetails;
  constructor(code: string, status: number, details: ProblemDetails = {}) {
    super(code);
    this.code = code;
    this.status = status;
    this.details = details;
  }
  body(): ProblemBody {
    return { type: `urn:vejnet:problem:${this.code}`, status: this.status, code: this.code, ...this.details };
  }
}

export const problem = (code: PlatformProblem, details?: ProblemDetails) => new Problem(code, platformProblems[code], details);
