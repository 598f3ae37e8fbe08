// Classes and groups in plain numbers: a plan by search, and how much no plan can exceed, both without any solver. The same input gives the same answer:
// everything has a fixed order, chance comes from a seed, and the number of steps ends it.

/** The question, in columns. Units are groups of people that stay together; an arc is a unit’s place in a class, numbered unit by unit. */
export interface Field {
  heads: Int32Array;
  /** 1: has a seat now and must keep one. */
  held: Uint8Array;
  /** Arcs of unit u: from[u] to from[u + 1]. */
  from: Int32Array;
  unitOf: Int32Array;
  classOf: Int32Array;
  /** What it is worth that the unit gets that place. */
  gain: Float64Array;
  /** Arcs of class c: arcs[into[c]] to arcs[into[c + 1]]. */
  into: Int32Array;
  arcs: Int32Array;
  /** Heads that a class needs and can take, beside those it has. */
  least: Int32Array;
  most: Int32Array;
  /** 1: runs in every plan. */
  must: Uint8Array;
  /** What it is worth that a class runs, beside its units. */
  prize: Float64Array;
  /** What several classes share: the row of its room (-1: not limited), the rows of teachers of which it needs a place in one (none: not limited), how many each row takes. */
  room: Int32Array;
  staff: (readonly number[])[];
  limit: Int32Array;
}
/** A plan: the arc of each unit (-1: no seat), which classes run, and the row of teachers each has (-1: none). */
export interface Seats {
  arc: Int32Array;
  runs: Uint8Array;
  row: Int32Array;
}
export const nobody = (field: Field): Seats => ({ arc: new Int32Array(field.heads.length).fill(-1), runs: new Uint8Array(field.least.length), row: new Int32Array(field.least.length).fill(-1) });

/** Every row that a class may need a place in. */
const rowsOf = ({ room, staff }: Field, at: number): readonly number[] => ((room[at] as number) < 0 ? (staff[at] as readonly number[]) : [room[at] as number, ...(staff[at] as readonly number[])]);

/** Numbers from 0 to 1, the same for a seed on every machine (mulberry32). */
function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The best choice of units for one class: those whose heads sum to between `least` and `most` and whose values to the most (each at most once).
 * `choose` answers that value, or minus infinity where no choice sums so; `chosen` then holds the places of the chosen ones among what was offered.
 */
function knapsack() {
  let [best, taken] = [new Float64Array(0), new Uint8Array(0)];
  const chosen: number[] = [];
  function choose(count: number, heads: Int32Array, values: Float64Array, least: number, most: number): number {
    chosen.length = 0;
    let [all, total, anyLoss] = [0, 0, false];
    for (let at = 0; at < count; at += 1) {
      all += heads[at] as number;
      total += values[at] as number;
      if ((values[at] as number) < 0) anyLoss = true;
    }
    if (all < least) return Number.NEGATIVE_INFINITY;
    if (all <= most && !anyLoss) {
      for (let at = 0; at < count; at += 1) chosen.push(at);
      return total;
    }
    const width = Math.min(most, all) + 1;
    if (best.length < width) best = new Float64Array(2 * width);
    if (taken.length < width * count) taken = new Uint8Array(2 * width * count);
    best.fill(Number.NEGATIVE_INFINITY, 0, width);
    best[0] = 0;
    let reached = 0;
    for (let at = 0; at < count; at += 1) {
      const [size, value, row] = [heads[at] as number, values[at] as number, at * width];
      reached = Math.min(width - 1, reached + size);
      for (let sum = reached; sum >= 0; sum -= 1) {
        const now = sum >= size ? (best[sum - size] as number) + value : Number.NEGATIVE_INFINITY;
        if (now > (best[sum] as number)) {
          best[sum] = now;
          taken[row + sum] = 1;
        } else taken[row + sum] = 0;
      }
      taken.fill(0, row + reached + 1, row + width);
    }
    let top = -1;
    for (let sum = Math.max(0, least); sum < width; sum += 1) if (top < 0 || (best[sum] as number) > (best[top] as number)) top = sum;
    const found = top < 0 ? Number.NEGATIVE_INFINITY : (best[top] as number);
    if (found === Number.NEGATIVE_INFINITY) return found;
    for (let at = count - 1, sum = top; at >= 0; at -= 1)
      if (taken[at * width + sum] === 1) {
        chosen.push(at);
        sum -= heads[at] as number;
      }
    return found;
  }
  return { choose, chosen };
}

/** The plan as it grows, and what it was when a step began. */
function openBook(field: Field, start: Seats) {
  const { heads, held, classOf, gain, most, prize, room, staff, limit } = field;
  const seats: Seats = { arc: start.arc.slice(), runs: start.runs.slice(), row: start.row.slice() };
  const { arc, runs, row } = seats;
  const load = new Int32Array(runs.length);
  const used = new Int32Array(limit.length);
  let value = 0;
  for (const [unit, its] of arc.entries())
    if (its >= 0) {
      (load[classOf[its] as number] as number) += heads[unit] as number;
      value += gain[its] as number;
    }
  for (const [at, running] of runs.entries())
    if (running === 1) {
      value += prize[at] as number;
      use(at, 1);
    }
  // What was before: each unit and class that was touched, once (-2: it did not run).
  const units: number[] = [];
  const unitWas: number[] = [];
  const classes: number[] = [];
  const classWas: number[] = [];
  const unitSeen = new Uint8Array(arc.length);
  const classSeen = new Uint8Array(runs.length);
  const touch = (unit: number) => {
    if (unitSeen[unit] === 1) return;
    unitSeen[unit] = 1;
    units.push(unit);
    unitWas.push(arc[unit] as number);
  };
  const touchClass = (at: number) => {
    if (classSeen[at] === 1) return;
    classSeen[at] = 1;
    classes.push(at);
    classWas.push(runs[at] === 1 ? (row[at] as number) : -2);
  };
  function leave(unit: number) {
    const its = arc[unit] as number;
    if (its < 0) return;
    touch(unit);
    (load[classOf[its] as number] as number) -= heads[unit] as number;
    value -= gain[its] as number;
    arc[unit] = -1;
  }
  function seat(its: number) {
    const unit = field.unitOf[its] as number;
    leave(unit);
    touch(unit);
    arc[unit] = its;
    (load[classOf[its] as number] as number) += heads[unit] as number;
    value += gain[its] as number;
  }
  const spare = (at: number) => (most[at] as number) - (load[at] as number);
  const isFree = (each: number) => (used[each] as number) < (limit[each] as number);
  const freeRow = (at: number) => (staff[at] as readonly number[]).find(isFree) ?? -1;
  /** Whether room and teacher are free for it. */
  const canOpen = (at: number) => ((room[at] as number) < 0 || isFree(room[at] as number)) && ((staff[at] as readonly number[]).length === 0 || freeRow(at) >= 0);
  function use(at: number, by: 1 | -1) {
    for (const each of [room[at] as number, row[at] as number]) if (each >= 0) (used[each] as number) += by;
  }
  function open(at: number, wanted?: number) {
    touchClass(at);
    runs[at] = 1;
    row[at] = wanted ?? freeRow(at);
    value += prize[at] as number;
    use(at, 1);
  }
  /** Whoever is in it must have left. */
  function close(at: number) {
    touchClass(at);
    value -= prize[at] as number;
    use(at, -1);
    runs[at] = 0;
    row[at] = -1;
  }
  function begin() {
    for (const unit of units as number[]) unitSeen[unit] = 0;
    for (const at of classes as number[]) classSeen[at] = 0;
    for (const list of [units, unitWas, classes, classWas]) list.length = 0;
  }
  function undo() {
    for (const unit of units as number[]) leave(unit);
    for (const at of classes as number[]) if (runs[at] === 1) close(at);
    for (const [nth, at] of classes.entries()) if ((classWas[nth] as number) !== -2) open(at, classWas[nth] as number);
    for (const nth of units.keys()) if ((unitWas[nth] as number) >= 0) seat(unitWas[nth] as number);
  }
  /** Nobody who must keep a seat is without one, of those touched. */
  const whole = () => units.every((unit) => held[unit] === 0 || (arc[unit] as number) >= 0);
  return { seats, load, spare, canOpen, leave, seat, open, close, begin, undo, whole, touched: units, value: () => value };
}

/** How much worse a step may be at the beginning and at the end, in the worth of a plan. */
const heat = { from: 1200, again: 300, to: 30 };
/** Some milliseconds. */
const stepsAtOnce = 100;

/**
 * A plan by search. First classes are opened one by one, the fullest first, each with those who together are worth most there. Then, step by step, a few classes
 * that want the same people are closed and others opened in their stead, or one draws people from those that can spare them. Between steps it gives way; hand in
 * true to end it early.
 * @param start a lawful plan to begin with; the answer is never worth less
 */
export function* search(field: Field, start: Seats, seed: number, steps: number): Generator<void, Seats, boolean | undefined> {
  const { heads, from, unitOf, classOf, gain, into, arcs, least, most, must } = field;
  const random = chance(seed);
  const book = openBook(field, start);
  const { arc, runs } = book.seats;
  const { load } = book;
  const pack = knapsack();
  const everyClass = [...least.keys()];
  const widest = everyClass.reduce((width, at) => Math.max(width, (into[at + 1] as number) - (into[at] as number)), 0);
  const [offered, sizes, values] = [new Int32Array(widest), new Int32Array(widest), new Float64Array(widest)];

  /** What it would be worth to open a class, or to fill one that runs, with those who have no seat. */
  function potential(at: number): number {
    let count = 0;
    const running = runs[at] === 1;
    for (let nth = into[at] as number; nth < (into[at + 1] as number); nth += 1) {
      const its = arcs[nth] as number;
      const unit = unitOf[its] as number;
      if ((arc[unit] as number) >= 0) continue;
      offered[count] = its;
      sizes[count] = heads[unit] as number;
      values[count] = gain[its] as number;
      count += 1;
    }
    return pack.choose(count, sizes, values, running ? 0 : (least[at] as number), running ? book.spare(at) : (most[at] as number)) + (running ? 0 : (field.prize[at] as number));
  }
  const seatChosen = () => {
    for (const nth of pack.chosen) book.seat(offered[nth] as number);
  };
  /** Opens what is worth most again and again; `noise` lets it err. */
  function build(among: readonly number[], noise: number) {
    const heap: { at: number; key: number; factor: number }[] = [];
    const swap = (a: number, b: number) => {
      const kept = heap[a] as (typeof heap)[number];
      heap[a] = heap[b] as (typeof heap)[number];
      heap[b] = kept;
    };
    const key = (nth: number) => (heap[nth] as (typeof heap)[number]).key;
    const sink = (nth: number) => {
      for (let at = nth; ; ) {
        const left = 2 * at + 1;
        if (left >= heap.length) return;
        const child = left + 1 < heap.length && key(left + 1) > key(left) ? left + 1 : left;
        if (key(child) <= key(at)) return;
        swap(at, child);
        at = child;
      }
    };
    for (const at of among) {
      if (runs[at] === 1 || !book.canOpen(at)) continue;
      const factor = 1 - noise * random();
      const now = potential(at);
      if (now > 0) heap.push({ at, key: now * factor, factor });
    }
    for (let nth = heap.length >> 1; nth >= 0; nth -= 1) sink(nth);
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      // What it was worth when it was looked at last is the most it can be worth now.
      const now = book.canOpen(top.at) ? potential(top.at) : Number.NEGATIVE_INFINITY;
      if (now > 0 && now * top.factor >= top.key - 1e-9) {
        book.open(top.at);
        seatChosen();
      }
      if (now > 0 && runs[top.at] === 0) top.key = now * top.factor;
      else {
        const last = heap.pop();
        if (heap.length === 0 || last === undefined) return;
        if (last !== top) heap[0] = last;
      }
      sink(0);
    }
  }
  /** The best place for a unit among classes that run, if that is better than where it is. */
  function settle(unit: number) {
    const here = arc[unit] as number;
    let [best, most] = [-1, here < 0 ? 0 : (gain[here] as number)];
    const was = here < 0 ? -1 : (classOf[here] as number);
    if (was >= 0 && (load[was] as number) - (heads[unit] as number) < (least[was] as number)) return;
    for (let its = from[unit] as number; its < (from[unit + 1] as number); its += 1) {
      const at = classOf[its] as number;
      if (at !== was && runs[at] === 1 && (gain[its] as number) > most && book.spare(at) >= (heads[unit] as number)) [best, most] = [its, gain[its] as number];
    }
    if (best >= 0) book.seat(best);
  }

  const mark = new Int32Array(least.length);
  let stamp = 0;
  const around: number[] = [];
  /** Every class that one of the units could be in. */
  function reach(units: readonly number[]): number[] {
    stamp += 1;
    around.length = 0;
    for (const unit of units)
      for (let its = from[unit] as number; its < (from[unit + 1] as number); its += 1) {
        const at = classOf[its] as number;
        if (mark[at] === stamp) continue;
        mark[at] = stamp;
        around.push(at);
      }
    return around;
  }
  function empty(at: number) {
    for (let nth = into[at] as number; nth < (into[at + 1] as number); nth += 1) {
      const unit = unitOf[arcs[nth] as number] as number;
      if (arc[unit] === arcs[nth] && (must[at] === 0 || (load[at] as number) - (heads[unit] as number) >= (least[at] as number))) book.leave(unit);
    }
    if (must[at] === 0) book.close(at);
  }
  const freed: number[] = [];
  /** Closes some classes that want the same people and opens the best in their stead. */
  function renew(at: number) {
    freed.length = 0;
    if (runs[at] === 1) empty(at);
    const rivals = 1 + Math.floor(3 * random());
    const [begin, width] = [into[at] as number, (into[at + 1] as number) - (into[at] as number)];
    for (let nth = 0, found = 0; nth < 4 * rivals && found < rivals; nth += 1) {
      const its = arc[unitOf[arcs[begin + Math.floor(random() * width)] as number] as number] as number;
      if (its < 0) continue;
      empty(classOf[its] as number);
      found += 1;
    }
    // Where the room or the teacher is taken, whoever has it makes way.
    if (!book.canOpen(at)) {
      const other = blockers(at);
      if (other >= 0) empty(other);
    }
    freed.push(...book.touched);
    const forced = random() < 0.5;
    const its = forced && runs[at] === 0 && book.canOpen(at) ? potential(at) : 0;
    if (its > 0) {
      book.open(at);
      seatChosen();
    }
    const near = [...reach(freed)];
    build(near, 0.3);
    for (const each of near)
      if (runs[each] === 1 && book.spare(each) > 0 && potential(each) > 0) seatChosen();
    for (const unit of freed) settle(unit);
  }
  const sharing = new Map<number, number[]>();
  for (const at of everyClass) for (const row of rowsOf(field, at)) sharing.set(row, [...(sharing.get(row) ?? []), at]);
  /** A class that runs in the room or with the teacher that this one needs; -1: none found. */
  function blockers(at: number): number {
    const among = rowsOf(field, at).flatMap((row) => sharing.get(row) ?? []).filter((each) => runs[each] === 1 && must[each] === 0);
    return among[Math.floor(random() * among.length)] ?? -1;
  }
  /** One class draws people from those that can spare them; whoever waits takes their seats. */
  function draw(at: number) {
    let count = 0;
    for (let nth = into[at] as number; nth < (into[at + 1] as number); nth += 1) {
      const its = arcs[nth] as number;
      const unit = unitOf[its] as number;
      const here = arc[unit] as number;
      if (here === its) continue;
      const was = here < 0 ? -1 : (classOf[here] as number);
      if (was >= 0 && (load[was] as number) - (heads[unit] as number) < (least[was] as number)) continue;
      offered[count] = its;
      sizes[count] = heads[unit] as number;
      // Who has a seat is worth what another may get by it: something, to be seen.
      values[count] = (gain[its] as number) - (here < 0 ? 0 : (gain[here] as number) * (0.7 + 0.3 * random()));
      count += 1;
    }
    const running = runs[at] === 1;
    if (!running && !book.canOpen(at)) return;
    const value = pack.choose(count, sizes, values, running ? 0 : (least[at] as number), running ? book.spare(at) : (most[at] as number));
    if (value === Number.NEGATIVE_INFINITY) return;
    if (!running) book.open(at);
    const sources: number[] = [];
    for (const nth of [...pack.chosen]) {
      const its = offered[nth] as number;
      const unit = unitOf[its] as number;
      const was = (arc[unit] as number) < 0 ? -1 : (classOf[arc[unit] as number] as number);
      if (was >= 0 && (load[was] as number) - (heads[unit] as number) < (least[was] as number)) continue;
      if (was >= 0) sources.push(was);
      book.seat(its);
    }
    if (!running && (load[at] as number) < (least[at] as number)) {
      book.undo();
      return;
    }
    for (const each of sources) if (book.spare(each) > 0 && potential(each) > 0) seatChosen();
  }
  function descend() {
    for (let round = 0; round < 4; round += 1) {
      const before = book.value();
      book.begin();
      build(everyClass, 0);
      for (const at of everyClass) if (runs[at] === 1 && book.spare(at) > 0 && potential(at) > 0) seatChosen();
      for (const unit of heads.keys()) settle(unit);
      if (book.value() - before < 1e-6) return;
    }
  }
  const copy = (): Seats => ({ arc: arc.slice(), runs: runs.slice(), row: book.seats.row.slice() });

  const fresh = !everyClass.some((at) => start.runs[at] === 1 && must[at] === 0);
  descend();
  const candidates = everyClass.filter((at) => (into[at + 1] as number) > (into[at] as number));
  if (candidates.length === 0) return copy();
  let best = copy();
  let top = book.value();
  let now = top;
  const hottest = fresh ? heat.from : heat.again;
  for (let step = 0; step < steps; step += 1) {
    if (step % stepsAtOnce === 0 && (yield) === true) break;
    const at = candidates[Math.floor(random() * candidates.length)] as number;
    book.begin();
    if (random() < 0.5) renew(at);
    else draw(at);
    const after = book.value();
    const warm = hottest * (heat.to / hottest) ** (step / steps);
    if (!book.whole() || (after < now && random() >= Math.exp((after - now) / warm))) {
      book.undo();
      continue;
    }
    now = after;
    if (now > top + 1e-6) {
      top = now;
      best = copy();
    }
  }
  return best;
}

/** No plan is worth more than `bound`; `wage`: what a place in each row is worth there. */
export interface Priced {
  bound: number;
  wage: Float64Array;
}
/**
 * A second seat of one unit is not forbidden but has a price, and so has one class too many in a row; then every class chooses its best units alone, and the
 * prices are moved until they choose apart (Lagrangian bound, subgradient). Never above the bound of the linear form, for here classes stay whole.
 * @param known what a plan is worth, towards which the steps are measured
 */
export function* priceBound(field: Field, known: number, rounds: number): Generator<void, Priced, boolean | undefined> {
  const { heads, held, from, unitOf, gain, into, arcs, least, most, must, prize, room, staff, limit } = field;
  const widest = most.reduce((width, _, at) => Math.max(width, (into[at + 1] as number) - (into[at] as number)), 0);
  const [offered, sizes, values] = [new Int32Array(widest), new Int32Array(widest), new Float64Array(widest)];
  const pack = knapsack();
  const price = new Float64Array(heads.length);
  for (const [its, unit] of unitOf.entries()) price[unit] = Math.max(price[unit] as number, 0.7 * (gain[its] as number));
  const wage = new Float64Array(limit.length);
  const seats = new Int32Array(heads.length);
  const used = new Int32Array(limit.length);
  const best: Priced = { bound: Number.POSITIVE_INFINITY, wage: wage.slice() };
  let [stride, since] = [1, 0];
  for (let round = 0; round < rounds; round += 1) {
    seats.fill(0);
    used.fill(0);
    let total = 0;
    for (const its of price) total += its;
    for (const [row, its] of wage.entries()) total += its * (limit[row] as number);
    for (const at of least.keys()) {
      // Some milliseconds.
      if (at % 1000 === 0 && (yield) === true) return best;
      const its = room[at] as number;
      let cost = its < 0 ? 0 : (wage[its] as number);
      let cheapest = -1;
      for (const each of staff[at] as readonly number[]) if (cheapest < 0 || (wage[each] as number) < (wage[cheapest] as number)) cheapest = each;
      if (cheapest >= 0) cost += wage[cheapest] as number;
      let offers = 0;
      for (let nth = into[at] as number; nth < (into[at + 1] as number); nth += 1) {
        const arc = arcs[nth] as number;
        const unit = unitOf[arc] as number;
        const reduced = (gain[arc] as number) - (price[unit] as number);
        if (reduced <= 0 && (least[at] as number) <= 0) continue;
        offered[offers] = unit;
        sizes[offers] = heads[unit] as number;
        values[offers] = reduced;
        offers += 1;
      }
      const value = pack.choose(offers, sizes, values, least[at] as number, most[at] as number) + (prize[at] as number) - cost;
      if (must[at] === 0 && value <= 0) continue;
      total += value;
      for (const nth of pack.chosen) (seats[offered[nth] as number] as number) += 1;
      for (const each of [its, cheapest]) if (each >= 0) (used[each] as number) += 1;
    }
    since += 1;
    if (total < best.bound) {
      if (best.bound - total > 1e-5 * Math.abs(total)) since = 0;
      best.bound = total;
      best.wage.set(wage);
    }
    if (best.bound - known <= 1e-6 * Math.max(1, Math.abs(known))) break;
    if (since >= 12) {
      stride *= 0.6;
      since = 0;
      if (stride < 0.01) break;
    }
    let length = 0;
    for (const [unit, its] of seats.entries()) if (its > 1 || (price[unit] as number) > 0 || held[unit] === 1) length += (its - 1) ** 2;
    for (const [row, its] of used.entries()) if (its > (limit[row] as number) || (wage[row] as number) > 0) length += (its - (limit[row] as number)) ** 2;
    if (length === 0) break;
    const step = (stride * Math.max(total - known, 1e-6 * Math.abs(known))) / length;
    for (const [unit, its] of seats.entries()) {
      const next = (price[unit] as number) + step * (its - 1);
      price[unit] = held[unit] === 1 ? next : Math.max(0, next);
    }
    for (const [row, its] of used.entries()) wage[row] = Math.max(0, (wage[row] as number) + step * (its - (limit[row] as number)));
  }
  return best;
}

/** Some classes of a field with everybody who could be in them, as a field of its own; units, classes, arcs and rows as places in the whole. */
export interface Piece {
  field: Field;
  units: number[];
  classes: number[];
  arcs: number[];
  rows: number[];
}
/**
 * Splits a field into what shares nobody, and with `rows` no room and no teacher either. Classes that `isOut` are left out.
 */
export function pieces(field: Field, rows: boolean, isOut: (at: number) => boolean = () => false): Piece[] {
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
  if (rows) {
    const first = new Int32Array(limit.length).fill(-1);
    for (const at of everyClass)
      for (const row of rowsOf(field, at))
        if ((first[row] as number) < 0) first[row] = at;
        else join(at, first[row] as number);
  }
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
export function usedBy({ room, limit }: Field, { runs, row }: Seats): Int32Array {
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
 * @param wages for each field what a place in each of its rows costs
 */
export function programOf(fields: readonly Field[], wages: readonly Float64Array[] = []): Numbers {
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
  for (const [nth, field] of fields.entries()) {
    const { heads, held, from, unitOf, gain, into, arcs, least, most, must, prize, room, staff, limit } = field;
    const wage = (row: number | undefined) => wages[nth]?.[row ?? -1] ?? 0;
    const first = cost.length;
    for (const each of gain) add(each);
    const class0 = cost.length;
    for (const [at, each] of prize.entries()) add(each - wage(room[at]) - (staff[at]?.length === 1 ? wage(staff[at]?.[0]) : 0), must[at] as number);
    const choices = choicesOf(field).map((each) => ({ ...each, column: add(-wage(each.row)) }));
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
      if (must[at] === 0) for (const arc of its) row(none, 0, [[first + arc, 1], [class0 + at, -1]]);
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
        .concat([...runs], choicesOf(field).map((each) => Number(row[each.at] === each.row)));
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
    for (const [at, its] of field.prize.entries()) if (seats.runs[at] === 1 && field.must[at] === 0 && its === 0 && !seats.arc.some((each) => each >= 0 && field.classOf[each] === at)) [seats.runs[at], seats.row[at]] = [0, -1];
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
    if (runs[at] === 0 ? its > 0 || field.must[at] === 1 : its < (field.least[at] as number) || its > (field.most[at] as number) || ((row[at] as number) < 0 && field.staff[at]?.length !== 0)) return false;
  return usedBy(field, { arc, runs, row }).every((its, at) => its <= (field.limit[at] as number));
}

/** What a plan of a field is worth. */
export function valueOf({ gain, prize }: Field, { arc, runs }: Seats): number {
  let sum = 0;
  for (const its of arc) if (its >= 0) sum += gain[its] as number;
  for (const [at, running] of runs.entries()) if (running === 1) sum += prize[at] as number;
  return sum;
}
