import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const routes = [
  route(contract.listWebhooks, queries.webhooks),
  route(contract.makeWebhook, commands.makeWebhook),
  route(contract.switchWebhook, commands.switchWebhook),
  route(contract.removeWebhook, commands.removeWebhook),
  route(contract.renewWebhookSecret, commands.renewWebhookSecret),
  route(contract.testWebhook, commands.testWebhook),
  route(contract.listDeliveries, queries.deliveries),
  route(contract.replayDelivery, commands.replayDelivery),
  route(contract.replayWebhook, commands.replayWebhook),
];
