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
export const rowsOf = ({ room, staff }: Field, at: number): readonly number[] =>
  (room[at] as number) < 0 ? (staff[at] as readonly number[]) : [room[at] as number, ...(staff[at] as readonly number[])];

/** What the places in rows cost that a class takes, and the row of teachers it then takes. */
function costOf({ room, staff }: Field, at: number, wage: Float64Array): { cost: number; cheapest: number } {
  let cheapest = -1;
  for (const each of staff[at] as readonly number[]) if (cheapest < 0 || (wage[each] as number) < (wage[cheapest] as number)) cheapest = each;
  const its = room[at] as number;
  return { cost: (its < 0 ? 0 : (wage[its] as number)) + (cheapest < 0 ? 0 : (wage[cheapest] as number)), cheapest };
}

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
const heat = { from: 6000, to: 20 };
/** How much what a class is worth may be misjudged when others are opened in its stead. */
const noise = 1000;
/** Part of the steps that close and open. */
const renewals = 0.3;
/** Some milliseconds. */
const stepsAtOnce = 100;

/**
 * A plan by search. First classes are opened one by one, the fullest first, each with those who together are worth most there. Then, step by step, a few classes
 * that want the same people are closed and others opened in their stead, or one draws people from those that can spare them. Between steps it gives way, with
 * the best so far; hand in true to end it early.
 * @param start a lawful plan to begin with; the answer is never worth less
 * @param prices of an earlier bound: who can go elsewhere, and rooms that others want, then count for less
 */
export function* search(field: Field, start: Seats, seed: number, steps: number, prices: Priced | null = null): Generator<Seats, Seats, boolean | undefined> {
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
  let priced = false;
  function potential(at: number): number {
    let count = 0;
    const running = runs[at] === 1;
    for (let nth = into[at] as number; nth < (into[at + 1] as number); nth += 1) {
      const its = arcs[nth] as number;
      const unit = unitOf[its] as number;
      if ((arc[unit] as number) >= 0) continue;
      offered[count] = its;
      sizes[count] = heads[unit] as number;
      values[count] = (gain[its] as number) - (running || !priced ? 0 : (prices?.price[unit] as number));
      count += 1;
    }
    if (running) return pack.choose(count, sizes, values, 0, book.spare(at));
    const cost = priced && prices !== null ? costOf(field, at, prices.wage).cost : 0;
    return pack.choose(count, sizes, values, least[at] as number, most[at] as number) + (field.prize[at] as number) - cost;
  }
  const seatChosen = () => {
    for (const nth of pack.chosen) book.seat(offered[nth] as number);
  };
  /** Opens what is worth most again and again, each misjudged by so much at most. */
  function build(among: readonly number[], misjudged: number) {
    const floor = priced ? Number.NEGATIVE_INFINITY : 0;
    const heap: { at: number; key: number; error: number }[] = [];
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
      const error = misjudged * random();
      const now = potential(at);
      if (now > floor) heap.push({ at, key: now - error, error });
    }
    for (let nth = heap.length >> 1; nth >= 0; nth -= 1) sink(nth);
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      // What it was worth when it was looked at last is the most it can be worth now.
      const now = book.canOpen(top.at) ? potential(top.at) : Number.NEGATIVE_INFINITY;
      if (now > floor && now - top.error >= top.key - 1e-9) {
        book.open(top.at);
        seatChosen();
      }
      if (now > floor && runs[top.at] === 0) top.key = now - top.error;
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
    priced = prices !== null;
    if (runs[at] === 1) empty(at);
    const rivals = 1 + Math.floor(5 * random());
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
    build(near, noise);
    for (const each of near) if (runs[each] === 1 && book.spare(each) > 0 && potential(each) > 0) seatChosen();
    for (const unit of freed) settle(unit);
    priced = false;
  }
  const sharing = new Map<number, number[]>();
  for (const at of everyClass) for (const row of rowsOf(field, at)) sharing.set(row, [...(sharing.get(row) ?? []), at]);
  /** A class that runs in the room or with the teacher that this one needs; -1: none found. */
  function blockers(at: number): number {
    const among = rowsOf(field, at)
      .flatMap((row) => sharing.get(row) ?? [])
      .filter((each) => runs[each] === 1 && must[each] === 0);
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

  descend();
  const candidates = everyClass.filter((at) => (into[at + 1] as number) > (into[at] as number));
  if (candidates.length === 0) return copy();
  let best = copy();
  let top = book.value();
  let now = top;
  for (let step = 0; step < steps; step += 1) {
    if (step % stepsAtOnce === 0 && (yield best) === true) break;
    const at = candidates[Math.floor(random() * candidates.length)] as number;
    book.begin();
    if (random() < renewals) renew(at);
    else draw(at);
    const after = book.value();
    const warm = heat.from * (heat.to / heat.from) ** (step / steps);
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
  price: Float64Array;
  wage: Float64Array;
}
/** How much of a direction the next one keeps when prices are moved. */
const kept = 0.8;

/**
 * A second seat of one unit is not forbidden but has a price, and so has one class too many in a row; then every class chooses its best units alone, and the
 * prices are moved until they choose apart (Lagrangian bound, subgradient). Never above the bound of the linear form, for here classes stay whole.
 * @param known what a plan is worth, towards which the steps are measured
 */
export function* priceBound(field: Field, known: number, rounds: number): Generator<void, Priced, boolean | undefined> {
  const { heads, held, unitOf, gain, into, arcs, least, most, must, prize, room, limit } = field;
  const widest = most.reduce((width, _, at) => Math.max(width, (into[at + 1] as number) - (into[at] as number)), 0);
  const [offered, sizes, values] = [new Int32Array(widest), new Int32Array(widest), new Float64Array(widest)];
  const pack = knapsack();
  const price = new Float64Array(heads.length);
  for (const [its, unit] of unitOf.entries()) price[unit] = Math.max(price[unit] as number, 0.7 * (gain[its] as number));
  const wage = new Float64Array(limit.length);
  const seats = new Int32Array(heads.length);
  const used = new Int32Array(limit.length);
  const [push, pull] = [new Float64Array(heads.length), new Float64Array(limit.length)];
  const best: Priced = { bound: Number.POSITIVE_INFINITY, wage: wage.slice(), price: price.slice() };
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
      const { cost, cheapest } = costOf(field, at, wage);
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
      for (const each of [room[at] as number, cheapest]) if (each >= 0) (used[each] as number) += 1;
    }
    since += 1;
    if (total < best.bound) {
      if (best.bound - total > 1e-5 * Math.abs(total)) since = 0;
      best.bound = total;
      best.wage.set(wage);
      best.price.set(price);
    }
    if (best.bound - known <= 1e-6 * Math.max(1, Math.abs(known))) break;
    if (since >= 12) {
      stride *= 0.6;
      since = 0;
      if (stride < 0.002) break;
    }
    // Each direction keeps some of the one before: less to and fro.
    let length = 0;
    for (const [unit, its] of seats.entries()) {
      const over = (push[unit] = kept * (push[unit] as number) + (its - 1));
      if (over > 0 || (price[unit] as number) > 0 || held[unit] === 1) length += over * over;
    }
    for (const [row, its] of used.entries()) {
      const over = (pull[row] = kept * (pull[row] as number) + (its - (limit[row] as number)));
      if (over > 0 || (wage[row] as number) > 0) length += over * over;
    }
    if (length === 0) break;
    const step = (stride * Math.max(total - known, 1e-6 * Math.abs(known))) / length;
    for (const [unit, over] of push.entries()) {
      const next = (price[unit] as number) + step * over;
      price[unit] = held[unit] === 1 ? next : Math.max(0, next);
    }
    for (const [row, over] of pull.entries()) wage[row] = Math.max(0, (wage[row] as number) + step * over);
  }
  return best;
}
