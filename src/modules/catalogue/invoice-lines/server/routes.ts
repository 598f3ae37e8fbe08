import { route } from '../../../../platform/http/mount.ts';
import * as contract from '../contract.ts';
import { downloadInvoiceLines, invoiceLines } from './queries.ts';

export const routes = [route(contract.readInvoiceLines, invoiceLines), route(contract.downloadInvoiceLines, downloadInvoiceLines)];
