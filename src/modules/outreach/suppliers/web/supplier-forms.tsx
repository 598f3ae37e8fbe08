import { Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { call } from '../../../../ui/client.ts';
import { FormBody, useServerForm } from '../../../../ui/form.tsx';
import { useWords } from '../../../../ui/language.tsx';
import { useRows } from '../../../../ui/read.ts';
import { PickClass } from '../../../catalogue/classes/web/public.tsx';
import { listProfiles } from '../../../organisation/profiles/contract.ts';
import { holdListSeats, noteSupplier, passSupplier, type SupplierList, takeSupplierSeats } from '../contract.ts';
import { suppliersWords } from '../words.ts';

/** A company of a list, as far as writing about it needs. */
export interface Line {
  list: string;
  supplier: string;
  version: number;
  contacted: boolean;
  seats: number;
  owner: string | null;
  /** Seats that are still to be had; null where none are held. */
  left: number | null;
}
interface Part {
  line: Line;
  onDone(): Promise<unknown>;
  onClose(): void;
}
const place = ({ list, supplier }: Line) => ({ list: list as never, supplier: supplier as never });

/** What happened, and how many of the held seats the company wants. */
export function NoteForm({ line, onDone, onClose }: Part) {
  const w = useWords(suppliersWords);
  const on = useServerForm<{ contacted: boolean; seats: string }>({
    initial: { contacted: true, seats: String(line.seats) },
    async send({ contacted, seats }) {
      await call(noteSupplier, { params: place(line), body: { contacted, seats: contacted ? Number(seats) : 0 } }, { version: line.version });
      await onDone();
    },
    sentences: { seats_seats_full: w.wantsHelp(line.left ?? 0) },
  });
  const { contacted } = on.form.getValues();
  return (
    <FormBody on={on} notSaved={w.notNoted} save={w.noteSave} quiet opened onCancel={onClose}>
      <Checkbox label={w.contactedBox} {...on.field('contacted')} checked={contacted} />
      {contacted && (line.left !== null || line.seats > 0) && (
        <TextInput label={w.wants} description={w.wantsHelp(line.left ?? 0)} inputMode="numeric" maxLength={3} styles={{ wrapper: { maxWidth: 120 } }} {...on.field('seats')} />
      )}
    </FormBody>
  );
}

/** The press that takes seats out of the hold in the class. */
export function SeatForm({ line, onDone, onClose }: Part) {
  const w = useWords(suppliersWords);
  const on = useServerForm<{ seats: string | number }>({
    initial: { seats: Math.max(1, line.seats) },
    async send({ seats }, key) {
      await call(takeSupplierSeats, { params: place(line), body: { seats: Number(seats) } }, { version: line.version, key });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notTaken} save={w.takeSave} quiet opened onCancel={onClose}>
      <NumberInput label={w.takeHow} min={1} max={500} allowDecimal={false} maw={160} {...on.field('seats')} />
    </FormBody>
  );
}

/** In which class the seats of a list are held. */
export function HoldForm({ list, onDone, onClose }: { list: SupplierList; onDone(): Promise<unknown>; onClose(): void }) {
  const w = useWords(suppliersWords);
  const on = useServerForm<{ class: string | null }>({
    initial: { class: null },
    async send(values) {
      await call(holdListSeats, { params: { list: list.id }, body: { class: values.class ?? '' } as never }, { version: list.version });
      await onDone();
    },
  });
  return (
    <FormBody on={on} notSaved={w.notHeld} save={w.holdSave} opened onCancel={onClose}>
      <PickClass {...on.field('class')} label={w.holdClass} description={w.holdHelp} />
    </FormBody>
  );
}

export function PassForm({ line, onDone, onClose }: Part) {
  const w = useWords(suppliersWords);
  const colleagues = useRows(listProfiles, { query: {} });
  const on = useServerForm<{ person: string; reason: string }>({
    initial: { person: '', reason: '' },
    async send({ person, reason }) {
      await call(passSupplier, { params: place(line), body: { person: person as never, reason } }, { version: line.version });
      await onDone();
    },
  });
  const choices = (colleagues.data ?? [])
    .filter(({ personId }) => String(personId) !== line.owner)
    .map(({ personId, name, school }) => ({ value: String(personId), label: [name, school].filter(Boolean).join(', ') }));
  return (
    <FormBody on={on} notSaved={w.notPassed} save={w.passSave} quiet opened onCancel={onClose}>
      <NativeSelect label={w.passTo} data={[{ value: '', label: '' }, ...choices]} {...on.field('person')} />
      <TextInput label={w.passReason} maxLength={500} {...on.field('reason')} />
    </FormBody>
  );
}
