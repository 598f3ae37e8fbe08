import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from 'idb';
import { keptOwner, noteOwner } from '../../../../ui/kept-owner.ts';
import { type Kept, unsent } from '../model.ts';

/** A photograph or a paper that has not left the device yet. */
export interface KeptFile {
  owner: string;
  draft: string;
  id: string;
  file: File;
  /** Handed to the server at least once: it may be there though no answer came. */
  tried: boolean;
}
/** What the server said last, to be shown without coverage. */
interface Answer {
  owner: string;
  name: string;
  at: string;
  value: unknown;
}
interface Schema extends DBSchema {
  drafts: { key: [string, string]; value: Kept };
  files: { key: string; value: KeptFile };
  answers: { key: [string, string]; value: Answer };
}

const databaseName = 'vejnet-phone';

let open: Promise<IDBPDatabase<Schema>> | null = null;
/** After the person left, nothing that is still under way may bring the database back. */
let left = false;

function database(): Promise<IDBPDatabase<Schema>> {
  if (left) return new Promise(() => undefined); // whoever still asks gets no answer: the page is being left
  open ??= openDB<Schema>(databaseName, 1, {
    upgrade(db) {
      db.createObjectStore('drafts', { keyPath: ['owner', 'id'] });
      db.createObjectStore('files', { keyPath: 'id' });
      db.createObjectStore('answers', { keyPath: ['owner', 'name'] });
    },
    // Another page of the app wants to throw everything away.
    blocking(_current, _blocked, event) {
      (event.target as IDBDatabase).close();
      open = null;
    },
    terminated() {
      open = null;
    },
  });
  return open;
}

const heard = new Set<(draft: string) => void>();
const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel(databaseName) : null;
others?.addEventListener('message', ({ data }) => {
  for (const each of heard) each(String(data));
});
/** Told when a draft changed, on this page or on another one of the same device. */
export function onDraft(listen: (draft: string) => void): () => void {
  heard.add(listen);
  return () => heard.delete(listen);
}
function tell(draft: string) {
  for (const each of heard) each(draft);
  others?.postMessage(draft);
}

export const readKept = async (owner: string, id: string): Promise<Kept | null> => (await (await database()).get('drafts', [owner, id])) ?? null;

export const listKept = async (owner: string): Promise<Kept[]> => (await (await database()).getAll('drafts')).filter((each) => each.owner === owner);

/** Changes a draft in one step: what is written here and what the server answers never overwrite each other. */
export async function changeKept(owner: string, id: string, change: (now: Kept | null) => Kept | null): Promise<Kept | null> {
  const db = await database();
  const writing = db.transaction('drafts', 'readwrite');
  const next = change((await writing.store.get([owner, id])) ?? null);
  if (next === null) await writing.store.delete([owner, id]);
  else await writing.store.put(next);
  await writing.done;
  tell(id);
  return next;
}

export const filesOf = async (owner: string, draft: string): Promise<KeptFile[]> => (await (await database()).getAll('files')).filter((each) => each.owner === owner && each.draft === draft);

export async function keepFile(file: KeptFile): Promise<void> {
  await (await database()).put('files', file);
  tell(file.draft);
}

export async function dropFile({ id, draft }: KeptFile): Promise<void> {
  await (await database()).delete('files', id);
  tell(draft);
}

/** A draft is gone from here with everything that belongs to it. */
export async function dropKept(owner: string, id: string): Promise<void> {
  for (const file of await filesOf(owner, id)) await (await database()).delete('files', file.id);
  await changeKept(owner, id, () => null);
}

export async function keepAnswer(owner: string, name: string, value: unknown): Promise<string> {
  const at = new Date().toISOString();
  await (await database()).put('answers', { owner, name, at, value });
  return at;
}

export const keptAnswer = async (owner: string, name: string): Promise<{ at: string; value: unknown } | null> => (await (await database()).get('answers', [owner, name])) ?? null;

/** Throws answers away that nobody needs here any more. */
export async function dropAnswers(owner: string, which: (name: string) => boolean): Promise<void> {
  const db = await database();
  for (const [whose, name] of await db.getAllKeys('answers')) if (whose === owner && which(name)) await db.delete('answers', [whose, name]);
}

const filesBeside = (files: readonly KeptFile[], draft: Kept) => files.filter((file) => file.draft === draft.id && file.owner === draft.owner).length;

/** How many reports of this person would be gone with what the device keeps. */
export async function countUnsent(): Promise<number> {
  const owner = keptOwner();
  if (owner === null) return 0;
  const files = await (await database()).getAll('files');
  return (await listKept(owner)).filter((each) => unsent(each, filesBeside(files, each))).length;
}

/**
 * Throws away what the device keeps for everybody but `owner`, save texts of others that never reached the server: those wait, unseen, for their writer.
 * @returns how many of those there are
 */
async function keepOnly(owner: string | null): Promise<number> {
  const db = await database();
  for (const [whose, name] of await db.getAllKeys('answers')) if (whose !== owner) await db.delete('answers', [whose, name]);
  const files = await db.getAll('files');
  const leaving = owner === null ? keptOwner() : null;
  const others = (await db.getAll('drafts')).filter((each) => each.owner !== owner);
  const waits = others.filter((each) => each.owner !== leaving && unsent(each, filesBeside(files, each)));
  for (const gone of others.filter((each) => !waits.includes(each))) {
    await db.delete('drafts', [gone.owner, gone.id]);
    for (const file of files.filter((each) => each.draft === gone.id && each.owner === gone.owner)) await db.delete('files', file.id);
  }
  return waits.length;
}

/** From now on the device keeps things for this person, and shows nobody else’s. */
export async function keepFor(owner: string): Promise<void> {
  if (keptOwner() === owner) return;
  await keepOnly(owner);
  noteOwner(owner);
}

/** What the device keeps of whoever leaves is gone: texts, answers, pages, and the worker that served them. */
export async function forget(): Promise<void> {
  if (keptOwner() !== null) {
    const waiting = await keepOnly(null);
    left = true;
    noteOwner(waiting > 0 ? '' : null);
    const kept = await open;
    open = null;
    kept?.close();
    if (waiting === 0) await deleteDB(databaseName);
  }
  if ('caches' in globalThis) for (const name of await caches.keys()) if (name.startsWith(databaseName)) await caches.delete(name);
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? []) if (new URL(each.scope).pathname.startsWith('/phone')) await each.unregister();
}
