import { type Field, nobody, rowsOf, type Seats } from '../pool-search/model.ts';

// Classes and groups in plain numbers, cut into parts that share nothing, and each as the program that a solver takes.

/** Some classes of a field with everybody who could be in them, as a field of its own; units, classes, arcs and rows as places in the whole. */
export interface Piece {
  field: Field;
  units: number[];
  classes: number[];
  arcs: number[];
  rows: number[];
}
/** Splits a field into what shares neither people nor rooms nor teachers. Classes that `isOut` are left out. */
export function pieces(field: Field, isOut: (at: number) => boolean): Piece[] {
  const { from, unitOf, classOf, into, arcs, limit } = field;
  const parent = Int32Array.from(field.least.keys());
  const root = (at: number): number => {
    let top = at;
    while (parent[top] !== top) top = parent[top] = parent[parent[top] as number] as number;
    return top;
  };
  const join = (a: number, b: number) => {
    parent[root(a)] = root(b);
  };
  for (const [its, at] of classOf.entries()) join(at, classOf[from[unitOf[its] as number] as number] as number);
  const everyClass = [...field.least.keys()].filter((at) => !isOut(at));
  const first = new Int32Array(limit.length).fill(-1);
  for (const at of everyClass)
    for (const row of rowsOf(field, at))
      if ((first[row] as number) < 0) first[row] = at;
      else join(at, first[row] as number);
  return [...Map.groupBy(everyClass, root).values()].map((classes): Piece => {
    const units = [...new Set(classes.flatMap((at) => [...arcs.subarray(into[at], into[at + 1])].map((its) => unitOf[its] as number)))].sort((a, b) => a - b);
    return cut(field, units, classes);
  });
}
function cut(field: Field, units: number[], classes: number[]): Piece {
  const { from } = field;
  const arcs = units.flatMap((unit) => Array.from({ length: (from[unit + 1] as number) - (from[unit] as number) }, (_, nth) => (from[unit] as number) + nth));
  const rows = [...new Set(classes.flatMap((at) => rowsOf(field, at)))];
  const [unitAt, classAt, rowAt] = [units, classes, rows].map((all) => new Map(all.map((each, at) => [each, at]))) as [Map<number, number>, Map<number, number>, Map<number, number>];
  const of = (all: Int32Array, some: readonly number[]) => Int32Array.from(some, (each) => all[each] as number);
  return {
    units,
    classes,
    arcs,
    rows,
    field: fieldOf({
      heads: of(field.heads, units),
      held: Uint8Array.from(units, (unit) => field.held[unit] as number),
      unitOf: Int32Array.from(arcs, (its) => unitAt.get(field.unitOf[its] as number) as number),
      classOf: Int32Array.from(arcs, (its) => classAt.get(field.classOf[its] as number) as number),
      gain: Float64Array.from(arcs, (its) => field.gain[its] as number),
      least: of(field.least, classes),
      most: of(field.most, classes),
      must: Uint8Array.from(classes, (at) => field.must[at] as number),
      prize: Float64Array.from(classes, (at) => field.prize[at] as number),
      room: Int32Array.from(classes, (at) => rowAt.get(field.room[at] as number) ?? -1),
      staff: classes.map((at) => (field.staff[at] as readonly number[]).map((row) => rowAt.get(row) as number)),
      limit: of(field.limit, rows),
    }),
  };
}
/** Completes a field by its indexes; its arcs come unit by unit. */
export function fieldOf(bare: Omit<Field, 'from' | 'into' | 'arcs'>): Field {
  const from = new Int32Array(bare.heads.length + 1);
  const into = new Int32Array(bare.least.length + 1);
  for (const unit of bare.unitOf) (from[unit + 1] as number) += 1;
  for (const at of bare.classOf) (into[at + 1] as number) += 1;
  for (const unit of bare.heads.keys()) (from[unit + 1] as number) += from[unit] as number;
  for (const at of bare.least.keys()) (into[at + 1] as number) += into[at] as number;
  const next = into.slice();
  const arcs = new Int32Array(bare.classOf.length);
  for (const [its, at] of bare.classOf.entries()) {
    arcs[next[at] as number] = its;
    (next[at] as number) += 1;
  }
  return { ...bare, from, into, arcs };
}
/** A plan of the whole as one of the piece. */
export function taken({ units, classes, arcs, rows }: Piece, whole: Seats): Seats {
  const [arcAt, rowAt] = [new Map(arcs.map((its, at) => [its, at])), new Map(rows.map((row, at) => [row, at]))];
  return {
    arc: Int32Array.from(units, (unit) => arcAt.get(whole.arc[unit] as number) ?? -1),
    runs: Uint8Array.from(classes, (at) => whole.runs[at] as number),
    row: Int32Array.from(classes, (at) => rowAt.get(whole.row[at] as number) ?? -1),
  };
}
/** A plan of the whole with what a plan of the piece says of it. */
export function given({ units, classes, arcs, rows }: Piece, its: Seats, whole: Seats): Seats {
  const seats: Seats = { arc: whole.arc.slice(), runs: whole.runs.slice(), row: whole.row.slice() };
  for (const [at, unit] of units.entries()) seats.arc[unit] = arcs[its.arc[at] as number] ?? -1;
  for (const [at, each] of classes.entries()) {
    seats.runs[each] = its.runs[at] as number;
    seats.row[each] = rows[its.row[at] as number] ?? -1;
  }
  return seats;
}
/** How many places of each row a plan takes. */
function usedBy({ room, limit }: Field, { runs, row }: Seats): Int32Array {
  const used = new Int32Array(limit.length);
  for (const [at, running] of runs.entries()) if (running === 1) for (const each of [room[at] as number, row[at] as number]) if (each >= 0) (used[each] as number) += 1;
  return used;
}

/** A linear program in numbers, to be maximised, as the solver of the platform takes it. */
export interface Numbers {
  cost: Float64Array;
  offset: number;
  lower: Float64Array;
  upper: Float64Array;
  integer: Uint8Array;
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
}

/** Columns of one field, in this order: its arcs, its classes, and for each class that has several rows of teachers each of those. */
const choicesOf = ({ staff }: Field) => staff.flatMap((rows, at) => (rows.length > 1 ? rows.map((row) => ({ at, row })) : []));

/**
 * The fields as one program: one place for each unit; what a class needs and can take once it runs; nobody in a class more than it runs; rooms; teachers.
 * Small fields are put together, for each program costs a thread.
 */
export function programOf(fields: readonly Field[]): Numbers {
  const [cost, lower, upper]: [number[], number[], number[]] = [[], [], []];
  const [starts, indices, values, rowLower, rowUpper]: [number[], number[], number[], number[], number[]] = [[0], [], [], [], []];
  const add = (worth: number, least = 0) => {
    lower.push(least);
    upper.push(1);
    return cost.push(worth) - 1;
  };
  const row = (least: number, most: number, entries: readonly (readonly [number, number])[]) => {
    for (const [column, value] of entries) {
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
    rowLower.push(least);
    rowUpper.push(most);
  };
  const [none, endless] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const field of fields) {
    const { heads, held, from, unitOf, gain, into, arcs, least, most, must, prize, room, staff, limit } = field;
    const first = cost.length;
    for (const each of gain) add(each);
    const class0 = cost.length;
    for (const [at, each] of prize.entries()) add(each, must[at] as number);
    const choices = choicesOf(field).map((each) => ({ ...each, column: add(0) }));
    for (const unit of heads.keys()) {
      const its = Array.from({ length: (from[unit + 1] as number) - (from[unit] as number) }, (_, nth) => [first + (from[unit] as number) + nth, 1] as const);
      if (its.length > 1 || held[unit] === 1) row(held[unit] === 1 ? 1 : none, 1, its);
    }
    for (const at of least.keys()) {
      const its = [...arcs.subarray(into[at] as number, into[at + 1] as number)];
      const sizes = its.map((arc) => [first + arc, heads[unitOf[arc] as number] as number] as const);
      const all = sizes.reduce((sum, [, size]) => sum + size, 0);
      if (all > (most[at] as number)) row(none, 0, [...sizes, [class0 + at, -(most[at] as number)]]);
      if ((least[at] as number) > 0) row(0, endless, [...sizes, [class0 + at, -(least[at] as number)]]);
      if (must[at] === 0)
        for (const arc of its)
          row(none, 0, [
            [first + arc, 1],
            [class0 + at, -1],
          ]);
      const rows = choices.filter((each) => each.at === at);
      if (rows.length > 0) row(0, 0, [...rows.map(({ column }) => [column, 1] as const), [class0 + at, -1]]);
    }
    const inRow: [number, number][][] = Array.from(limit, () => []);
    for (const at of least.keys()) {
      if ((room[at] as number) >= 0) inRow[room[at] as number]?.push([class0 + at, 1]);
      if (staff[at]?.length === 1) inRow[staff[at]?.[0] as number]?.push([class0 + at, 1]);
    }
    for (const each of choices) inRow[each.row]?.push([each.column, 1]);
    for (const [key, its] of inRow.entries()) if (its.length > (limit[key] as number)) row(none, limit[key] as number, its);
  }
  return {
    cost: Float64Array.from(cost),
    offset: 0,
    lower: Float64Array.from(lower),
    upper: Float64Array.from(upper),
    integer: new Uint8Array(cost.length).fill(1),
    starts: Int32Array.from(starts),
    indices: Int32Array.from(indices),
    values: Float64Array.from(values),
    rowLower: Float64Array.from(rowLower),
    rowUpper: Float64Array.from(rowUpper),
  };
}

/** Plans of the fields as values of the program’s columns. */
export const encode = (fields: readonly Field[], seats: readonly Seats[]): Float64Array =>
  Float64Array.from(
    fields.flatMap((field, nth) => {
      const { arc, runs, row } = seats[nth] as Seats;
      return [...field.gain.keys()]
        .map((its) => Number(arc[field.unitOf[its] as number] === its))
        .concat(
          [...runs],
          choicesOf(field).map((each) => Number(row[each.at] === each.row)),
        );
    }),
  );

/** The other way. */
export function decode(fields: readonly Field[], values: Float64Array): Seats[] {
  let column = 0;
  const next = () => (values[column++] as number) > 0.5;
  return fields.map((field) => {
    const seats = nobody(field);
    for (const its of field.gain.keys()) if (next()) seats.arc[field.unitOf[its] as number] = its;
    for (const at of field.least.keys()) if (next()) seats.runs[at] = 1;
    for (const [at, rows] of field.staff.entries()) if (seats.runs[at] === 1 && rows.length === 1) seats.row[at] = rows[0] as number;
    for (const { at, row } of choicesOf(field)) if (next()) seats.row[at] = row;
    // A class that nothing speaks for or against may run empty in a program; not here.
    for (const [at, its] of field.prize.entries())
      if (seats.runs[at] === 1 && field.must[at] === 0 && its === 0 && !seats.arc.some((each) => each >= 0 && field.classOf[each] === at)) [seats.runs[at], seats.row[at]] = [0, -1];
    return seats;
  });
}

/** Whether a plan keeps every limit; values of a solver are whole only nearly. */
export function isLawful(field: Field, { arc, runs, row }: Seats): boolean {
  const load = new Int32Array(runs.length);
  for (const [unit, its] of arc.entries())
    if (its >= 0) (load[field.classOf[its] as number] as number) += field.heads[unit] as number;
    else if (field.held[unit] === 1) return false;
  for (const [at, its] of load.entries())
    if (runs[at] === 0 ? its > 0 || field.must[at] === 1 : its < (field.least[at] as number) || its > (field.most[at] as number) || ((row[at] as number) < 0 && field.staff[at]?.length !== 0))
      return false;
  return usedBy(field, { arc, runs, row }).every((its, at) => its <= (field.limit[at] as number));
}

/** What a plan of a field is worth. */
export function valueIn({ gain, prize }: Field, { arc, runs }: Seats): number {
  let sum = 0;
  for (const its of arc) if (its >= 0) sum += gain[its] as number;
  for (const [at, running] of runs.entries()) if (running === 1) sum += prize[at] as number;
  return sum;
}

/** No plan is worth more, seen without any arithmetic: every unit has its best place and every class runs. */
export function ceilingOf({ heads, unitOf, gain, prize }: Field): number {
  const best = new Float64Array(heads.length);
  for (const [its, unit] of unitOf.entries()) best[unit] = Math.max(best[unit] as number, gain[its] as number);
  return best.reduce((sum, each) => sum + each, 0) + prize.reduce((sum, each) => sum + each, 0);
}
