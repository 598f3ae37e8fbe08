/** A table as the catalogue describes it to the role that asks. */
export interface Column {
  name: string;
  /** PostgreSQL's name of the type; arrays end in []. */
  type: string;
  nullable: boolean;
}

/** Columns that open something, whoever holds them: sealed secrets and the hashes of tokens. */
const secrets = new Set(['sealed', 'token_hash']);
/** What the role may read and the screens show to the writer alone (docs/who-reads.md): nobody gets a figure per consultant. */
const writersOwn: Record<string, readonly string[]> = { visit_report: ['minutes', 'km'] };
export const staysOut = (table: string, column: string): boolean => secrets.has(column) || writersOwn[table]?.includes(column) === true;

const plain: Record<string, string> = {
  boolean: 'boolean',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  date: 'date',
  json: 'any',
  jsonb: 'any',
  'timestamp with time zone': 'datetime',
  'time without time zone': 'time',
};

/** The column as Frictionless Table Schema has it. */
export function fieldOf({ name, type, nullable }: Column): { name: string; type: string; format?: string; constraints?: { required: true } } {
  const shape = type.endsWith('[]')
    ? { type: 'array' }
    : type === 'uuid'
      ? { type: 'string', format: 'uuid' }
      : type === 'bytea'
        ? { type: 'string', format: 'binary' }
        : { type: plain[type] ?? 'string' };
  return { name, ...shape, ...(nullable ? {} : { constraints: { required: true } }) };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A column as text that any program reads back without loss. */
export function asText({ name, type }: Column): string {
  const column = `t.${quoted(name)}`;
  if (type.endsWith('[]')) return `array_to_json(${column})::text`;
  if (type === 'bytea') return `encode(${column}, 'base64')`;
  if (type === 'timestamp with time zone') return `case when isfinite(${column}) then to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') else ${column}::text end`;
  return `${column}::text`;
}

/** One line of RFC 4180. Text stays as it is, also where a spreadsheet would take it for a formula: it is read back by programs. */
export const csvLine = (cells: readonly (string | null)[]): string =>
  `${cells.map((cell) => (cell === null ? '' : cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
