import * as z from 'zod';
import { endpoint } from '../../../kit/endpoint.ts';

export const exportData = endpoint({
  name: 'exportData',
  method: 'GET',
  path: '/api/export',
  summary: 'Everything of the own school or centre, as one file',
  description:
    'A ZIP with one CSV file (UTF-8, commas, RFC 4180; nothing between commas is no value, "" is an empty text) for each table that one’s role may read, with the rows one may read oneself: a manager the own school’s and what the schools share, a coordinator the centre’s. All of it as it was at one instant. `datapackage.json`, written last, is a Frictionless Data Package with the columns, their types, and for each table how many rows were counted beforehand (`expected`) and how many were written (`written`); where they differ the file breaks off and cannot be opened. Secrets and keys are left out, and so are hours and kilometres of visits, which are their writer’s, how long calls took, and, for a manager, why a company may not be called; bytes stand as base64. Of the national register only companies that the centre knows. Each use stands in the log. One at a time for each school and for the centre, five in the whole installation (`export_running`); a reader who takes nothing for half a minute, or is not done in half an hour, is cut off. Row X.2.',
  access: ['manager', 'coordinator'],
  logsAccess: true,
  snapshot: true,
  limits: [{ count: 20, seconds: 3600, by: 'address' }],
  download: 'application/zip',
  status: 200,
  output: z.string(),
  errors: { export_running: 409 },
  example: { output: 'PK…' },
});
