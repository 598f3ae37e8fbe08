import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listWishForms, queries.wishForms),
  route(contract.readWishForm, queries.readWishForm),
  route(contract.addWishForm, commands.addWishForm),
  route(contract.renewStewardLink, commands.renewStewardLink),
  route(contract.removeWishForm, commands.removeWishForm),
  route(contract.openWishes, queries.openWishes),
  route(contract.sendWishes, commands.sendWishes),
  route(contract.openStewardPage, queries.openStewardPage),
  route(contract.addPaper, commands.addPaper),
  route(contract.takeBackPaper, commands.takeBackPaper),
  route(contract.shareWishes, commands.shareWishes),
  route(contract.openWishCounts, queries.openWishCounts),
];
