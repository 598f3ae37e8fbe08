/** One operation of the OpenAPI document, as far as the pages read it. */
interface Operation {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  security: Record<string, unknown>[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: unknown; example?: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown; example?: unknown }> }>;
}
type Paths = Record<string, Record<string, Operation>>;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const shown = (value: unknown) => escaped(JSON.stringify(value, null, 2));

/**
 * The request of an operation's example as a line for a shell: whoever sets VEJNET_KEY can paste it. Values of the path and of the query are the example's own, or the
 * parameter's name where the contract has none.
 */
export function curlOf(url: string, path: string, method: string, operation: Operation): string {
  const value = ({ name, example }: Operation['parameters'][number]) => encodeURIComponent(String(example ?? name));
  const at = (place: string) => operation.parameters.filter((each) => each.in === place);
  const filled = at('path').reduce((address, each) => address.replace(`{${each.name}}`, value(each)), path);
  const query = at('query').filter((each) => each.required || each.example !== undefined);
  const address = `${url}${filled}${query.length === 0 ? '' : `?${query.map((each) => `${each.name}=${value(each)}`).join('&')}`}`;
  const [type, sent] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  const body = type === undefined ? '' : type === 'application/json' ? ` -d ${quoted(JSON.stringify(sent?.example ?? {}))}` : ' --data-binary @file';
  return [
    'curl',
    ...(method === 'get' ? [] : [`-X ${method.toUpperCase()}`]),
    quoted(address),
    ...(operation.security.length === 0 ? [] : [`-H "Authorization: Bearer $VEJNET_KEY"`]),
    ...(type === undefined ? [] : [`-H ${quoted(`Content-Type: ${type}`)}`]),
    ...at('header')
      .filter(({ required }) => required)
      .map(({ name }) => `-H ${quoted(`${name}: "1"`)}`),
  ]
    .join(' ')
    .concat(body);
}

const page = (title: string, content: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} – Vejnet API</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 "IBM Plex Sans Variable", system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
pre { font-size: .875rem; padding: .75rem; border: 1px solid GrayText; border-radius: 4px; white-space: pre-wrap; }
code { font-family: ui-monospace, monospace; }
article { border-top: 1px solid GrayText; margin-top: 2rem; }
summary { padding: .6rem 0; cursor: pointer; }
ul.index { columns: 14rem; padding-left: 1rem; }
ul.index li { padding: .15rem 0; }
td, th { text-align: left; vertical-align: top; padding: .25rem 1rem .25rem 0; }
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${content}
</main>
</body>
</html>
`;

function partsOf({ parameters }: Operation): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${place}${required ? ', required' : ''}</td><td>${escaped(description ?? '')} <code>${escaped(JSON.stringify(schema))}</code></td></tr>`,
  );
  return `<h3>Parameters</h3><table><thead><tr><th>Name</th><th>Where</th><th>What</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function schemas(heading: string, content: Operation['requestBody'] | Operation['responses'][string] | undefined): string {
  return Object.entries(content?.content ?? {})
    .map(
      ([type, { schema, example }]) =>
        `<h3>${heading}: <code>${escaped(type)}</code></h3>${example === undefined ? '' : `<pre>${shown(example)}</pre>`}<details><summary>Its shape (JSON Schema)</summary><pre>${shown(schema)}</pre></details>`,
    )
    .join('');
}

function operationPart(url: string, path: string, method: string, operation: Operation): string {
  const [good, answer] = Object.entries(operation.responses).find(([status]) => status.startsWith('2')) ?? [];
  const refusals = Object.entries(operation.responses).filter(([status]) => status !== good);
  const onlySession = operation.security.length === 1;
  return `<article aria-labelledby="${operation.operationId}">
<h2 id="${operation.operationId}">${escaped(operation.summary)}</h2>
<p><code>${method.toUpperCase()} ${escaped(path)}</code></p>
${(operation.description ?? '')
  .split('\n\n')
  .filter((part) => part !== '')
  .map((part) => `<p>${escaped(part)}</p>`)
  .join('')}
${onlySession ? '<p>Only somebody signed in at a screen; a key is refused.</p>' : `<pre>${escaped(curlOf(url, path, method, operation))}</pre>`}
${partsOf(operation)}
${schemas('Sent', operation.requestBody)}
${schemas(`Answer ${good}`, answer)}
<h3>Refusals</h3>
<ul>${refusals.map(([status, { description }]) => `<li>${status}: <code>${escaped(description)}</code></li>`).join('')}</ul>
</article>`;
}

/** Pages for whoever writes a script (row X.2), made from the same document that /api/openapi.json serves. `tag` null: the index. Null: there is no such page. */
export function docsPage(document: Record<string, unknown>, url: string, tag: string | null): string | null {
  const all = Object.entries(document.paths as Paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  const byTag = Map.groupBy(all, ({ operation }) => operation.tags[0] ?? '');
  if (tag !== null) {
    const found = byTag.get(tag);
    if (found === undefined) return null;
    return page(tag, `<p><a href="/api/docs">All of the API</a></p>${found.map(({ path, method, operation }) => operationPart(url, path, method, operation)).join('\n')}`);
  }
  const index = [...byTag]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, found]) => `<li><a href="/api/docs/${encodeURIComponent(name)}">${escaped(name)}</a> (${found.length})</li>`);
  return page(
    'The API of Vejnet',
    `<p>Everything the screens do goes through this API, and so may you, with the same rights. The contract as one document: <a href="/api/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>
<h2>Begin</h2>
<ol>
<li>Sign in, open <a href="/keys">your keys</a>, and make one. It is shown once.</li>
<li>Send it with every request: <code>Authorization: Bearer vejnet_…</code></li>
</ol>
<pre>export VEJNET_KEY=vejnet_…
curl ${escaped(quoted(`${url}/api/session`))} -H "Authorization: Bearer $VEJNET_KEY"</pre>
<h2>What holds everywhere</h2>
<ul>
<li>A key may never do more than whoever it stands for. One for reading is refused anything but GET. Rights, roles and keys are given at a screen only.</li>
<li>Days are <code>YYYY-MM-DD</code> in the zone of the centre, instants ISO 8601 in UTC.</li>
<li>Lists answer <code>next</code>: send it as <code>cursor</code> for the next page; null is the end.</li>
<li>Send an <code>Idempotency-Key</code> with every POST: sent again within a day, it gets the same answer and does nothing twice.</li>
<li>An edit carries the version it saw: <code>If-Match: "3"</code>. If somebody was quicker the answer is 412 with the row as it is now.</li>
<li>Refusals are RFC 9457 (<code>application/problem+json</code>) with a stable <code>code</code>; where 429 or 503 is answered, wait <code>Retry-After</code> seconds.</li>
<li>A key may ask 600 times a minute. <code>RateLimit</code> says how many are left (<code>r</code>) and in how many seconds they come back (<code>t</code>).</li>
</ul>
<h2>What there is</h2>
<ul class="index">${index.join('')}</ul>`,
  );
}
