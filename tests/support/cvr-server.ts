import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

interface Question {
  path: string;
  authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a question of Elasticsearch has the shape its writer gave it
  body: any;
}
type Answer = (question: Question, response: http.ServerResponse) => void;
interface Company {
  cvrNummer: number;
  beliggenhedsadresse: { kommune: { kommuneKode: number } }[];
}
type Hit = { _source: { Vrvirksomhed?: Company; VrproduktionsEnhed?: { pNummer: number; virksomhedsrelation: { cvrNummer: number }[] } } };

/** Which municipalities a question about an area names; none: it is about something else. */
export const municipalitiesOf = (body: Question['body']): number[] | undefined => body.query?.bool?.must[0].terms['Vrvirksomhed.virksomhedMetadata.nyesteBeliggenhedsadresse.kommune.kommuneKode'];

/** A server on this machine that answers as distribution.virk.dk does: by number, a page at a time, of the municipalities that are asked for. `instead` answers otherwise. Whoever opens it closes it. */
export async function cvrServer() {
  const state = { hits: [] as Hit[], asked: [] as Question[], instead: null as Answer | null };
  const answer: Answer = ({ path, body }, response) => {
    const ofUnits = path.endsWith('/produktionsenhed/_search');
    const wanted: number[] | undefined = ofUnits ? body.query.terms['VrproduktionsEnhed.virksomhedsrelation.cvrNummer'] : undefined;
    const one: number | undefined = body.query.term?.['Vrvirksomhed.cvrNummer'];
    const area = municipalitiesOf(body);
    const found = state.hits
      .flatMap((hit) => {
        const unit = hit._source.VrproduktionsEnhed;
        const company = hit._source.Vrvirksomhed;
        if (ofUnits) return unit !== undefined && wanted?.includes(unit.virksomhedsrelation[0]?.cvrNummer ?? 0) ? [{ number: unit.pNummer, hit }] : [];
        return company !== undefined && (one === undefined || one === company.cvrNummer) && (area === undefined || area.includes(company.beliggenhedsadresse.at(-1)?.kommune.kommuneKode ?? 0))
          ? [{ number: company.cvrNummer, hit }]
          : [];
      })
      .sort((a, b) => a.number - b.number);
    const after = body.search_after?.[0] ?? 0;
    const page = found.filter(({ number }) => number > after).slice(0, body.size);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ took: 1, timed_out: false, hits: { total: found.length, hits: page.map(({ number, hit }) => ({ _id: String(number), ...hit, sort: [number] })) } }));
  };
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const question = { path: request.url ?? '', authorization: request.headers.authorization, body: JSON.parse(Buffer.concat(parts).toString() || '{}') };
      state.asked.push(question);
      (state.instead ?? answer)(question, response);
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { state, answer, close, url: new URL(`http://bruger:hemmeligt%40ord@127.0.0.1:${port}/cvr-permanent`) };
}
