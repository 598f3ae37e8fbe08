/** A table as the catalogue describes it to the role that asks. */
export interface Column {
  name: string;
  /** PostgreSQL's name of the type; arrays end in []. */
  type: string;
  nullable: boolean;
}

/** Columns that open something, whoever holds them: sealed secrets and the hashes of tokens. */
const secrets = new Set(['sealed', 'token_hash']);
/** What the role may read and the screens show to the writer alone (docs/who-reads.md) or to nobody: there is no figure per consultant or caller, such as how long each call took. */
const writersOwn: Record<string, readonly string[]> = { visit_report: ['minutes', 'km'], call: ['seconds'] };
/**
 * What the screens show to the coordinator alone, though the role that schools have may read it: to a school every reason not to call looks alike ("not available"), how other
 * schools stand in the published rule is nobody else's, why a person objected is for whoever keeps
 * the register, and what one contact person wrote to the next is between them.
 */
const coordinators: Record<string, readonly string[]> = {
  company: ['protected'],
  unit: ['protected'],
  relation: ['protected', 'objection', 'objection_asked', 'quarantined', 'quarantine_until', 'callable', 'phone', 'refused_numbers'],
  enquiry: ['seed', 'told'],
  supplier: ['seed', 'told'],
  contact_person_past: ['note'],
  contact_objection: ['by_id', 'reason', 'number', 'lifted_by', 'lifted_because'],
};
/** Whether a column is in no export, or (`coordinates` false) in none of a school. */
export const staysOut = (table: string, column: string, coordinates: boolean): boolean =>
  secrets.has(column) || writersOwn[table]?.includes(column) === true || (!coordinates && coordinators[table]?.includes(column) === true);

/** Of all schools together and one at a time for each, for every export keeps a connection of the database. */
export const exportsAtOnce = 5;

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
