import { type ComponentType, createContext } from 'react';
import type { InputOf, OutputOf } from '../../../../kit/endpoint.ts';
import type { Card, recordOutcome } from '../contract.ts';

/** What stands beside the talk: bookable slots, for instance. The app fills it, so that calls need not know meetings. */
export interface DeskSlot {
  card: Card;
  /** How often "wants contact" was chosen: each time leads to the times again. */
  wants: number;
  /** All that was written, to be recorded together with whatever the slot does (outcome wants_contact). */
  told(): InputOf<typeof recordOutcome>['body'];
  /** The outcome was recorded in the slot’s own request: the desk goes on to the next company. */
  onRecorded(recorded: OutputOf<typeof recordOutcome>): void;
  /** Records "wants contact" without anything else. */
  recordOnly(): void;
}

export const DeskSlotContext = createContext<ComponentType<DeskSlot> | null>(null);
