import { call, Refusal } from '../../../../ui/client.ts';
import { upload } from '../../../../ui/upload.ts';
import { addVisitFile, type Draft, type Report, readDraft, sendReport, writeDraft } from '../contract.ts';
import { isOwn, type Kept, saysTheSame } from '../model.ts';
import { offerFaults } from '../rules.ts';
import { changeKept, dropFile, dropKept, filesOf, keepFile, listKept, readKept } from './device.tsx';

/** How it stands between this device and the server. */
export interface Standing {
  reach: boolean;
  /** The session ended: everything waits until somebody signs in again. */
  signedOut: boolean;
  /** Reports that arrived while the page was open. */
  sent: ReadonlyMap<string, Report>;
}
let standing: Standing = { reach: navigator.onLine, signedOut: false, sent: new Map() };
const watching = new Set<() => void>();
export const readStanding = () => standing;
export function watchStanding(listen: () => void): () => void {
  watching.add(listen);
  return () => watching.delete(listen);
}
function stands(next: Partial<Standing>) {
  if (Object.entries(next).every(([key, value]) => standing[key as keyof Standing] === value)) return;
  standing = { ...standing, ...next };
  for (const each of watching) each();
}

/** Asks the server, and notes whether it can be reached and still knows who asks. */
export async function reaching<T>(asking: Promise<T>): Promise<T> {
  try {
    const answer = await asking;
    stands({ reach: true, signedOut: false });
    return answer;
  } catch (error) {
    if (error instanceof Refusal) stands({ reach: error.problem.status !== 0 && error.problem.status !== 503, ...(error.problem.status === 401 ? { signedOut: true } : {}) });
    throw error;
  }
}

const again = 'again' as const;
/** What comes of a refusal: try later, or a person has to look. */
function verdict(error: unknown): typeof again | Refusal {
  if (!(error instanceof Refusal)) throw error;
  const { status } = error.problem;
  return status === 0 || status === 401 || status === 429 || status >= 500 ? again : error;
}

/** The server has another text than this device thought: its own one whose answer was lost, or another device’s. */
const meets = (owner: string, id: string, theirs: Draft) =>
  changeKept(owner, id, (now) => now && (isOwn(now, theirs) ? { ...now, version: theirs.version, files: theirs.files } : { ...now, theirs, waitingSince: null }));

async function refuse(owner: string, id: string, { problem }: Refusal): Promise<void> {
  if (problem.code === 'version_conflict') await meets(owner, id, problem.current as Draft);
  else await changeKept(owner, id, (now) => now && { ...now, refused: problem, waitingSince: null });
}

/** @returns whether the server has the draft as it stands here */
async function write(kept: Kept): Promise<boolean> {
  const { owner, id, content, version, edited } = kept;
  if (offerFaults(content).length > 0) return false; // half of an offer: the server would not have it
  await changeKept(owner, id, (now) => now && { ...now, tried: content });
  try {
    const draft = await reaching(call(writeDraft, { params: { draft: id }, body: content }, { version }));
    await changeKept(owner, id, (now) => now && { ...now, version: draft.version, company: draft.company ?? now.company, files: draft.files, synced: edited });
    return true;
  } catch (error) {
    const said = verdict(error);
    if (said !== again) await refuse(owner, id, said);
    return false;
  }
}

/** @returns whether none is left here */
async function carryFiles({ owner, id }: Kept): Promise<boolean> {
  for (const file of await filesOf(owner, id)) {
    try {
      // An answer that was lost: a file of this name and size that the server has by now is this one.
      const there = file.tried ? (await reaching(call(readDraft, { params: { draft: id } }))).files.find(({ name, bytes }) => name === file.file.name && bytes === file.file.size) : undefined;
      if (!file.tried) await keepFile({ ...file, tried: true });
      const added = there ?? (await reaching(upload(addVisitFile, { params: { draft: id }, query: { name: file.file.name } }, file.file, file.id)));
      await changeKept(owner, id, (now) => now && { ...now, files: [...now.files.filter((each) => each.id !== added.id), added] });
      await dropFile(file);
    } catch (error) {
      const said = verdict(error);
      if (said !== again) await refuse(owner, id, said);
      return false;
    }
  }
  return true;
}

async function send(kept: Kept): Promise<void> {
  const { owner, id, content, version } = kept;
  await changeKept(owner, id, (now) => now && { ...now, tried: content });
  try {
    const report = await reaching(call(sendReport, { params: { draft: id }, body: content }, { version }));
    if (saysTheSame(content, report)) {
      await dropKept(owner, id);
      stands({ sent: new Map([...standing.sent, [id, report]]) });
    } else
      await changeKept(owner, id, (now) => now && { ...now, waitingSince: null, refused: { type: 'urn:vejnet:problem:draft_sent', status: 409, code: 'draft_sent', about: { report: report.id } } });
  } catch (error) {
    const said = verdict(error);
    if (said !== again) await refuse(owner, id, said);
  }
}

async function carry(kept: Kept): Promise<void> {
  if (kept.theirs !== null || kept.refused !== null) return;
  const files = await filesOf(kept.owner, kept.id);
  // A report without papers goes at once; papers need a draft to lie with.
  if (kept.waitingSince !== null && files.length === 0) {
    await send(kept);
    return;
  }
  if (kept.edited !== kept.synced && !(await write(kept))) return;
  if (files.length > 0 && !(await carryFiles(kept))) return;
  const now = await readKept(kept.owner, kept.id);
  if (now !== null && now.waitingSince !== null && now.theirs === null && now.refused === null) await send(now);
}

let running: Promise<void> | null = null;
let owner: string | null = null;

async function round(): Promise<void> {
  if (owner === null) return;
  for (const each of await listKept(owner)) {
    const version = each.version;
    await carry(each);
    // An own text whose answer was lost now has its number: once more, with it.
    const now = await readKept(each.owner, each.id);
    if (now !== null && now.version !== version && (now.waitingSince !== null || now.edited !== now.synced)) await carry(now);
  }
}

/** Brings everything to the server that waits here; one page of the device at a time. */
export function carryAll(): Promise<void> {
  const once = () => ('locks' in navigator ? navigator.locks.request('vejnet-phone', round) : round());
  running = (running ?? Promise.resolve()).then(once, once);
  return running.catch(() => undefined);
}

let soon: ReturnType<typeof setTimeout> | undefined;
/** A moment after the last word. */
export function carrySoon(): void {
  clearTimeout(soon);
  soon = setTimeout(carryAll, 2000);
}

/** From now on what this person writes is brought to the server: at the start, when coverage comes back, and every half minute while something waits. */
export function startCourier(whose: string): () => void {
  owner = whose;
  const online = () => void carryAll();
  const offline = () => stands({ reach: false });
  const shown = () => document.visibilityState === 'visible' && void carryAll();
  const timer = setInterval(online, 30_000);
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', shown);
  online();
  return () => {
    owner = null;
    clearInterval(timer);
    window.removeEventListener('online', online);
    window.removeEventListener('offline', offline);
    document.removeEventListener('visibilitychange', shown);
  };
}
