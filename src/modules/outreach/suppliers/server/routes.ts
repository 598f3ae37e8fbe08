import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import { introductions, ownSuppliers, supplierList, supplierLists } from './queries.ts';

export const routes = [
  route(contract.listSupplierLists, supplierLists),
  route(contract.readSupplierList, supplierList),
  route(contract.addSupplierList, commands.addSupplierList),
  route(contract.writeSupplierList, commands.writeSupplierList),
  route(contract.addSuppliers, commands.addSuppliers),
  route(contract.withdrawSupplierList, commands.withdrawSupplierList),
  route(contract.matchSupplier, commands.matchSupplier),
  route(contract.noteSupplier, commands.noteSupplier),
  route(contract.holdListSeats, commands.holdListSeats),
  route(contract.takeSupplierSeats, commands.takeSupplierSeats),
  route(contract.passSupplier, commands.passSupplier),
  route(contract.listOwnSuppliers, ownSuppliers),
  route(contract.listIntroductions, introductions),
];
