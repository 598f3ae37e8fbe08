import { Alert, Button, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { v4 } from 'uuid';
import type { Endpoint } from '../../../../kit/endpoint.ts';
import { call } from '../../../../ui/client.ts';
import { useWords } from '../../../../ui/language.tsx';
import { ErrorNotice } from '../../../../ui/layout/states.tsx';
import { refresh } from '../../../../ui/read.ts';
import type { DeskSlot } from '../../calls/web/public.tsx';
import { lostSlot, type ShownSlot, SlotPicker } from '../../meetings/web/public.tsx';
import { bookFromCall, listDeskSlots } from '../contract.ts';
import { deskWords } from '../words.ts';

/** Beside the talk: a time, and one press that records the call and books the meeting. What was written stays when the time is lost. */
export function DeskBooking({ card, wants, told, onRecorded, recordOnly }: DeskSlot) {
  const w = useWords(deskWords);
  const queries = useQueryClient();
  const [slot, setSlot] = useState<ShownSlot | null>(null);
  const [lost, setLost] = useState<string | null>(null);
  const [place, setPlace] = useState('');
  const [missing, setMissing] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const key = useRef(v4());
  const box = useRef<HTMLDivElement>(null);
  const choose = useCallback((next: ShownSlot | null) => {
    setSlot(next);
    setMissing(null);
    if (next !== null) setLost(null);
  }, []);
  // "Wants contact" leads to the times: there Enter books.
  useEffect(() => {
    if (wants > 0) box.current?.querySelector<HTMLElement>('[role="radio"][tabindex="0"]')?.focus();
  }, [wants]);

  const book = async (chosen: ShownSlot | null) => {
    const { note, person, leaseNo } = told();
    if (pending) return;
    if (chosen === null) return setMissing(w.needsSlot);
    if (note === null || note.trim() === '') return setMissing(w.needsNote);
    if (person === null) return setMissing(w.needsPerson);
    setPending(true);
    setMissing(null);
    setError(null);
    try {
      const done = await call(bookFromCall, { params: { item: card.item }, body: { leaseNo, choice: chosen.choice, note, place, person } }, { key: key.current });
      onRecorded(done.recorded);
    } catch (failed) {
      key.current = v4();
      setLost(lostSlot(failed));
      if (lostSlot(failed) === null) setError(failed);
      else {
        setSlot(null);
        await refresh(queries, listDeskSlots);
      }
    } finally {
      setPending(false);
    }
  };
  const language = told().person?.language ?? 'da';
  return (
    <Stack gap="md" ref={box}>
      <SlotPicker
        source={{ endpoint: listDeskSlots as Endpoint, params: { item: card.item }, query: { leaseNo: card.leaseNo } }}
        language={language}
        chosen={slot}
        onChoose={choose}
        onEnter={(chosen) => void book(chosen)}
        lost={lost}
      />
      {slot !== null && <TextInput label={w.place} description={w.placeHelp} value={place} onChange={(event) => setPlace(event.currentTarget.value)} maxLength={300} autoComplete="off" />}
      <div role="alert">
        {missing !== null && (
          <Alert color="yellow" icon={<IconAlertTriangle size={20} stroke={1.75} />} role="none">
            {missing}
          </Alert>
        )}
      </div>
      {error !== null && (
        <Stack gap="xs">
          <Text fw={500}>{w.notBooked}</Text>
          <ErrorNotice error={error} />
        </Stack>
      )}
      <Stack gap={4}>
        <Button variant="filled" size="md" loading={pending} onClick={() => void book(slot)}>
          {w.book}
        </Button>
        <Text size="sm" c="dimmed">
          {w.invited}
        </Text>
      </Stack>
      {wants > 0 && (
        <Stack gap={4}>
          <Button onClick={recordOnly}>{w.noTime}</Button>
          <Text size="sm" c="dimmed">
            {w.noTimeHelp}
          </Text>
        </Stack>
      )}
    </Stack>
  );
}
