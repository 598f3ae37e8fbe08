import { DeskPage, DeskSlotContext } from '../../calls/web/public.tsx';
import { DeskBooking } from './desk-booking.tsx';

/** Calls and meetings side by side: the talk, and the times that can be booked. */
export const CallDeskPage = () => (
  <DeskSlotContext value={DeskBooking}>
    <DeskPage />
  </DeskSlotContext>
);
