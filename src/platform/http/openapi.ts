import * as z from 'zod';
import type { Endpoint } from '../../kit/endpoint.ts';
import { platformProblems, problemShape } from '../../kit/problem.ts';

const schema = (shape: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: 'any' }) as Record<string, unknown>;
  return rest;
};

function parameters(endpoint: Endpoint): unknown[] {
  const part = (place: 'path' | 'query', shape: z.ZodType | undefined, example: unknown) => {
    if (shape === undefined) return [];
    const { properties = {}, required = [] } = schema(shape, 'input') as { properties?: Record<string, unknown>; required?: string[] };
    return Object.entries(properties).map(([name, inner]) => {
      const value = (example as Record<string, unknown> | undefined)?.[name];
      return { name, in: place, required: place === 'path' || required.includes(name), schema: inner, ...(value === undefined ? {} : { example: value }) };
    });
  };
  const header = (name: string, required: boolean, description: string) => ({ name, in: 'header', required, description, schema: { type: 'string' } });
  return [
    ...part('path', endpoint.params, endpoint.example.params),
    ...part('query', endpoint.query, endpoint.example.query),
    ...(endpoint.edits ? [header('If-Match', true, 'The version that was seen, in quotes: "3"')] : []),
    ...(endpoint.method === 'POST' ? [header('Idempotency-Key', false, 'The same key gives the same answer for a day')] : []),
  ];
}

function problems(endpoint: Endpoint): Record<string, unknown> {
  const sends = endpoint.body !== undefined || endpoint.upload === true;
  // A key that is unknown or over is refused where anyone may come in, too.
  const platform: string[] = ['invalid', 'unauthenticated', 'too_many_requests', 'unavailable', 'read_only', 'storage_full', 'overloaded'];
  if (endpoint.access !== 'anyone') platform.push('forbidden');
  if (endpoint.bySession) platform.push('key_not_enough');
  else if (endpoint.method !== 'GET') platform.push('key_reads_only');
  // What is asked for may be named in any part of a request.
  if (endpoint.params || endpoint.query || sends) platform.push('not_found');
  if (endpoint.method !== 'GET') platform.push('too_large', 'unsupported_media'); // whether it reads a body or not
  if (endpoint.method === 'POST' && endpoint.access !== 'anyone') platform.push('idempotency_key_reused');
  if (endpoint.edits) platform.push('version_conflict', 'version_required');
  if (endpoint.method !== 'GET') platform.push('foreign_origin');
  const all = [...platform.map((code) => [code, platformProblems[code as keyof typeof platformProblems]] as const), ...Object.entries(endpoint.errors ?? {})];
  const byStatus = Map.groupBy(all, ([, status]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, found]) => [
      status,
      {
        description: found.map(([code]) => code).join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: { type: `urn:vejnet:problem:${found[0]?.[0]}`, status, code: found[0]?.[0] } } },
      },
    ]),
  );
}

/** The OpenAPI 3.1 document of the whole contract: made from the same definitions that validate, so it cannot say something else. */
export function openapi(endpoints: readonly Endpoint[], url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const place = (paths[endpoint.path] ??= {});
    const who = endpoint.access === 'anyone' ? 'Anyone.' : endpoint.access === 'signed-in' ? 'Anyone signed in.' : `Roles: ${endpoint.access.join(', ')}.`;
    place[endpoint.method.toLowerCase()] = {
      operationId: endpoint.name,
      summary: endpoint.summary,
      description: [endpoint.description, who].filter((part) => part !== undefined).join('\n\n'),
      tags: [endpoint.path.split('/')[2]?.split('.')[0]],
      security: endpoint.access === 'anyone' ? [] : [{ session: [] }, ...(endpoint.bySession ? [] : [{ key: [] }])],
      parameters: parameters(endpoint),
      ...(endpoint.upload ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } } : {}),
      ...(endpoint.body ? { requestBody: { required: true, content: { 'application/json': { schema: schema(endpoint.body, 'input'), example: endpoint.example.body } } } } : {}),
      responses: {
        [endpoint.status]:
          endpoint.status === 204
            ? { description: 'Done' }
            : endpoint.download !== undefined
              ? { description: 'The file', content: { [endpoint.download]: { schema: { type: 'string' } } } }
              : { description: 'The answer', content: { 'application/json': { schema: schema(endpoint.output, 'output'), example: endpoint.example.output } } },
        ...problems(endpoint),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Vejnet',
      version: '1',
      description: 'Days are YYYY-MM-DD in the zone of the centre, instants ISO 8601 in UTC, lists answer a cursor to the next page. Problems are RFC 9457 with a stable code.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url }],
    paths,
    components: {
      schemas: { Problem: schema(problemShape, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'vejnet' },
        key: { type: 'http', scheme: 'bearer', description: 'A key made on one’s own page, or on the page of machines: vejnet_…' },
      },
    },
  };
}
