import { Anchor } from '@mantine/core';
import { dial, phoneNumber } from './figures.ts';

/** Dials the number; where nobody may ring, it is only text. */
export const PhoneLink = ({ number, may }: { number: string; may: boolean }) =>
  may ? (
    <Anchor href={dial(number)} fz="inherit" style={{ whiteSpace: 'nowrap' }}>
      {phoneNumber(number)}
    </Anchor>
  ) : (
    <span>{phoneNumber(number)}</span>
  );
