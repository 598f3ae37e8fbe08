import { describe, expect, test } from 'vitest';
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

  test('the document is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
