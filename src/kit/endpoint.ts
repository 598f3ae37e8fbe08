import type * as z from 'zod';
import type { Access } from './access.ts';
import { Problem, type ProblemDetails } from './problem.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Shape = z.ZodType;

/** One endpoint of the contract: what the server checks, what the web client types itself from, and what the OpenAPI document says. */
export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape, O extends Shape = Shape, E extends string = string> {
  /** Also the name of its command or query and the operationId. */
  name: string;
  method: Method;
  /** Parameters in braces: /api/companies/{company} */
  path: string;
  summary: string;
  /** Longer text: units, rules and their source (row id, law, paper). */
  description?: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  /** 200 and 201 answer with `output`, 204 with nothing. */
  status: 200 | 201 | 202 | 204;
  output: O;
  /** Problems of its own beside those of the platform: code -> HTTP status. */
  errors?: Record<E, number>;
  /** The body is a file of any type; it is kept as it streams in, and the handler gets `upload` in its context. */
  upload?: true;
  /** A file of at most so many bytes: it is not kept on disk but handed over whole, as `content` in the context. */
  uploadBytes?: number;
  /** The answer is a file of this type, streamed from an async iterable of text or bytes. */
  download?: string;
  /** Everything is read as it was at one instant (repeatable read): what is counted first is what is read afterwards. */
  snapshot?: true;
  /** Edits carry the version they saw (If-Match); the handler compares it. */
  edits?: true;
  /** So many requests per time from one network address, or for one e-mail address in the body; counted in the database before anything else. */
  limits?: readonly { count: number; seconds: number; by: 'address' | 'email' }[];
  /** Only somebody signed in at a screen, never a key: what gives out rights, or is about the session itself. */
  bySession?: true;
  /** The answer holds a secret that is shown once: it is not kept for a repeated Idempotency-Key, which is refused. */
  answersSecret?: true;
  /** Reading a person's data is logged: who, when, which endpoint, about whom. */
  logsAccess?: true;
  example: { params?: unknown; query?: unknown; body?: unknown; output?: unknown };
}

export const endpoint = <P extends Shape, Q extends Shape, B extends Shape, O extends Shape, E extends string = never>(it: Endpoint<P, Q, B, O, E>) => it;

type Read<S> = S extends Shape ? (unknown extends z.output<S> ? undefined : z.output<S>) : undefined;
type Sent<S> = unknown extends z.input<S & Shape> ? undefined : z.input<S & Shape>;
type Keep<T> = { [K in keyof T as T[K] extends undefined ? never : K]: T[K] };

/** What a handler receives, after validation. */
export type InputOf<E extends Endpoint> = E extends Endpoint<infer P, infer Q, infer B, infer _O, infer _E> ? { params: Read<P>; query: Read<Q>; body: Read<B> } : never;
/** What the web client hands in, before validation. */
export type SentTo<E extends Endpoint> = E extends Endpoint<infer P, infer Q, infer B, infer _O, infer _E> ? Keep<{ params: Sent<P>; query: Sent<Q>; body: Sent<B> }> : never;
export type OutputOf<E extends Endpoint> = E extends Endpoint<infer _P, infer _Q, infer _B, infer O, infer _E> ? z.output<O> : never;
export type ErrorOf<E extends Endpoint> = E extends Endpoint<infer _P, infer _Q, infer _B, infer _O, infer C> ? C : never;

/** A problem that the endpoint declares; any other code does not compile. */
export function refuse<E extends Endpoint>(it: E, code: ErrorOf<E>, details?: ProblemDetails): Problem {
  const status = (it.errors as Record<string, number> | undefined)?.[code];
  if (status === undefined) throw new Error(`${it.name} does not declare the problem ${code}`);
  return new Problem(code, status, details);
}
