const key = 'vejnet-phone-owner';

/** Whose reports and meetings this device keeps for the phone page; empty where somebody else signed in since, null where it keeps nothing. Readable at once, so that nobody ever meets another’s. */
export function keptOwner(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function noteOwner(owner: string | null): void {
  try {
    if (owner === null) localStorage.removeItem(key);
    else localStorage.setItem(key, owner);
  } catch {
    // Where nothing may be kept, nothing is.
  }
}

/** A person may keep things in each centre. */
export const ownerOf = (person: string, centre: string) => `${person} ${centre}`;
