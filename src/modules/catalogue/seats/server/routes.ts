import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { addSeat, addSeatHold, answerSeatLink, answerSeatOffer, decideClass, endSeatHold, moveClassSeats, withdrawSeat, writeSeat, writeSeatSettings } from './commands.ts';
import { classesToDecide, classSeats, companySeats, linkedSeat, seatSettings } from './queries.ts';

export const routes = [
  route(contract.listClassSeats, classSeats),
  route(contract.listClassesToDecide, classesToDecide),
  route(contract.addSeat, addSeat),
  route(contract.listCompanySeats, companySeats),
  route(contract.withdrawSeat, withdrawSeat),
  route(contract.answerSeatOffer, answerSeatOffer),
  route(contract.writeSeat, writeSeat),
  route(contract.decideClass, decideClass),
  route(contract.moveClassSeats, moveClassSeats),
  route(contract.addSeatHold, addSeatHold),
  route(contract.endSeatHold, endSeatHold),
  route(contract.readSeatSettings, seatSettings),
  route(contract.writeSeatSettings, writeSeatSettings),
  route(contract.openSeatLink, linkedSeat),
  route(contract.answerSeatLink, answerSeatLink),
];
