import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { demonstrationRoutes, routes } from '../../app/routes.ts';
import { openapi } from './openapi.ts';

const endpoints = [...routes, ...demonstrationRoutes].map((each) => each.endpoint);
const document = openapi(endpoints, 'http://localhost:3000') as {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; parameters: { name: string; in: string }[]; responses: Record<string, unknown> }>>;
};

describe('the contract', () => {
  test('has endpoints at all, and each has a name of its own', () => {
    const names = endpoints.map((each) => each.name);
    expect(names).toContain('addCompany');
    expect(names.length).toBe(new Set(names).size);
    const places = endpoints.map((each) => `${each.method} ${each.path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(places.length).toBe(new Set(places).size);
  });

  test.each(endpoints.map((each) => [each.name, each] as const))('%s has a summary, and its example passes its own checks', (_name, endpoint) => {
    expect(endpoint.summary.length).toBeGreaterThan(5);
    for (const part of ['params', 'query', 'body'] as const) {
      const shape = endpoint[part];
      if (shape === undefined) expect(endpoint.example[part]).toBeUndefined();
      else if (part !== 'query' || endpoint.example.query !== undefined) expect(shape.safeParse(endpoint.example[part]).error?.issues ?? []).toEqual([]);
    }
    if (endpoint.status === 204) return;
    const output = endpoint.output.safeParse(endpoint.example.output);
    expect(output.error?.issues ?? []).toEqual([]);
    expect(output.data, 'the example shows nothing that the answer would not have').toEqual(endpoint.example.output);
  });

  test.each(endpoints.map((each) => [each.name, each] as const))('%s names its path parameters in its shape', (_name, endpoint) => {
    const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();
    const declared = (document.paths[endpoint.path]?.[endpoint.method.toLowerCase()]?.parameters ?? []).filter((each) => each.in === 'path').map((each) => each.name);
    expect(declared.sort()).toEqual(inPath);
  });

  test('the document names every endpoint under its path, method and name, with all its declared problems', () => {
    expect(document.openapi).toBe('3.1.0');
    for (const endpoint of endpoints) {
      const operation = document.paths[endpoint.path]?.[endpoint.method.toLowerCase()];
      expect(operation?.operationId).toBe(endpoint.name);
      for (const [code, status] of Object.entries(endpoint.errors ?? {})) expect(JSON.stringify(operation?.responses[status])).toContain(code);
    }
    expect(Object.values(document.paths).flatMap((each) => Object.keys(each))).toHaveLength(endpoints.length);
  });

  /** Kept as a bigint: money of a course pool, in øre. */
  const wide = ['startOwnPool body.amount', 'addToOwnPool body.amount', 'askPool body.amount'];
  interface Schema {
    type?: string;
    minimum?: number;
    maximum?: number;
    items?: Schema | false;
    anyOf?: Schema[];
    properties?: Record<string, Schema>;
  }
  /** Places of whole numbers that the database's own could not hold. */
  const tooWide = (at: string, schema: Schema): string[] => [
    ...(schema.type === 'integer' && !((schema.minimum ?? -Infinity) >= -2_147_483_648 && (schema.maximum ?? Infinity) <= 2_147_483_647) ? [at] : []),
    ...(schema.anyOf ?? []).flatMap((each) => tooWide(at, each)),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => tooWide(`${at}.${key}`, inner)),
    ...(schema.items ? tooWide(`${at}[]`, schema.items) : []),
  ];
  test('no whole number that a request may bring is larger than its place in the database', () => {
    const found = endpoints.flatMap(({ name, params, query, body }) =>
      Object.entries({ params, query, body }).flatMap(([part, shape]) =>
        shape === undefined ? [] : tooWide(`${name} ${part}`, z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema),
      ),
    );
    expect(found.sort()).toEqual(wide.sort());
  });

  test('what the server refuses before any handler is declared where it can happen', () => {
    for (const { name, method, path, access } of endpoints) {
      const { responses } = document.paths[path]?.[method.toLowerCase()] ?? { responses: {} };
      const codes = Object.values(responses as Record<string, { description: string }>).flatMap(({ description }) => description.split(', '));
      const expected = ['invalid', 'unauthenticated', 'too_many_requests', 'unavailable', ...(method === 'GET' ? [] : ['foreign_origin', 'too_large', 'unsupported_media'])];
      if (method === 'POST' && access !== 'anyone') expected.push('idempotency_key_reused');
      expect(codes, name).toEqual(expect.arrayContaining(expected));
    }
  });

  test('the document is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
