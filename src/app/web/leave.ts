import { signOut } from '../../modules/organisation/sign-in/contract.ts';
import { noteAlsoAt } from '../../ui/also-at.ts';
import { call, Refusal } from '../../ui/client.ts';
import './leave.css';

/** A question without any library, because every entry asks it: the first button stays, the second goes on. */
function ask(title: string, text: string, stay: string, go?: string): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'leave';
    dialog.setAttribute('aria-labelledby', 'leave-title');
    const part = <K extends 'h2' | 'p' | 'button'>(kind: K, words: string) => {
      const element = document.createElement(kind);
      element.textContent = words;
      dialog.append(element);
      return element;
    };
    part('h2', title).id = 'leave-title';
    part('p', text);
    part('button', stay).onclick = () => dialog.close();
    if (go !== undefined) part('button', go).onclick = () => dialog.close('go');
    dialog.onclose = () => {
      resolve(dialog.returnValue === 'go');
      dialog.remove();
    };
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Signing out, from every entry: what the phone keeps goes with the person, and unsent reports are asked about first.
 * Leaving for the plain pages is a whole new page: nothing of the person stays behind in memory.
 */
export async function leave(): Promise<void> {
  const [{ countUnsent, forget }, { phoneWords }] = await Promise.all([import('../../modules/outreach/visits/web/device.tsx'), import('../../modules/outreach/visits/words.ts')]);
  const w = document.documentElement.lang === 'en' ? phoneWords.en : phoneWords.da;
  const unsent = await countUnsent();
  if (unsent > 0 && !(await ask(w.leaveTitle, w.leaveUnsent(unsent), w.leaveStay, w.leaveGo))) return;
  try {
    noteAlsoAt((await call(signOut, {})).alsoAt);
  } catch (error) {
    if (error instanceof Refusal && error.problem.status === 0) {
      await ask(w.leaveOffline, w.leaveOfflineText, w.close);
      return;
    }
  }
  await forget();
  location.assign('/sign-in');
}
